#include "tickmark/foundation/Bytes.h"

#include <algorithm>
#include <array>

namespace tickmark {
namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view base64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hexValue(char digit) {
    const auto at = hexDigits.find(digit);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

Error badBase64(std::string why) { return invalid("base64", "", "This is not base64: " + std::move(why)); }

}  // namespace

ByteView viewOf(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string_view textOf(ByteView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes bytesOf(std::string_view text) { return {text.begin(), text.end()}; }

std::string toHex(ByteView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += hexDigits[byte >> 4U];
        text += hexDigits[byte & 15U];
    }
    return text;
}

Result<Bytes> fromHex(std::string_view text) {
    if (text.size() % 2 != 0) return invalid("hex", "", "Hexadecimal text needs an even number of digits.");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hexValue(text[i]);
        const int low = hexValue(text[i + 1]);
        if (high < 0 || low < 0)
            return invalid("hex", "", "Only the digits 0-9 and a-f are hexadecimal here.");
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

std::string toBase64(ByteView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = static_cast<std::uint32_t>(bytes[i]) << 16U;
        if (left > 1) group |= static_cast<std::uint32_t>(bytes[i + 1]) << 8U;
        if (left > 2) group |= bytes[i + 2];
        text += base64Alphabet[(group >> 18U) & 63U];
        text += base64Alphabet[(group >> 12U) & 63U];
        text += left > 1 ? base64Alphabet[(group >> 6U) & 63U] : '=';
        text += left > 2 ? base64Alphabet[group & 63U] : '=';
    }
    return text;
}

Result<Bytes> fromBase64(std::string_view text) {
    if (text.size() % 4 != 0) return badBase64("its length is not a multiple of four.");
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    const std::string_view body = text.substr(0, text.size() - padding);
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const char letter : body) {
        const auto at = base64Alphabet.find(letter);
        if (at == std::string_view::npos) return badBase64("a character is outside its alphabet.");
        group = (group << 6U) | static_cast<std::uint32_t>(at);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>((group >> bits) & 255U));
        }
    }
    if ((group & ((1U << bits) - 1U)) != 0) return badBase64("the last character carries stray bits.");
    return bytes;
}

Result<std::size_t> MemorySource::read(std::span<std::uint8_t> buffer) {
    const std::size_t count = std::min(buffer.size(), m_rest.size());
    std::copy_n(m_rest.begin(), count, buffer.begin());
    m_rest = m_rest.subspan(count);
    return count;
}

Result<void> MemorySink::write(ByteView bytes) {
    if (bytes.size() > m_cap - m_bytes.size()) {
        return Error{ErrorKind::TooLarge, "too-large",
                     "The content is longer than its cap of " + std::to_string(m_cap) + " bytes."};
    }
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return {};
}

Result<std::uint64_t> copyAll(ByteSource& source, ByteSink& sink) {
    // Filled by read; clearing it first would cost as much as small copies take.
    std::array<std::uint8_t, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
    std::uint64_t total = 0;
    for (;;) {
        TM_TRY(const std::size_t count, source.read(buffer));
        if (count == 0) return total;
        TM_CHECK(sink.write(ByteView(buffer.data(), count)));
        total += count;
    }
}

}  // namespace tickmark
