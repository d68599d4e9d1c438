#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tickmark/codec/Json.h"

using namespace tickmark;
using codec::Json;
using codec::JsonSchema;

namespace {

JsonSchema compiled(std::string_view text) {
    auto schema = JsonSchema::compile(text);
    BOOST_REQUIRE_MESSAGE(schema, (schema ? "" : schema.error().message));
    return std::move(*schema);
}

Json read(std::string_view text) {
    auto value = codec::parseJson(text);
    BOOST_REQUIRE(value);
    return std::move(*value);
}

std::vector<std::string> pointers(const Result<void>& result) {
    std::vector<std::string> fields;
    if (result) return fields;
    BOOST_TEST(result.error().type == "json-schema-violation");
    for (const Error& part : result.error().parts) fields.push_back(part.field);
    std::sort(fields.begin(), fields.end());
    return fields;
}

void checkPointers(const JsonSchema& schema, std::string_view document,
                   const std::vector<std::string>& expected) {
    const auto found = pointers(schema.check(read(document)));
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

constexpr std::string_view findingSchema = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "definitions": {
    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    "a/b": {"type": "integer", "minimum": 1}
  },
  "type": "object",
  "required": ["ref", "evidence"],
  "additionalProperties": false,
  "properties": {
    "ref": {"type": "string", "pattern": "^F-[0-9]{4}$"},
    "text": {"type": "string", "maxLength": 50000},
    "due": {"type": ["string", "null"], "format": "date"},
    "count": {"$ref": "#/definitions/a~1b"},
    "evidence": {"type": "array", "items": {"$ref": "#/definitions/digest"}, "uniqueItems": true},
    "state": {"enum": ["open", "closed"]},
    "reason": {"type": "string"}
  },
  "if": {"properties": {"state": {"const": "closed"}}, "required": ["state"]},
  "then": {"required": ["reason"]}
})";

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema)

BOOST_AUTO_TEST_CASE(a_document_that_keeps_all_rules_passes) {
    const JsonSchema schema = compiled(findingSchema);
    const std::string digest(64, 'a');
    BOOST_TEST(
        schema.check(read(R"({"ref":"F-0001","evidence":[")" + digest + R"("],"due":"2026-11-22"})")).ok());
    BOOST_TEST(schema.check(read(R"({"ref":"F-0001","evidence":[],"due":null,"count":3})")).ok());
    BOOST_TEST(schema.check(read(R"({"ref":"F-0001","evidence":[],"state":"closed","reason":"done"})")).ok());
}

BOOST_AUTO_TEST_CASE(every_violation_names_its_place) {
    const JsonSchema schema = compiled(findingSchema);
    checkPointers(schema, R"({"ref":"X","evidence":["no"],"count":0})", {"/count", "/evidence/0", "/ref"});
    checkPointers(schema, R"({"ref":"F-0001"})", {""});
    checkPointers(schema, R"({"ref":"F-0001","evidence":[],"extra":1})", {""});
    checkPointers(schema, R"({"ref":7,"evidence":{}})", {"/evidence", "/ref"});
    checkPointers(schema, R"({"ref":"F-0001","evidence":[],"state":"lost"})", {"/state"});
    BOOST_TEST(!schema.check(read(R"({"ref":"F-0001","evidence":[],"state":"closed"})")).ok());
    BOOST_TEST(!schema.check(read("[]")).ok());
}

BOOST_AUTO_TEST_CASE(places_are_escaped_as_json_pointers) {
    const JsonSchema schema = compiled(R"({"additionalProperties": {"type": "integer"}})");
    checkPointers(schema, R"({"a/b~c": "x"})", {"/a~1b~0c"});
}

BOOST_AUTO_TEST_CASE(formats_are_checked_on_texts_and_on_nothing_else) {
    const JsonSchema schema = compiled(
        R"({"properties": {"d": {"format": "date"}, "t": {"format": "time"}, "m": {"format": "date-time"},
            "u": {"format": "uri"}, "p": {"format": "date", "pattern": "^2026"}, "format": {"type": "integer"}}})");
    BOOST_TEST(
        schema.check(read(R"({"d":"2026-02-28","t":"23:59:60Z","m":"2026-02-28T00:00:00.5+01:00"})")).ok());
    BOOST_TEST(schema.check(read(R"({"d":1,"t":null,"m":[],"u":"anything","format":1})")).ok());
    checkPointers(schema, R"({"d":"2026-13-01","t":"24:00:00Z","m":"2026-02-28 00:00:00Z","format":"x"})",
                  {"/d", "/format", "/m", "/t"});
    checkPointers(schema, R"({"p":"2025-01-01"})", {"/p"});
    checkPointers(schema, R"({"p":"2026-99-01"})", {"/p"});
    BOOST_TEST(schema.check(read(R"({"p":"2026-01-01"})")).ok());
}

