// Facets of a finding, likeness of causes, and the sign of a repeat.
#include "tickmark/domain/Trends.h"

#include <boost/test/unit_test.hpp>

#include "tickmark/foundation/Text.h"

using namespace tickmark;
using namespace tickmark::domain;

namespace {

Finding found(std::int64_t id, const std::string& process, const std::string& cause) {
    Finding finding;
    finding.id = {id};
    finding.classCode = "minor";
    finding.state = FindingState::Responded;
    finding.clauses = {"8.6.1", "7.5"};
    finding.process = process;
    finding.title = "Incidents closed without confirmed priority";
    if (!cause.empty()) {
        finding.responses.resize(1);
        finding.responses[0].rootCauses = {{"RC-1", cause}};
    }
    return finding;
}

bool has(const FacetValues& all, const char* facet, const std::string& value) {
    return std::find(all.begin(), all.end(), std::pair<std::string, std::string>{facet, value}) != all.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(trends)

BOOST_AUTO_TEST_CASE(facets_follow_from_process_and_the_last_response) {
    Finding finding = found(1, "Incident Management", "The tool lets it close");
    finding.responses.push_back(finding.responses[0]);
    finding.responses[1].rootCauses = {{"RC-1", "No Rule"}, {"RC-2", "No rule"}};
    finding.responses[1].fishbone = {{"People", "new"}, {"people", "few"}, {"Process", "x"}};
    const auto all = facetsOf(finding);
    BOOST_TEST(all.size() == 4U);
    BOOST_TEST(has(all, "process", "incident management"));
    BOOST_TEST(has(all, "cause", "no rule"));
    BOOST_TEST(has(all, "branch", "people"));
    BOOST_TEST(has(all, "branch", "process"));
    BOOST_TEST(std::is_sorted(all.begin(), all.end()));
}

BOOST_AUTO_TEST_CASE(a_closed_finding_was_closed_on_time_until_its_day_is_over) {
    Finding finding = found(1, "", "");
    finding.state = FindingState::Closed;
    finding.changedAt = *Timestamp::parse("2026-03-02T23:59:59Z");
    BOOST_TEST(has(facetsOf(finding), "closure", "no_date"));
    finding.closeDue = Date::of(2026, 3, 2);
    BOOST_TEST(has(facetsOf(finding), "closure", "on_time"));
    finding.closeDue = Date::of(2026, 3, 1);
    BOOST_TEST(has(facetsOf(finding), "closure", "late"));
    BOOST_TEST(has(facetsOf(finding), "closed_in", "2026-03"));
    finding.state = FindingState::Verified;
    BOOST_TEST(facetsOf(finding).empty());
}

BOOST_AUTO_TEST_CASE(the_day_of_a_booked_check_counts_until_the_check_is_done_or_the_round_is_over) {
    Finding finding = found(1, "", "");
    finding.checks.resize(1);
    finding.checks[0].plannedOn = Date::of(2026, 3, 2);
    BOOST_TEST(!has(facetsOf(finding), "check_on", "2026-03-02"));
    finding.state = FindingState::Implemented;
    BOOST_TEST(has(facetsOf(finding), "check_on", "2026-03-02"));
    finding.round = 2;
    BOOST_TEST(facetsOf(finding).empty());
    finding.round = 1;
    finding.checks[0].verdict = EffectivenessVerdict::Effective;
    BOOST_TEST(!has(facetsOf(finding), "check_on", "2026-03-02"));
}

BOOST_AUTO_TEST_CASE(a_plan_worked_when_no_round_of_it_failed) {
    Finding finding = found(1, "", "");
    finding.checks.resize(2);
    BOOST_TEST(facetsOf(finding).empty());
    finding.checks[1].verdict = EffectivenessVerdict::Effective;
    BOOST_TEST(has(facetsOf(finding), "effect", "worked"));
    finding.checks[0].verdict = EffectivenessVerdict::NotEffective;
    BOOST_TEST(has(facetsOf(finding), "effect", "failed"));
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_between_characters) {
    std::string text;
    for (int i = 0; i < 300; ++i) text += "\xC3\xA4";
    const std::string value = facetText(text);
    BOOST_TEST(codePoints(value) == 200U);
    BOOST_TEST(isUtf8(value));
}

BOOST_AUTO_TEST_CASE(what_was_issued_and_not_withdrawn_counts_but_for_conformities) {
    Finding finding = found(1, "", "");
    for (int s = 0; s <= static_cast<int>(FindingState::Closed); ++s) {
        finding.state = static_cast<FindingState>(s);
        const bool counts = finding.state != FindingState::Draft &&
                            finding.state != FindingState::Discarded &&
                            finding.state != FindingState::Withdrawn;
        BOOST_TEST(countsInTrends(finding) == counts, toText(finding.state));
    }
    finding.classCode = "conformity";
    BOOST_TEST(!countsInTrends(finding));
}

BOOST_AUTO_TEST_CASE(likeness_looks_at_words_that_matter_whatever_their_ending) {
    BOOST_TEST(likeness("The tool allows closing tickets", "Tickets: the tools allowed it") == 1.0);
    BOOST_TEST(likeness("No rule for suppliers", "Backups were never restored") == 0.0);
    BOOST_TEST(likeness("There have been other things", "There have been other cases") == 0.0);
    BOOST_TEST(likeness("", "") == 0.0);
    BOOST_TEST(likeness("training missing", "training planned") == 0.0);  // one word in common is chance
    const double ab = likeness("priority confirmed before closing the ticket", "ticket priority unknown");
    BOOST_TEST(ab == likeness("ticket priority unknown", "priority confirmed before closing the ticket"));
    BOOST_TEST(ab > 0.6);
}

BOOST_AUTO_TEST_CASE(a_repeat_has_clause_process_and_cause_in_common) {
    const Finding earlier = found(1, "Incident management", "The tool allows closing without priority");
    const auto sign =
        repeatSign(found(2, "incident management", "Tool allowed closing, no priority"), earlier);
    BOOST_REQUIRE(sign.has_value());
    BOOST_TEST(sign->clauses.size() == 2U);
    BOOST_TEST(sign->reason() ==
               "Same clauses 8.6.1, 7.5, same process incident management, similar cause: "
               "The tool allows closing without priority");
    BOOST_TEST(!repeatSign(found(2, "change", "The tool allows closing without priority"), earlier));
    BOOST_TEST(!repeatSign(found(2, "incident management", "Nobody was on duty at night"), earlier));
    Finding elsewhere = found(2, "incident management", "The tool allows closing without priority");
    elsewhere.clauses = {"9.1"};
    BOOST_TEST(!repeatSign(elsewhere, earlier));
    BOOST_TEST(!repeatSign(earlier, earlier));
}

BOOST_AUTO_TEST_CASE(before_a_cause_is_known_clause_and_process_are_a_sign_and_say_so) {
    const Finding earlier = found(1, "Incident management", "The tool allows it");
    const auto sign = repeatSign(found(2, "Incident management", ""), earlier);
    BOOST_REQUIRE(sign.has_value());
    BOOST_TEST(sign->reason() ==
               "Same clauses 8.6.1, 7.5, same process Incident management; no cause known yet.");
    BOOST_TEST(repeatSign(found(2, "", ""), earlier).has_value());  // like words
    Finding other = found(2, "", "");
    other.title = "Suppliers are reviewed late";
    BOOST_TEST(!repeatSign(other, earlier));
}

BOOST_AUTO_TEST_SUITE_END()
