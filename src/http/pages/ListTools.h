// What lists have above and around their rows: kept filters, chips, the count, the step for many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/pages/Page.h"
#include "tickmark/app/Bulk.h"

namespace tickmark::http::pages {

/// A list that filters are kept for and that takes steps for many.
struct ListFace {
    std::string_view list{};  ///< "findings", the name that filters are kept under
    std::string_view path{};  ///< "/findings"
    app::BulkKind kind = app::BulkKind::Finding;
    std::string_view one{};    ///< "finding"
    std::string_view many{};   ///< "findings"
    std::string_view thing{};  ///< what view::statusOf calls its state, "finding"
};
/// nullptr for an unknown name.
[[nodiscard]] const ListFace* listFace(std::string_view list) noexcept;
[[nodiscard]] const ListFace& listFace(app::BulkKind kind) noexcept;

/// How many rows there are, as far as they were counted.
struct ListCount {
    std::size_t rows = 0;
    bool more = false;  ///< than `rows`
};

[[nodiscard]] inline ListCount exactly(std::int64_t rows) noexcept {
    return {static_cast<std::size_t>(rows), false};
}

/// What fits a list's filter in `request.query`, at most `most` and whether there is more. Errors: as the
/// list's page.
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingItems(WebApp& web, const Request& request,
                                                               app::BulkKind kind, std::size_t most,
                                                               bool& more);
// One for each list, beside its page.
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingFindings(WebApp& web, const Request& request,
                                                                  std::size_t most, bool& more);
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingActions(WebApp& web, const Request& request,
                                                                 std::size_t most, bool& more);
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingRequests(WebApp& web, const Request& request,
                                                                  std::size_t most, bool& more);
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingEvidence(WebApp& web, const Request& request,
                                                                  std::size_t most, bool& more);
[[nodiscard]] Result<std::vector<app::BulkItem>> matchingImprovements(WebApp& web, const Request& request,
                                                                      std::size_t most, bool& more);

/// Whoever opens a list without any filter and keeps a standard one is sent there.
[[nodiscard]] std::optional<Response> standardFilter(WebApp& web, const Request& request,
                                                     std::string_view list);
/// How many rows fit: `shown` when they are all on this first page, else counted up to app::largestBulk.
[[nodiscard]] ListCount countOf(WebApp& web, const Request& request, app::BulkKind kind, std::size_t shown,
                                bool hasNext);
/// Include {{>TOOLS}}: kept filters, chips of the filter in the address, the count.
void putListTools(WebApp& web, const Request& request, view::Model& model, const ListFace& face,
                  const ListCount& count);
/// Section MAY_PICK and include {{>BULK}} for those who can change things of that kind.
void putBulk(WebApp& web, const Request& request, view::Model& rows, const ListFace& face,
             const ListCount& count);
/// Section PICK of a row, with ITEM and PICK_REF, for the same people.
void putPick(const Request& request, view::Model& row, const std::string& ref, std::int64_t rev);
/// Whether this role changes anything at all.
[[nodiscard]] bool mayChangeMany(domain::Role role) noexcept;

/// The first `most` of rows that have a reference and a revision; `more` says whether others follow.
template <class Rows>
[[nodiscard]] std::vector<app::BulkItem> itemsOf(const Rows& rows, std::size_t most, bool& more) {
    std::vector<app::BulkItem> items;
    for (const auto& row : rows) {
        if (items.size() == most) break;
        items.push_back({row.ref, row.rev});
    }
    more = more || rows.size() > most;
    return items;
}

/// "a=b&c=d" of the filter in the address: without the page and without what is empty.
[[nodiscard]] std::string filterText(const Request& request);

}  // namespace tickmark::http::pages
