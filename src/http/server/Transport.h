// One accepted socket, plain or TLS, that never blocks unless asked to wait.
#pragma once

#include <Poco/Net/Context.h>
#include <Poco/Net/StreamSocket.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace tickmark::http {

/// How a step of input or output ended.
enum class Io { Done, WantRead, WantWrite, Closed };

struct IoStep {
    Io state = Io::Closed;
    std::size_t bytes = 0;  ///< moved; more than 0 exactly when state is Done
};

/// Owns the socket. One thread at a time uses it; cut() alone may come from another.
class Transport {
  public:
    using Pieces = std::array<std::string_view, 2>;

    /// `tls` is null for plain HTTP. Throws Poco::Exception when the socket is gone already.
    Transport(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls);

    [[nodiscard]] int fd() const noexcept { return m_fd; }
    [[nodiscard]] bool secure() const noexcept { return m_secure; }

    /// Reads what is there. After WantRead nothing is buffered in the TLS layer, so waiting on the file
    /// descriptor is safe.
    [[nodiscard]] IoStep read(std::span<std::uint8_t> buffer);
    /// Writes from the pieces, in order, as much as goes. After WantRead or WantWrite the same pieces must be
    /// given again: TLS repeats the write from the same memory.
    [[nodiscard]] IoStep write(const Pieces& pieces);
    /// Blocks until the state may be gone, at most `limit`; false on timeout.
    [[nodiscard]] bool wait(Io state, std::chrono::milliseconds limit) const;
    /// Says goodbye: close_notify for TLS, then no more output.
    void endSending();
    /// Reads and throws away raw bytes; Closed when the peer has ended too.
    [[nodiscard]] Io discard(std::size_t maximum) const;
    /// Ends both directions at once; every waiting or later step then returns Closed.
    void cut() const noexcept;

  private:
    [[nodiscard]] IoStep writePlain(const Pieces& pieces) const;
    [[nodiscard]] IoStep writeSecure(const Pieces& pieces);

    Poco::Net::StreamSocket m_socket;
    bool m_secure = false;
    int m_fd = -1;
};

}  // namespace tickmark::http
