// How the outcome of a check is shown; restoring shows it too.
#pragma once

#include <string>

#include "tickmark/app/Maintenance.h"
#include "tickmark/codec/Json.h"

namespace tickmark::cli {

[[nodiscard]] codec::Json checkJson(const app::CheckOutcome& outcome, bool readData);
[[nodiscard]] std::string checkText(const app::CheckOutcome& outcome, bool readData);

}  // namespace tickmark::cli
