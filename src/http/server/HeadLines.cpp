#include "http/server/HeadLines.h"

#include "http/server/Characters.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

// Poco reads no more than this of one field and takes the rest for the next line.
constexpr std::size_t longestName = 200;
constexpr std::size_t longestValue = 8000;
constexpr std::size_t longestMethod = 30;

std::string_view takeLine(std::string_view& rest) {
    const std::size_t end = rest.find("\r\n");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

bool isTargetCharacter(char c) {
    return c > ' ' && c < '\x7F' && c != '#' && c != '"' && c != '<' && c != '>';
}

std::optional<Refusal> checkVersion(std::string_view version) {
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return std::nullopt;
    if (version.size() == 8 && version.starts_with("HTTP/") && isDigit(version[5]) && version[6] == '.' &&
        isDigit(version[7])) {
        return Refusal{505, invalid("http-version", "request line", "The HTTP version is not spoken here.",
                                    "Use HTTP/1.1.")};
    }
    return malformed("The request line must end with HTTP/1.1.");
}

std::optional<Refusal> cutRequestLine(std::string_view line, const ServerLimits& limits,
                                      RequestLine& request) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) {
        return malformed("The request line must be a method, a target and a version, one space between.");
    }
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    request.version = line.substr(last + 1);
    if (!isToken(request.method) || request.method.size() > longestMethod) {
        return malformed("The method must be a token of at most 30 characters.");
    }
    if (request.target.size() > limits.targetBytes) {
        return Refusal{414, invalid("target-too-long", "request target",
                                    "The request target is longer than " +
                                        std::to_string(limits.targetBytes) + " bytes.",
                                    "Send long input in the body.")};
    }
    if (!std::all_of(request.target.begin(), request.target.end(), isTargetCharacter)) {
        return malformed("The request target must hold visible ASCII characters only; encode others as %XX.");
    }
    return checkVersion(request.version);
}

std::optional<Refusal> cutField(std::string_view line, FieldLine& field) {
    if (line.front() == ' ' || line.front() == '\t') {
        return malformed("A header field must not be folded over several lines.");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("A header field must have a colon after its name.");
    field.name = line.substr(0, colon);
    if (!isToken(field.name)) {
        return malformed("A header field's name must be a token with the colon right behind it.");
    }
    field.value = line.substr(colon + 1);
    while (!field.value.empty() && (field.value.front() == ' ' || field.value.front() == '\t')) {
        field.value.remove_prefix(1);
    }
    while (!field.value.empty() && (field.value.back() == ' ' || field.value.back() == '\t')) {
        field.value.remove_suffix(1);
    }
    if (!isValue(field.value) || !isUtf8(field.value)) {
        return malformed("A header field's value must be UTF-8 text without control characters.");
    }
    if (field.name.size() > longestName || field.value.size() > longestValue) {
        return Refusal{431,
                       invalid("header-too-large", std::string(field.name.substr(0, 40)),
                               "A header field is longer than " + std::to_string(longestValue) + " bytes.",
                               "Send long input in the body.")};
    }
    return std::nullopt;
}

}  // namespace

Refusal malformed(std::string rule) {
    Error error = invalid("malformed-request", "request head", "The request head breaks a rule of HTTP/1.1.",
                          "Correct the client that sent it.");
    error.rule = std::move(rule);
    return {400, std::move(error)};
}

std::optional<Refusal> cutHead(std::string_view head, const ServerLimits& limits, HeadLines& lines) {
    if (auto refusal = cutRequestLine(takeLine(head), limits, lines.request)) return refusal;
    for (std::string_view line = takeLine(head); !line.empty(); line = takeLine(head)) {
        if (lines.fields.size() == limits.headFields) {
            return Refusal{
                431, invalid("too-many-headers", "request head",
                             "There are more than " + std::to_string(limits.headFields) + " header fields.",
                             "Send fewer.")};
        }
        FieldLine field;
        if (auto refusal = cutField(line, field)) return refusal;
        // A page's address may well hold "=?"; nothing here needs the Referer, so it is left out.
        const bool encodedWord = field.value.find("=?") != std::string_view::npos;
        if (encodedWord && sameName(field.name, "referer"))
            field.value = {};
        else if (encodedWord)
            return malformed("A header field's value must not hold \"=?\".");
        lines.fields.push_back(field);
    }
    return std::nullopt;
}

}  // namespace tickmark::http
