// A file is handed over as the raw body of one request.
#pragma once

#include <string_view>
#include <vector>

#include "http/api/Call.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/codec/Json.h"

namespace tickmark::http::api {

[[nodiscard]] std::vector<std::string_view> uploadParameters();
/// 201 with the receipt. Who may and how much is asked before the first byte is read.
[[nodiscard]] Result<Response> uploadEvidence(Call& call);

/// What the giver keeps, as JSON.
[[nodiscard]] codec::Json describeReceipt(const app::Receipt& receipt);

}  // namespace tickmark::http::api
