// How long ago something was found, in buckets of days.
#pragma once

#include "tickmark/app/Trends.h"

namespace tickmark::app {

/// Youngest first, the last for audits without a day; a day to come counts as today.
[[nodiscard]] std::vector<AgeBucket> ageBuckets(Date today);
/// The place of the bucket that holds the day; every day has one.
[[nodiscard]] std::size_t bucketOf(const std::vector<AgeBucket>& buckets, const std::optional<Date>& day);

}  // namespace tickmark::app
