// Filters of lists that people keep under a name.
#pragma once

#include <string>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/storage/Database.h"

namespace tickmark::storage {

struct SavedFilterRow {
    std::int64_t id = 0;
    domain::PartyId party{};
    std::string partyName{};
    std::string list{};   ///< "findings"
    std::string name{};   ///< unique for a person and a list
    std::string query{};  ///< as it stands in an address, without "?"
    bool shared = false;
    bool standard =
        false;  ///< opened when the list is opened without any filter; one for a person and a list
};

/// Inserts a row without an id and sets it; else replaces the row. Errors: Conflict "filter-name" when the
/// person has another of that name for the list.
[[nodiscard]] Result<void> saveFilter(WriteSession& session, SavedFilterRow& row);
/// Nothing happens when there is none.
[[nodiscard]] Result<void> removeFilter(WriteSession& session, std::int64_t id);
/// Errors: NotFound.
[[nodiscard]] Result<SavedFilterRow> findFilter(ReadSession& session, std::int64_t id);
/// The person's own by name, then, when `withShared`, those that others share, by name.
[[nodiscard]] Result<std::vector<SavedFilterRow>> filtersOf(ReadSession& session, domain::PartyId party,
                                                            const std::string& list, bool withShared);

}  // namespace tickmark::storage
