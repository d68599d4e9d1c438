// A finding (ISO 19011:2018 clause 3.10) and the auditee's response to it (ISO/IEC 17021-1:2015
// clauses 9.4.5, 9.4.9).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using FindingRef = Ref<struct FindingRefTag>;

/// What a class of findings asks for; the state machine depends on it.
enum class FindingKind { Nonconformity, Suggestion, Conformity };

/// One entry of a classification scheme; the default scheme is major, minor, observation, opportunity,
/// conformity.
struct FindingClass {
    std::string_view code;   ///< "major"
    std::string_view title;  ///< "Major nonconformity"
    FindingKind kind = FindingKind::Nonconformity;
    bool blocksCertificate = false;
    bool operator==(const FindingClass&) const = default;
};
[[nodiscard]] const std::vector<FindingClass>& defaultFindingClasses();
[[nodiscard]] const FindingClass* findingClass(std::string_view code) noexcept;

enum class FindingState {
    Draft,
    Discarded,
    Issued,
    Withdrawn,
    Responded,
    Returned,
    PlanAccepted,
    Implemented,
    Verified,
    Acknowledged,
    Converted,
    NoAction,
    Closed
};
enum class FindingEvent {
    Issue,
    Discard,
    Withdraw,
    Respond,
    Return,
    AcceptPlan,
    ReportImplemented,
    SendBack,
    Verify,
    Close,
    Reopen,
    Acknowledge,
    Convert,
    DecideNoAction
};

[[nodiscard]] std::string_view toText(FindingState value) noexcept;  ///< "plan_accepted"
[[nodiscard]] std::string_view toText(FindingEvent value) noexcept;  ///< "accept-plan"
[[nodiscard]] std::optional<FindingState> findingStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<FindingEvent> findingEventFrom(std::string_view text) noexcept;
/// For people: "Plan accepted", "Accept the plan".
[[nodiscard]] std::string_view titleOf(FindingState value) noexcept;
[[nodiscard]] std::string_view titleOf(FindingEvent value) noexcept;
/// Closed, Withdrawn and Discarded are final.
[[nodiscard]] bool isFinal(FindingState value) noexcept;

/// One change of class after issue, kept with its reason.
struct ClassChange {
    std::string from{};
    std::string to{};
    std::string reason{};
    PartyId by{};
    Timestamp at{};
    bool operator==(const ClassChange&) const = default;
};

/// Why it happened, as data. `whys` in order; `causes` of a fishbone by branch.
struct FishboneCause {
    std::string branch{};  ///< people, process, technology, suppliers, environment, measurement …
    std::string cause{};
    bool operator==(const FishboneCause&) const = default;
};
struct RootCause {
    std::string code{};  ///< "RC-1", unique within the finding
    std::string text{};
    bool operator==(const RootCause&) const = default;
};

/// What kind of place it was looked for in.
enum class ExtentKind { Site, Process, Service, Population };
[[nodiscard]] std::string_view toText(ExtentKind value) noexcept;   ///< "site"
[[nodiscard]] std::string_view titleOf(ExtentKind value) noexcept;  ///< "Site"
[[nodiscard]] std::optional<ExtentKind> extentKindFrom(std::string_view text) noexcept;

/// One place where it was looked for as well.
struct ExtentPlace {
    ExtentKind kind = ExtentKind::Process;
    std::string place{};          ///< "Night shift", "Change management"
    std::string lookedAt{};       ///< "incidents closed in October"
    std::int64_t sample = 0;      ///< of how many that were looked at; 0: not counted
    std::int64_t population = 0;  ///< out of how many there are; 0: not known
    std::int64_t found = 0;       ///< in how many of them it was found again; 0: not there
    std::string evidence{};       ///< "E-0117/v1", what shows it, or empty
    std::string answer{};         ///< the action or finding that deals with what was found, or empty
    bool operator==(const ExtentPlace&) const = default;
};

/// The auditee's answer, one per round. Correction, corrective action and cause are different things.
struct Response {
    std::int64_t round = 1;
    std::string correction{};   ///< what was done at once about the case found
    std::string extent{};       ///< what follows from looking elsewhere; in older records all of it
    std::string causeMethod{};  ///< "five whys", "fishbone", …
    std::vector<std::string> whys{};
    std::vector<FishboneCause> fishbone{};
    std::vector<RootCause> rootCauses{};
    PartyId by{};
    Timestamp at{};
    std::vector<ExtentPlace> extentPlaces{};  ///< where else it was looked for
    bool operator==(const Response&) const = default;
};

/// Whether the actions worked: planned when the plan is accepted, judged by somebody who owns none of them.
enum class EffectivenessVerdict { Effective, NotEffective };
struct EffectivenessCheck {
    std::int64_t round = 1;
    std::string criterion{};
    std::optional<Date> plannedOn{};
    std::optional<Date> doneOn{};
    std::optional<EffectivenessVerdict> verdict{};
    std::string note{};
    std::string kpiBefore{};
    std::string kpiAfter{};
    PartyId by{};
    bool operator==(const EffectivenessCheck&) const = default;
};
[[nodiscard]] std::string_view toText(EffectivenessVerdict value) noexcept;  ///< "effective", "not_effective"
[[nodiscard]] std::optional<EffectivenessVerdict> effectivenessVerdictFrom(std::string_view text) noexcept;

struct Finding {
    FindingId id{};
    FindingRef ref{};  ///< "F-0092"
    AuditId audit{};
    std::string classCode{"minor"};
    FindingState state = FindingState::Draft;
    std::string title{};
    std::vector<std::string> clauses{};  ///< codes of the audit's catalog
    std::string requirement{};           ///< what must be so
    std::string objectiveEvidence{};     ///< what was seen
    std::string nature{};                ///< why it does not conform
    std::string extent{};
    std::string risk{};
    std::string process{};
    std::string service{};
    PartyId owner{};          ///< the process owner who answers; 0 = nobody yet
    std::string repeatOf{};   ///< reference of the earlier finding, or empty
    std::string sourceRef{};  ///< the number it had where it was imported from
    std::optional<Date> responseDue{};
    std::optional<Date> closeDue{};
    std::int64_t round = 1;  ///< raised when a plan proved not effective
    std::vector<ClassChange> classHistory{};
    std::vector<EvidenceVersionId> evidence{};  ///< exact versions it points at
    std::vector<Response> responses{};
    std::vector<EffectivenessCheck> checks{};
    PartyId createdBy{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const Finding&) const = default;
};

}  // namespace tickmark::domain
