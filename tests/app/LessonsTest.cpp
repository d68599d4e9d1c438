#include "tickmark/app/Lessons.h"

#include "app/House.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Search.h"
#include "tickmark/app/TextIndex.h"

using namespace tickmark;
using domain::ImprovementEvent;
using test::House;
using test::must;
using test::refusedAs;

namespace {

struct LessonHouse : House {
    [[nodiscard]] app::LessonDraft draft() const {
        app::LessonDraft written;
        written.kind = domain::LessonKind::Failure;
        written.title = "Ordering the queue does not replace people";
        written.happened = "The share within the target fell.";
        written.advice = "Look at the staffing first.";
        written.appliesTo = {{"Incident management"}, {"Service desk"}, {}, {"staffing"}};
        return written;
    }
    domain::Lesson record(const app::LessonDraft& written) {
        return must(app::recordLesson(context(), as("im-01"), written));
    }
    domain::ImprovementItem newItem(const std::string& title, const std::string& process) {
        app::ImprovementDraft item;
        item.title = title;
        item.process = process;
        item.owner = "po-01";
        return must(app::recordImprovement(context(), as("im-01"), item));
    }
    std::vector<app::OfferedLesson> offered(const std::string& like) {
        const auto question = must(app::lessonQuestion(context(), as("im-01"), like));
        return must(app::offerLessons(context(), as("im-01"), question));
    }
    std::int64_t revOf(const domain::ImprovementRef& ref) {
        return must(app::showImprovement(context(), as("im-01"), ref)).item.rev;
    }
    void move(const domain::ImprovementRef& ref, ImprovementEvent event) {
        must(app::changeImprovementState(context(), as("im-01"), ref, revOf(ref), event, {}));
    }
    /// Taken through all steps with a lesson, and standardised.
    domain::ImprovementRef standardised() {
        app::KpiDraft kpi;
        kpi.name = "Confirmed";
        kpi.unit = "%";
        kpi.direction = domain::KpiDirection::HigherIsBetter;
        must(app::defineKpi(context(), as("im-01"), kpi));
        app::ImprovementDraft item;
        item.title = "Confirm the priority at intake";
        item.process = "Incident management";
        item.owner = "po-01";
        item.due = context().today().plusDays(60);
        item.kpi = "K-0001";
        item.unit = "%";
        item.baseline = "22";
        item.target = "95";
        item.analysis = "Skipped.";
        item.plan = "Mandatory.";
        const auto ref = must(app::recordImprovement(context(), as("im-01"), item)).ref;
        for (const auto event : {ImprovementEvent::SetGoals, ImprovementEvent::Analyse,
                                 ImprovementEvent::ApprovePlan, ImprovementEvent::Start})
            move(ref, event);
        app::ImprovementReport report{100, "96", "Good.", {}};
        report.lesson = domain::ImprovementLesson{domain::ImprovementLessonKind::Success,
                                                  "The field was skipped",
                                                  "What is mandatory is filled in.",
                                                  {"intake", "Incident management"}};
        must(app::reportImprovement(context(), as("im-01"), ref, revOf(ref), report));
        move(ref, ImprovementEvent::Evaluate);
        const auto receipt = give("la-01", toAudit("procedure.txt"), "the changed procedure");
        must(app::attachEvidenceToImprovement(context(), as("im-01"), ref, revOf(ref),
                                              {receipt.version.ref.text() + "/v1"}));
        move(ref, ImprovementEvent::Standardise);
        return ref;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(lessons, LessonHouse)

BOOST_AUTO_TEST_CASE(a_recorded_lesson_keeps_its_author_and_its_event) {
    const auto lesson = record(draft());
    BOOST_CHECK_EQUAL(lesson.ref.text(), "L-0001");
    BOOST_CHECK(lesson.author == as("im-01").id);
    BOOST_CHECK_EQUAL(lastEvent().kind, "lesson.record");
    const auto view = must(app::showLesson(context(), as("ao-01"), lesson.ref));
    BOOST_CHECK(view.lesson == lesson);
    BOOST_CHECK(!view.mayRetract);
    BOOST_CHECK_EQUAL(view.history.size(), 1U);
    for (const auto& problem : must(app::check(context(), true)).problems)
        BOOST_ERROR(problem.code + " " + problem.subject + " " + problem.message);
}

BOOST_AUTO_TEST_CASE(closing_an_item_keeps_its_lesson_in_the_same_step_with_the_link_both_ways) {
    const auto ref = standardised();
    BOOST_CHECK(must(app::listLessons(context(), as("im-01"), {}, {})).rows.empty());
    move(ref, ImprovementEvent::Close);
    BOOST_CHECK_EQUAL(lastEvent().kind, "improvement.close");
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("lesson")), "L-0001");
    const auto view = must(app::showLesson(context(), as("im-01"), domain::LessonRef("L-0001")));
    BOOST_CHECK_EQUAL(view.improvement.ref, ref.text());
    BOOST_CHECK_EQUAL(view.lesson.title, "Confirm the priority at intake");
    BOOST_CHECK_EQUAL(view.lesson.happened, "The field was skipped");
    BOOST_CHECK((view.lesson.appliesTo == domain::LessonScope{{"Incident management"}, {}, {}, {"intake"}}));
    BOOST_CHECK_EQUAL(std::string(view.history.front().second.facts.textAt("improvement")), ref.text());
    storage::LessonFilter origin;
    origin.improvement = must(app::showImprovement(context(), as("im-01"), ref)).item.id;
    BOOST_CHECK_EQUAL(must(app::lessonsFrom(context(), as("im-01"), origin)).size(), 1U);
    BOOST_CHECK(offered(ref.text()).empty());
}

BOOST_AUTO_TEST_CASE(a_similar_item_is_offered_what_was_learnt_the_most_alike_first) {
    record(draft());
    app::LessonDraft other = draft();
    other.title = "People before queues";
    other.appliesTo.tags = {};
    other.appliesTo.services = {};
    record(other);
    app::LessonDraft unlike = draft();
    unlike.title = "Backups";
    unlike.happened = {};
    unlike.advice = "Restore one each month.";
    unlike.appliesTo = {{"Continuity management"}, {}, {}, {}};
    record(unlike);
    const auto item = newItem("Order the queue by time", "Incident management");
    const auto lessons = offered(item.ref.text());
    BOOST_REQUIRE_EQUAL(lessons.size(), 2U);
    BOOST_CHECK_EQUAL(lessons[0].lesson.ref.text(), "L-0001");
    BOOST_CHECK(lessons[0].likeness.score > lessons[1].likeness.score);
    BOOST_CHECK(offered(newItem("Something else", "Change management").ref.text()).empty());
}

BOOST_AUTO_TEST_CASE(a_finding_is_offered_lessons_by_its_process_and_clauses) {
    record(draft());
    app::FindingDraft input = House::draft();
    input.process = "Incident management";
    const auto finding = must(app::recordFinding(context(), as("au-01"), input));
    const auto question = must(app::lessonQuestion(context(), as("au-01"), finding.ref.text()));
    const auto lessons = must(app::offerLessons(context(), as("au-01"), question));
    BOOST_REQUIRE_EQUAL(lessons.size(), 1U);
    BOOST_CHECK_EQUAL(lessons[0].likeness.reasons.front(), "process Incident management");
    BOOST_CHECK(refusedAs(app::lessonQuestion(context(), as("au-02"), finding.ref.text()),
                          ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(refusedAs(app::lessonQuestion(context(), as("im-01"), "AC-0001"), ErrorKind::Invalid,
                          "unknown-word"));
}

BOOST_AUTO_TEST_CASE(a_retracted_lesson_stays_readable_and_is_not_offered_any_more) {
    const auto lesson = record(draft());
    const auto item = newItem("Order the queue by time", "Incident management");
    BOOST_CHECK_EQUAL(offered(item.ref.text()).size(), 1U);
    BOOST_CHECK(refusedAs(app::retractLesson(context(), as("po-01"), lesson.ref, lesson.rev, "No"),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::retractLesson(context(), as("im-01"), lesson.ref, lesson.rev, " "),
                          ErrorKind::Invalid, "text"));
    BOOST_CHECK(refusedAs(app::retractLesson(context(), as("im-01"), lesson.ref, lesson.rev + 1, "No"),
                          ErrorKind::Stale, "stale-revision"));
    const auto gone =
        must(app::retractLesson(context(), as("im-01"), lesson.ref, lesson.rev, "It was chance."));
    BOOST_CHECK_EQUAL(lastEvent().kind, "lesson.retract");
    BOOST_CHECK(offered(item.ref.text()).empty());
    BOOST_CHECK(must(app::listLessons(context(), as("im-01"), {}, {})).rows.empty());
    storage::LessonFilter all;
    all.retracted = true;
    BOOST_CHECK_EQUAL(must(app::listLessons(context(), as("im-01"), all, {})).rows.size(), 1U);
    const auto view = must(app::showLesson(context(), as("po-01"), lesson.ref));
    BOOST_CHECK_EQUAL(view.lesson.retraction->reason, "It was chance.");
    BOOST_CHECK(refusedAs(app::retractLesson(context(), as("im-01"), lesson.ref, gone.rev, "Again"),
                          ErrorKind::Refused, "retracted"));
}

BOOST_AUTO_TEST_CASE(who_may_not_see_where_it_came_from_is_told_that_there_is_something) {
    const auto item = newItem("Confidential", "Supplier management");
    app::LessonDraft written = draft();
    written.improvement = item.ref.text();
    const auto lesson = record(written);
    const auto seen = must(app::showLesson(context(), as("im-01"), lesson.ref));
    BOOST_CHECK_EQUAL(seen.improvement.ref, item.ref.text());
    BOOST_CHECK(!seen.hiddenOrigin);
    const auto hidden = must(app::showLesson(context(), as("au-02"), lesson.ref));
    BOOST_CHECK(hidden.improvement.ref.empty());
    BOOST_CHECK(hidden.hiddenOrigin);
    BOOST_CHECK(refusedAs(app::recordLesson(context(), as("au-02"), written), ErrorKind::Invalid,
                          "unknown-reference"));
}

BOOST_AUTO_TEST_CASE(only_those_who_improve_read_lessons_and_action_owners_record_none) {
    const auto lesson = record(draft());
    for (const char* account : {"xa-01", "ad-01"}) {
        BOOST_CHECK(refusedAs(app::showLesson(context(), as(account), lesson.ref), ErrorKind::Forbidden,
                              "forbidden"));
        BOOST_CHECK(
            refusedAs(app::listLessons(context(), as(account), {}, {}), ErrorKind::Forbidden, "forbidden"));
        BOOST_CHECK(must(app::lessonsFrom(context(), as(account), {})).empty());
    }
    for (const char* account : {"ao-01", "xa-01", "ad-01"})
        BOOST_CHECK(
            refusedAs(app::recordLesson(context(), as(account), draft()), ErrorKind::Forbidden, "forbidden"));
    for (const char* account : {"la-01", "au-01", "po-01", "tm-01"})
        must(app::recordLesson(context(), as(account), draft()));
}

BOOST_AUTO_TEST_CASE(the_one_search_finds_lessons_by_their_words_and_tags) {
    const auto lesson = record(draft());
    must(app::indexText(context(), {}, [] { return true; }));
    const auto hits = [&](const std::string& account, const std::string& typed) {
        std::size_t count = 0;
        for (const auto& group : must(app::search(context(), as(account), typed, std::nullopt, {}))) {
            if (group.kind == storage::SearchKind::Lesson) count += group.hits.size();
        }
        return count;
    };
    BOOST_CHECK_EQUAL(hits("po-01", "queue replace"), 1U);
    BOOST_CHECK_EQUAL(hits("po-01", "staffing"), 1U);
    BOOST_CHECK_EQUAL(hits("po-01", lesson.ref.text()), 1U);
    BOOST_CHECK_EQUAL(hits("po-01", "pangolin"), 0U);
    BOOST_CHECK_EQUAL(hits("xa-01", "staffing"), 0U);
}

BOOST_AUTO_TEST_CASE(the_list_is_filtered_by_kind_tag_and_words) {
    record(draft());
    app::LessonDraft good = draft();
    good.kind = domain::LessonKind::Success;
    good.title = "100% of 5_fields";
    good.appliesTo = {{}, {}, {"8.6.1"}, {}};
    record(good);
    const auto count = [&](storage::LessonFilter filter) {
        return must(app::listLessons(context(), as("po-01"), filter, {})).rows.size();
    };
    storage::LessonFilter filter;
    BOOST_CHECK_EQUAL(count(filter), 2U);
    filter.kind = domain::LessonKind::Success;
    BOOST_CHECK_EQUAL(count(filter), 1U);
    filter = {};
    filter.tag = "STAFFING";
    BOOST_CHECK_EQUAL(count(filter), 1U);
    filter.tag = "8.6.1";
    BOOST_CHECK_EQUAL(count(filter), 1U);
    filter.tag = "8.6";
    BOOST_CHECK_EQUAL(count(filter), 0U);
    filter = {};
    filter.q = "ORDERING people";
    BOOST_CHECK_EQUAL(count(filter), 1U);
    filter.q = "5_fields 100%";
    BOOST_CHECK_EQUAL(count(filter), 1U);
    filter.q = "5%fields";
    BOOST_CHECK_EQUAL(count(filter), 0U);
}

BOOST_AUTO_TEST_SUITE_END()
