// The words of a text that say what it is about.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace tickmark::domain {

/// Words of four characters or more in lower case (ASCII), without those that stand in every second text
/// ("when", "with"). Whatever is no letter, digit or byte of a longer character parts words.
[[nodiscard]] std::set<std::string> tellingWords(std::string_view text);

}  // namespace tickmark::domain
