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

Error derError(std::string_view what, std::string_view problem) {
    return invalid("der", "signature",
                   "The signature's " + std::string(what) + " " + std::string(problem) + ".");
}

bool sameBytes(ByteView a, ByteView b) noexcept { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

bool DerReader::nextIs(std::uint8_t identifier) const noexcept {
    return !m_rest.empty() && m_rest[0] == identifier;
}

Result<DerElement> DerReader::take(std::uint8_t identifier, std::string_view what) {
    const auto element = elementAt(m_rest);
    if (!element) return derError(what, "is missing or damaged");
    if (element->identifier != identifier) return derError(what, "is of the wrong type");
    m_rest = m_rest.subspan(element->whole.size());
    return *element;
}

Result<void> DerReader::expectEnd(std::string_view what) const {
    if (!atEnd()) return derError(what, "is followed by bytes that do not belong there");
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

}  // namespace tickmark::crypto
