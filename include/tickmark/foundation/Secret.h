// A text that must not be printed, logged or compared by accident.
#pragma once

#include <string>
#include <utility>

namespace tickmark {

/// A passphrase, password or token. Has no stream operator and no conversion; reveal() marks each place that
/// looks. The bytes are overwritten when it goes.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : m_text(std::move(text)) {}
    Secret(const Secret&) = default;
    // Assignments swap, so that what was held before is overwritten as well, by the other's end.
    Secret& operator=(const Secret& other);
    Secret(Secret&& other) noexcept = default;
    Secret& operator=(Secret&& other) noexcept;
    ~Secret();
    [[nodiscard]] const std::string& reveal() const noexcept { return m_text; }
    [[nodiscard]] bool empty() const noexcept { return m_text.empty(); }

  private:
    std::string m_text{};
};

}  // namespace tickmark
