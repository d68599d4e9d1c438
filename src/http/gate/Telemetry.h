// What the running server knows about itself: figures and the access log.
#pragma once

#include <atomic>
#include <memory>

#include "http/gate/AccessLog.h"
#include "http/gate/Metrics.h"

namespace tickmark::http {

struct Telemetry {
    Metrics metrics{};
    std::unique_ptr<AccessLog> log{};
    std::atomic<const Server*> server{nullptr};  ///< set once it runs, taken back before it goes
};

}  // namespace tickmark::http
