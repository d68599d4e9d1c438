#include "tickmark/foundation/Text.h"

#include <boost/test/unit_test.hpp>
#include <vector>

#include "tickmark/foundation/RelativePath.h"

using namespace tickmark;

namespace {

const std::vector<std::string> malformed{"\x80",              // a continuation byte alone
                                         "\xC3",              // cut short
                                         "\xC0\xAF",          // overlong slash
                                         "\xC1\xBF",          // overlong
                                         "\xE0\x80\xAF",      // overlong in three bytes
                                         "\xED\xA0\x80",      // surrogate
                                         "\xED\xBF\xBF",      // surrogate
                                         "\xF0\x80\x80\xAF",  // overlong in four bytes
                                         "\xF4\x90\x80\x80",  // above U+10FFFF
                                         "\xF5\x80\x80\x80",
                                         "\xFF",
                                         "\xFE",
                                         "\xE2\x82",
                                         "\xE2\x28\xA1",
                                         "\xF0\x9F\x94"};

const std::vector<std::string> directionMarks{
    "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE",  // U+202A to U+202E
    "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9",                  // U+2066 to U+2069
    "\xE2\x80\x8E", "\xE2\x80\x8F", "\xD8\x9C"};                                     // U+200E, U+200F, U+061C

}  // namespace

BOOST_AUTO_TEST_SUITE(texts)

BOOST_AUTO_TEST_CASE(utf8_is_taken_exactly_as_defined) {
    for (const std::string& good :
         {std::string{}, std::string("plain"), std::string("\xC2\x80"), std::string("\xDF\xBF"),
          std::string("\xE0\xA0\x80"), std::string("\xED\x9F\xBF"), std::string("\xEE\x80\x80"),
          std::string("\xEF\xBF\xBF"), std::string("\xF0\x90\x80\x80"), std::string("\xF4\x8F\xBF\xBF"),
          std::string(1, '\0')}) {
        BOOST_TEST(isUtf8(good));
    }
    for (const std::string& bad : malformed) {
        BOOST_TEST(!isUtf8(bad));
        BOOST_TEST(!isUtf8("before" + bad));
        BOOST_TEST(!isUtf8(bad + "after"));
    }
}

BOOST_AUTO_TEST_CASE(code_points_are_counted_not_bytes) {
    BOOST_TEST(codePoints("") == 0U);
    BOOST_TEST(codePoints("a\xC3\xA4\xE2\x82\xAC\xF0\x9F\x94\x92") == 4U);
}

BOOST_AUTO_TEST_CASE(a_text_is_trimmed_and_its_line_ends_unified) {
    const TextRule lines{0, 100, true};
    BOOST_TEST(cleanText("f", " \t a b \r\n", lines).value() == "a b");
    BOOST_TEST(cleanText("f", "a\r\nb\n\tc", lines).value() == "a\nb\n\tc");
    BOOST_TEST(cleanText("f", "", lines).value() == "");
    BOOST_TEST(trim("\v\f x \n") == "x");
    BOOST_TEST(trim(" \n ") == "");
    BOOST_TEST(lower("AZaz09\xC3\x84") == "azaz09\xC3\x84");
}

BOOST_AUTO_TEST_CASE(a_text_is_refused_for_what_it_holds_and_the_field_is_named) {
    const auto refused = [](const std::string& text, const TextRule& rule) {
        const auto result = cleanText("title", text, rule);
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST((result.error().kind == ErrorKind::Invalid));
        BOOST_TEST(result.error().type == "text");
        BOOST_TEST(result.error().field == "title");
        BOOST_TEST(!result.error().fix.empty());
    };
    const TextRule lines{0, 100, true};
    for (const std::string& bad : malformed) refused("a" + bad + "b", lines);
    for (const std::string& mark : directionMarks) refused("a" + mark + "b", lines);
    for (const std::string& control :
         {std::string("\x01"), std::string(1, '\0'), std::string("\x1B"), std::string("\x7F"),
          std::string("\xC2\x80"), std::string("\xC2\x9F"), std::string("\r"), std::string("\xE2\x80\xA8"),
          std::string("\xE2\x80\xA9")}) {
        refused("a" + control + "b", lines);
    }
    refused("a\nb", {0, 100, false});
    refused("a\tb", {0, 100, false});
}

BOOST_AUTO_TEST_CASE(lengths_are_counted_after_trimming) {
    const TextRule rule{2, 3, false};
    BOOST_TEST(cleanText("f", "  \xC3\xA4\xC3\xA4\xC3\xA4  ", rule).ok());
    BOOST_TEST(!cleanText("f", "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", rule).ok());
    BOOST_TEST(!cleanText("f", " a ", rule).ok());
    BOOST_TEST(cleanText("f", " ", rule).error().message == "This must not be empty.");
    BOOST_TEST(cleanText("f", "a", rule).error().fix == "Write at least 2 characters.");
    BOOST_TEST(cleanText("f", "abcd", rule).error().fix == "Keep it to 3 characters.");
}

