// Keyset paging and the visible scope that every list is asked for with.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::storage {

/// Which part of a list. `after` is the `next` of the page before, or empty for the first; its content is
/// nobody else's business. Errors of every list: Invalid "page" (limit outside 1..200, or a cursor that is
/// not ours).
struct PageRequest {
    std::size_t limit = 50;
    std::string after{};
};

/// One page. `next` is empty when nothing follows.
template <class Row>
struct Page {
    std::vector<Row> rows{};
    std::string next{};
};

/// What the caller may see (domain::reachOf of the role, with the person and the day); every list and every
/// find…Visible turns it into conditions of its query.
struct Scope {
    domain::Reach reach = domain::Reach::Nothing;
    domain::PartyId party{};
    Date today{};
    bool drafts = false;  ///< with Everything: also what only auditors see (drafts, discarded findings)
};

/// Everything, for the program's own use (sealing, checks, the command line of the machine's owner).
[[nodiscard]] inline Scope everything() { return Scope{.reach = domain::Reach::Everything, .drafts = true}; }

}  // namespace tickmark::storage
