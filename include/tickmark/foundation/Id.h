// Identities that do not convert into each other.
//
// clang-tidy 14 takes the zero that a defaulted <=> is compared with for a null pointer; hence the marks
// here, in Time.h, Digest.h and RelativePath.h.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tickmark {

/// A row's number in one catalog table; 0 means "not stored yet". Tag keeps FindingId and AuditId apart.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    [[nodiscard]] bool stored() const noexcept { return value != 0; }
    auto operator<=>(const Id&) const = default;  // NOLINT(modernize-use-nullptr)
};

/// The reference people use (F-0092, AC-0201, IA-2022-03): short, stable, unique within its kind; ASCII.
template <class Tag>
class Ref {
  public:
    Ref() = default;
    explicit Ref(std::string text) : m_text(std::move(text)) {}
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    [[nodiscard]] bool empty() const noexcept { return m_text.empty(); }
    auto operator<=>(const Ref&) const = default;  // NOLINT(modernize-use-nullptr)

  private:
    std::string m_text{};
};

}  // namespace tickmark
