#include "http/server/RequestBody.h"

#include <algorithm>
#include <cstring>

namespace tickmark::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

Error slow() {
    return invalid("slow-body", "body", "The body came in too slowly and was given up.",
                   "Send the request again over a better connection.");
}

}  // namespace

Error truncatedBody(std::uint64_t missing) {
    return invalid(
        "truncated-body", "body",
        "The connection ended " + std::to_string(missing) + " bytes before the declared end of the body.",
        "Send the request again.");
}

RequestBody::RequestBody(Transport& transport, std::string& received, std::uint64_t length,
                         bool expectContinue, const ServerLimits& limits)
    : m_transport(transport),
      m_received(received),
      m_left(length),
      m_expectContinue(expectContinue),
      m_limits(limits),
      m_began(Clock::now()) {}

Result<std::size_t> RequestBody::read(std::span<std::uint8_t> buffer) {
    if (m_failed) return truncatedBody(m_left);
    if (m_left == 0 || buffer.empty()) return std::size_t{0};
    buffer = buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(m_left, buffer.size())));
    if (m_taken < m_received.size()) {
        const std::size_t count = std::min(buffer.size(), m_received.size() - m_taken);
        std::memcpy(buffer.data(), m_received.data() + m_taken, count);
        m_taken += count;
        m_left -= count;
        return count;
    }
    auto result = receive(buffer);
    m_failed = !result.ok();
    return result;
}

Result<std::size_t> RequestBody::receive(std::span<std::uint8_t> buffer) {
    if (m_expectContinue) TM_CHECK(sendContinue());
    for (;;) {
        const IoStep step = m_transport.read(buffer);
        if (step.state == Io::Closed) return truncatedBody(m_left);
        if (step.state == Io::Done) {
            m_left -= step.bytes;
            m_fromPeer += step.bytes;
            return step.bytes;
        }
        TM_CHECK(waitFor(step.state));
    }
}

Result<void> RequestBody::sendContinue() {
    m_expectContinue = false;
    std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    while (!text.empty()) {
        const IoStep step = m_transport.write({text, {}});
        if (step.state == Io::Closed) return truncatedBody(m_left);
        if (step.state == Io::Done) {
            text.remove_prefix(step.bytes);
        } else {
            TM_CHECK(waitFor(step.state));
        }
    }
    return {};
}

Result<void> RequestBody::waitFor(Io state) {
    // Only time spent waiting for the peer counts against its rate: a slow disk of ours is not its fault.
    const auto earned = milliseconds(m_fromPeer * 1000U / std::max<std::uint64_t>(m_limits.minimumRate, 1));
    const auto before = Clock::now();
    const auto byRate = m_limits.rateGrace + earned - m_waited;
    const auto byDeadline = m_began + m_limits.bodyDeadline - before;
    const auto limit = std::chrono::ceil<milliseconds>(std::min<Clock::duration>(byRate, byDeadline));
    if (!m_transport.wait(state, limit)) return slow();
    m_waited += Clock::now() - before;
    return {};
}

bool RequestBody::settle() {
    const std::size_t rest = m_received.size() - m_taken;
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, rest));
    m_left -= skipped;
    m_received.erase(0, m_taken + skipped);
    m_taken = 0;
    return m_left == 0 && !m_failed;
}

}  // namespace tickmark::http
