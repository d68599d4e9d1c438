// Signatures and timestamps after the seal.
#pragma once

#include <vector>

#include "http/api/Rows.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Bundle.h"

namespace tickmark::http::api {

[[nodiscard]] std::vector<ApiRow> bundleSigningRows();
/// Who signed, in the file's order.
[[nodiscard]] codec::Json describeSignatures(const domain::Bundle& bundle);

}  // namespace tickmark::http::api
