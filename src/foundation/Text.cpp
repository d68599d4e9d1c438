#include "tickmark/foundation/Text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace tickmark {
namespace {

/// One decoded code point and the bytes it took; length 0 means malformed.
struct Decoded {
    std::uint32_t point = 0;
    std::size_t length = 0;
};

std::uint32_t byteAt(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

Decoded decodeAt(std::string_view text, std::size_t at) {
    const std::uint32_t first = byteAt(text, at);
    if (first < 0x80U) return {first, 1};
    std::size_t length = 0;
    if (first >= 0xC2U && first <= 0xDFU)
        length = 2;
    else if (first >= 0xE0U && first <= 0xEFU)
        length = 3;
    else if (first >= 0xF0U && first <= 0xF4U)
        length = 4;
    if (length == 0 || at + length > text.size()) return {};
    std::uint32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const std::uint32_t next = byteAt(text, at + i);
        if ((next & 0xC0U) != 0x80U) return {};
        point = (point << 6U) | (next & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> lowest{0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = point >= 0xD800U && point <= 0xDFFFU;
    if (point < lowest[length] || point > 0x10FFFFU || surrogate) return {};
    return {point, length};
}

bool isBidirectionalMark(std::uint32_t point) {
    return (point >= 0x202AU && point <= 0x202EU) || (point >= 0x2066U && point <= 0x2069U) ||
           point == 0x200EU || point == 0x200FU || point == 0x061CU;
}

bool isControl(std::uint32_t point) {
    return point < 0x20U || (point >= 0x7FU && point <= 0x9FU) || point == 0x2028U || point == 0x2029U;
}

std::string withoutCarriageReturns(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        out += text[i];
    }
    return out;
}

Error badText(std::string_view field, std::string message, std::string fix) {
    return invalid("text", std::string(field), std::move(message), std::move(fix));
}

Result<void> checkCharacters(std::string_view field, std::string_view text, bool multiline) {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decodeAt(text, at);
        if (next.length == 0) {
            return badText(field, "The text is not valid UTF-8 at byte " + std::to_string(at) + ".",
                           "Save it as UTF-8 and send it again.");
        }
        const bool allowedBreak = multiline && (next.point == '\n' || next.point == '\t');
        if (isControl(next.point) && !allowedBreak) {
            return badText(
                field, "The text holds a control character at byte " + std::to_string(at) + ".",
                multiline ? "Only line breaks and tabs may stand in it." : "Write it on one line.");
        }
        if (isBidirectionalMark(next.point)) {
            return badText(field, "The text holds an invisible mark that changes the reading direction.",
                           "Remove it.");
        }
        at += next.length;
    }
    return {};
}

Error badName(std::string_view field, std::string message) {
    return invalid("file-name", std::string(field), std::move(message),
                   "Rename the file and hand it over again.");
}

bool isReservedDevice(std::string_view stem) {
    constexpr std::array<std::string_view, 6> plain{"con", "prn", "aux", "nul", "com", "lpt"};
    const std::string small = lower(stem);
    if (std::find(plain.begin(), plain.begin() + 4, small) != plain.begin() + 4) return true;
    return small.size() == 4 && small[3] >= '0' && small[3] <= '9' &&
           (small.starts_with("com") || small.starts_with("lpt"));
}

constexpr std::size_t longestPortableName = 100;
constexpr std::size_t longestKeptExtension = 16;  // with its dot

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

/// Everything else becomes an underscore, several in a row one.
std::string withPlainCharacters(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (isPlain(c)) {
            out += c;
        } else if (out.empty() || out.back() != '_') {
            out += '_';
        }
    }
    return out;
}

void withoutTrailingDots(std::string& name) {
    while (!name.empty() && name.back() == '.') name.pop_back();
}

}  // namespace

std::size_t utf8Length(std::string_view text) noexcept { return decodeAt(text, 0).length; }

bool isUtf8(std::string_view text) noexcept {
    for (std::size_t at = 0; at < text.size();) {
        const Decoded next = decodeAt(text, at);
        if (next.length == 0) return false;
        at += next.length;
    }
    return true;
}

std::size_t codePoints(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U; }));
}

Result<std::string> cleanText(std::string_view field, std::string_view text, const TextRule& rule) {
    std::string clean = withoutCarriageReturns(trim(text));
    TM_CHECK(checkCharacters(field, clean, rule.multiline));
    const std::size_t length = codePoints(clean);
    if (length < rule.minimum) {
        return badText(field,
                       clean.empty() ? "This must not be empty."
                                     : "This is too short: " + std::to_string(length) + " characters.",
                       "Write at least " + std::to_string(rule.minimum) +
                           (rule.minimum == 1 ? " character." : " characters."));
    }
    if (length > rule.maximum) {
        return badText(field, "This is too long: " + std::to_string(length) + " characters.",
                       "Keep it to " + std::to_string(rule.maximum) + " characters.");
    }
    return clean;
}

Result<std::string> checkFileName(std::string_view field, std::string_view name) {
    if (name.empty()) return badName(field, "The file has no name.");
    if (name == "." || name == "..") return badName(field, "The file's name is a folder's name.");
    if (name.size() > 255) {
        return badName(field,
                       "The file's name is " + std::to_string(name.size()) + " bytes long; 255 are allowed.");
    }
    for (std::size_t at = 0; at < name.size();) {
        const Decoded next = decodeAt(name, at);
        if (next.length == 0) return badName(field, "The file's name is not valid UTF-8.");
        if (next.point == '/' || next.point == '\\')
            return badName(field, "The file's name holds a separator (/ or \\).");
        if (isControl(next.point)) return badName(field, "The file's name holds a control character.");
        if (isBidirectionalMark(next.point)) {
            return badName(field,
                           "The file's name holds an invisible mark that changes the reading direction.");
        }
        at += next.length;
    }
    return std::string(name);
}

std::string portableFileName(std::string_view name) {
    std::string out = withPlainCharacters(name);
    out.erase(0, out.find_first_not_of(".-"));
    withoutTrailingDots(out);
    if (out.empty()) out = "file";
    if (isReservedDevice(std::string_view(out).substr(0, out.find('.')))) out.insert(out.begin(), '_');
    if (out.size() > longestPortableName) {
        const auto dot = out.rfind('.');
        const bool isShort = dot != std::string::npos && out.size() - dot <= longestKeptExtension;
        const std::string extension = isShort ? out.substr(dot) : "";
        out = out.substr(0, longestPortableName - extension.size()) + extension;
        withoutTrailingDots(out);
    }
    return out;
}

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view white = " \t\r\n\v\f";
    const auto first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

std::string filledIn(std::string_view pattern, std::initializer_list<std::string_view> gaps) {
    constexpr std::string_view gap = "{}";
    std::string out;
    for (const std::string_view value : gaps) {
        const std::size_t at = pattern.find(gap);
        if (at == std::string_view::npos) break;
        out.append(pattern.substr(0, at)).append(value);
        pattern.remove_prefix(at + gap.size());
    }
    return out.append(pattern);
}

}  // namespace tickmark
