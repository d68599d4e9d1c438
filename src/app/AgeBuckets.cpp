#include "app/AgeBuckets.h"

namespace tickmark::app {
namespace {

constexpr std::int32_t endless = 1'000'000;

AgeBucket daysAgo(const char* label, std::int32_t from, std::int32_t to, Date today) {
    AgeBucket bucket;
    bucket.label = label;
    if (to != endless) bucket.from = today.plusDays(-to);
    if (from != -endless) bucket.to = today.plusDays(-from);
    return bucket;
}

bool holds(const AgeBucket& bucket, const std::optional<Date>& day) {
    if (!day) return bucket.undated;
    if (bucket.undated || (bucket.from && *day < *bucket.from)) return false;
    return !bucket.to || *day <= *bucket.to;
}

}  // namespace

std::vector<AgeBucket> ageBuckets(Date today) {
    return {daysAgo("up to 30 days", -endless, 30, today), daysAgo("31 to 60 days", 31, 60, today),
            daysAgo("61 to 90 days", 61, 90, today),       daysAgo("91 to 180 days", 91, 180, today),
            daysAgo("181 to 365 days", 181, 365, today),   daysAgo("more than a year", 366, endless, today),
            {"audit without a date", 0, {}, {}, true}};
}

std::size_t bucketOf(const std::vector<AgeBucket>& buckets, const std::optional<Date>& day) {
    for (std::size_t i = 0; i < buckets.size(); ++i) {
        if (holds(buckets[i], day)) return i;
    }
    return buckets.size() - 1;
}

}  // namespace tickmark::app
