// Tone, glyph and word of every state, and how numbers and times are written for people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/foundation/Time.h"

namespace tickmark::view {

/// A status is always tone + glyph + word; a tone alone never carries meaning.
struct Status {
    std::string_view tone{};   ///< neutral, info, good, warn, bad
    std::string_view glyph{};  ///< id of a symbol in the page's sprite
    std::string_view word{};
};
/// `thing` is finding, class, action, evidence, request, audit, bundle, improvement, feedback or
/// service-review; `code` as domain::toText or a class code. Something unknown shows its code in a neutral
/// tone.
[[nodiscard]] Status statusOf(std::string_view thing, std::string_view code) noexcept;

/// "2.0 MB"-style with binary units: "664 KiB".
[[nodiscard]] std::string sizeText(std::uint64_t bytes);
/// "2022-10-14 09:12 UTC"
[[nodiscard]] std::string timeText(Timestamp moment);
/// "4 days late", "today", "in 6 days"; empty without a date.
[[nodiscard]] std::string dueHint(const std::optional<Date>& due, Date today);
/// Thousands separated by commas.
[[nodiscard]] std::string countText(std::int64_t number);

}  // namespace tickmark::view
