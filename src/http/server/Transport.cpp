#include "http/server/Transport.h"

#include <Poco/Exception.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/Utility.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

namespace tickmark::http {
namespace {

constexpr std::size_t recordBytes = std::size_t{16} * 1024;  // one TLS record

IoStep fromErrno(Io blocked) {
    if (errno == EAGAIN || errno == EINTR) return {blocked, 0};
    return {Io::Closed, 0};
}

IoStep fromSecure(int result) {
    if (result > 0) return {Io::Done, static_cast<std::size_t>(result)};
    if (result == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_READ) return {Io::WantRead, 0};
    if (result == Poco::Net::SecureStreamSocket::ERR_SSL_WANT_WRITE) return {Io::WantWrite, 0};
    return {Io::Closed, 0};
}

}  // namespace

Transport::Transport(const Poco::Net::StreamSocket& socket, const Poco::Net::Context::Ptr& tls)
    : m_socket(socket), m_secure(!tls.isNull()), m_fd(socket.impl()->sockfd()) {
    m_socket.setBlocking(false);
    m_socket.setNoDelay(true);
    // Child processes (scanner, report printer) must not hold a client's connection open.
    ::fcntl(m_fd, F_SETFD, FD_CLOEXEC);
    if (m_secure) m_socket = Poco::Net::SecureStreamSocket::attach(m_socket, tls);
}

IoStep Transport::read(std::span<std::uint8_t> buffer) {
    if (!m_secure) {
        const ssize_t count = ::recv(m_fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (count > 0) return {Io::Done, static_cast<std::size_t>(count)};
        return count == 0 ? IoStep{} : fromErrno(Io::WantRead);
    }
    try {
        // Errors that other work left in this thread's OpenSSL queue would be taken for ours.
        Poco::Net::Utility::clearErrorStack();
        const auto most = static_cast<int>(std::min<std::size_t>(buffer.size(), 1U << 20U));
        return fromSecure(m_socket.receiveBytes(buffer.data(), most));
    } catch (const Poco::Exception&) {
        return {};
    }
}

IoStep Transport::write(const Pieces& pieces) { return m_secure ? writeSecure(pieces) : writePlain(pieces); }

IoStep Transport::writePlain(const Pieces& pieces) const {
    std::array<iovec, 2> parts{};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        // The kernel only reads from them; iovec has no const form.
        parts[i].iov_base =
            const_cast<char*>(pieces[i].data());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
        parts[i].iov_len = pieces[i].size();
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t count = ::sendmsg(m_fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count > 0) return {Io::Done, static_cast<std::size_t>(count)};
    return count == 0 ? IoStep{} : fromErrno(Io::WantWrite);
}

IoStep Transport::writeSecure(const Pieces& pieces) {
    const std::string_view piece = pieces[0].empty() ? pieces[1] : pieces[0];
    try {
        Poco::Net::Utility::clearErrorStack();
        const auto length = static_cast<int>(std::min(piece.size(), recordBytes));
        return fromSecure(m_socket.sendBytes(piece.data(), length));
    } catch (const Poco::Exception&) {
        return {};
    }
}

bool Transport::wait(Io state, std::chrono::milliseconds limit) const {
    if (limit.count() <= 0) return false;
    pollfd waiting{};
    waiting.fd = m_fd;
    waiting.events = state == Io::WantWrite ? POLLOUT : POLLIN;
    const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<std::int64_t>(limit.count(), 1'000'000)));
    return ready > 0 || (ready < 0 && errno == EINTR);
}

void Transport::endSending() {
    if (m_secure) {
        try {
            Poco::Net::Utility::clearErrorStack();
            m_socket.shutdown();
        } catch (const Poco::Exception&) {
            // The peer is gone; there is nobody to say goodbye to.
        }
    }
    ::shutdown(m_fd, SHUT_WR);
}

Io Transport::discard(std::size_t maximum) const {
    std::array<std::uint8_t, 16384> waste{};
    for (std::size_t total = 0; total < maximum;) {
        const ssize_t count = ::recv(m_fd, waste.data(), waste.size(), MSG_DONTWAIT);
        if (count <= 0) return count == 0 ? Io::Closed : fromErrno(Io::WantRead).state;
        total += static_cast<std::size_t>(count);
    }
    return Io::Closed;
}

void Transport::cut() const noexcept { ::shutdown(m_fd, SHUT_RDWR); }

}  // namespace tickmark::http
