// Objectives: rows and queries. Whoever may read KPIs sees every one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Objective.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "objective".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Objective& objective,
                                          ledger::Event event);
/// Errors: NotFound.
[[nodiscard]] Result<domain::Objective> objectiveByRef(ReadSession& session, const domain::ObjectiveRef& ref);

struct ObjectiveRow {
    domain::ObjectiveId id{};
    domain::Objective objective{};
    std::string ownerAccount{};
    std::string ownerName{};
    std::int64_t items = 0;      ///< improvement items that serve it
    std::int64_t openItems = 0;  ///< of these, at work
};
struct ObjectiveFilter {
    std::vector<domain::ObjectiveState> states{};
    std::optional<domain::PartyId> owner{};
};
/// Newest first.
[[nodiscard]] Result<Page<ObjectiveRow>> listObjectives(ReadSession& session, const ObjectiveFilter& filter,
                                                        const PageRequest& page);

}  // namespace tickmark::storage
