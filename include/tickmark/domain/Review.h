// A management review (ISO/IEC 20000-1:2018 clause 9.3): what top management looked at on one day, what it
// concluded and what it decided.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using ReviewId = Id<struct ReviewTag>;
using ReviewRef = Ref<struct ReviewRefTag>;

enum class ReviewState { Planned, Held, Submitted, Approved, Closed, Cancelled };
enum class ReviewEvent { Hold, Submit, Approve, Return, Close, Cancel };
/// What clause 9.3 asks to be looked at, in the order of the agenda.
enum class ReviewTopic {
    EarlierActions,
    Context,
    Policies,
    Objectives,
    Performance,
    OtherParties,
    Nonconformities,
    Audits,
    Effectiveness,
    Improvements,
    Feedback,
    Risks,
    Resources
};
inline constexpr std::array reviewTopics{
    ReviewTopic::EarlierActions,  ReviewTopic::Context,     ReviewTopic::Policies,
    ReviewTopic::Objectives,      ReviewTopic::Performance, ReviewTopic::OtherParties,
    ReviewTopic::Nonconformities, ReviewTopic::Audits,      ReviewTopic::Effectiveness,
    ReviewTopic::Improvements,    ReviewTopic::Feedback,    ReviewTopic::Risks,
    ReviewTopic::Resources};

[[nodiscard]] std::string_view toText(ReviewState value) noexcept;  ///< "held"
[[nodiscard]] std::string_view toText(ReviewEvent value) noexcept;  ///< "submit"
[[nodiscard]] std::string_view toText(ReviewTopic value) noexcept;  ///< "earlier_actions"
[[nodiscard]] std::optional<ReviewState> reviewStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ReviewEvent> reviewEventFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<ReviewTopic> reviewTopicFrom(std::string_view text) noexcept;
/// For people: "Minutes submitted", "Approve the minutes", "Actions of earlier reviews".
[[nodiscard]] std::string_view titleOf(ReviewState value) noexcept;
[[nodiscard]] std::string_view titleOf(ReviewEvent value) noexcept;
[[nodiscard]] std::string_view titleOf(ReviewTopic value) noexcept;
/// Closed and Cancelled are final.
[[nodiscard]] bool isFinal(ReviewState value) noexcept;

/// What was said about one topic.
struct ReviewNote {
    ReviewTopic topic = ReviewTopic::Context;
    std::string text{};
    bool operator==(const ReviewNote&) const = default;
};
/// What was decided; `item` is the improvement item that it became ("II-0007"), or empty.
struct ReviewDecision {
    std::string text{};
    PartyId owner{};
    std::optional<Date> due{};
    std::string item{};
    bool operator==(const ReviewDecision&) const = default;
};

struct ManagementReview {
    ReviewId id{};
    ReviewRef ref{};  ///< "MR-0001"
    ReviewState state = ReviewState::Planned;
    std::string title{};
    std::optional<Date> day{};  ///< of the meeting; a review without one is refused
    std::optional<Date> from{};
    std::optional<Date> to{};
    std::string chair{};                      ///< an account or a function
    std::vector<std::string> participants{};  ///< likewise
    std::vector<ReviewNote> notes{};          ///< each topic at most once
    std::string conclusions{};
    std::vector<ReviewDecision> decisions{};
    std::string inputs{};   ///< canonical JSON, frozen when the review was held; empty before
    Digest inputsDigest{};  ///< SHA-256 of that text
    std::optional<Timestamp> heldAt{};
    std::vector<PartyId> writers{};  ///< everybody who wrote on the minutes
    PartyId approvedBy{};
    std::optional<Timestamp> approvedAt{};
    std::string comment{};  ///< of the latest return or of the cancellation
    std::string bundle{};   ///< reference of the signed minutes, once sealed
    Digest bundleDigest{};
    std::int64_t bundleSize = 0;
    PartyId createdBy{};
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const ManagementReview&) const = default;
};

/// Cleans the texts in place and reports every broken rule at once, as those of Validation.h. The day of the
/// meeting is required; a decision has a text, an owner and a due date.
[[nodiscard]] Result<void> validate(ManagementReview& review);

using ReviewStep = Step<ReviewEvent, ReviewState>;
[[nodiscard]] std::span<const Transition<ReviewState, ReviewEvent>> reviewTransitions() noexcept;
/// The state that follows. Errors: as next() of findings, without teams and locks.
[[nodiscard]] Result<ReviewState> next(const ManagementReview& review, ReviewEvent event,
                                       const StepInput& input);
[[nodiscard]] std::vector<ReviewStep> stepsOf(const ManagementReview& review, const StepInput& input);
/// The improvement manager and top management write, until the minutes are submitted.
[[nodiscard]] bool mayWrite(const ManagementReview& review, const Actor& actor) noexcept;

}  // namespace tickmark::domain
