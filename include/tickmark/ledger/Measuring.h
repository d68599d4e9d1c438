// Measurement rules and what follows from them as JSON, for records, requests and files alike.
#pragma once

#include <string_view>

#include "tickmark/codec/Json.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::ledger {

/// The rule as it stands in records: members in snake_case, nothing that is empty; canonical when written
/// with codec::canonicalJson.
[[nodiscard]] codec::Json jsonOf(const domain::MeasurementRule& rule);
[[nodiscard]] codec::Json jsonOf(const domain::Measurement& point);
[[nodiscard]] codec::Json jsonOf(const domain::Comparison& comparison);

/// The inverse for a rule that somebody sends. Errors: Invalid "rule" naming the member, from `field` on;
/// then those of domain::validate.
[[nodiscard]] Result<domain::MeasurementRule> ruleFrom(const codec::Json& json, std::string_view field);

}  // namespace tickmark::ledger
