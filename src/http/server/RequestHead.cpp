#include "http/server/RequestHead.h"

#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/Net/HTTPRequest.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "http/server/Characters.h"
#include "http/server/HeadLines.h"
#include "http/server/RequestTarget.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

// Fields that mean nothing sensible twice; two of them are how requests are smuggled.
constexpr std::array<std::string_view, 20> singletons{
    "host",         "content-length", "content-type",  "content-range",   "authorization",
    "expect",       "origin",         "referer",       "user-agent",      "content-disposition",
    "range",        "if-range",       "upload-offset", "upload-length",   "repr-digest",
    "x-csrf-token", "date",           "tus-resumable", "upload-metadata", "upload-checksum"};

bool isSingleton(std::string_view name) {
    return std::find(singletons.begin(), singletons.end(), name) != singletons.end();
}

/// Poco's reading of the head that our checks let through, rebuilt so that it sees exactly what we saw.
std::optional<Refusal> readByPoco(const HeadLines& lines, Poco::Net::HTTPRequest& parsed) {
    std::string text;
    text.append(lines.request.method).append(" ").append(lines.request.target).append(" ");
    text.append(lines.request.version).append("\r\n");
    for (const FieldLine& field : lines.fields) {
        text.append(field.name).append(": ").append(field.value).append("\r\n");
    }
    text.append("\r\n");
    try {
        Poco::MemoryInputStream stream(text.data(), static_cast<std::streamsize>(text.size()));
        parsed.read(stream);
    } catch (const Poco::Exception&) {
        return malformed("The request head must be readable as HTTP/1.1.");
    }
    const bool same = parsed.getMethod() == lines.request.method && parsed.getURI() == lines.request.target &&
                      parsed.getVersion() == lines.request.version && parsed.size() == lines.fields.size();
    return same ? std::nullopt : std::optional(malformed("The request head must have one meaning only."));
}

std::optional<Refusal> takeFields(const Poco::Net::HTTPRequest& parsed, Request& request) {
    request.fields.reserve(parsed.size());
    for (const auto& [rawName, value] : parsed) {
        std::string name = lower(rawName);
        const auto known = std::find_if(request.fields.begin(), request.fields.end(),
                                        [&name](const NameValue& field) { return field.name == name; });
        if (known == request.fields.end()) {
            request.fields.push_back({std::move(name), value});
        } else if (isSingleton(name)) {
            return malformed("The header field " + name + " must be sent once only.");
        } else {
            known->value += (name == "cookie" ? "; " : ", ") + value;
        }
    }
    return std::nullopt;
}

std::optional<Refusal> readLength(Request& request) {
    if (request.hasHeader("transfer-encoding")) {
        if (request.hasHeader("content-length")) {
            return malformed("Transfer-Encoding and Content-Length must not stand together.");
        }
        return Refusal{
            411, invalid("length-required", "Transfer-Encoding", "Bodies of unknown length are not accepted.",
                         "Declare Content-Length and send the body without Transfer-Encoding.")};
    }
    const auto declared = find(request.fields, "content-length");
    if (!declared) return std::nullopt;
    const bool digits = !declared->empty() && declared->size() <= 18 &&
                        std::all_of(declared->begin(), declared->end(), isDigit);
    if (!digits) return malformed("Content-Length must be a decimal number without sign.");
    std::uint64_t length = 0;
    std::from_chars(declared->data(), declared->data() + declared->size(), length);
    request.contentLength = length;
    return std::nullopt;
}

bool listHas(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const std::size_t end = list.find(',');
        if (sameName(trim(list.substr(0, end)), token)) return true;
        list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    }
    return false;
}

std::optional<Refusal> readFacts(const Request& request, bool version10, HeadFacts& facts) {
    facts.keepAlive = !version10 && !listHas(request.header("connection"), "close");
    const std::string_view expect = request.header("expect");
    if (expect.empty()) return std::nullopt;
    if (!sameName(expect, "100-continue")) {
        return Refusal{417, invalid("expectation", "Expect", "Only 100-continue can be expected here.",
                                    "Leave the Expect header field out.")};
    }
    facts.expectContinue = !version10;
    return std::nullopt;
}

}  // namespace

HeadScan::State HeadScan::look(std::string_view input, std::size_t maximum) {
    const bool maybeEmptyLine = input == "\r";
    if (!input.empty() && !maybeEmptyLine && !isTokenCharacter(input.front())) return State::Malformed;
    for (;;) {
        const std::size_t feed = input.find('\n', m_seen);
        if (feed == std::string_view::npos) break;
        if (feed + 1 > maximum) return State::TooLarge;
        const std::string_view line = input.substr(m_seen, feed - m_seen);
        m_seen = feed + 1;
        if (line.empty() || line.find('\r') != line.size() - 1) return State::Malformed;
        if (line.size() == 1) return State::Complete;
    }
    return input.size() > maximum ? State::TooLarge : State::Incomplete;
}

std::optional<Refusal> readHead(std::string_view head, const ServerLimits& limits, bool secure,
                                Request& request, HeadFacts& facts) {
    HeadLines lines;
    if (auto refusal = cutHead(head, limits, lines)) return refusal;
    Poco::Net::HTTPRequest parsed;
    if (auto refusal = readByPoco(lines, parsed)) return refusal;
    request.method = parsed.getMethod();
    request.target = parsed.getURI();
    request.secure = secure;
    if (auto refusal = takeFields(parsed, request)) return refusal;
    if (auto refusal = readLength(request)) return refusal;
    if (auto refusal = readFacts(request, lines.request.version == "HTTP/1.0", facts)) return refusal;
    return readTarget(request);
}

}  // namespace tickmark::http
