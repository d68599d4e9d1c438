// Lists that are read to their end.
#pragma once

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include "tickmark/storage/Page.h"

namespace tickmark::app {

/// As many rows as a list gives at once.
inline constexpr std::size_t largestPage = 200;

/// All rows of a list that is given page by page: `list` takes a storage::PageRequest and returns a
/// Result<storage::Page<Row>>. Stops once it holds `most` rows or more; `more` then tells whether others
/// follow.
template <class List>
[[nodiscard]] auto everyRow(List&& list, std::size_t most, bool& more)
    -> Result<decltype(std::declval<std::invoke_result_t<List&, storage::PageRequest>&>().value().rows)> {
    decltype(std::declval<std::invoke_result_t<List&, storage::PageRequest>&>().value().rows) rows;
    storage::PageRequest wanted{largestPage, {}};
    for (more = true; more && rows.size() < most;) {
        TM_TRY(auto page, list(wanted));
        std::move(page.rows.begin(), page.rows.end(), std::back_inserter(rows));
        more = !page.next.empty();
        wanted.after = std::move(page.next);
    }
    return rows;
}

/// The same to the very end.
template <class List>
[[nodiscard]] auto everyRow(List&& list) {
    bool more = false;
    return everyRow(std::forward<List>(list), static_cast<std::size_t>(-1), more);
}

}  // namespace tickmark::app
