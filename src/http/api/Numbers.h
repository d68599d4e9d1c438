// Figures that may be absent, in JSON.
#pragma once

#include <optional>
#include <string_view>

#include "http/api/Answers.h"

namespace tickmark::http::api {

/// A JSON number, or nothing when the member is absent or null; anything else is reported.
[[nodiscard]] inline std::optional<double> numberOf(codec::JsonReader& reader, std::string_view name) {
    const codec::Json* member = reader.member(name);
    if (member == nullptr || member->isNull()) return std::nullopt;
    const auto value = member->number();
    if (!value) {
        reader.complain(invalid("number", reader.fieldName(name), "This is no number.",
                                "Send a JSON number, or leave it out."));
    }
    return value;
}

/// Leaves the member out when there is no value.
inline void setNumber(codec::Json& object, std::string_view name, const std::optional<double>& value) {
    if (value) object.set(name, *value);
}

}  // namespace tickmark::http::api
