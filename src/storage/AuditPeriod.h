// Which audits lie in a period, wherever audits are asked for.
#pragma once

#include <optional>

#include "storage/Query.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::storage {

/// Narrows audits `a` to those that have a day in the period; either end may be open. With both open, also
/// audits without any date fit.
inline void whereAuditIn(Query& query, const std::optional<Date>& from, const std::optional<Date>& to) {
    if (from) query.where("coalesce(a.to_day, a.from_day) >= ?", {Value(from->iso())});
    if (to) query.where("coalesce(a.from_day, a.to_day) <= ?", {Value(to->iso())});
}

}  // namespace tickmark::storage
