// One connection's way through its requests, in steps that never wait except while a handler reads a body.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/server/Core.h"
#include "http/server/Outgoing.h"
#include "http/server/RequestHead.h"
#include "http/server/Transport.h"

namespace tickmark::http {

class Connection {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    Connection(Transport transport, Core& core, std::string remoteAddress);

    /// Goes on as far as it can. WantRead or WantWrite: park until the descriptor is ready; Closed: destroy.
    /// Never throws, never returns Done.
    [[nodiscard]] Io advance() noexcept;
    /// When the parked connection must be ended (see expire).
    [[nodiscard]] Moment deadline() const noexcept { return m_deadline; }
    /// The deadline passed: says so to a client in the middle of a request, as far as that goes without
    /// waiting.
    void expire() noexcept;
    /// Whether it waits between requests, with nothing of the next one received.
    [[nodiscard]] bool idle() const noexcept { return m_phase == Phase::Head && m_received.empty(); }
    /// Whether an answer is on its way.
    [[nodiscard]] bool sending() const noexcept { return m_phase == Phase::Send; }

    [[nodiscard]] const Transport& transport() const noexcept { return m_transport; }
    [[nodiscard]] const std::string& remoteAddress() const noexcept { return m_remoteAddress; }

  private:
    /// Head: collecting the head. Body: collecting a small body. Send: answer going out. Linger: answer out,
    /// swallowing what the peer still sends so that its system does not throw the answer away.
    enum class Phase { Head, Body, Send, Linger };

    [[nodiscard]] Io step();
    [[nodiscard]] Io stepHead();
    [[nodiscard]] Io stepBody();
    [[nodiscard]] Io stepSend();
    [[nodiscard]] Io stepLinger();
    [[nodiscard]] Io receive();
    void beginRequest(std::size_t headLength);
    void runRequest();
    void refuse(const Refusal& refusal);
    void send(Response response, bool withoutBody, bool keepAlive);
    void afterAnswer();
    [[nodiscard]] std::uint64_t bodyLength() const;

    Transport m_transport;
    Core& m_core;
    std::string m_remoteAddress;
    Phase m_phase = Phase::Head;
    Moment m_deadline{};
    std::string m_received{};  ///< not yet consumed
    HeadScan m_scan{};
    std::optional<Request> m_request{};
    HeadFacts m_facts{};
    Outgoing m_outgoing{};
    Moment m_sendBegan{};
    bool m_keepAlive = false;
    std::string m_requestId{};
};

}  // namespace tickmark::http
