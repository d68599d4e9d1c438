// Findings: rows, queries, counts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Trends.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "finding".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Finding& finding,
                                          ledger::Event event);

[[nodiscard]] Result<domain::Finding> findFinding(ReadSession& session, domain::FindingId id);
[[nodiscard]] Result<domain::Finding> findFinding(ReadSession& session, const domain::FindingRef& ref);
/// NotFound as well when the scope does not reach it (drafts and discarded ones are seen by the team only).
[[nodiscard]] Result<domain::Finding> findFindingVisible(ReadSession& session, const domain::FindingRef& ref,
                                                         const Scope& scope);
/// Every finding of an audit with its whole record, by id; for sealing and closing.
[[nodiscard]] Result<std::vector<domain::Finding>> findingsOf(ReadSession& session, domain::AuditId audit);
/// The findings that point at this version, by id.
[[nodiscard]] Result<std::vector<domain::FindingRef>> findingsCiting(ReadSession& session,
                                                                     domain::EvidenceVersionId version);
/// Findings that name `ref` as the earlier one (repeat_of), by id.
[[nodiscard]] Result<std::vector<domain::FindingRef>> repeatsOf(ReadSession& session,
                                                                const domain::FindingRef& ref);

/// A finding as lists show it.
struct FindingRow {
    domain::FindingId id{};
    std::string ref{};
    std::string title{};
    std::string classCode{};
    std::string state{};  ///< as domain::toText
    std::string auditRef{};
    std::string ownerAccount{};  ///< empty: nobody yet
    std::string ownerName{};
    std::string clauses{};      ///< codes joined by ", "
    std::string responseDue{};  ///< ISO date, or empty
    std::string closeDue{};     ///< ISO date, or empty
    std::int64_t rev = 0;
    Timestamp changedAt{};
    std::int64_t evidence = 0;  ///< evidence versions it points at
    std::int64_t actions = 0;   ///< its actions that are not cancelled
};

enum class FindingOrder { Newest, CloseDue };

struct FindingFilter {
    std::string q{};                             ///< words; each must occur, the last as a prefix
    std::vector<domain::FindingState> states{};  ///< empty: any
    std::string classCode{};
    std::optional<domain::AuditId> audit{};
    std::string clause{};
    std::optional<domain::PartyId> owner{};
    std::optional<Date> dueBefore{};  ///< close due strictly before
    std::optional<Date> dueAfter{};   ///< close due strictly after
    bool openOnly = false;            ///< leaves out final states
    bool counted = false;             ///< only what trends count (domain::countsInTrends)
    std::vector<std::pair<domain::FindingFacet, std::string>> facets{};  ///< each must fit
    std::optional<Date> auditedFrom{};  ///< its audit's day (last on site, else first) not before
    std::optional<Date> auditedTo{};    ///< and not after
    bool undated = false;               ///< its audit has no day
    bool repeats = false;               ///< names an earlier finding that it repeats
    std::optional<Date> checkBy{};      ///< its effectiveness check is booked for that day or before
    FindingOrder order =
        FindingOrder::Newest;  ///< CloseDue: earliest first, those without a date are left out
};
[[nodiscard]] Result<Page<FindingRow>> listFindings(ReadSession& session, const Scope& scope,
                                                    const FindingFilter& filter, const PageRequest& page);

/// The same without building rows: `visit` is called for each row in order with one object that is
/// overwritten by the next row (copy what you keep). Returns the next cursor. For JSON lists.
[[nodiscard]] Result<std::string> eachFinding(ReadSession& session, const Scope& scope,
                                              const FindingFilter& filter, const PageRequest& page,
                                              const std::function<void(const FindingRow&)>& visit);

/// How many listFindings gives in all. From tallies when the filter asks for nothing but audit, class, state,
/// `open` and `counted`.
[[nodiscard]] Result<std::int64_t> countFindings(ReadSession& session, const Scope& scope,
                                                 const FindingFilter& filter);

/// Findings of an audit that stand against closing it (domain::standsAgainstClosing), as far as the scope
/// reaches them: how many, and the first `most` references by id. From tallies; no record is read.
struct StandingFindings {
    std::int64_t count = 0;
    std::vector<std::string> refs{};
};
[[nodiscard]] Result<StandingFindings> findingsAgainstClosing(ReadSession& session, const Scope& scope,
                                                              domain::AuditId audit, std::size_t most);

/// What the dashboard shows.
struct FindingCount {
    std::string classCode{};
    std::string state{};
    std::int64_t count = 0;
};
struct Counts {
    std::vector<FindingCount> openFindings{};  ///< not final, by class and state
    std::int64_t findingsPastDue = 0;          ///< open, close due before today
    std::int64_t actionsPastDue = 0;           ///< open, due before today
    std::int64_t ownFindings = 0;              ///< open findings owned by scope.party
    std::int64_t ownActions = 0;               ///< open actions owned by scope.party
    std::int64_t ownRequests = 0;              ///< open or returned requests assigned to scope.party
};
/// `scope.today` decides what is past due.
[[nodiscard]] Result<Counts> countFor(ReadSession& session, const Scope& scope);

}  // namespace tickmark::storage
