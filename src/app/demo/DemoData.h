// The demonstration's input as it is built into the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/codec/Csv.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app::demo {

/// An embedded file by its name. Errors: Internal when the build left it out.
[[nodiscard]] Result<std::string_view> file(std::string_view name);
[[nodiscard]] Result<codec::CsvTable> table(std::string_view name, const std::vector<std::string>& columns);
[[nodiscard]] Result<codec::Json> document(std::string_view name);

}  // namespace tickmark::app::demo
