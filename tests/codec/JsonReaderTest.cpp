#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "tickmark/codec/Json.h"

using namespace tickmark;
using codec::Json;
using codec::JsonReader;

namespace {

Json read(std::string_view text) {
    auto value = codec::parseJson(text);
    BOOST_REQUIRE(value);
    return std::move(*value);
}

/// "field: type" of each problem, sorted.
std::vector<std::string> problemsOf(JsonReader& reader) {
    std::vector<std::string> problems;
    const auto result = reader.finish();
    if (result) return problems;
    BOOST_TEST(result.error().type == "body");
    BOOST_CHECK(result.error().kind == ErrorKind::Invalid);
    for (const Error& part : result.error().parts) problems.push_back(part.field + ": " + part.type);
    std::sort(problems.begin(), problems.end());
    return problems;
}

void checkProblems(JsonReader& reader, const std::vector<std::string>& expected) {
    const auto problems = problemsOf(reader);
    BOOST_TEST(problems == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_reader)

BOOST_AUTO_TEST_CASE(a_good_object_gives_its_members_and_no_problem) {
    const Json body = read(R"({"t":"x","n":7,"b":true,"l":["a","b"],"o":[{}],"any":null})");
    JsonReader reader(body);
    BOOST_TEST(reader.text("t") == "x");
    BOOST_TEST(reader.textOr("t2", "other") == "other");
    BOOST_TEST(reader.integer("n") == 7);
    BOOST_TEST(reader.integerOr("n2", -1) == -1);
    BOOST_TEST(reader.booleanOr("b", false));
    BOOST_TEST(reader.booleanOr("b2", true));
    BOOST_TEST(reader.textsOr("l", {}).size() == 2U);
    BOOST_TEST(reader.textsOr("l2", {"z"}).at(0) == "z");
    BOOST_TEST(reader.arrayOr("o").size() == 1U);
    BOOST_TEST(reader.arrayOr("o2").empty());
    BOOST_TEST(reader.member("any")->isNull());
    BOOST_TEST(reader.member("any2") == nullptr);
    BOOST_TEST(reader.has("t"));
    BOOST_TEST(!reader.has("t2"));
    checkProblems(reader, {});
}

BOOST_AUTO_TEST_CASE(every_problem_is_reported_at_once) {
    const Json body =
        read(R"({"t":1,"n":"7","r":1.5,"b":"yes","l":["a",2,null],"o":{},"extra":1,"nul":null})");
    JsonReader reader(body);
    BOOST_TEST(reader.text("t") == "");
    BOOST_TEST(reader.text("absent") == "");
    BOOST_TEST(reader.integer("n") == 0);
    BOOST_TEST(reader.integerOr("r", 3) == 3);
    BOOST_TEST(reader.booleanOr("b", true));
    BOOST_TEST(reader.textsOr("l", {}).size() == 1U);
    BOOST_TEST(reader.arrayOr("o").empty());
    BOOST_TEST(reader.textOr("nul", "kept") == "kept");
    checkProblems(reader, {"absent: missing-member", "b: wrong-type", "extra: unknown-member",
                           "l[1]: wrong-type", "l[2]: wrong-type", "n: wrong-type", "nul: wrong-type",
                           "o: wrong-type", "r: wrong-type", "t: wrong-type"});
}

BOOST_AUTO_TEST_CASE(fields_are_named_with_their_path) {
    const Json body = read(R"({"due":1,"other":2})");
    JsonReader reader(body, "actions[2].");
    BOOST_TEST(reader.textOr("due", "").empty());
    BOOST_TEST(reader.fieldName("x") == "actions[2].x");
    checkProblems(reader, {"actions[2].due: wrong-type", "actions[2].other: unknown-member"});
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_said_once) {
    const Json body = read("[1]");
    JsonReader reader(body, "actions[2].");
    BOOST_TEST(reader.text("due").empty());
    BOOST_TEST(reader.integer("n") == 0);
    checkProblems(reader, {"actions[2]: wrong-type"});
}

BOOST_AUTO_TEST_CASE(problems_of_parts_stand_beside_those_of_the_whole) {
    const Json body = read(R"({"actions":[{"due":"x"},{"due":1},{"bad":2}],"n":"x"})");
    JsonReader reader(body);
    BOOST_TEST(reader.integer("n") == 0);
    std::size_t index = 0;
    for (const Json& item : reader.arrayOr("actions")) {
        JsonReader inner(item, "actions[" + std::to_string(index++) + "].");
        BOOST_TEST(inner.text("due").size() == (index == 1 ? 1U : 0U));
        if (auto result = inner.finish(); !result) reader.complain(std::move(result).error());
    }
    reader.complain(invalid("date", reader.fieldName("since"), "This is no date."));
    checkProblems(reader, {"actions[1].due: wrong-type", "actions[2].bad: unknown-member",
                           "actions[2].due: missing-member", "n: wrong-type", "since: date"});
}

BOOST_AUTO_TEST_CASE(an_unknown_field_is_told_what_is_known) {
    const Json body = read(R"({"titel":"x"})");
    JsonReader reader(body);
    BOOST_TEST(reader.textOr("title", "").empty());
    BOOST_TEST(reader.textOr("owner", "").empty());
    const auto result = reader.finish();
    BOOST_REQUIRE(!result);
    BOOST_TEST(result.error().parts.at(0).fix.find("title, owner") != std::string::npos);
    BOOST_TEST(describe(result.error()).find("titel") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
