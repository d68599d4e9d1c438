// Work that a server does again and again beside its requests.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "tickmark/app/Context.h"

namespace tickmark::http {

/// Whether the server goes on; a pass asks between its steps.
using GoesOn = std::function<bool()>;

/// Runs a pass at once and then after each pause. Ends with the object, when the step under way is done.
class BackgroundThread {
  public:
    /// A pass reports its own troubles; what it throws is written to the error log and the next pass comes.
    BackgroundThread(std::chrono::milliseconds pause, std::function<void(const GoesOn&)> pass);
    BackgroundThread(const BackgroundThread&) = delete;
    BackgroundThread& operator=(const BackgroundThread&) = delete;
    ~BackgroundThread();

  private:
    void run();
    void passOnce();
    [[nodiscard]] bool goesOn();

    std::chrono::milliseconds m_pause;
    std::function<void(const GoesOn&)> m_pass;
    std::mutex m_mutex{};
    std::condition_variable m_wake{};
    bool m_ending = false;
    std::thread m_thread{};
};

/// Sends the day's digests; nothing where no mail is configured. A mail on its way is finished first, which
/// its deadline bounds.
[[nodiscard]] std::function<void(const GoesOn&)> digestPass(app::Context& context);
/// Has evidence that waits for it looked at by the malware scanner of the settings; nothing without one.
[[nodiscard]] std::function<void(const GoesOn&)> scanPass(app::Context& context);
/// Brings the full text up to the ledger's end; nothing when nothing was committed since the pass before.
[[nodiscard]] std::function<void(const GoesOn&)> indexPass(app::Context& context);

}  // namespace tickmark::http
