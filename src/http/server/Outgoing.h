// The bytes of one answer on their way out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "http/server/Transport.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/http/server/Response.h"

namespace tickmark::http {

/// Head, body and stream of one response, sent in steps. Memory stays at one chunk for streams.
class Outgoing {
  public:
    Outgoing() = default;
    /// Writes the head. `withoutBody` for HEAD. Header fields were checked before.
    Outgoing(Response response, bool withoutBody, bool keepAlive);

    /// Sends what goes without waiting. Done: everything is out. Closed: the peer is gone or the stream
    /// failed before its declared length (see failed()).
    [[nodiscard]] Io flush(Transport& transport);
    /// Bytes sent so far.
    [[nodiscard]] std::uint64_t sent() const noexcept { return m_sent; }
    /// Why the stream could not be sent whole; empty when it did not fail.
    [[nodiscard]] const std::string& failure() const noexcept { return m_failure; }

  private:
    [[nodiscard]] bool refill();
    [[nodiscard]] Transport::Pieces rest() const;

    std::string m_head{};
    std::string m_body{};
    std::unique_ptr<ByteSource> m_stream{};
    std::uint64_t m_streamLeft = 0;
    std::size_t m_done = 0;  ///< of head and body together
    std::uint64_t m_sent = 0;
    std::string m_failure{};
};

/// Whether every header field may be sent: token names, values without control characters.
[[nodiscard]] bool headersAreSound(const Response& response);

}  // namespace tickmark::http
