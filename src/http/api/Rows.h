// The rows of the API's table, one function per kind of thing.
#pragma once

#include <vector>

#include "http/api/Call.h"

namespace tickmark::http::api {

[[nodiscard]] std::vector<ApiRow> statusRows();
[[nodiscard]] std::vector<ApiRow> sessionRows();
[[nodiscard]] std::vector<ApiRow> findingRows();

}  // namespace tickmark::http::api
