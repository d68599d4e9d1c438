// What is done about a finding (ISO 9000:2015 clauses 3.12.1 to 3.12.3: preventive action, corrective action,
// correction).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using ActionId = Id<struct ActionTag>;
using ActionRef = Ref<struct ActionRefTag>;

enum class ActionKind { Correction, Corrective, Preventive, Improvement };
enum class ActionState {
    Planned,
    Approved,
    InProgress,
    Done,
    Verified,
    Effective,
    NotEffective,
    OnHold,
    Cancelled
};
enum class ActionEvent {
    Approve,
    Start,
    ReportDone,
    SendBack,
    Verify,
    FindEffective,
    FindNotEffective,
    Hold,
    Resume,
    Cancel
};

[[nodiscard]] std::string_view toText(ActionKind value) noexcept;   ///< "corrective"
[[nodiscard]] std::string_view toText(ActionState value) noexcept;  ///< "in_progress"
[[nodiscard]] std::string_view toText(ActionEvent value) noexcept;  ///< "report-done"
[[nodiscard]] std::optional<ActionKind> actionKindFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ActionState> actionStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ActionEvent> actionEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::string_view titleOf(ActionKind value) noexcept;
[[nodiscard]] std::string_view titleOf(ActionState value) noexcept;
[[nodiscard]] std::string_view titleOf(ActionEvent value) noexcept;

/// A request to move the due date; it moves only when approved.
struct ExtensionRequest {
    Date asked{};
    std::string reason{};
    PartyId by{};
    Timestamp at{};
    std::optional<bool> approved{};  ///< empty while undecided
    std::string decisionNote{};
    PartyId decidedBy{};
    bool operator==(const ExtensionRequest&) const = default;
};

struct Action {
    ActionId id{};
    ActionRef ref{};  ///< "AC-0201"
    FindingId finding{};
    ActionKind kind = ActionKind::Corrective;
    ActionState state = ActionState::Planned;
    ActionState heldFrom = ActionState::Planned;  ///< where Resume leads back to
    std::string title{};
    std::string description{};
    std::string rootCause{};  ///< code of the root cause it answers ("RC-1"), or empty
    PartyId owner{};
    std::string ownerRole{};  ///< who in words, when no account stands behind it
    std::optional<Date> due{};
    std::optional<Date> doneOn{};
    std::vector<ExtensionRequest> extensions{};
    std::vector<EvidenceVersionId> evidence{};
    std::string cost{};
    std::string lesson{};
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Action&) const = default;
};

}  // namespace tickmark::domain
