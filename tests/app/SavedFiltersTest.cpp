#include "tickmark/app/SavedFilters.h"

#include "app/House.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

namespace {

struct FilterHouse : House {
    app::SavedFilter keep(const std::string& account, const std::string& name, bool shared = false,
                          bool standard = false) {
        return must(app::saveFilter(context(), as(account),
                                    {"findings", name, "state=issued&open=1", shared, standard}));
    }
    [[nodiscard]] std::vector<std::string> names(const std::string& account) const {
        std::vector<std::string> all;
        for (const auto& one : must(app::savedFilters(context(), as(account), "findings")))
            all.push_back(one.name);
        return all;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(saved_filters, FilterHouse)

BOOST_AUTO_TEST_CASE(a_filter_is_its_keepers_until_it_is_shared) {
    const auto mine = keep("la-01", "Mine");
    BOOST_TEST(mine.own);
    BOOST_TEST(names("la-01") == std::vector<std::string>{"Mine"}, boost::test_tools::per_element());
    BOOST_TEST(names("po-01").empty());
    keep("la-01", "For all", true);
    BOOST_TEST(names("po-01") == std::vector<std::string>{"For all"}, boost::test_tools::per_element());
    BOOST_TEST(names("xa-01").empty());
    BOOST_CHECK(refusedAs(app::saveFilter(context(), as("xa-01"), {"findings", "N", "", true, false}),
                          ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(what_others_share_is_not_theirs_to_change) {
    const auto shared = keep("la-01", "For all", true);
    BOOST_CHECK(
        refusedAs(app::removeFilter(context(), as("po-01"), shared.id), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(
        !app::changeFilter(context(), as("po-01"), shared.id, {"findings", "X", "", true, false}).ok());
    const auto renamed = must(
        app::changeFilter(context(), as("la-01"), shared.id, {"findings", "Open", "open=1", false, false}));
    BOOST_TEST(renamed.name == "Open");
    BOOST_TEST(names("po-01").empty());
    BOOST_CHECK(app::removeFilter(context(), as("la-01"), shared.id).ok());
    BOOST_TEST(names("la-01").empty());
}

BOOST_AUTO_TEST_CASE(one_filter_of_a_list_opens_with_it) {
    keep("la-01", "First", false, true);
    keep("la-01", "Second", true, true);
    for (const auto& one : must(app::savedFilters(context(), as("la-01"), "findings")))
        BOOST_TEST(one.standard == (one.name == "Second"));
    // What opens somebody else's list opens nobody's but theirs.
    for (const auto& one : must(app::savedFilters(context(), as("po-01"), "findings")))
        BOOST_TEST(!one.standard);
}

BOOST_AUTO_TEST_CASE(names_are_taken_once_and_lists_are_known) {
    keep("la-01", "Mine");
    BOOST_CHECK(refusedAs(app::saveFilter(context(), as("la-01"), {"findings", "Mine", "", false, false}),
                          ErrorKind::Conflict, "filter-name"));
    BOOST_CHECK(app::saveFilter(context(), as("la-01"), {"actions", "Mine", "", false, false}).ok());
    keep("la-02", "Mine");
    BOOST_CHECK(refusedAs(app::saveFilter(context(), as("la-01"), {"weather", "N", "", false, false}),
                          ErrorKind::Invalid, "unknown-word"));
    BOOST_CHECK(!app::saveFilter(context(), as("la-01"), {"findings", "", "", false, false}).ok());
    for (std::size_t i = 1; i < app::mostFilters; ++i) keep("la-01", "F" + std::to_string(i));
    BOOST_CHECK(refusedAs(app::saveFilter(context(), as("la-01"), {"findings", "N", "", false, false}),
                          ErrorKind::Refused, "too-many-filters"));
}

BOOST_AUTO_TEST_CASE(keeping_a_filter_leaves_no_entry) {
    const auto before = entries();
    keep("la-01", "Mine", true, true);
    BOOST_TEST(entries() == before);
}

BOOST_AUTO_TEST_SUITE_END()
