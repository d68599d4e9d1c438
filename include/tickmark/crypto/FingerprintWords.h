// A fingerprint as words, for reading over the phone.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

/// The 256 words, the n-th for the byte n; plain English, four to seven letters, no two alike in their first
/// four letters. The list is part of the format (schemas/fingerprint-words.txt) and never changes.
[[nodiscard]] const std::array<std::string_view, 256>& fingerprintWordList();

/// 32 words for the 32 bytes, four to a line, joined by single spaces. Words and hexadecimal digits say the
/// same; either can be compared.
[[nodiscard]] std::string fingerprintWords(const Digest& fingerprint);

/// Reads them back, whatever the letter case and whatever stands between the words (spaces, line breaks,
/// commas, hyphens, line numbers). Errors: Invalid "fingerprint-words" naming the word or the count that is
/// wrong.
[[nodiscard]] Result<Digest> fingerprintFromWords(std::string_view text);

}  // namespace tickmark::crypto
