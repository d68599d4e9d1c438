#include "tickmark/domain/Lesson.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

Lesson sound() {
    Lesson lesson;
    lesson.ref = LessonRef("L-0001");
    lesson.title = "Ask when the answer is known";
    lesson.happened = "The priority was guessed at the first call.";
    lesson.advice = "Ask for it again before closing.";
    lesson.appliesTo = {{"Incident management"}, {"Service desk"}, {"8.6.1"}, {"forms", "intake"}};
    return lesson;
}

LessonMatter matter(LessonScope scope, std::string title = {}) {
    return {std::move(title), std::move(scope)};
}

std::int64_t scoreOf(LessonScope scope, std::string title = {}) {
    return likeness(matter(std::move(scope), std::move(title)), sound()).score;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lessons)

BOOST_AUTO_TEST_CASE(a_sound_lesson_is_taken_and_its_texts_are_trimmed) {
    Lesson lesson = sound();
    lesson.title = "  " + lesson.title + " ";
    BOOST_TEST(validate(lesson).ok());
    BOOST_TEST((lesson == sound()));
}

BOOST_AUTO_TEST_CASE(every_broken_rule_is_reported_at_once) {
    Lesson lesson = sound();
    lesson.title.clear();
    lesson.advice = " ";
    lesson.appliesTo.clauses = {"8.6.1, 8.7"};
    lesson.appliesTo.tags = {"forms", "forms"};
    lesson.retraction = LessonRetraction{};
    const auto checked = validate(lesson);
    BOOST_REQUIRE(!checked.ok());
    std::vector<std::string> fields;
    for (const Error& part : checked.error().parts) fields.push_back(part.field);
    const std::vector<std::string> expected{"title", "advice", "clauses[0]", "tags[1]", "reason"};
    BOOST_TEST(fields == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_common_thing_counts_by_the_stated_rule) {
    BOOST_TEST(scoreOf({}) == 0);
    BOOST_TEST(scoreOf({{"incident MANAGEMENT"}, {}, {}, {}}) == 3);
    BOOST_TEST(scoreOf({{}, {"Service desk"}, {}, {}}) == 2);
    BOOST_TEST(scoreOf({{}, {}, {"8.6.1"}, {}}) == 3);
    BOOST_TEST(scoreOf({{}, {}, {"8.6"}, {}}) == 1);
    BOOST_TEST(scoreOf({{}, {}, {"8.6.1.2"}, {}}) == 1);
    BOOST_TEST(scoreOf({{}, {}, {"8.61"}, {}}) == 0);
    BOOST_TEST(scoreOf({{}, {}, {}, {"forms", "intake"}}) == 4);
    BOOST_TEST(scoreOf({{}, {}, {}, {"other"}}) == 0);
    BOOST_TEST(scoreOf({{"Incident management"}, {"Service desk"}, {"8.6.1"}, {"forms"}}) == 10);
}

BOOST_AUTO_TEST_CASE(a_free_tag_of_one_side_counts_as_what_it_names_on_the_other_and_only_once) {
    BOOST_TEST(scoreOf({{}, {}, {}, {"Incident management"}}) == 3);
    BOOST_TEST(scoreOf({{"intake"}, {}, {}, {}}) == 3);
    BOOST_TEST(scoreOf({{"intake"}, {}, {}, {"intake"}}) == 3);
    const auto both = likeness(matter({{"Incident management"}, {}, {}, {"Incident management"}}), sound());
    BOOST_TEST(both.score == 3);
    BOOST_REQUIRE(both.reasons.size() == 1U);
    BOOST_TEST(both.reasons.front() == "process Incident management");
}

BOOST_AUTO_TEST_CASE(words_of_the_title_count_by_their_stem_at_most_three) {
    BOOST_TEST(scoreOf({}, "Priorities") == 0);
    BOOST_TEST(scoreOf({}, "The calls") == 1);
    BOOST_TEST(scoreOf({}, "When ask for it") == 0);
    BOOST_TEST(scoreOf({}, "Guessed priority, closed without an answer at the call") == 3);
    const auto found = likeness(matter({}, "Priority guessed"), sound());
    BOOST_REQUIRE(found.reasons.size() == 1U);
    BOOST_TEST(found.reasons.front() == "words guessed, priority");
}

BOOST_AUTO_TEST_CASE(the_lesson_of_an_item_takes_its_process_service_and_clauses_and_says_nothing_twice) {
    ImprovementItem item;
    item.id = {7};
    item.title = "Confirm the priority";
    item.process = "Incident management";
    item.service = "Service desk";
    item.finding = {3};
    item.lesson = ImprovementLesson{
        ImprovementLessonKind::Failure, "It was guessed", "Ask later", {"incident management", "forms"}};
    Lesson lesson = lessonOf(item, {"8.6.1"});
    BOOST_TEST((lesson.kind == LessonKind::Failure));
    BOOST_TEST(lesson.title == item.title);
    BOOST_TEST(lesson.happened == "It was guessed");
    BOOST_TEST(lesson.advice == "Ask later");
    BOOST_TEST((lesson.improvement == item.id));
    BOOST_TEST((lesson.finding == item.finding));
    BOOST_TEST(
        (lesson.appliesTo == LessonScope{{"Incident management"}, {"Service desk"}, {"8.6.1"}, {"forms"}}));
    BOOST_TEST(validate(lesson).ok());
    BOOST_TEST(likeness(matterOf(item, {"8.6.1"}), lesson).score >= 8);
}

BOOST_AUTO_TEST_CASE(an_item_of_a_finding_with_many_clauses_still_leaves_a_sound_lesson) {
    ImprovementItem item;
    item.title = "Many";
    item.lesson = ImprovementLesson{ImprovementLessonKind::Success, {}, "Ask", {}};
    std::vector<std::string> clauses;
    for (int i = 1; i <= 50; ++i) clauses.push_back("9." + std::to_string(i));
    Lesson lesson = lessonOf(item, clauses);
    BOOST_TEST(validate(lesson).ok());
}

BOOST_AUTO_TEST_CASE(nothing_typed_is_an_empty_matter) {
    BOOST_TEST(isEmpty(LessonMatter{}));
    BOOST_TEST(isEmpty(matterOf(ImprovementItem{}, {})));
    BOOST_TEST(!isEmpty(matter({}, "Title")));
    BOOST_TEST(!isEmpty(matter({{}, {}, {}, {"forms"}})));
}

BOOST_AUTO_TEST_SUITE_END()
