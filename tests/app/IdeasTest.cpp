// The idea bank.
#include <boost/test/unit_test.hpp>
#include <map>
#include <set>

#include "app/House.h"
#include "tickmark/app/Ideas.h"
#include "tickmark/app/Maintenance.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

namespace {

app::Idea own() {
    app::Idea idea;
    idea.process = "incident";
    idea.title = "Call back after a week";
    idea.description = "Ask the user whether it still works.";
    idea.kpi = "Reopened incidents";
    idea.unit = "%";
    idea.direction = "lower_is_better";
    idea.rule = "Share of the incidents resolved in the period that were reopened.";
    return idea;
}

std::size_t countOf(const House& house, const app::IdeaFilter& filter) {
    return must(app::listIdeas(house.context(), house.as("au-01"), filter)).size();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(ideas, House)

BOOST_AUTO_TEST_CASE(the_bank_comes_with_ideas_for_each_process_whole_and_none_twice) {
    const auto all = must(app::listIdeas(context(), as("im-01")));
    BOOST_TEST(all.size() >= 50U);
    std::map<std::string, int> byProcess;
    std::set<std::string> codes;
    std::set<std::string> titles;
    for (const auto& idea : all) {
        BOOST_TEST_CONTEXT(idea.code) {
            ++byProcess[idea.process];
            BOOST_TEST(codes.insert(idea.code).second);
            BOOST_TEST(titles.insert(idea.title).second);
            BOOST_TEST(!app::ideaProcessTitle(idea.process).empty());
            BOOST_TEST((idea.direction == "higher_is_better" || idea.direction == "lower_is_better"));
            BOOST_TEST(!idea.title.empty());
            BOOST_TEST(!idea.kpi.empty());
            BOOST_TEST(!idea.unit.empty());
            BOOST_TEST(idea.description.size() > 40U);
            BOOST_TEST(idea.rule.size() > 40U);
            BOOST_TEST(!idea.mayWithdraw);
        }
    }
    for (const std::string_view process : app::ideaProcesses)
        BOOST_TEST(byProcess[std::string(process)] >= 5);
    BOOST_TEST(byProcess.size() == app::ideaProcesses.size());
}

BOOST_AUTO_TEST_CASE(the_list_is_narrowed_by_process_and_words) {
    BOOST_TEST(countOf(*this, {"change", {}}) == 6U);
    BOOST_TEST(countOf(*this, {{}, "reopened incidents"}) == 1U);
    BOOST_TEST(countOf(*this, {"supplier", "REOPENED"}) == 0U);
    BOOST_CHECK(refusedAs(app::listIdeas(context(), as("au-01"), {"cooking", {}}), ErrorKind::Invalid,
                          "unknown-word"));
}

BOOST_AUTO_TEST_CASE(anybody_who_improves_adds_one_and_takes_it_back) {
    const auto added = must(app::addIdea(context(), as("ao-01"), own()));
    BOOST_TEST(added.code == "OI-0001");
    BOOST_TEST(lastEvent().kind == "idea.add");
    BOOST_TEST(lastEvent().ref == "OI-0001");
    const auto seen = must(app::findIdea(context(), as("po-01"), "OI-0001"));
    BOOST_TEST(seen.by == "ao-01");
    BOOST_TEST(!seen.mayWithdraw);
    BOOST_CHECK(
        refusedAs(app::withdrawIdea(context(), as("po-01"), "OI-0001"), ErrorKind::Forbidden, "forbidden"));
    must(app::withdrawIdea(context(), as("ao-01"), "OI-0001"));
    BOOST_CHECK(
        refusedAs(app::findIdea(context(), as("po-01"), "OI-0001"), ErrorKind::NotFound, "not-found"));
    BOOST_TEST(must(app::addIdea(context(), as("ao-01"), own())).code == "OI-0002");
    must(app::withdrawIdea(context(), as("im-01"), "OI-0002"));
    BOOST_TEST(must(app::check(context(), false)).problems.empty());
}

BOOST_AUTO_TEST_CASE(the_ideas_of_the_program_stay) {
    BOOST_CHECK(
        refusedAs(app::withdrawIdea(context(), as("im-01"), "INC-01"), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(every_wrong_field_is_told_at_once) {
    app::Idea idea;
    idea.process = "cooking";
    idea.direction = "up";
    const auto refused = app::addIdea(context(), as("im-01"), idea);
    BOOST_REQUIRE(!refused);
    std::set<std::string> fields;
    for (const auto& part : refused.error().parts) fields.insert(part.field);
    BOOST_CHECK((fields == std::set<std::string>{"process", "title", "description", "kpi", "unit", "rule",
                                                 "direction"}));
    BOOST_TEST(countOf(*this, {}) == 54U);
}

BOOST_AUTO_TEST_CASE(it_is_not_for_the_certification_auditor_or_the_administrator) {
    for (const char* account : {"xa-01", "ad-01"}) {
        BOOST_CHECK(refusedAs(app::listIdeas(context(), as(account)), ErrorKind::Forbidden, "forbidden"));
        BOOST_CHECK(
            refusedAs(app::addIdea(context(), as(account), own()), ErrorKind::Forbidden, "forbidden"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
