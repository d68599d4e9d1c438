// What waits for somebody, in order of its date, whatever its kind; and how much of it there is.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

enum class WaitingKind { Finding, Action, Request };

/// The states in which things wait for one person. No states of a kind: nothing of that kind.
struct WaitingQuestion {
    std::vector<domain::FindingState> findings{};
    std::vector<domain::ActionState> actions{};
    std::vector<domain::RequestState> requests{};
    std::optional<domain::PartyId> owner{};  ///< only what is owned by or assigned to this person
    std::optional<Date> before{};            ///< only what is due before this day
    bool dated = false;                      ///< only what has a date
    bool checksApart = false;  ///< no verified finding whose effectiveness check is booked (bookedChecks)
};

struct WaitingRow {
    WaitingKind kind = WaitingKind::Finding;
    std::int64_t id = 0;
    std::string ref{};
    std::string title{};
    std::string state{};      ///< as domain::toText
    std::string classCode{};  ///< of the finding, or of the finding that an action answers
    std::string auditRef{};
    std::string findingRef{};  ///< of an action or request about a finding
    std::string ownerAccount{};
    std::optional<Date>
        due{};  ///< an issued or returned finding that is asked of its owner: by when to answer
};
/// Oldest date first, what has none last; at most `most` of each kind are looked at and `most` returned.
[[nodiscard]] Result<std::vector<WaitingRow>> listWaiting(ReadSession& session, const Scope& scope,
                                                          const WaitingQuestion& question, std::size_t most);

struct WaitingCounts {
    std::int64_t findings = 0;
    std::int64_t actions = 0;
    std::int64_t requests = 0;
    [[nodiscard]] std::int64_t all() const noexcept { return findings + actions + requests; }
};
/// How many rows listWaiting would give without a limit.
[[nodiscard]] Result<WaitingCounts> countWaiting(ReadSession& session, const Scope& scope,
                                                 const WaitingQuestion& question);

/// A finding whose effectiveness check is booked and not done.
struct BookedCheck {
    std::string ref{};
    std::string title{};
    std::string auditRef{};
    Date day{};
};
/// By day, at most `most`.
[[nodiscard]] Result<std::vector<BookedCheck>> bookedChecks(ReadSession& session, const Scope& scope,
                                                            std::size_t most);
/// How many there are, or are booked for a day before `before`.
[[nodiscard]] Result<std::int64_t> countBookedChecks(ReadSession& session, const Scope& scope,
                                                     std::optional<Date> before = {});

/// An action whose owner asked for a later date and has no answer.
struct AskedExtension {
    std::string ref{};
    std::string title{};
    std::string auditRef{};
    Date asked{};
    Date due{};  ///< the date that the action has now, else the one asked for
};
/// By date, at most `most`.
[[nodiscard]] Result<std::vector<AskedExtension>> askedExtensions(ReadSession& session, const Scope& scope,
                                                                  std::size_t most);
/// How many there are, or whose date is before `before`.
[[nodiscard]] Result<std::int64_t> countAskedExtensions(ReadSession& session, const Scope& scope,
                                                        std::optional<Date> before = {});

/// The earliest date of the audit's findings in this state, or nothing.
[[nodiscard]] Result<std::optional<Date>> earliestDue(ReadSession& session, domain::AuditId audit,
                                                      domain::FindingState state);

}  // namespace tickmark::storage
