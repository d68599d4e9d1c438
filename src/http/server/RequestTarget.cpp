#include "http/server/RequestTarget.h"

#include <algorithm>

#include "http/server/Characters.h"
#include "http/server/HeadLines.h"
#include "http/server/Percent.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

constexpr std::size_t mostParameters = 200;

bool isHostCharacter(char c) {
    return isDigit(c) || isAlpha(c) || c == '.' || c == '-' || c == '_' || c == ':' || c == '[' || c == ']';
}

std::optional<Refusal> checkHost(std::string_view host) {
    const bool sound = !host.empty() && std::all_of(host.begin(), host.end(), isHostCharacter);
    if (sound) return std::nullopt;
    return malformed("There must be exactly one Host header field with a host name and an optional port.");
}

/// Turns an absolute target of this server into its path; other authorities are refused.
std::optional<Refusal> makeRelative(const Request& request, std::string_view& target) {
    const std::string_view scheme = request.secure ? "https://" : "http://";
    if (target.starts_with('/')) return std::nullopt;
    if (target.size() < scheme.size() || !sameName(target.substr(0, scheme.size()), scheme)) {
        return malformed("The request target must be a path.");
    }
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    if (!sameName(target.substr(0, end), request.header("host"))) {
        return malformed("An absolute request target must name the host of the Host header field.");
    }
    target.remove_prefix(end);
    return std::nullopt;
}

bool hasDotSegment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(end);
    }
    return false;
}

bool hasEncodedSeparator(std::string_view raw) {
    const std::string small = lower(raw);
    return small.find("%2f") != std::string::npos || small.find("%5c") != std::string::npos ||
           small.find('\\') != std::string::npos;
}

bool isControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20U || byte == 0x7FU;
}

std::optional<Refusal> readPath(std::string_view raw, Request& request) {
    if (hasEncodedSeparator(raw)) return malformed("The path must not hold an encoded slash or a backslash.");
    auto path = percentDecode("path", raw, Plus::Literal);
    if (!path) return Refusal{400, path.error()};
    if (std::any_of(path->begin(), path->end(), isControl)) {
        return malformed("The path must not hold control characters.");
    }
    if (hasDotSegment(*path)) return malformed(R"(The path must not hold "." or ".." segments.)");
    request.path = *std::move(path);
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> readTarget(Request& request) {
    if (auto refusal = checkHost(request.header("host"))) return refusal;
    std::string_view target = request.target;
    if (auto refusal = makeRelative(request, target)) return refusal;
    const std::size_t mark = target.find('?');
    const std::string_view rawPath = target.substr(0, mark);
    if (auto refusal = readPath(rawPath.empty() ? std::string_view("/") : rawPath, request)) return refusal;
    if (mark == std::string_view::npos) return std::nullopt;
    auto query = decodePairs("query", target.substr(mark + 1), mostParameters);
    if (!query) return Refusal{400, query.error()};
    request.query = *std::move(query);
    return std::nullopt;
}

}  // namespace tickmark::http
