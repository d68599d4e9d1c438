#include <boost/test/unit_test.hpp>
#include <string>

#include "tickmark/codec/Json.h"

using namespace tickmark;
using codec::canonicalJson;
using codec::Json;
using codec::parseJson;

namespace {

std::string refusalOf(std::string_view text, const codec::JsonLimits& limits = {}) {
    const auto result = parseJson(text, limits);
    BOOST_REQUIRE_MESSAGE(!result, "this was accepted: " << text.substr(0, 80));
    return result.error().message;
}

bool mentions(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(json_parse)

BOOST_AUTO_TEST_CASE(every_kind_of_value_is_read) {
    const auto result = parseJson(R"( {"n":null,"t":true,"i":-7,"r":0.5,"s":"é","a":[1,"x",{}]} )");
    BOOST_REQUIRE(result);
    const Json& value = *result;
    BOOST_TEST(value.find("n")->isNull());
    BOOST_TEST(*value.find("t")->boolean());
    BOOST_TEST(value.integerAt("i") == -7);
    BOOST_TEST(*value.find("r")->real() == 0.5);
    BOOST_TEST(value.textAt("s") == "é");
    BOOST_TEST(value.find("a")->items()->size() == 3U);
    BOOST_TEST(value.find("absent") == nullptr);
    BOOST_TEST(value.integerAt("s", 42) == 42);
    BOOST_TEST(value.textAt("i") == "");
}

BOOST_AUTO_TEST_CASE(a_whole_number_is_an_integer_however_it_was_written) {
    for (const char* text : {"1000", "1000.0", "1e3", "10000e-1"}) {
        const auto result = parseJson(text);
        BOOST_REQUIRE(result);
        BOOST_REQUIRE(result->integer() != nullptr);
        BOOST_TEST(*result->integer() == 1000);
        BOOST_TEST(*result->number() == 1000.0);
    }
}

BOOST_AUTO_TEST_CASE(a_repeated_member_is_refused_where_its_second_name_begins) {
    const std::string message = refusalOf("{\n  \"a\\\"b\": 1,\n  \"a\\\"b\": 2\n}");
    BOOST_TEST(mentions(message, "line 3, column 3"), message);
    BOOST_TEST(mentions(message, "twice"), message);
    refusalOf(R"({"a":1,"\u0061":2})");
    BOOST_TEST(parseJson(R"([{"a":1},{"a":2}])").ok());
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_levels_are_refused_cleanly) {
    for (const char* opening : {"[", "{\"a\":"}) {
        std::string text;
        for (int i = 0; i < 100'000; ++i) text += opening;
        BOOST_TEST(mentions(refusalOf(text), "64 levels"));
        const auto result = parseJson(text);
        BOOST_CHECK(result.error().kind == ErrorKind::Invalid);
    }
}

BOOST_AUTO_TEST_CASE(the_depth_limit_itself_is_still_allowed) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    BOOST_TEST(parseJson(nested(64)).ok());
    BOOST_TEST(!parseJson(nested(65)).ok());
    BOOST_TEST(parseJson("1", {.maximumBytes = 10, .maximumDepth = 0}).ok());
    BOOST_TEST(!parseJson("[]", {.maximumBytes = 10, .maximumDepth = 0}).ok());
}

BOOST_AUTO_TEST_CASE(too_many_values_and_too_many_bytes_are_too_large) {
    const auto many = parseJson("[1,2,3,4]", {.maximumItems = 4});
    BOOST_REQUIRE(!many);
    BOOST_CHECK(many.error().kind == ErrorKind::TooLarge);
    BOOST_TEST(many.error().type == "json-too-large");
    BOOST_TEST(parseJson("[1,2,3]", {.maximumItems = 4}).ok());
    const auto longText = parseJson("[1,2,3]", {.maximumBytes = 6});
    BOOST_REQUIRE(!longText);
    BOOST_CHECK(longText.error().kind == ErrorKind::TooLarge);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_are_refused) {
    for (const char* text :
         {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\""}) {
        const auto result = parseJson(text);
        BOOST_REQUIRE(!result);
        BOOST_TEST(mentions(result.error().message, "UTF-8"), result.error().message);
    }
}

BOOST_AUTO_TEST_CASE(an_escaped_half_of_a_surrogate_pair_is_refused) {
    for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ud800\u0041")", R"("\ud800x")"}) {
        BOOST_TEST(mentions(refusalOf(text), "surrogate"));
    }
    const auto pair = parseJson(R"("\ud83d\ude00")");
    BOOST_REQUIRE(pair);
    BOOST_TEST(*pair->text() == "\xF0\x9F\x98\x80");
}

