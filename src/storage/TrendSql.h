// What the trend review counts, as conditions of a query; lists use the same, so that numbers and lists
// agree.
#pragma once

#include "storage/Query.h"

namespace tickmark::storage {

/// domain::countsInTrends; `f` must have class and state.
void whereCounted(Query& query);

}  // namespace tickmark::storage
