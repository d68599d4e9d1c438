// The improvement policy: one text per organisation in numbered versions, approved by top management
// (ISO/IEC 20000-1:2018 clauses 5.2 and 10.2).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using PolicyVersionId = Id<struct PolicyVersionTag>;
using PolicyVersionRef = Ref<struct PolicyVersionRefTag>;

enum class PolicyState { Draft, Submitted, Approved, Superseded };
/// Supersede is the system's own: it follows from the approval of the next version.
enum class PolicyEvent { Submit, Reject, Approve, Supersede };
[[nodiscard]] std::string_view toText(PolicyState value) noexcept;
[[nodiscard]] std::string_view toText(PolicyEvent value) noexcept;
[[nodiscard]] std::string_view titleOf(PolicyState value) noexcept;
[[nodiscard]] std::string_view titleOf(PolicyEvent value) noexcept;
[[nodiscard]] std::optional<PolicyState> policyStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<PolicyEvent> policyEventFrom(std::string_view text) noexcept;

/// One version. Its text changes only while it is a draft.
struct PolicyVersion {
    PolicyVersionId id{};
    PolicyVersionRef ref{};    ///< "IP-0001"
    std::int64_t version = 0;  ///< 1 for the first
    PolicyState state = PolicyState::Draft;
    std::string title{};
    std::string text{};
    std::string changes{};  ///< what differs from the version before
    std::optional<Date> effectiveOn{};
    std::optional<Date> reviewOn{};  ///< by when it is looked at again
    std::vector<PartyId> writers{};  ///< everybody who wrote or submitted it, each once
    std::string comment{};           ///< of the last rejection; gone once it is submitted again
    PartyId decidedBy{};             ///< who approved or last rejected it
    std::optional<Timestamp> approvedAt{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const PolicyVersion&) const = default;
};

/// Adds somebody to the writers, once.
void addWriter(PolicyVersion& version, PartyId writer);

/// Cleans the texts in place and reports every broken rule at once: title and text are needed; the day of the
/// review comes after the day from which it holds.
[[nodiscard]] Result<void> validate(PolicyVersion& version);

/// The version that holds on a day: the highest number that was approved and whose day has come; nothing
/// when there is none. An approved version with a later day leaves the one before it in force until then.
[[nodiscard]] const PolicyVersion* inForce(const std::vector<PolicyVersion>& versions, Date today) noexcept;

using PolicyStep = Step<PolicyEvent, PolicyState>;
[[nodiscard]] std::span<const Transition<PolicyState, PolicyEvent>> policyTransitions() noexcept;
/// The state that follows. The improvement manager submits what has both days; top management approves or
/// rejects with a comment, and nobody approves what they wrote. Errors: as next() of findings.
[[nodiscard]] Result<PolicyState> next(const PolicyVersion& version, PolicyEvent event,
                                       const StepInput& input);
[[nodiscard]] std::vector<PolicyStep> stepsOf(const PolicyVersion& version, const StepInput& input);

}  // namespace tickmark::domain
