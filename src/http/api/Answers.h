// What calls are answered with.
#pragma once

#include <string>
#include <string_view>

#include "http/api/Input.h"
#include "tickmark/codec/Json.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http::api {

/// 200 with a JSON document.
[[nodiscard]] Response documentAnswer(const codec::Json& document);
/// The same of a thing with a revision: with ETag.
[[nodiscard]] Response documentAnswer(const codec::Json& document, std::int64_t rev);
/// The short answer to a change: {"ref","rev","state"} with ETag.
[[nodiscard]] Response changeAnswer(const std::string& ref, std::string_view state, std::int64_t rev);
/// The same with 201 and Location `base` + "/" + ref.
[[nodiscard]] Response creationAnswer(std::string_view base, const std::string& ref, std::string_view state,
                                      std::int64_t rev);

/// "2026-11-22", or nothing is set when there is no date.
void setDate(codec::Json& object, std::string_view name, const std::optional<Date>& date);
/// Sets the member when the text is not empty.
void setText(codec::Json& object, std::string_view name, const std::string& text);

}  // namespace tickmark::http::api
