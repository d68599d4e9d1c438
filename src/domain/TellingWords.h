// The words of a text that say what it is about.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tickmark::domain {

/// The stem of each word with the word as it stood first, in lower case (ASCII). Words of fewer than four
/// bytes and common ones are left out; a stem is the word without the endings s, es, ed, ing. Whatever is no
/// letter, digit or byte of a longer character parts words.
[[nodiscard]] std::map<std::string, std::string> tellingWords(std::string_view text);

}  // namespace tickmark::domain