BOOST_AUTO_TEST_CASE(long_texts_pass_where_no_pattern_stands) {
    const JsonSchema schema = compiled(findingSchema);
    const std::string text(50'000, 'x');
    BOOST_TEST(schema.check(read(R"({"ref":"F-0001","evidence":[],"text":")" + text + "\"}")).ok());
    checkPointers(schema, R"({"ref":"F-0001","evidence":[],"text":")" + text + "x\"}", {"/text"});
}

BOOST_AUTO_TEST_CASE(texts_too_long_for_a_pattern_are_refused_and_crash_nothing) {
    const std::string text = "\"" + std::string(200'000, 'a') + "\"";
    const std::string pattern = R"({"pattern": "^(a|b)*$"})";
    const std::vector<std::pair<std::string, std::string>> cases{
        {pattern, text},
        {R"({"format": "date-time"})", text},
        {R"({"anyOf": [{"type": "integer"}, )" + pattern + "]}", text},
        {R"({"not": )" + pattern + "}", text},
        {R"({"if": )" + pattern + "}", text},
        {R"({"definitions": {"x": )" + pattern + R"(}, "$ref": "#/definitions/x"})", text},
        {R"({"items": )" + pattern + "}", "[" + text + "]"},
        {R"({"items": [{}, )" + pattern + "]}", "[1," + text + "]"},
        {R"({"items": [{}], "additionalItems": )" + pattern + "}", "[1," + text + "]"},
        {R"({"contains": )" + pattern + "}", "[" + text + "]"},
        {R"({"properties": {"a": )" + pattern + "}}", R"({"a":)" + text + "}"},
        {R"({"additionalProperties": )" + pattern + "}", R"({"a":)" + text + "}"},
        {R"({"patternProperties": {"^a": )" + pattern + "}}", R"({"a":)" + text + "}"},
        {R"({"dependencies": {"a": {"properties": {"a": )" + pattern + "}}}}", R"({"a":)" + text + "}"},
        {R"({"patternProperties": {"^(a|b)*$": {}}})", "{" + text + ":1}"},
        {R"({"propertyNames": )" + pattern + "}", "{" + text + ":1}"},
    };
    for (const auto& [schema, document] : cases) {
        BOOST_TEST(!compiled(schema).check(read(document)).ok(), schema);
    }
}

BOOST_AUTO_TEST_CASE(the_longest_text_that_is_matched_fits_a_small_stack) {
    const JsonSchema schema = compiled(R"({"pattern": "^(a|b)*$"})");
    BOOST_TEST(schema.check(Json(std::string(2000, 'a'))).ok());
    BOOST_TEST(!schema.check(Json(std::string(1999, 'a') + "c")).ok());
    BOOST_TEST(!schema.check(Json(std::string(2001, 'a'))).ok());
}

BOOST_AUTO_TEST_CASE(broken_schemas_are_refused) {
    for (const char* text :
         {"", "{", R"({"type": "nonsense"})", R"({"pattern": "("})", R"({"minLength": "x"})",
          R"({"patternProperties": {"[": {}}})", R"({"$ref": "#/definitions/absent"})",
          R"({"$ref": "http://example.com/other.json"})", R"({"properties": []})"}) {
        const auto schema = JsonSchema::compile(text);
        BOOST_REQUIRE_MESSAGE(!schema, "this was accepted: " << text);
        BOOST_TEST(schema.error().type == "json-schema");
    }
}

BOOST_AUTO_TEST_CASE(data_inside_a_schema_is_left_as_it_is) {
    const JsonSchema schema = compiled(R"({"const": {"format": "date", "pattern": "("}})");
    BOOST_TEST(schema.check(read(R"({"format": "date", "pattern": "("})")).ok());
}

BOOST_AUTO_TEST_CASE(one_schema_serves_many_threads) {
    const JsonSchema schema = compiled(findingSchema);
    const Json good = read(R"({"ref":"F-0001","evidence":[]})");
    const Json bad = read(R"({"ref":"F-1","evidence":[]})");
    std::vector<int> wrong(4, 0);
    std::vector<std::thread> threads;
    for (int& mine : wrong) {
        threads.emplace_back([&schema, &good, &bad, &mine] {
            for (int i = 0; i < 50; ++i) {
                if (!schema.check(good) || schema.check(bad)) ++mine;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(std::count(wrong.begin(), wrong.end(), 0) == 4);
}

BOOST_AUTO_TEST_SUITE_END()
