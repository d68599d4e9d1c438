// What a person typed, as a full-text expression that cannot be wrong.
#pragma once

#include <string>
#include <string_view>

namespace tickmark::storage {

/// Each word quoted, all required, the last one as a prefix (FTS5 query syntax, section 3 of its
/// documentation). Empty when no word holds a letter or digit. At most 16 words of 64 bytes count.
[[nodiscard]] std::string searchExpression(std::string_view typed);

}  // namespace tickmark::storage
