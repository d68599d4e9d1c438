#include "http/server/Percent.h"

#include <array>
#include <optional>

#include "http/server/Characters.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http {
namespace {

std::optional<unsigned> hexDigit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    return std::nullopt;
}

std::optional<char> escapedByte(std::string_view text, std::size_t at) {
    if (at + 2 >= text.size()) return std::nullopt;
    const auto high = hexDigit(text[at + 1]);
    const auto low = hexDigit(text[at + 2]);
    if (!high || !low) return std::nullopt;
    return static_cast<char>(*high * 16U + *low);
}

Error badEncoding(std::string_view field, std::string message) {
    return invalid("percent-encoding", std::string(field), std::move(message),
                   "Encode the text as UTF-8, then each byte outside A-Z a-z 0-9 - . _ ~ as %XX.");
}

}  // namespace

Result<std::string> percentDecode(std::string_view field, std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && plus == Plus::Space) {
            out += ' ';
        } else if (text[at] != '%') {
            out += text[at];
        } else {
            const auto byte = escapedByte(text, at);
            if (!byte) return badEncoding(field, "A percent sign is not followed by two hexadecimal digits.");
            out += *byte;
            at += 2;
        }
    }
    if (out.find('\0') != std::string::npos) return badEncoding(field, "The text holds a NUL byte.");
    if (!isUtf8(out)) return badEncoding(field, "The decoded text is not valid UTF-8.");
    return out;
}

Result<std::vector<NameValue>> decodePairs(std::string_view field, std::string_view text,
                                           std::size_t maximum) {
    std::vector<NameValue> pairs;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (pair.empty()) continue;
        if (pairs.size() == maximum) {
            return Error{ErrorKind::TooLarge, "too-many-parameters",
                         "There are more than " + std::to_string(maximum) + " parameters.",
                         std::string(field)};
        }
        const std::size_t equals = pair.find('=');
        TM_TRY(std::string name, percentDecode(field, pair.substr(0, equals), Plus::Space));
        const std::string_view raw =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        TM_TRY(std::string value, percentDecode(name, raw, Plus::Space));
        pairs.push_back({std::move(name), std::move(value)});
    }
    return pairs;
}

std::string percentEncode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isUnreserved(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out;
}

}  // namespace tickmark::http
