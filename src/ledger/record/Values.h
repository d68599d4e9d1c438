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
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Party.h"
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

/// The function that reads an enumeration back.
template <class Enum>
inline constexpr std::optional<Enum> (*enumFrom)(std::string_view) noexcept = nullptr;
template <>
inline constexpr auto enumFrom<domain::Role> = &domain::roleFromCode;
template <>
inline constexpr auto enumFrom<domain::AuditType> = &domain::auditTypeFrom;
template <>
inline constexpr auto enumFrom<domain::AuditState> = &domain::auditStateFrom;
template <>
inline constexpr auto enumFrom<domain::FindingState> = &domain::findingStateFrom;
template <>
inline constexpr auto enumFrom<domain::EffectivenessVerdict> = &domain::effectivenessVerdictFrom;
template <>
inline constexpr auto enumFrom<domain::ActionKind> = &domain::actionKindFrom;
template <>
inline constexpr auto enumFrom<domain::ActionState> = &domain::actionStateFrom;
template <>
inline constexpr auto enumFrom<domain::EvidenceState> = &domain::evidenceStateFrom;
template <>
inline constexpr auto enumFrom<domain::Confidentiality> = &domain::confidentialityFrom;
template <>
inline constexpr auto enumFrom<domain::RequestState> = &domain::requestStateFrom;
template <>
inline constexpr auto enumFrom<domain::BundleState> = &domain::bundleStateFrom;

}  // namespace tickmark::ledger::fields
