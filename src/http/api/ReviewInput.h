// What people send about a management review, from JSON.
#pragma once

#include "http/api/Input.h"
#include "tickmark/app/Reviews.h"

namespace tickmark::http::api {

/// Errors: Invalid "body".
[[nodiscard]] Result<app::ReviewDraft> readReviewDraft(const codec::Json& body);
[[nodiscard]] codec::Json describe(const app::ReviewView& view);

}  // namespace tickmark::http::api
