// What a stored record may hold at most, and what somebody may send as a measurement rule.
#include <boost/test/unit_test.hpp>

#include "support/Outcome.h"
#include "tickmark/codec/Json.h"
#include "tickmark/ledger/Measuring.h"
#include "tickmark/ledger/Record.h"

using namespace tickmark;
using namespace tickmark::domain;
using test::must;
using test::refusal;
using test::refusedAs;

namespace {

MeasurementRule countOfEveryRow() {
    MeasurementRule rule;
    rule.only = {{"priority", FilterOperator::NotEmpty, ""}};
    return rule;
}

Result<MeasurementRule> ruleOf(const std::string& json) {
    return ledger::ruleFrom(must(codec::parseJson(json)), "rule");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_bounds)

BOOST_AUTO_TEST_CASE(an_unknown_member_inside_a_list_is_damage) {
    Finding finding;
    finding.responses = {{1, "", "", "", {}, {}, {{"RC-1", "no training"}}, {}, {}}};
    std::string record = ledger::encode(finding);
    const auto at = record.find("\"code\"");
    BOOST_REQUIRE(at != std::string::npos);
    record.insert(at, "\"added\":1,");
    const auto decoded = ledger::decode<Finding>(record);
    BOOST_TEST(refusedAs(decoded, ErrorKind::Damaged, "record"));
    BOOST_TEST(refusal(decoded).field == "responses[0].root_causes[0].added");
}

BOOST_AUTO_TEST_CASE(a_record_may_have_64_mebibytes_and_two_million_values) {
    const auto problem = [](const std::string& record) {
        return refusal(ledger::decode<Evidence>(record)).message;
    };
    const std::string unreadable = "A stored record is not readable JSON.";
    const std::string noObject = "A stored record is not a JSON object.";
    std::string spaces(64U * 1024U * 1024U, ' ');
    spaces.replace(0, 2, "[]");
    BOOST_TEST((problem(spaces) == noObject));
    BOOST_TEST((problem(spaces + ' ') == unreadable));
    std::string values = "[0";  // the list itself is one of them
    for (int i = 2; i < 2'000'000; ++i) values += ",0";
    BOOST_TEST((problem(values + "]") == noObject));
    BOOST_TEST((problem(values + ",0]") == unreadable));
}

BOOST_AUTO_TEST_CASE(a_rule_comes_back_as_it_was_sent) {
    const MeasurementRule rule = countOfEveryRow();
    BOOST_TEST((must(ruleOf(codec::canonicalJson(ledger::jsonOf(rule)))) == rule));
}

BOOST_AUTO_TEST_CASE(a_rule_that_is_no_object_or_has_a_strange_member_is_refused_by_its_name) {
    const auto noObject = ruleOf("[]");
    BOOST_TEST(refusedAs(noObject, ErrorKind::Invalid, "rule"));
    BOOST_TEST(refusal(noObject).field == "rule");
    const auto strange = ruleOf(R"({"aggregation":"count","colour":1,"grouping":"whole","rows":"every"})");
    BOOST_TEST(refusedAs(strange, ErrorKind::Invalid, "rule"));
    BOOST_TEST(refusal(strange).field == "rule.colour");
    BOOST_TEST(refusal(strange).message == "The member \"rule.colour\" is not known here.");
    BOOST_TEST(refusal(ruleOf(R"({"aggregation":"count","grouping":"whole"})")).field == "rule.rows");
}

BOOST_AUTO_TEST_CASE(a_rule_that_makes_no_sense_names_each_member_from_the_rule_on) {
    const auto unfit = ruleOf(R"({"aggregation":"mean","grouping":"whole","rows":"every"})");
    BOOST_TEST(refusedAs(unfit, ErrorKind::Invalid, "validation"));
    const Error error = refusal(unfit);
    BOOST_REQUIRE(!error.parts.empty());
    BOOST_TEST(error.parts.front().field == "rule.value");
}

BOOST_AUTO_TEST_SUITE_END()
