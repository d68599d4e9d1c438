// Reading a list to its end, or to a bound that is told.
#include <boost/test/unit_test.hpp>

#include "tickmark/app/EveryRow.h"

using namespace tickmark;

namespace {

/// A list of the numbers below `size`, given page by page.
auto numbers(int size, int failAt = -1) {
    return [size, failAt](const storage::PageRequest& wanted) -> Result<storage::Page<int>> {
        const int from = wanted.after.empty() ? 0 : std::stoi(wanted.after);
        if (failAt >= 0 && from >= failAt) return notFound("page");
        storage::Page<int> page;
        for (int i = from; i < size && page.rows.size() < wanted.limit; ++i) page.rows.push_back(i);
        const int next = from + static_cast<int>(page.rows.size());
        if (next < size) page.next = std::to_string(next);
        return page;
    };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_row)

BOOST_AUTO_TEST_CASE(a_list_of_any_length_is_read_to_its_end_in_order) {
    for (const int size : {0, 1, 199, 200, 201, 1000}) {
        const auto rows = app::everyRow(numbers(size));
        BOOST_REQUIRE(rows.ok());
        BOOST_TEST(rows->size() == static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i) BOOST_REQUIRE((*rows)[static_cast<std::size_t>(i)] == i);
    }
}

BOOST_AUTO_TEST_CASE(a_bound_stops_at_a_page_and_says_whether_more_follows) {
    bool more = false;
    BOOST_TEST(app::everyRow(numbers(500), 400, more)->size() == 400U);
    BOOST_TEST(more);
    BOOST_TEST(app::everyRow(numbers(400), 400, more)->size() == 400U);
    BOOST_TEST(!more);
    BOOST_TEST(app::everyRow(numbers(10), 400, more)->size() == 10U);
    BOOST_TEST(!more);
}

BOOST_AUTO_TEST_CASE(a_page_that_cannot_be_read_is_the_answer) {
    BOOST_TEST(!app::everyRow(numbers(500, 200)).ok());
}

BOOST_AUTO_TEST_SUITE_END()
