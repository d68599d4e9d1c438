#include "http/server/Connection.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "http/server/Dispatch.h"
#include "http/server/HeadLines.h"
#include "http/server/RequestBody.h"

namespace tickmark::http {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds lingerTime{2000};
constexpr std::size_t lingerBytes = std::size_t{16} * 1024 * 1024;
constexpr std::size_t receiveBytes = std::size_t{16} * 1024;

/// Counts one up while it lives.
class Counted {
  public:
    explicit Counted(std::atomic<std::uint64_t>& counter) : m_counter(counter) { ++m_counter; }
    ~Counted() { --m_counter; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

  private:
    std::atomic<std::uint64_t>& m_counter;
};

/// The time in which so many bytes must have moved.
milliseconds timeFor(std::uint64_t bytes, const ServerLimits& limits) {
    const auto earned = milliseconds(bytes * 1000U / std::max<std::uint64_t>(limits.minimumRate, 1));
    return std::min(limits.rateGrace + earned, limits.bodyDeadline);
}

Refusal timeout() {
    return {408, invalid("request-timeout", "request", "The request did not arrive whole in time.",
                         "Send it again over a better connection.")};
}

Refusal cutOff(std::uint64_t missing) { return {400, truncatedBody(missing)}; }

Refusal headTooLarge(const ServerLimits& limits) {
    return {431, invalid("head-too-large", "request head",
                         "The request head is larger than " + std::to_string(limits.headBytes) + " bytes.",
                         "Send fewer or shorter header fields.")};
}

}  // namespace

Connection::Connection(Transport transport, Core& core, std::string remoteAddress)
    : m_transport(std::move(transport)),
      m_core(core),
      m_remoteAddress(std::move(remoteAddress)),
      m_deadline(Clock::now() + core.limits().headDeadline) {}

Io Connection::advance() noexcept {
    try {
        for (;;) {
            const Io state = step();
            if (state != Io::Done) return state;
        }
    } catch (const std::exception& e) {
        m_core.log(m_requestId, std::string("connection given up: ") + e.what());
    } catch (...) {
        m_core.log(m_requestId, "connection given up");
    }
    return Io::Closed;
}

Io Connection::step() {
    switch (m_phase) {
        case Phase::Head:
            return stepHead();
        case Phase::Body:
            return stepBody();
        case Phase::Send:
            return stepSend();
        case Phase::Linger:
            return stepLinger();
    }
    return Io::Closed;
}

Io Connection::receive() {
    thread_local std::vector<std::uint8_t> buffer(receiveBytes);
    const IoStep step = m_transport.read(buffer);
    if (step.state == Io::Done) m_received.append(textOf(ByteView(buffer).first(step.bytes)));
    return step.state;
}

Io Connection::stepHead() {
    if (m_received.empty() && m_core.stopping()) return Io::Closed;
    if (m_scan.length() == 0 && m_received.starts_with("\r\n")) m_received.erase(0, 2);
    if (!m_received.empty()) {
        switch (m_scan.look(m_received, m_core.limits().headBytes)) {
            case HeadScan::State::Complete:
                beginRequest(m_scan.length());
                return Io::Done;
            case HeadScan::State::Malformed:
                refuse(
                    malformed("Each line of the head must end with CR LF and the head with an empty line."));
                return Io::Done;
            case HeadScan::State::TooLarge:
                refuse(headTooLarge(m_core.limits()));
                return Io::Done;
            case HeadScan::State::Incomplete:
                break;
        }
    }
    const bool wasIdle = m_received.empty() && !m_requestId.empty();
    const Io state = receive();
    // The first byte of a further request starts its deadline; the first request's began with the connection.
    if (state == Io::Done && wasIdle) m_deadline = Clock::now() + m_core.limits().headDeadline;
    return state;
}

void Connection::beginRequest(std::size_t headLength) {
    m_requestId = m_core.nextId();
    m_request.emplace();
    m_facts = {};
    const std::string_view head = std::string_view(m_received).substr(0, headLength);
    const auto refusal = readHead(head, m_core.limits(), m_transport.secure(), *m_request, m_facts);
    m_received.erase(0, headLength);
    m_scan = {};
    if (refusal) {
        refuse(*refusal);
        return;
    }
    ++m_core.counters().requests;
    m_request->id = m_requestId;
    m_request->remoteAddress = m_remoteAddress;
    m_request->started = Clock::now();
    m_phase = Phase::Body;
    m_deadline = m_request->started + timeFor(bodyLength(), m_core.limits());
}

std::uint64_t Connection::bodyLength() const { return m_request ? m_request->contentLength.value_or(0) : 0; }

Io Connection::stepBody() {
    // A small body is collected without a thread; a large one, or one whose sender waits for "100 Continue",
    // is read by its handler.
    const bool collect = bodyLength() <= m_core.limits().bufferedBody && !m_facts.expectContinue;
    if (collect && m_received.size() < bodyLength()) {
        const Io state = receive();
        // A request that was cut off does not reach its handler.
        if (state == Io::Closed) refuse(cutOff(bodyLength() - m_received.size()));
        return state == Io::Closed ? Io::Done : state;
    }
    runRequest();
    return Io::Done;
}

void Connection::runRequest() {
    const Counted running(m_core.counters().running);
    const bool headOnly = m_request->method == "HEAD";
    RequestBody body(m_transport, m_received, bodyLength(), m_facts.expectContinue, m_core.limits());
    m_request->setBody(body);
    Response response;
    if (m_received.size() >= bodyLength()) {
        response = dispatch(m_core, *m_request);
    } else {
        const Counted streaming(m_core.counters().streaming);
        const bool full = m_core.counters().streaming > m_core.mostStreaming();
        response = full ? refuseBusy(m_core, *m_request) : dispatch(m_core, *m_request);
    }
    m_request.reset();
    const bool settled = body.settle();
    send(std::move(response), headOnly, settled && m_facts.keepAlive);
}

void Connection::refuse(const Refusal& refusal) {
    ++m_core.counters().malformed;
    if (m_requestId.empty()) m_requestId = m_core.nextId();
    m_request.reset();
    // No byte of the request stands in the log, only what was wrong with it.
    m_core.log(m_requestId, "refused with " + std::to_string(refusal.status) + " from " + m_remoteAddress +
                                ": " +
                                (refusal.error.rule.empty() ? refusal.error.message : refusal.error.rule));
    send(refuseHead(refusal, m_requestId), false, false);
}

void Connection::send(Response response, bool withoutBody, bool keepAlive) {
    m_keepAlive = keepAlive && !response.close && !m_core.stopping();
    m_outgoing = Outgoing(std::move(response), withoutBody, m_keepAlive);
    m_phase = Phase::Send;
    m_sendBegan = Clock::now();
}

Io Connection::stepSend() {
    const Io state = m_outgoing.flush(m_transport);
    if (state == Io::Done) {
        afterAnswer();
        return Io::Done;
    }
    if (!m_outgoing.failure().empty()) {
        m_core.log(m_requestId, "answer cut off: " + m_outgoing.failure());
    }
    m_deadline = m_sendBegan + timeFor(m_outgoing.sent(), m_core.limits());
    return state;
}

void Connection::afterAnswer() {
    m_outgoing = Outgoing();
    if (m_keepAlive) {
        m_phase = Phase::Head;
        m_deadline =
            Clock::now() + (m_received.empty() ? m_core.limits().idleDeadline : m_core.limits().headDeadline);
        // An idle connection holds no buffers.
        if (m_received.empty()) std::string().swap(m_received);
        return;
    }
    m_transport.endSending();
    m_phase = Phase::Linger;
    m_deadline = Clock::now() + lingerTime;
}

Io Connection::stepLinger() { return m_transport.discard(lingerBytes); }

void Connection::expire() noexcept {
    ++m_core.counters().timedOut;
    try {
        const bool begun = m_phase == Phase::Body || (m_phase == Phase::Head && !m_received.empty());
        if (!begun) return;
        refuse(timeout());
        // One try: a client that reads nothing gets nothing.
        static_cast<void>(m_outgoing.flush(m_transport));
        m_transport.endSending();
    } catch (const std::exception& e) {
        m_core.log(m_requestId, e.what());
    } catch (...) {
        m_core.log(m_requestId, "connection given up");
    }
}

}  // namespace tickmark::http
