#include <bit>
#include <boost/test/unit_test.hpp>
#include <charconv>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

#include "codec/JsonNumber.h"
#include "tickmark/codec/Json.h"

using namespace tickmark;
using codec::canonicalJson;
using codec::Json;
using codec::parseJson;

namespace {

std::string rewritten(std::string_view text) {
    const auto value = parseJson(text);
    BOOST_REQUIRE_MESSAGE(value, (value ? "" : value.error().message));
    return canonicalJson(*value);
}

std::string written(double value) {
    std::string out;
    codec::appendNumber(out, value);
    return out;
}

std::string quoted(std::string_view text) {
    std::string out;
    codec::appendJsonString(out, text);
    return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_write)

BOOST_AUTO_TEST_CASE(the_sample_of_rfc_8785_section_3_2_2_is_written_as_published) {
    BOOST_TEST(rewritten(R"({
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    })") == "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

BOOST_AUTO_TEST_CASE(members_are_sorted_by_utf16_as_in_rfc_8785_section_3_2_3) {
    const auto value = parseJson(R"({
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    })");
    BOOST_REQUIRE(value);
    std::vector<std::string> order;
    for (const auto& [name, meaning] : *value->members()) order.push_back(*meaning.text());
    const std::vector<std::string> expected{"Carriage Return",
                                            "One",
                                            "Control",
                                            "Latin Small Letter O With Diaeresis",
                                            "Euro Sign",
                                            "Emoji: Grinning Face",
                                            "Hebrew Letter Dalet With Dagesh"};
    BOOST_TEST(order == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_name_that_begins_another_comes_first) {
    BOOST_TEST(rewritten(R"({"ab":1,"a":2,"":3,"b":4})") == R"({"":3,"a":2,"ab":1,"b":4})");
}

BOOST_AUTO_TEST_CASE(numbers_have_the_form_of_rfc_8785_appendix_b) {
    const std::vector<std::pair<std::uint64_t, std::string>> published{
        {0x0000000000000000, "0"},
        {0x8000000000000000, "0"},
        {0x0000000000000001, "5e-324"},
        {0x8000000000000001, "-5e-324"},
        {0x7fefffffffffffff, "1.7976931348623157e+308"},
        {0xffefffffffffffff, "-1.7976931348623157e+308"},
        {0x4340000000000000, "9007199254740992"},
        {0xc340000000000000, "-9007199254740992"},
        {0x4430000000000000, "295147905179352830000"},
        {0x44b52d02c7e14af5, "9.999999999999997e+22"},
        {0x44b52d02c7e14af6, "1e+23"},
        {0x44b52d02c7e14af7, "1.0000000000000001e+23"},
        {0x444b1ae4d6e2ef4e, "999999999999999700000"},
        {0x444b1ae4d6e2ef4f, "999999999999999900000"},
        {0x444b1ae4d6e2ef50, "1e+21"},
        {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
        {0x3eb0c6f7a0b5ed8d, "0.000001"},
        {0x41b3de4355555553, "333333333.3333332"},
        {0x41b3de4355555554, "333333333.33333325"},
        {0x41b3de4355555555, "333333333.3333333"},
        {0x41b3de4355555556, "333333333.3333334"},
        {0x41b3de4355555557, "333333333.33333343"},
        {0xbecbf647612f3696, "-0.0000033333333333333333"},
        {0x43143ff3c1cb0959, "1424953923781206.2"}};
    for (const auto& [bits, text] : published) BOOST_TEST(written(std::bit_cast<double>(bits)) == text);
}

BOOST_AUTO_TEST_CASE(written_numbers_are_read_back_to_the_same_bits) {
    std::mt19937_64 random(20261122);
    std::size_t wrong = 0;
    for (int i = 0; i < 50'000; ++i) {
        const auto value = std::bit_cast<double>(random());
        if (!std::isfinite(value)) continue;
        const std::string text = written(value);
        double again = 0;
        std::from_chars(text.data(), text.data() + text.size(), again);
        if (std::bit_cast<std::uint64_t>(again) != std::bit_cast<std::uint64_t>(value)) ++wrong;
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_back_is_not_written) {
    const std::int64_t beyond = 9007199254740992;
    BOOST_CHECK_THROW((void)canonicalJson(Json(beyond)), std::logic_error);
    BOOST_CHECK_THROW((void)canonicalJson(Json(-beyond)), std::logic_error);
    BOOST_CHECK_THROW((void)canonicalJson(Json(static_cast<double>(beyond))), std::logic_error);
    BOOST_CHECK_THROW((void)canonicalJson(Json(std::numeric_limits<double>::infinity())), std::logic_error);
    BOOST_CHECK_THROW((void)canonicalJson(Json(std::numeric_limits<double>::quiet_NaN())), std::logic_error);
    BOOST_TEST(canonicalJson(Json(beyond - 1)) == "9007199254740991");
    BOOST_TEST(canonicalJson(Json(1 - beyond)) == "-9007199254740991");
    BOOST_TEST(canonicalJson(Json(-0.0)) == "0");
}

BOOST_AUTO_TEST_CASE(only_what_must_be_escaped_is_escaped) {
    BOOST_TEST(quoted("") == "\"\"");
    BOOST_TEST(quoted("\b\t\n\f\r\"\\/") == R"("\b\t\n\f\r\"\\/")");
    BOOST_TEST(quoted(std::string_view("\0\x1f\x7f", 3)) == "\"\\u0000\\u001f\x7f\"");
    BOOST_TEST(quoted("äöü € 😀") == "\"äöü € 😀\"");
}

BOOST_AUTO_TEST_CASE(an_escape_is_found_at_every_place_of_every_length) {
    for (std::size_t length = 1; length <= 40; ++length) {
        for (std::size_t at = 0; at < length; ++at) {
            for (const char special : {'"', '\\', '\n', '\x01', '\x1f'}) {
                std::string text(length, '\xC3');
                text[at] = special;
                std::string expected = "\"" + text.substr(0, at);
                if (special == '"' || special == '\\') expected += std::string("\\") + special;
                if (special == '\n') expected += "\\n";
                if (special == '\x01') expected += "\\u0001";
                if (special == '\x1f') expected += "\\u001f";
                BOOST_REQUIRE(quoted(text) == expected + text.substr(at + 1) + "\"");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(every_byte_is_escaped_exactly_when_the_standard_says) {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(8, static_cast<char>(byte));
        const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
        BOOST_TEST((quoted(text) != "\"" + text + "\"") == escaped);
    }
}

BOOST_AUTO_TEST_CASE(canonical_bytes_do_not_depend_on_how_the_text_was_written) {
    const std::string one = rewritten(R"({"b":[1.0,2e1,{"y":"\u00e9","x":null}],"a":"\/"})");
    const std::string two = rewritten("{ \"a\" : \"/\",\n\t\"b\":[1,20.00,{\"x\":null,\"y\":\"é\"}] }");
    BOOST_TEST(one == two);
    BOOST_TEST(one == R"({"a":"/","b":[1,20,{"x":null,"y":"é"}]})");
    BOOST_TEST(rewritten(one) == one);
}

BOOST_AUTO_TEST_CASE(the_form_for_people_is_indented) {
    const auto value = parseJson(R"({"b":[1,{"c":[]}],"a":{}})");
    BOOST_REQUIRE(value);
    BOOST_TEST(codec::prettyJson(*value) ==
               "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"c\": []\n    }\n  ]\n}\n");
    BOOST_TEST(codec::prettyJson(Json()) == "null\n");
}

BOOST_AUTO_TEST_CASE(null_becomes_what_is_put_into_it_and_nothing_else_does) {
    Json object;
    object.set("a", 1).set("a", 2);
    BOOST_TEST(canonicalJson(object) == "{\"a\":2}");
    Json array;
    array.push(1).push("x");
    BOOST_TEST(canonicalJson(array) == "[1,\"x\"]");
    BOOST_CHECK_THROW(array.set("a", 1), std::logic_error);
    BOOST_CHECK_THROW(object.push(1), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()
