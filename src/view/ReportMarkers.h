// The markers in a report's template, with the lines on which they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tickmark::view {

enum class MarkerKind { Text, Open, Close, Include, Comment, Pragma, Delimiters, Broken };

struct Marker {
    MarkerKind kind = MarkerKind::Text;
    std::string name{};       ///< without its sign and modifiers
    std::string modifiers{};  ///< ":p", or empty
    std::size_t begin = 0;    ///< offset of "{{"
    std::size_t end = 0;      ///< offset after "}}"
    std::size_t line = 1;
};

/// In the order of the text. Broken: a "{{" that no "}}" closes, or one that encloses no name.
[[nodiscard]] std::vector<Marker> markersIn(std::string_view text);

/// The file that {{>FINDING_DETAIL}} stands for: "finding-detail.html".
[[nodiscard]] std::string partFile(std::string_view include);

/// The pragma that makes the engine escape every text by the place where it stands.
inline constexpr std::string_view escapingPragma = R"({{%AUTOESCAPE context="HTML"}})";
/// The one include that is not a file.
inline constexpr std::string_view chartInclude = "PARETO_CHART";

}  // namespace tickmark::view
