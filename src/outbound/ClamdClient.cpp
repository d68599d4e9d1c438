#include "tickmark/outbound/ClamdClient.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <vector>

#include "outbound/Deadline.h"

namespace tickmark::outbound {
namespace {

constexpr std::string_view unixPrefix = "unix:";
constexpr std::size_t longestPath = 107;  // of a unix socket's address
constexpr std::size_t longestReply = 4096;
constexpr std::size_t chunkBytes = 256UL * 1024;
constexpr std::size_t lengthBytes = 4;
constexpr auto slice = std::chrono::milliseconds(200);

Error failure(ErrorKind kind, std::string type, std::string message, std::string fix) {
    return {kind, std::move(type), std::move(message), {}, {}, std::move(fix), {}};
}

Error unreachable() {
    return failure(ErrorKind::Environment, "scanner-unreachable", "The malware scanner cannot be reached.",
                   "See whether clamd runs and listens where `clamd` in tickmark.conf says.");
}

Error late() {
    return failure(ErrorKind::Environment, "scanner-timeout", "The malware scanner did not answer in time.",
                   "See what clamd is busy with.");
}

Error broken() {
    return failure(ErrorKind::Environment, "scanner-broken",
                   "The malware scanner gave no answer that can be read.",
                   "See whether it is clamd that listens there, and its log.");
}

Error overLimit() {
    return failure(ErrorKind::Refused, "scanner-limit",
                   "The malware scanner did not look into all of the file.",
                   "Raise StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf.");
}

Error stopped() { return failure(ErrorKind::Refused, "stopped", "The scan was stopped.", {}); }

Result<Poco::Net::SocketAddress> targetOf(const std::string& address) {
    const Error bad = invalid("setting", "clamd", "\"" + address + "\" is no address of clamd.",
                              "Write unix:/run/clamav/clamd.ctl, or an address of this machine like "
                              "127.0.0.1:3310.");
    try {
        if (address.starts_with(unixPrefix)) {
            const std::string path = address.substr(unixPrefix.size());
            if (!path.starts_with('/') || path.size() > longestPath) return bad;
            return Poco::Net::SocketAddress(Poco::Net::SocketAddress::UNIX_LOCAL, path);
        }
        const auto colon = address.rfind(':');
        Poco::Net::IPAddress host;
        if (colon == std::string::npos) return bad;
        std::string name = address.substr(0, colon);
        if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
        if (!Poco::Net::IPAddress::tryParse(name, host) || !host.isLoopback()) return bad;
        const std::string port = address.substr(colon + 1);
        std::uint16_t number = 0;
        const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
        if (read.ec != std::errc{} || read.ptr != port.data() + port.size() || number == 0) return bad;
        return Poco::Net::SocketAddress(host, number);
    } catch (const Poco::Exception&) {
        return bad;
    }
}

/// One command and its reply over a connection of its own.
class Exchange {
  public:
    Exchange(const Clamd& clamd, const std::function<bool()>& goOn)
        : m_end(std::chrono::steady_clock::now() + clamd.deadline), m_goOn(goOn) {}

