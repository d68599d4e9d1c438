// A path that cannot leave the folder it is joined to.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark {

/// A relative path of one or more non-empty segments joined by '/'. No ".", "..", backslash, colon, control
/// character, leading or trailing slash.
class RelativePath {
  public:
    /// Errors: Invalid "path" with the rule that was broken.
    [[nodiscard]] static Result<RelativePath> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const noexcept { return m_text; }
    auto operator<=>(const RelativePath&) const = default;  // NOLINT(modernize-use-nullptr)

  private:
    explicit RelativePath(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

}  // namespace tickmark
