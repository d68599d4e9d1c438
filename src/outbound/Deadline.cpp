#include "outbound/Deadline.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <system_error>

namespace tickmark::outbound {

std::chrono::milliseconds timeLeft(SteadyTime end) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    return std::max(left, std::chrono::milliseconds(0));
}

SocketWatch::SocketWatch(int descriptor, SteadyTime end)
    : m_descriptor(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)) {
    if (m_descriptor < 0)
        throw std::system_error(errno, std::generic_category(), "a socket cannot be watched");
    m_thread = std::thread([this, end] { run(end); });
}

SocketWatch::~SocketWatch() {
    {
        const std::scoped_lock lock(m_mutex);
        m_isDone = true;
    }
    m_wake.notify_one();
    m_thread.join();
    ::close(m_descriptor);
}

void SocketWatch::run(SteadyTime end) {
    std::unique_lock lock(m_mutex);
    if (m_wake.wait_until(lock, end, [this] { return m_isDone; })) return;
    m_fired = true;
    ::shutdown(m_descriptor, SHUT_RDWR);
}

namespace {

sigset_t pipeSignal() {
    sigset_t set{};
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    return set;
}

}  // namespace

PipeSignalGuard::PipeSignalGuard() {
    const sigset_t set = pipeSignal();
    sigset_t before{};
    pthread_sigmask(SIG_BLOCK, &set, &before);
    m_wasBlocked = sigismember(&before, SIGPIPE) == 1;
}

PipeSignalGuard::~PipeSignalGuard() {
    if (m_wasBlocked) return;
    const sigset_t set = pipeSignal();
    // Takes a signal that came meanwhile, so that it does not strike when it is let through again.
    const timespec atOnce{};
    while (sigtimedwait(&set, nullptr, &atOnce) == SIGPIPE) {
    }
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace tickmark::outbound
