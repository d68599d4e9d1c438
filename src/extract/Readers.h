// One reader for each family of documents.
#pragma once

#include <string_view>

#include "extract/Words.h"

namespace tickmark::extract {

/// UTF-8, UTF-16 with its mark, otherwise Windows-1252, which has a letter for nearly every byte.
[[nodiscard]] Result<void> readPlain(std::string_view bytes, Words& words);
/// The text that a browser would show; scripts, styles and comments are left out.
[[nodiscard]] Result<void> readHtml(std::string_view bytes, Words& words);
/// The text between the tags. No document type is loaded and no entity of its own is replaced.
[[nodiscard]] Result<void> readXml(std::string_view bytes, Words& words);
[[nodiscard]] Result<void> readPdf(std::string_view bytes, Words& words);
/// Word, Excel and PowerPoint files (ECMA-376) and OpenDocument (ISO/IEC 26300): zips of XML. Numbers of
/// spreadsheet cells are left out, their texts are read.
[[nodiscard]] Result<void> readOffice(std::string_view bytes, const TextLimits& limits, Words& words);

[[nodiscard]] Error brokenDocument(std::string_view what);

}  // namespace tickmark::extract
