// The end of an exchange, and a watch that ends it even when the other side drips bytes.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tickmark::outbound {

using SteadyTime = std::chrono::steady_clock::time_point;

/// Time until `end`, never negative.
[[nodiscard]] std::chrono::milliseconds timeLeft(SteadyTime end);

/// Shuts a socket down at a moment, unless it goes before. Reads and writes that wait on it then return.
class SocketWatch {
  public:
    SocketWatch(int descriptor, SteadyTime end);
    ~SocketWatch();
    SocketWatch(const SocketWatch&) = delete;
    SocketWatch& operator=(const SocketWatch&) = delete;
    [[nodiscard]] bool hasFired() const noexcept { return m_fired; }

  private:
    void run(SteadyTime end);

    int m_descriptor;  // a duplicate, so that it stays this socket's whoever closes the original
    std::mutex m_mutex{};
    std::condition_variable m_wake{};
    bool m_isDone = false;
    std::atomic<bool> m_fired{false};
    std::thread m_thread{};
};

/// Keeps SIGPIPE from ending the process while this thread writes to a socket that the other side closed.
class PipeSignalGuard {
  public:
    PipeSignalGuard();
    ~PipeSignalGuard();
    PipeSignalGuard(const PipeSignalGuard&) = delete;
    PipeSignalGuard& operator=(const PipeSignalGuard&) = delete;

  private:
    bool m_wasBlocked = false;
};

}  // namespace tickmark::outbound
