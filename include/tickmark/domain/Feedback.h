// What customers, employees and suppliers say about a service, and what became of it (ISO/IEC 20000-1:2018
// clauses 8.3.2 and 10.2: feedback and complaints feed improvement).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::domain {

using FeedbackId = Id<struct FeedbackTag>;
using FeedbackRef = Ref<struct FeedbackRefTag>;

enum class FeedbackSide { Customer, Employee, Supplier };
enum class FeedbackKind { Praise, Complaint, Suggestion };
enum class FeedbackSeverity { Low, Medium, High };
enum class FeedbackState { New, Acknowledged, Answered, Improving, Dismissed };
enum class FeedbackEvent { Acknowledge, Answer, Improve, Dismiss };

[[nodiscard]] std::string_view toText(FeedbackSide value) noexcept;      ///< "customer"
[[nodiscard]] std::string_view toText(FeedbackKind value) noexcept;      ///< "complaint"
[[nodiscard]] std::string_view toText(FeedbackSeverity value) noexcept;  ///< "high"
[[nodiscard]] std::string_view toText(FeedbackState value) noexcept;     ///< "improving"
[[nodiscard]] std::string_view toText(FeedbackEvent value) noexcept;     ///< "acknowledge"
[[nodiscard]] std::optional<FeedbackSide> feedbackSideFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<FeedbackKind> feedbackKindFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<FeedbackSeverity> feedbackSeverityFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<FeedbackState> feedbackStateFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<FeedbackEvent> feedbackEventFrom(std::string_view text) noexcept;
/// For people: "Customer", "Complaint", "High", "Became an item", "Acknowledge".
[[nodiscard]] std::string_view titleOf(FeedbackSide value) noexcept;
[[nodiscard]] std::string_view titleOf(FeedbackKind value) noexcept;
[[nodiscard]] std::string_view titleOf(FeedbackSeverity value) noexcept;
[[nodiscard]] std::string_view titleOf(FeedbackState value) noexcept;
[[nodiscard]] std::string_view titleOf(FeedbackEvent value) noexcept;

struct Feedback {
    FeedbackId id{};
    FeedbackRef ref{};  ///< "FB-0001"
    FeedbackState state = FeedbackState::New;
    FeedbackSide from = FeedbackSide::Customer;
    FeedbackKind kind = FeedbackKind::Complaint;
    FeedbackSeverity severity = FeedbackSeverity::Medium;
    std::string givenBy{};  ///< a function or an organisation, never a person's name
    std::optional<Date> received{};
    std::string channel{};  ///< "phone", "survey"
    std::string service{};
    std::string process{};
    std::string text{};
    std::string answer{};  ///< what was answered
    std::string reason{};  ///< why it was dismissed
    std::string item{};    ///< the improvement item that it became, "II-0001"
    PartyId createdBy{};
    Timestamp createdAt{};
    Timestamp changedAt{};
    std::int64_t rev = 0;
    bool operator==(const Feedback&) const = default;
};

/// Where an item made of it says that it comes from. Suppliers' feedback counts with the customers': the
/// register knows feedback from outside and from inside.
[[nodiscard]] ImprovementSource sourceOf(const Feedback& feedback) noexcept;
/// Cleans the texts in place and reports every broken rule at once: the day it was received is needed and
/// not after `today`.
[[nodiscard]] Result<void> validate(Feedback& feedback, Date today);
/// The first words of a text as a title of at most 120 code points, cut between words.
[[nodiscard]] std::string titleFrom(std::string_view text);

using FeedbackStep = Step<FeedbackEvent, FeedbackState>;
[[nodiscard]] std::span<const Transition<FeedbackState, FeedbackEvent>> feedbackTransitions() noexcept;
/// The state that follows. Errors: as next() of improvement items. The words of `answer` are the answer
/// itself, those of `dismiss` the reason.
[[nodiscard]] Result<FeedbackState> next(const Feedback& item, FeedbackEvent event, const StepInput& input);
[[nodiscard]] std::vector<FeedbackStep> stepsOf(const Feedback& item, const StepInput& input);

}  // namespace tickmark::domain
