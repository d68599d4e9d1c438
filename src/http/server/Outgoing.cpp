#include "http/server/Outgoing.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <ctime>

#include "http/server/Characters.h"
#include "tickmark/http/server/Problem.h"

namespace tickmark::http {
namespace {

constexpr std::size_t chunkBytes = std::size_t{64} * 1024;

/// The Date field's value (RFC 9110 section 5.6.7), formatted once a second and thread.
const std::string& dateNow() {
    thread_local std::time_t formattedAt = -1;
    thread_local std::string text;
    const std::time_t now = std::time(nullptr);
    if (now != formattedAt) {
        formattedAt = now;
        text = Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now),
                                               Poco::DateTimeFormat::HTTP_FORMAT);
    }
    return text;
}

bool isOurs(std::string_view name) {
    return sameName(name, "date") || sameName(name, "content-length") || sameName(name, "connection") ||
           sameName(name, "transfer-encoding") || sameName(name, "server");
}

bool mayHaveBody(int status) { return status != 204 && status != 304; }

}  // namespace

bool headersAreSound(const Response& response) {
    return std::all_of(response.headers.begin(), response.headers.end(),
                       [](const NameValue& field) { return isToken(field.name) && isValue(field.value); });
}

Outgoing::Outgoing(Response response, bool withoutBody, bool keepAlive) {
    const std::uint64_t length = response.stream ? response.streamLength : response.body.size();
    m_head.reserve(512);
    m_head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    m_head.append(reasonPhrase(response.status)).append("\r\nDate: ").append(dateNow()).append("\r\n");
    if (mayHaveBody(response.status)) {
        m_head.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
    }
    if (!keepAlive) m_head.append("Connection: close\r\n");
    for (const NameValue& field : response.headers) {
        if (isOurs(field.name)) continue;
        m_head.append(field.name).append(": ").append(field.value).append("\r\n");
    }
    m_head.append("\r\n");
    if (withoutBody || !mayHaveBody(response.status)) return;
    if (response.stream) {
        m_stream = std::move(response.stream);
        m_streamLeft = response.streamLength;
    } else {
        m_body = std::move(response.body);
    }
}

Transport::Pieces Outgoing::rest() const {
    const std::string_view head(m_head);
    const std::string_view body(m_body);
    const std::size_t ofHead = std::min(m_done, head.size());
    return {head.substr(ofHead), body.substr(m_done - ofHead)};
}

bool Outgoing::refill() {
    const std::size_t wanted = std::min<std::uint64_t>(m_streamLeft, chunkBytes);
    m_head.clear();
    m_done = 0;
    m_body.resize(wanted);
    const auto result = m_stream->read({reinterpret_cast<std::uint8_t*>(m_body.data()), wanted});
    if (!result || *result == 0) {
        m_failure = result ? "the stream ended " + std::to_string(m_streamLeft) + " bytes early"
                           : describe(result.error());
        return false;
    }
    m_body.resize(*result);
    m_streamLeft -= *result;
    return true;
}

Io Outgoing::flush(Transport& transport) {
    // TLS sends one piece a record: a small answer goes out as one, as a gathered write does without TLS.
    if (transport.secure() && m_sent == 0 && m_done == 0 && m_body.size() <= chunkBytes) {
        m_head += m_body;
        m_body.clear();
    }
    for (;;) {
        if (m_done == m_head.size() + m_body.size()) {
            if (m_streamLeft == 0) return Io::Done;
            if (!refill()) return Io::Closed;
        }
        const IoStep step = transport.write(rest());
        if (step.state != Io::Done) return step.state;
        m_done += step.bytes;
        m_sent += step.bytes;
    }
}

}  // namespace tickmark::http
