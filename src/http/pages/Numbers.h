// Figures that may be absent, in forms.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "http/pages/Page.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {

/// Nothing for an empty field. Errors: Invalid "number" naming it.
template <class Number>
[[nodiscard]] Result<std::optional<Number>> numberIn(const Form& form, std::string_view field) {
    const std::string whole = form.text(field);
    const std::string_view text = trim(whole);
    if (text.empty()) return std::optional<Number>{};
    Number value{};
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) {
        return invalid("number", std::string(field),
                       "\"" + std::string(text.substr(0, 40)) + "\" is no number.",
                       "Write digits, with a point before decimals.");
    }
    return std::optional(value);
}

/// As a form shows it again; empty for nothing.
[[nodiscard]] inline std::string numberText(const std::optional<double>& value) {
    return value ? codec::canonicalJson(*value) : std::string();
}

}  // namespace tickmark::http::pages
