// Sends the digests of a served data directory, a pass every few minutes.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "tickmark/app/Context.h"

namespace tickmark::http {

/// Begins only where mail is configured. Ends with the object; a mail that is on its way is finished first,
/// which its deadline bounds.
class ReminderThread {
  public:
    explicit ReminderThread(app::Context& context);
    ReminderThread(const ReminderThread&) = delete;
    ReminderThread& operator=(const ReminderThread&) = delete;
    ~ReminderThread();

  private:
    void run();
    [[nodiscard]] bool goesOn();

    app::Context& m_context;
    std::mutex m_mutex{};
    std::condition_variable m_wake{};
    bool m_ending = false;
    std::thread m_thread{};
};

}  // namespace tickmark::http