BOOST_AUTO_TEST_CASE(nothing_may_follow_the_value) {
    for (const std::string_view text : {"{} x", "1 2", "[] []", "null,"}) refusalOf(text);
    using namespace std::string_view_literals;
    refusalOf("{}\0{\"hidden\":1}"sv);
    refusalOf("\"a\0b\""sv);
    BOOST_TEST(parseJson("{} \r\n\t ").ok());
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_json_is_refused) {
    for (const char* text : {"",         " ",         "{",        "[1,]",     "{\"a\":1,}",
                             "{'a':1}",  "{a:1}",     "NaN",      "Infinity", "01",
                             "+1",       ".5",        "1.",       "0x10",     "// c\n1",
                             "/* c */1", "tru",       "\"a\nb\"", "\"\\x\"",  "\xEF\xBB\xBF{}",
                             "[1 2]",    "{\"a\" 1}", "-"}) {
        refusalOf(text);
    }
}

BOOST_AUTO_TEST_CASE(integers_that_readers_may_round_are_refused) {
    BOOST_TEST(*parseJson("9007199254740991")->integer() == 9007199254740991);
    BOOST_TEST(*parseJson("-9007199254740991")->integer() == -9007199254740991);
    for (const char* text :
         {"9007199254740992", "-9007199254740992", "18446744073709551615", "-9223372036854775808",
          "99999999999999999999", "1000000000000000000000000", "1e20", "9007199254740992.0"}) {
        BOOST_TEST(mentions(refusalOf(text), "2^53 - 1"));
    }
    const std::string message = refusalOf("{\"a\": [1,\n  9007199254740993]}");
    BOOST_TEST(mentions(message, "line 2, column 3"), message);
    BOOST_TEST(mentions(refusalOf("[1, 1e400]"), "too large"));
    BOOST_TEST(parseJson("1e30").ok());
}

BOOST_AUTO_TEST_CASE(errors_name_line_and_column_in_characters) {
    const std::string message = refusalOf("{\n  \"ä\": tru\n}");
    BOOST_TEST(mentions(message, "line 2, column 11"), message);
    const auto result = parseJson("[1,\n\xC3\x28]");
    BOOST_REQUIRE(!result);
    BOOST_TEST(mentions(result.error().message, "line 2"), result.error().message);
    BOOST_TEST(result.error().type == "json");
}

BOOST_AUTO_TEST_CASE(messages_hold_no_bytes_that_are_not_text) {
    const auto result = parseJson("\"\xFF\xFE\x01\"");
    BOOST_REQUIRE(!result);
    for (const char c : result.error().message)
        BOOST_TEST((static_cast<unsigned char>(c) >= 0x20U && c != '\xFF'));
    const auto repeated = parseJson("{\"\\u0001\":1,\"\\u0001\":2}");
    BOOST_REQUIRE(!repeated);
    BOOST_TEST(repeated.error().message.find('\x01') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_written_is_read_back_equal) {
    Json value = Json::object();
    value.set("b", Json::array().push(1).push(2.5).push("x\ny"))
        .set("a", nullptr)
        .set("c", true)
        .set("d", 3.0);
    const auto again = parseJson(canonicalJson(value));
    BOOST_REQUIRE(again);
    BOOST_TEST((*again == value));
    const auto pretty = parseJson(codec::prettyJson(value));
    BOOST_REQUIRE(pretty);
    BOOST_TEST((*pretty == value));
}

BOOST_AUTO_TEST_SUITE_END()
