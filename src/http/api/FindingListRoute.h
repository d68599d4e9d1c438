// The list of findings: the one list that is asked for all day.
#pragma once

#include <string_view>
#include <vector>

#include "http/api/Call.h"

namespace tickmark::http::api {

[[nodiscard]] std::vector<std::string_view> findingListParameters();
[[nodiscard]] Result<Response> listFindings(Call& call);

}  // namespace tickmark::http::api
