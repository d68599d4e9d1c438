// Rows of the working papers: numbers, results and what each asks for; phases of the programme.
#include <boost/test/unit_test.hpp>
#include <functional>

#include "tickmark/domain/Checklist.h"
#include "tickmark/domain/Programme.h"

using namespace tickmark;
using namespace tickmark::domain;

namespace {

ChecklistItem row() {
    ChecklistItem item;
    item.clause = "8.6.1";
    item.question = "Are incidents recorded?";
    return item;
}

/// The fields that are wrong once `change` was made, in order.
std::vector<std::string> wrong(const std::function<void(ChecklistItem&)>& change) {
    ChecklistItem item = row();
    change(item);
    const auto valid = validate(item);
    std::vector<std::string> fields;
    if (valid) return fields;
    for (const Error& part : valid.error().parts) fields.push_back(part.field);
    return fields;
}

using Fields = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(checklist)

BOOST_AUTO_TEST_CASE(a_row_without_a_result_needs_its_question_only) {
    BOOST_CHECK(wrong([](ChecklistItem&) {}).empty());
    BOOST_CHECK((wrong([](ChecklistItem& item) { item.question = " "; }) == Fields{"question"}));
}

BOOST_AUTO_TEST_CASE(a_conforming_row_says_what_was_looked_at) {
    const auto conforming = [](const std::function<void(ChecklistItem&)>& more) {
        return wrong([&](ChecklistItem& item) {
            item.result = CheckResult::Conforming;
            more(item);
        });
    };
    BOOST_CHECK((conforming([](ChecklistItem&) {}) == Fields{"sample.looked_at"}));
    BOOST_CHECK(conforming([](ChecklistItem& item) { item.sample.lookedAt = "The log"; }).empty());
    BOOST_CHECK(conforming([](ChecklistItem& item) { item.sample.size = 25; }).empty());
    BOOST_CHECK(conforming([](ChecklistItem& item) { item.evidence = {{7}}; }).empty());
}

BOOST_AUTO_TEST_CASE(a_row_that_ends_with_a_finding_names_one) {
    BOOST_CHECK(
        (wrong([](ChecklistItem& item) { item.result = CheckResult::Finding; }) == Fields{"findings"}));
    BOOST_CHECK(wrong([](ChecklistItem& item) {
                    item.result = CheckResult::Finding;
                    item.findings = {{3}};
                }).empty());
}

BOOST_AUTO_TEST_CASE(only_a_row_that_was_not_examined_has_a_reason_and_it_needs_one) {
    BOOST_CHECK(
        (wrong([](ChecklistItem& item) { item.result = CheckResult::NotExamined; }) == Fields{"reason"}));
    BOOST_CHECK((wrong([](ChecklistItem& item) { item.reason = "No time"; }) == Fields{"reason"}));
    BOOST_CHECK(wrong([](ChecklistItem& item) {
                    item.result = CheckResult::NotExamined;
                    item.reason = "The process starts next year";
                }).empty());
}

BOOST_AUTO_TEST_CASE(a_sample_is_no_larger_than_a_population_that_says_its_number) {
    const auto sized = [](const char* population) {
        return wrong([&](ChecklistItem& item) {
            item.sample.population = population;
            item.sample.size = 25;
        });
    };
    for (const char* population : {"24 incidents", "0", "7 changes of 2022"})
        BOOST_CHECK_MESSAGE((sized(population) == Fields{"sample.size"}), population);
    for (const char* population :
         {"25 incidents", "12 000 incidents", "1,200 incidents", "all incidents", "2.5 million", ""})
        BOOST_CHECK_MESSAGE(sized(population).empty(), population);
    BOOST_CHECK((wrong([](ChecklistItem& item) { item.sample.size = -1; }) == Fields{"sample.size"}));
}

BOOST_AUTO_TEST_CASE(rows_without_a_number_get_the_next_free_one_and_others_keep_theirs) {
    std::vector<ChecklistItem> list(4, row());
    list[1].row.value = 7;
    numberRows(list);
    BOOST_CHECK_EQUAL(list[0].row.value, 8);
    BOOST_CHECK_EQUAL(list[1].row.value, 7);
    BOOST_CHECK_EQUAL(list[2].row.value, 9);
    BOOST_CHECK_EQUAL(list[3].row.value, 10);
    const auto before = list;
    numberRows(list);
    BOOST_CHECK(list == before);
    BOOST_CHECK(rowOf(list, {9}) == &list[2]);
    BOOST_CHECK(rowOf(list, {1}) == nullptr);
}

BOOST_AUTO_TEST_CASE(progress_counts_each_result_and_only_two_of_them_examine) {
    std::vector<ChecklistItem> list(5, row());
    list[0].result = CheckResult::Conforming;
    list[1].result = CheckResult::Finding;
    list[2].result = CheckResult::NotExamined;
    const ChecklistProgress progress = progressOf(list);
    BOOST_CHECK((progress == ChecklistProgress{5, 1, 1, 1}));
    BOOST_CHECK_EQUAL(progress.settled(), 3);
    BOOST_CHECK_EQUAL(progress.open(), 2);
    BOOST_CHECK(isExamined(list[0]) && isExamined(list[1]));
    BOOST_CHECK(!isExamined(list[2]) && !isExamined(list[3]));
}

BOOST_AUTO_TEST_CASE(results_and_phases_are_read_as_they_are_written) {
    for (const CheckResult result : {CheckResult::Conforming, CheckResult::Finding, CheckResult::NotExamined})
        BOOST_CHECK(checkResultFrom(toText(result)) == result);
    BOOST_CHECK(!checkResultFrom("passed"));
    for (int i = 0; i < 5; ++i) {
        const auto phase = static_cast<ProgrammePhase>(i);
        BOOST_CHECK(programmePhaseFrom(toText(phase)) == phase);
    }
}

BOOST_AUTO_TEST_CASE(an_audit_is_past_its_date_while_it_is_not_begun_or_still_on_site) {
    const Date day = Date::of(2022, 3, 14);
    const Date end = day.plusDays(2);
    const auto phase = [&](AuditState state, Date today) { return phaseOf(state, day, end, today); };
    BOOST_CHECK(phase(AuditState::Planned, day) == ProgrammePhase::Planned);
    BOOST_CHECK(phase(AuditState::Planned, day.plusDays(1)) == ProgrammePhase::Overdue);
    BOOST_CHECK(phase(AuditState::Fieldwork, end) == ProgrammePhase::UnderWay);
    BOOST_CHECK(phase(AuditState::Fieldwork, end.plusDays(1)) == ProgrammePhase::Overdue);
    BOOST_CHECK(phase(AuditState::FollowUp, end.plusDays(400)) == ProgrammePhase::UnderWay);
    BOOST_CHECK(phase(AuditState::Reporting, end.plusDays(400)) == ProgrammePhase::UnderWay);
    BOOST_CHECK(phase(AuditState::Closed, end.plusDays(400)) == ProgrammePhase::Done);
    BOOST_CHECK(phase(AuditState::Cancelled, end.plusDays(400)) == ProgrammePhase::Cancelled);
    BOOST_CHECK(phaseOf(AuditState::Planned, {}, {}, end) == ProgrammePhase::Planned);
    BOOST_CHECK(phaseOf(AuditState::Planned, {}, day, end) == ProgrammePhase::Overdue);
    BOOST_CHECK(phaseOf(AuditState::Fieldwork, day, {}, end) == ProgrammePhase::Overdue);
}

BOOST_AUTO_TEST_SUITE_END()
