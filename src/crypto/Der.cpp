#include "crypto/Der.h"

#include <algorithm>
#include <optional>

namespace tickmark::crypto {

namespace {

// A length and how many bytes it took.
struct Length {
    std::size_t value = 0;
    std::size_t width = 0;
};

std::optional<Length> lengthAt(ByteView bytes) {
    if (bytes.empty()) return std::nullopt;
    const std::uint8_t first = bytes[0];
    if (first < 0x80) return Length{first, 1};
    const std::size_t count = first & 0x7FU;
    if (count == 0 || count > 4 || bytes.size() < count + 1) return std::nullopt;
    std::size_t value = 0;
    for (std::size_t i = 1; i <= count; ++i) value = value << 8U | bytes[i];
    const bool shortest = value >= 0x80 && bytes[1] != 0;
    if (!shortest) return std::nullopt;
    return Length{value, count + 1};
}

std::optional<DerElement> elementAt(ByteView bytes) {
    if (bytes.size() < 2 || (bytes[0] & 0x1FU) == 0x1FU) return std::nullopt;
    const auto length = lengthAt(bytes.subspan(1));
    if (!length) return std::nullopt;
    const std::size_t header = 1 + length->width;
    if (length->value > bytes.size() - header) return std::nullopt;
    return DerElement{bytes[0], bytes.first(header + length->value), bytes.subspan(header, length->value)};
}

}  // namespace

Error derError(std::string_view what, std::string_view problem, std::string_view subject) {
    return invalid(
        "der", std::string(subject),
        "The " + std::string(subject) + "'s " + std::string(what) + " " + std::string(problem) + ".");
}

bool sameBytes(ByteView a, ByteView b) noexcept { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

Error DerReader::error(std::string_view what, std::string_view problem) const {
    return derError(what, problem, m_subject);
}

bool DerReader::nextIs(std::uint8_t identifier) const noexcept {
    return !m_rest.empty() && m_rest[0] == identifier;
}

Result<DerElement> DerReader::take(std::uint8_t identifier, std::string_view what) {
    const auto element = elementAt(m_rest);
    if (!element) return error(what, "is missing or damaged");
    if (element->identifier != identifier) return error(what, "is of the wrong type");
    m_rest = m_rest.subspan(element->whole.size());
    return *element;
}

Result<DerReader> DerReader::enter(std::uint8_t identifier, std::string_view what) {
    TM_TRY(const DerElement element, take(identifier, what));
    return inside(element);
}

Result<DerElement> DerReader::only(std::uint8_t identifier, std::string_view what) {
    TM_TRY(const DerElement element, take(identifier, what));
    TM_CHECK(expectEnd(what));
    return element;
}

Result<DerElement> DerReader::takeInteger(std::string_view what, std::uint8_t identifier) {
    TM_TRY(const DerElement element, take(identifier, what));
    const ByteView bytes = element.content;
    // Section 8.3.2: the first nine bits are neither all zero nor all one.
    const bool padded =
        bytes.size() > 1 && ((bytes[0] == 0x00 && bytes[1] < 0x80) || (bytes[0] == 0xFF && bytes[1] >= 0x80));
    if (bytes.empty() || padded) return error(what, "is not written as DER asks");
    return element;
}

Result<std::int64_t> DerReader::takeNumber(std::string_view what, std::int64_t most,
                                           std::uint8_t identifier) {
    TM_TRY(const DerElement element, takeInteger(what, identifier));
    const ByteView bytes = element.content;
    if (bytes[0] >= 0x80 || bytes.size() > 8) return error(what, "is out of range");
    std::int64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value * 256 + byte;
    if (value > most) return error(what, "is out of range");
    return value;
}

Result<void> DerReader::expectEnd(std::string_view what) const {
    if (!atEnd()) return error(what, "is followed by bytes that do not belong there");
    return {};
}

bool isOrderedSet(ByteView content) {
    ByteView previous;
    while (!content.empty()) {
        const auto element = elementAt(content);
        if (!element) return false;
        const ByteView whole = element->whole;
        const bool ascends =
            std::lexicographical_compare(previous.begin(), previous.end(), whole.begin(), whole.end());
        if (!ascends) return false;
        previous = whole;
        content = content.subspan(whole.size());
    }
    return true;
}

Bytes derOfParts(std::uint8_t identifier, std::initializer_list<ByteView> parts) {
    std::size_t size = 0;
    for (const ByteView part : parts) size += part.size();
    Bytes der;
    der.reserve(size + 2 + sizeof(size));
    der.push_back(identifier);
    if (size < 0x80) {
        der.push_back(static_cast<std::uint8_t>(size));
    } else {
        unsigned width = 0;
        for (std::size_t rest = size; rest > 0; rest >>= 8U) ++width;
        der.push_back(static_cast<std::uint8_t>(0x80U | width));
        while (width > 0) der.push_back(static_cast<std::uint8_t>(size >> (8U * --width) & 0xFFU));
    }
    for (const ByteView part : parts) der.insert(der.end(), part.begin(), part.end());
    return der;
}

}  // namespace tickmark::crypto
