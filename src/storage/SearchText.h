// What a person typed, as a full-text expression that cannot be wrong.
#pragma once

#include <string>
#include <string_view>

namespace tickmark::storage {

/// Each word quoted, all required, the last one as a prefix (FTS5 query syntax, section 3 of its
/// documentation). Empty when no word holds a letter or digit. At most 16 words of 64 bytes count.
[[nodiscard]] std::string searchExpression(std::string_view typed);

/// The text with what matches the typed words between matchBegins and matchEnds: whole words, of the last one
/// a beginning. ASCII letters match in either case, others as they were typed. For texts that the index does
/// not hold itself.
[[nodiscard]] std::string markedText(std::string_view text, std::string_view typed);
/// About `bytes` of that around its first match; its beginning when nothing matches.
[[nodiscard]] std::string markedPassage(std::string_view text, std::string_view typed, std::size_t bytes);

}  // namespace tickmark::storage
