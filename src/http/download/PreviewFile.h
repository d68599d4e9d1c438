// A look at evidence as an answer of its own: shut in by its policy, whatever the bytes are.
#pragma once

#include "tickmark/app/Preview.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// A picture, or a document of escaped text, under `sandbox` and `default-src 'none'`: it has no origin, runs
/// nothing, loads nothing, and only pages of this server may frame it. Errors: those of view::render.
[[nodiscard]] Result<Response> previewFile(const app::Preview& preview);

}  // namespace tickmark::http
