#include "http/Systemd.h"

#include <systemd/sd-daemon.h>

#include <algorithm>
#include <cstdint>

namespace tickmark::http {
namespace {

// A manager that is gone is no reason to stop serving, so nothing comes of a failure.
void tell(const char* state) { static_cast<void>(::sd_notify(0, state)); }

}  // namespace

Systemd::Systemd() {
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(0, &microseconds) <= 0) return;
    const auto half =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::microseconds(microseconds / 2));
    m_patience = std::max(half, std::chrono::seconds(1));
}

void Systemd::ready() const { tell("READY=1"); }
void Systemd::stopping() const { tell("STOPPING=1"); }
void Systemd::alive() const { tell("WATCHDOG=1"); }

}  // namespace tickmark::http
