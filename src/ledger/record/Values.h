// Which values a record leaves out, and how enumerations are spelled in it.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Feedback.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/Lesson.h"
#include "tickmark/domain/Objective.h"
#include "tickmark/domain/Party.h"
#include "tickmark/domain/Policy.h"
#include "tickmark/domain/Review.h"
#include "tickmark/domain/ServiceReview.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Id.h"

namespace tickmark::ledger::fields {

/// The version of the record format, member "v".
constexpr std::int64_t recordVersion = 1;

/// An entity or a const entity: each entity has one list of members, which the writer and the reader both
/// walk.
template <class Actual, class Entity>
concept Is = std::same_as<std::remove_const_t<Actual>, Entity>;

// Absent values. Everything not named here is always written, zero or not.
template <class T>
[[nodiscard]] bool isAbsent(const T& /*value*/) noexcept {
    return false;
}
[[nodiscard]] inline bool isAbsent(const std::string& value) noexcept { return value.empty(); }
[[nodiscard]] inline bool isAbsent(const Digest& value) noexcept { return value == Digest{}; }
[[nodiscard]] inline bool isAbsent(const domain::Sample& value) noexcept { return value == domain::Sample{}; }
[[nodiscard]] inline bool isAbsent(const domain::BundleSelection& value) noexcept {
    return value == domain::BundleSelection{};
}
[[nodiscard]] inline bool isAbsent(const domain::LessonScope& value) noexcept {
    return value == domain::LessonScope{};
}
template <class Tag>
[[nodiscard]] bool isAbsent(const Id<Tag>& value) noexcept {
    return !value.stored();
}
template <class Tag>
[[nodiscard]] bool isAbsent(const Ref<Tag>& value) noexcept {
    return value.empty();
}
template <class T>
[[nodiscard]] bool isAbsent(const std::optional<T>& value) noexcept {
    return !value.has_value();
}
template <class T>
[[nodiscard]] bool isAbsent(const std::vector<T>& value) noexcept {
    return value.empty();
}

template <class Enum>
[[nodiscard]] std::string_view spelled(Enum value) noexcept {
    if constexpr (std::same_as<Enum, domain::Role>) {
        return domain::roleCode(value);
    } else {
        return toText(value);
    }
}

/// The inverse of spelled(); one specialisation for each enumeration that records hold.
template <class Enum>
[[nodiscard]] std::optional<Enum> enumFrom(std::string_view text) noexcept = delete;
template <>
[[nodiscard]] inline std::optional<domain::Role> enumFrom(std::string_view text) noexcept {
    return domain::roleFromCode(text);
}
template <>
[[nodiscard]] inline std::optional<domain::AuditType> enumFrom(std::string_view text) noexcept {
    return domain::auditTypeFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::AuditState> enumFrom(std::string_view text) noexcept {
    return domain::auditStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::CheckResult> enumFrom(std::string_view text) noexcept {
    return domain::checkResultFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::FindingState> enumFrom(std::string_view text) noexcept {
    return domain::findingStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::EffectivenessVerdict> enumFrom(std::string_view text) noexcept {
    return domain::effectivenessVerdictFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ExtentKind> enumFrom(std::string_view text) noexcept {
    return domain::extentKindFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ActionKind> enumFrom(std::string_view text) noexcept {
    return domain::actionKindFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ActionState> enumFrom(std::string_view text) noexcept {
    return domain::actionStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::EvidenceState> enumFrom(std::string_view text) noexcept {
    return domain::evidenceStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::Confidentiality> enumFrom(std::string_view text) noexcept {
    return domain::confidentialityFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::RequestState> enumFrom(std::string_view text) noexcept {
    return domain::requestStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::BundleState> enumFrom(std::string_view text) noexcept {
    return domain::bundleStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::SelectionKind> enumFrom(std::string_view text) noexcept {
    return domain::selectionKindFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ImprovementSource> enumFrom(std::string_view text) noexcept {
    return domain::improvementSourceFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ImprovementState> enumFrom(std::string_view text) noexcept {
    return domain::improvementStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ObjectiveState> enumFrom(std::string_view text) noexcept {
    return domain::objectiveStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::PolicyState> enumFrom(std::string_view text) noexcept {
    return domain::policyStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ImprovementLessonKind> enumFrom(std::string_view text) noexcept {
    return domain::improvementLessonKindFrom(text);
}

// Feedback and service reviews.
template <>
[[nodiscard]] inline std::optional<domain::FeedbackSide> enumFrom(std::string_view text) noexcept {
    return domain::feedbackSideFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::FeedbackKind> enumFrom(std::string_view text) noexcept {
    return domain::feedbackKindFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::FeedbackSeverity> enumFrom(std::string_view text) noexcept {
    return domain::feedbackSeverityFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::FeedbackState> enumFrom(std::string_view text) noexcept {
    return domain::feedbackStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ServiceReviewSide> enumFrom(std::string_view text) noexcept {
    return domain::serviceReviewSideFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ServiceReviewState> enumFrom(std::string_view text) noexcept {
    return domain::serviceReviewStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::PointDecision> enumFrom(std::string_view text) noexcept {
    return domain::pointDecisionFrom(text);
}

// Measuring.
template <>
[[nodiscard]] inline std::optional<domain::KpiDirection> enumFrom(std::string_view text) noexcept {
    return domain::kpiDirectionFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::FilterOperator> enumFrom(std::string_view text) noexcept {
    return domain::filterOperatorFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::RowChoice> enumFrom(std::string_view text) noexcept {
    return domain::rowChoiceFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::Aggregation> enumFrom(std::string_view text) noexcept {
    return domain::aggregationFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::DurationUnit> enumFrom(std::string_view text) noexcept {
    return domain::durationUnitFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::Grouping> enumFrom(std::string_view text) noexcept {
    return domain::groupingFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ComparedAs> enumFrom(std::string_view text) noexcept {
    return domain::comparedAsFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ChanceTest> enumFrom(std::string_view text) noexcept {
    return domain::chanceTestFrom(text);
}

// Management reviews.
template <>
[[nodiscard]] inline std::optional<domain::ReviewState> enumFrom(std::string_view text) noexcept {
    return domain::reviewStateFrom(text);
}
template <>
[[nodiscard]] inline std::optional<domain::ReviewTopic> enumFrom(std::string_view text) noexcept {
    return domain::reviewTopicFrom(text);
}

}  // namespace tickmark::ledger::fields