BOOST_AUTO_TEST_CASE(a_file_name_is_taken_as_it_is_or_not_at_all) {
    for (const std::string& good : {std::string("incidents 2022.csv"), std::string(".hidden"),
                                    std::string("..."), std::string("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D.pdf"),
                                    std::string(255, 'x'), std::string("a'b\"c<d>.txt")}) {
        BOOST_TEST(checkFileName("file", good).value() == good);
    }
    std::vector<std::string> wrong{"",
                                   ".",
                                   "..",
                                   "a/b",
                                   "/etc/passwd",
                                   "..\\x",
                                   "a\nb",
                                   "a\x7F",
                                   std::string("a\0b", 3),
                                   std::string(300, 'x'),
                                   std::string(256, 'x')};
    for (const std::string& bad : malformed) wrong.push_back("a" + bad);
    for (const std::string& mark : directionMarks) wrong.push_back("cod" + mark + "fdp.exe");
    for (const std::string& name : wrong) {
        const auto result = checkFileName("file", name);
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST((result.error().kind == ErrorKind::Invalid));
        BOOST_TEST(result.error().type == "file-name");
        BOOST_TEST(result.error().field == "file");
        BOOST_TEST(!result.error().fix.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_portable_name_suits_every_file_system) {
    BOOST_TEST(portableFileName("Incident log (Q3).CSV") == "Incident_log_Q3_.CSV");
    BOOST_TEST(portableFileName("..") == "file");
    BOOST_TEST(portableFileName("") == "file");
    BOOST_TEST(portableFileName(".profile") == "profile");
    BOOST_TEST(portableFileName("-rf") == "rf");
    BOOST_TEST(portableFileName("a...") == "a");
    BOOST_TEST(portableFileName("../../etc/passwd").find('/') == std::string::npos);
    BOOST_TEST(portableFileName("CON") == "_CON");
    BOOST_TEST(portableFileName("nul.txt") == "_nul.txt");
    BOOST_TEST(portableFileName("com7.log") == "_com7.log");
    BOOST_TEST(portableFileName("console") == "console");
    BOOST_TEST(portableFileName("com") == "com");
    BOOST_TEST(portableFileName("\xC3\xA4\xC3\xB6.pdf") == "_.pdf");
}

BOOST_AUTO_TEST_CASE(a_portable_name_is_short_plain_and_stays_as_it_is) {
    std::vector<std::string> names{std::string(300, 'x') + ".csv",
                                   "con." + std::string(120, 'y'),
                                   "CON" + std::string(200, '.'),
                                   std::string(99, 'x') + "..pdf",
                                   "a." + std::string(200, '.') + "b",
                                   std::string(500, '/'),
                                   std::string(120, '-'),
                                   "lpt1." + std::string(94, 'z'),
                                   std::string(99, 'x') + "." + std::string(20, 'y')};
    for (const std::string& bad : malformed) names.push_back(bad + bad);
    for (const std::string& name : names) {
        const std::string plain = portableFileName(name);
        BOOST_TEST_CONTEXT(name << " -> " << plain) {
            BOOST_TEST(!plain.empty());
            BOOST_TEST(plain.size() <= 100U);
            BOOST_TEST(plain.front() != '.');
            BOOST_TEST(plain.back() != '.');
            BOOST_TEST(plain.find_first_not_of(
                           "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_") ==
                       std::string::npos);
            BOOST_TEST(portableFileName(plain) == plain);
        }
    }
    BOOST_TEST(portableFileName(std::string(300, 'x') + ".csv").ends_with(".csv"));
    BOOST_TEST(portableFileName(std::string(300, 'x') + ".csv").size() == 100U);
}

BOOST_AUTO_TEST_CASE(a_relative_path_never_leaves_its_folder) {
    for (const char* good : {"a", "a/b", "data/evidence/x.csv", "a..b/..c", "...", "a b"}) {
        const auto path = RelativePath::parse(good);
        BOOST_REQUIRE_MESSAGE(path.ok(), good);
        BOOST_TEST(path->text() == good);
    }
    for (const std::string& bad :
         {std::string{}, std::string("/"), std::string("/a"), std::string("a/"), std::string("a//b"),
          std::string("."), std::string(".."), std::string("a/./b"), std::string("a/../b"),
          std::string("../a"), std::string("a/.."), std::string("a\\b"), std::string("C:/a"),
          std::string("a\nb"), std::string("a\x7F"), std::string("a\0b", 3)}) {
        const auto path = RelativePath::parse(bad);
        BOOST_REQUIRE_MESSAGE(!path.ok(), bad);
        BOOST_TEST(path.error().type == "path");
    }
}

BOOST_AUTO_TEST_SUITE_END()
