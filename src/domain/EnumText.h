// The one way between an enumeration, its spelling in records and its title for people.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace tickmark::domain {

/// One enumerator with its spelling ("plan_accepted") and its title ("Plan accepted").
template <class Enum>
struct EnumWord {
    Enum value{};
    std::string_view text{};
    std::string_view title{};
};

template <class Enum, std::size_t count>
using EnumWords = std::array<EnumWord<Enum>, count>;

/// True when the rows stand in the enumeration's order without a gap, end with `last`, and no text is empty
/// or used twice. Every table static_asserts this, so a new enumerator without words does not compile.
template <class Enum, std::size_t count>
[[nodiscard]] constexpr bool isComplete(const EnumWords<Enum, count>& words, Enum last) {
    if (count != static_cast<std::size_t>(last) + 1) return false;
    for (std::size_t i = 0; i < count; ++i) {
        if (words[i].value != static_cast<Enum>(i) || words[i].text.empty() || words[i].title.empty()) {
            return false;
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (words[i].text == words[j].text) return false;
        }
    }
    return true;
}

template <class Enum, std::size_t count>
[[nodiscard]] std::string_view textIn(const EnumWords<Enum, count>& words, Enum value) noexcept {
    const auto at = static_cast<std::size_t>(value);
    return at < count ? words[at].text : std::string_view{};
}

template <class Enum, std::size_t count>
[[nodiscard]] std::string_view titleIn(const EnumWords<Enum, count>& words, Enum value) noexcept {
    const auto at = static_cast<std::size_t>(value);
    return at < count ? words[at].title : std::string_view{};
}

template <class Enum, std::size_t count>
[[nodiscard]] std::optional<Enum> valueIn(const EnumWords<Enum, count>& words,
                                          std::string_view text) noexcept {
    for (const EnumWord<Enum>& word : words) {
        if (word.text == text) return word.value;
    }
    return std::nullopt;
}

}  // namespace tickmark::domain
