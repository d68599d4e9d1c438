// Findings and what is said about them, read from JSON bodies.
#pragma once

#include "tickmark/app/Findings.h"
#include "tickmark/codec/Json.h"

namespace tickmark::http::api {

/// Each reports every problem of the body at once: Invalid "body".
[[nodiscard]] Result<app::FindingDraft> readFindingDraft(const codec::Json& body);
[[nodiscard]] Result<app::Assignment> readAssignment(const codec::Json& body);
[[nodiscard]] Result<domain::Response> readResponse(const codec::Json& body);
[[nodiscard]] Result<domain::EffectivenessCheck> readEffectivenessCheck(const codec::Json& body);

}  // namespace tickmark::http::api
