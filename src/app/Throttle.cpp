#include "app/Throttle.h"

#include <algorithm>

#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t longestWaitSeconds = 900;

std::int64_t waitAfter(std::int64_t failures, std::int64_t limit) {
    if (failures < limit) return 0;
    const std::int64_t doublings = std::min<std::int64_t>((failures - limit) / limit, 6);
    return std::min<std::int64_t>(15LL << doublings, longestWaitSeconds);
}

}  // namespace

Result<std::int64_t> throttledFor(Context& context, const std::string& key, std::int64_t limit) {
    TM_TRY(const storage::Throttle throttle, context.database->read([&](storage::ReadSession& session) {
        return storage::throttleOf(session, key);
    }));
    const Timestamp now = context.now();
    // Noted by a clock that was ahead and has been set right: the next failure counts from now again.
    if (now < throttle.last) return std::int64_t{0};
    const Timestamp until = throttle.last.plusSeconds(waitAfter(throttle.failures, limit));
    if (throttle.failures < limit || until <= now) return std::int64_t{0};
    return (until.micros - now.micros) / 1'000'000 + 1;
}

}  // namespace tickmark::app
