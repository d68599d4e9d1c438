// The body of the running request: exactly the declared bytes, never more, under a rate and a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "http/server/Transport.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/http/server/Server.h"

namespace tickmark::http {

/// Poco 1.11 hands a body that was cut off to the handler as if it were whole; this source counts.
class RequestBody final : public ByteSource {
  public:
    /// `received` holds what came behind the head; the bytes of the body are taken off its front, whatever
    /// follows them stays.
    RequestBody(Transport& transport, std::string& received, std::uint64_t length, bool expectContinue,
                const ServerLimits& limits);

    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

    /// Takes what is left of the body off the received bytes; true when that was all of it, so that the next
    /// request stands in front.
    [[nodiscard]] bool settle();

  private:
    [[nodiscard]] Result<std::size_t> receive(std::span<std::uint8_t> buffer);
    [[nodiscard]] Result<void> sendContinue();
    [[nodiscard]] Result<void> waitFor(Io state);

    Transport& m_transport;
    std::string& m_received;
    std::size_t m_taken = 0;   ///< of m_received
    std::uint64_t m_left = 0;  ///< of the body
    std::uint64_t m_fromPeer = 0;
    bool m_expectContinue = false;
    bool m_failed = false;
    const ServerLimits& m_limits;
    std::chrono::steady_clock::time_point m_began{};
    std::chrono::steady_clock::duration m_waited{};
};

/// Invalid "truncated-body": so many bytes of the body never came.
[[nodiscard]] Error truncatedBody(std::uint64_t missing);

}  // namespace tickmark::http
