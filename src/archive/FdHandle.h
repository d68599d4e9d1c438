// One open file descriptor, closed by its owner.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tickmark::archive {

class FdHandle {
  public:
    FdHandle() = default;
    explicit FdHandle(int fd) noexcept : m_fd(fd) {}
    FdHandle(FdHandle&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    FdHandle& operator=(FdHandle&& other) noexcept {
        if (this != &other) {
            close();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    FdHandle(const FdHandle&) = delete;
    FdHandle& operator=(const FdHandle&) = delete;
    ~FdHandle() { close(); }

    [[nodiscard]] int get() const noexcept { return m_fd; }
    [[nodiscard]] bool open() const noexcept { return m_fd >= 0; }

    /// Hands the descriptor to somebody else who closes it.
    [[nodiscard]] int release() noexcept { return std::exchange(m_fd, -1); }

    /// Closes now. Returns 0 or the error number: some filesystems tell only here that a write was lost. The
    /// descriptor is gone either way (close(2)), so nobody tries twice.
    int close() noexcept {
        const int fd = std::exchange(m_fd, -1);
        return fd < 0 || ::close(fd) == 0 ? 0 : errno;
    }

  private:
    int m_fd = -1;
};

}  // namespace tickmark::archive
