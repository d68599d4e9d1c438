// Collects text up to a limit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tickmark/extract/DocumentText.h"

namespace tickmark::extract {

/// Takes UTF-8 piece by piece; broken sequences and control characters become blanks, blanks in a row one.
class Words {
  public:
    explicit Words(std::size_t limit) : m_limit(limit) {}

    void add(std::string_view utf8);
    /// What follows stands on a line of its own.
    void newLine();
    [[nodiscard]] bool isFull() const noexcept { return m_isCut; }
    [[nodiscard]] DocumentText take();

  private:
    void blank();
    void put(std::string_view letter);

    std::string m_text{};
    std::size_t m_limit;
    bool m_isCut = false;
};

}  // namespace tickmark::extract
