// The words of a document, for the full text. Runs in a process of its own (tickmark-extract), because the
// documents come from people nobody vouches for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark::extract {

/// What a document may cost. A document over `input` is refused, text over `output` is cut.
struct TextLimits {
    std::size_t input = 64UL * 1024 * 1024;     ///< bytes of the file
    std::size_t unpacked = 64UL * 1024 * 1024;  ///< bytes of one part of an office file, unpacked
    std::size_t output = 1'000'000;             ///< bytes of text
};

struct DocumentText {
    std::string text{};  ///< UTF-8; runs of blanks are one blank, lines are kept
    bool isCut = false;  ///< the document has more
};

/// Whether documents of this media type hold words that documentText can read: text/*, JSON, XML, PDF, Office
/// Open XML (ECMA-376) and OpenDocument.
[[nodiscard]] bool hasText(std::string_view mediaType);

/// The words of the document in reading order. Never fetches anything, never runs anything. Errors: Invalid
/// "no-text" (a media type without words), "broken-document", "locked-document" (it wants a password);
/// TooLarge "document-too-large".
[[nodiscard]] Result<DocumentText> documentText(std::string_view bytes, std::string_view mediaType,
                                                const TextLimits& limits);

}  // namespace tickmark::extract
