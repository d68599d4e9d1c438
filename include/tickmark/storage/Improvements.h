// The improvement register: rows, queries, counts. An item is visible to the improvement manager and top
// management, to who owns or recorded it, and to whoever sees the finding it answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Improvement.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "improvement".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::ImprovementItem& item,
                                          ledger::Event event);

[[nodiscard]] Result<domain::ImprovementItem> findImprovement(ReadSession& session,
                                                              const domain::ImprovementRef& ref);
[[nodiscard]] Result<domain::ImprovementItem> findImprovement(ReadSession& session, domain::ImprovementId id);
[[nodiscard]] Result<domain::ImprovementItem> findImprovementVisible(ReadSession& session,
                                                                     const domain::ImprovementRef& ref,
                                                                     const Scope& scope);

struct ImprovementRow {
    domain::ImprovementId id{};
    std::string ref{};
    std::string title{};
    std::string source{};  ///< as domain::toText
    std::string state{};   ///< as domain::toText
    std::string process{};
    std::string service{};
    std::string objective{};
    std::string kpi{};
    std::string ownerAccount{};
    std::string ownerName{};
    std::string findingRef{};
    std::int64_t score = 0;  ///< domain::priorityScore
    std::int64_t progress = 0;
    std::string due{};  ///< ISO date, or empty
    std::int64_t rev = 0;
};

struct ImprovementFilter {
    std::vector<domain::ImprovementState> states{};  ///< empty: any
    std::optional<domain::ImprovementSource> source{};
    std::string process{};
    std::string service{};
    std::string objective{};
    std::string kpi{};
    std::optional<domain::PartyId> owner{};
    std::optional<domain::FindingId> finding{};
    std::optional<Date> dueBefore{};
    std::optional<Date> dueAfter{};
    bool openOnly = false;
    bool overdue = false;     ///< open and due before scope.today
    bool servesNone = false;  ///< names no objective that is still pursued
};
/// Newest first.
[[nodiscard]] Result<Page<ImprovementRow>> listImprovements(ReadSession& session, const Scope& scope,
                                                            const ImprovementFilter& filter,
                                                            const PageRequest& page);
/// The same with whole records, for exports.
[[nodiscard]] Result<Page<domain::ImprovementItem>> listImprovementItems(ReadSession& session,
                                                                         const Scope& scope,
                                                                         const ImprovementFilter& filter,
                                                                         const PageRequest& page);

struct ImprovementCounts {
    struct Count {
        std::string state{};
        std::int64_t number = 0;
    };
    std::vector<Count> byState{};  ///< states that occur, by name
    std::int64_t overdue = 0;
};
[[nodiscard]] Result<ImprovementCounts> countImprovements(ReadSession& session, const Scope& scope);

/// How many listImprovements gives in all.
[[nodiscard]] Result<std::int64_t> countImprovements(ReadSession& session, const Scope& scope,
                                                     const ImprovementFilter& filter);

/// The evidence versions an item names, in its order; only those that the scope reaches.
[[nodiscard]] Result<std::vector<domain::EvidenceVersionId>> visibleEvidenceOf(
    ReadSession& session, const domain::ImprovementItem& item, const Scope& scope);

}  // namespace tickmark::storage