    Result<void> open(const Clamd& clamd, std::string_view command) {
        TM_TRY(const auto target, targetOf(clamd.address));
        try {
            m_socket = target.family() == Poco::Net::SocketAddress::UNIX_LOCAL
                           ? Poco::Net::StreamSocket(Poco::Net::SocketAddress::UNIX_LOCAL)
                           : Poco::Net::StreamSocket();
            m_socket.connect(target, Poco::Timespan(timeLeft(m_end).count() * 1'000));
        } catch (const Poco::Exception&) {
            return unreachable();
        }
        m_watch.emplace(m_socket.impl()->sockfd(), m_end);
        // Commands with a z in front end, and are answered, with a zero byte.
        std::string line(command);
        line += '\0';
        return send(line.data(), line.size()) ? Result<void>() : brokenOrLate();
    }

    /// False when the other side takes no more; it may have said why.
    [[nodiscard]] bool send(const void* data, std::size_t size) {
        try {
            const auto* at = static_cast<const std::uint8_t*>(data);
            while (size > 0) {
                const int sent = m_socket.sendBytes(at, static_cast<int>(size));
                if (sent <= 0) return false;
                at += sent;
                size -= static_cast<std::size_t>(sent);
            }
            return true;
        } catch (const Poco::Exception&) {
            return false;
        }
    }

    /// The reply up to its zero byte.
    Result<std::string> reply() {
        std::string text;
        std::array<char, 512> buffer{};
        try {
            for (;;) {
                TM_CHECK(awaitBytes());
                const int count = m_socket.receiveBytes(buffer.data(), static_cast<int>(buffer.size()));
                if (count <= 0) return brokenOrLate();
                text.append(buffer.data(), static_cast<std::size_t>(count));
                if (const auto end = text.find('\0'); end != std::string::npos) return text.substr(0, end);
                if (text.size() > longestReply) return broken();
            }
        } catch (const Poco::Exception&) {
            return brokenOrLate();
        }
    }

    [[nodiscard]] Error brokenOrLate() const { return m_watch && m_watch->hasFired() ? late() : broken(); }

  private:
    Result<void> awaitBytes() {
        while (!m_socket.poll(
            Poco::Timespan(std::chrono::duration_cast<std::chrono::microseconds>(slice).count()),
            Poco::Net::Socket::SELECT_READ | Poco::Net::Socket::SELECT_ERROR)) {
            if (!m_goOn()) return stopped();
            if (timeLeft(m_end).count() == 0) return late();
        }
        return {};
    }

    SteadyTime m_end;
    const std::function<bool()>& m_goOn;
    Poco::Net::StreamSocket m_socket{};
    std::optional<SocketWatch> m_watch{};
    PipeSignalGuard m_guard{};
};

/// True when everything was sent; false when clamd stopped taking it.
Result<bool> sendAll(Exchange& exchange, const ByteFeed& feed, const std::function<bool()>& goOn) {
    std::vector<std::uint8_t> buffer(lengthBytes + chunkBytes);
    const std::span<std::uint8_t> room = std::span(buffer).subspan(lengthBytes);
    for (;;) {
        if (!goOn()) return stopped();
        TM_TRY(const std::size_t count, feed(room));
        for (std::size_t i = 0; i < lengthBytes; ++i)
            buffer[i] = static_cast<std::uint8_t>(count >> (8U * (lengthBytes - 1 - i)));
        if (!exchange.send(buffer.data(), lengthBytes + count)) return false;
        if (count == 0) return true;
    }
}

bool isName(std::string_view name) {
    return !name.empty() && name.size() <= 200 &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

Result<MalwareVerdict> verdictOf(std::string_view reply, bool sentAll) {
    constexpr std::string_view subject = "stream: ";
    constexpr std::string_view found = " FOUND";
    constexpr std::string_view error = " ERROR";
    if (reply.find("size limit exceeded") != std::string_view::npos) return overLimit();
    if (reply.ends_with(error)) {
        std::string words(reply.substr(0, reply.size() - error.size()).substr(0, 200));
        std::replace_if(
            words.begin(), words.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
        return failure(ErrorKind::Refused, "scanner-error", "The malware scanner says: " + words, {});
    }
    // What was cut off on its way has no verdict, whatever is said about the part that came.
    if (!sentAll || !reply.starts_with(subject)) return broken();
    reply.remove_prefix(subject.size());
    if (reply == "OK") return MalwareVerdict{true, {}};
    if (!reply.ends_with(found)) return broken();
    const std::string_view name = reply.substr(0, reply.size() - found.size());
    if (!isName(name)) return broken();
    const bool isPartial =
        name.starts_with("Heuristics.Limits.Exceeded") || name.starts_with("Heuristics.Encrypted");
    if (isPartial) return overLimit();
    return MalwareVerdict{false, std::string(name)};
}

}  // namespace

Result<void> checkClamdAddress(const std::string& address) {
    if (auto target = targetOf(address); !target) return std::move(target).error();
    return {};
}

Result<std::string> clamdVersion(const Clamd& clamd, const std::function<bool()>& goOn) {
    Exchange exchange(clamd, goOn);
    TM_CHECK(exchange.open(clamd, "zVERSION"));
    TM_TRY(std::string reply, exchange.reply());
    const bool isPlain = reply.size() <= 200 &&
                         std::all_of(reply.begin(), reply.end(), [](char c) { return c >= ' ' && c < 0x7f; });
    if (!isPlain || !reply.starts_with("ClamAV ")) return broken();
    return reply;
}

Result<MalwareVerdict> scanStream(const Clamd& clamd, const ByteFeed& feed,
                                  const std::function<bool()>& goOn) {
    Exchange exchange(clamd, goOn);
    TM_CHECK(exchange.open(clamd, "zINSTREAM"));
    TM_TRY(const bool sentAll, sendAll(exchange, feed, goOn));
    TM_TRY(const std::string reply, exchange.reply());
    return verdictOf(reply, sentAll);
}

}  // namespace tickmark::outbound
