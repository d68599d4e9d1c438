// OpenSSL's per-thread error queue: emptied on the way in and out, and drained into our errors.
#pragma once

#include <string>

#include "tickmark/foundation/Result.h"

namespace tickmark::crypto {

/// Leaves the thread's error queue empty, so that no call reads the failure of another.
class ErrorScope {
  public:
    ErrorScope();
    ~ErrorScope();
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;
};

/// Takes every reason out of the queue, oldest first, joined by "; ". Never a file name or a line.
[[nodiscard]] std::string drainReasons();

/// An error whose `rule` carries the library's reasons.
[[nodiscard]] Error withReasons(Error error);

}  // namespace tickmark::crypto
