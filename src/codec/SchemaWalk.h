// What JsonSchema does to a schema before valijson sees it, and to a document before valijson runs its
// patterns.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::codec {

/// Texts longer than this are not matched against patterns: std::regex goes one call deeper for every
/// character, so long texts would use up the stack of the thread.
inline constexpr std::size_t longestMatchedText = 2000;  // bytes

/// Calls `visit` for the schema and every schema inside it (draft-07), parents last. Data inside a schema
/// (enum, const, default, examples) is not touched. Errors: what `visit` answered first.
[[nodiscard]] Result<void> forEachSubschema(Json& schema, const std::function<Result<void>(Json&)>& visit);

/// The schema that a local reference ("#" or "#/…") names, or nullptr.
[[nodiscard]] const Json* resolveReference(const Json& root, std::string_view reference);

/// Where the document has a text or member name that is too long for a pattern of the schema that may be
/// tried on it, as JSON Pointers. Every branch of the schema counts, whether it would be chosen or not.
[[nodiscard]] std::vector<std::string> tooLongForPatterns(const Json& schema, const Json& document);

/// Appends one step to a JSON Pointer (RFC 6901 section 3).
[[nodiscard]] std::string pointerStep(std::string_view pointer, std::string_view token);

}  // namespace tickmark::codec
