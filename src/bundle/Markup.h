// Writes escaped, well-formed markup into a text.
#pragma once

#include <string>
#include <string_view>

namespace tickmark::bundle {

/// Escapes for element content and attribute values; control characters that XML cannot hold become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// Collects a page. Elements are closed by close() in reverse order; text is always escaped.
class Markup {
  public:
    /// `attributes` are constants of the program, e.g. " class=\"wide\"".
    Markup& open(std::string_view element, std::string_view attributes = {});
    Markup& close(std::string_view element);
    Markup& element(std::string_view name, std::string_view text, std::string_view attributes = {});
    /// A paragraph for each line of the text that is not empty.
    Markup& paragraphs(std::string_view text);
    /// A row of a definition list; nothing when the value is empty.
    Markup& fact(std::string_view term, std::string_view value);
    /// Bytes that are markup already.
    Markup& raw(std::string_view markup);
    [[nodiscard]] std::string take() { return std::move(m_out); }

  private:
    std::string m_out{};
};

}  // namespace tickmark::bundle
