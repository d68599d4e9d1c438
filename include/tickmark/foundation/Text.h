// What text from outside must be before any module keeps it.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark {

/// True for well-formed UTF-8 (Unicode 15, table 3-7): no surrogates, no overlong forms, nothing above
/// U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view text) noexcept;

/// Bytes of the well-formed UTF-8 sequence at the front of a text that is not empty; 0 when there is none.
[[nodiscard]] std::size_t utf8Length(std::string_view text) noexcept;

/// Number of code points of well-formed UTF-8.
[[nodiscard]] std::size_t codePoints(std::string_view text) noexcept;

/// What a free text must satisfy.
struct TextRule {
    std::size_t minimum = 0;       ///< code points after trimming
    std::size_t maximum = 10'000;  ///< code points
    bool multiline = false;        ///< whether line feeds and tabs may stand in it
};

/// Trims white space at both ends and checks: UTF-8, no control characters, no bidirectional overrides
/// (U+202A to U+202E, U+2066 to U+2069), length. CR LF becomes LF. Errors: Invalid "text" naming `field`.
[[nodiscard]] Result<std::string> cleanText(std::string_view field, std::string_view text,
                                            const TextRule& rule);

/// A file's name as its owner sent it. Refused (Invalid "file-name"): empty, over 255 bytes, not UTF-8, with
/// a separator (/ or \), a control character, a bidirectional mark, "." or "..".
[[nodiscard]] Result<std::string> checkFileName(std::string_view field, std::string_view name);

/// A name that every file system takes: ASCII letters, digits, dot, dash, underscore; at most 100 bytes;
/// never empty, never starting with a dot, not a reserved device name; the last extension is kept.
[[nodiscard]] std::string portableFileName(std::string_view name);

/// Removes ASCII white space at both ends.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;

/// A sentence with its gaps "{}" filled in order; the whole pattern stands in the source, so that catalogs of
/// other languages have it.
[[nodiscard]] std::string filledIn(std::string_view pattern, std::initializer_list<std::string_view> gaps);

/// ASCII lower case; other bytes stay.
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace tickmark
