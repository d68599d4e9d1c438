#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "codec/JsonNumber.h"
#include "tickmark/codec/Json.h"

namespace tickmark::codec {
namespace {

constexpr const char* beyondSafe = "an integer beyond 2^53 - 1 must be written as text";

bool needsEscape(char c) noexcept { return static_cast<std::uint8_t>(c) < 0x20U || c == '"' || c == '\\'; }

/// Whether any of the eight bytes needs an escape: the well-known "has a byte less than n" and "has a zero
/// byte" tests on a machine word.
bool anyNeedsEscape(std::uint64_t word) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    constexpr std::uint64_t highs = 0x8080808080808080U;
    const std::uint64_t control = (word - ones * 0x20U) & ~word;
    const std::uint64_t quote = word ^ (ones * 0x22U);
    const std::uint64_t slash = word ^ (ones * 0x5CU);
    return ((control | ((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & highs) != 0;
}

/// The end of the run from `from` that can be copied as it is.
std::size_t plainUntil(std::string_view text, std::size_t from) noexcept {
    std::size_t at = from;
    while (at + 8 <= text.size()) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, 8);
        if (anyNeedsEscape(word)) break;
        at += 8;
    }
    while (at < text.size() && !needsEscape(text[at])) ++at;
    return at;
}

void appendEscape(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view special = "\b\t\n\f\r\"\\";
    constexpr std::string_view letters = "btnfr\"\\";
    out += '\\';
    if (const auto at = special.find(c); at != std::string_view::npos) {
        out += letters[at];
        return;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out += "u00";
    out += hex[byte >> 4U];
    out += hex[byte & 15U];
}

void appendInteger(std::string& out, std::int64_t value) {
    if (!isSafeInteger(value)) throw std::logic_error(beyondSafe);
    std::array<char, 24> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), written.ptr);
}

/// Writes a value in either layout; the recursion is as deep as the value, which every reader caps.
class Writer {
  public:
    Writer(std::string& out, bool pretty) : m_out(out), m_pretty(pretty) {}

    void write(const Json& value) {
        if (value.isNull())
            m_out += "null";
        else if (const auto* truth = value.boolean())
            m_out += *truth ? "true" : "false";
        else if (const auto* whole = value.integer())
            appendInteger(m_out, *whole);
        else if (const auto* fraction = value.real())
            writeReal(*fraction);
        else if (const auto* text = value.text())
            appendJsonString(m_out, *text);
        else if (const auto* items = value.items())
            writeArray(*items);
        else
            writeObject(*value.members());
    }

  private:
    void writeReal(double value) {
        if (!std::isfinite(value)) throw std::logic_error("JSON has no number that is not finite");
        if (looksLikeUnsafeInteger(value)) throw std::logic_error(beyondSafe);
        appendNumber(m_out, value);
    }

    void writeArray(const Json::Array& items) {
        m_out += '[';
        ++m_depth;
        bool first = true;
        for (const Json& item : items) {
            separate(first);
            write(item);
            first = false;
        }
        close(']', first);
    }

    void writeObject(const Json::Object& members) {
        m_out += '{';
        ++m_depth;
        bool first = true;
        for (const auto& [name, value] : members) {
            separate(first);
            appendJsonString(m_out, name);
            m_out += m_pretty ? ": " : ":";
            write(value);
            first = false;
        }
        close('}', first);
    }

    void separate(bool first) {
        if (!first) m_out += ',';
        if (m_pretty) newLine();
    }

    void close(char bracket, bool empty) {
        --m_depth;
        if (m_pretty && !empty) newLine();
        m_out += bracket;
    }

    void newLine() {
        m_out += '\n';
        m_out.append(m_depth * 2, ' ');
    }

    std::string& m_out;
    bool m_pretty;
    std::size_t m_depth = 0;
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = plainUntil(text, at);
        out.append(text, at, end - at);
        if (end < text.size()) appendEscape(out, text[end]);
        at = end + 1;
    }
    out += '"';
}

std::string canonicalJson(const Json& value) {
    std::string out;
    Writer(out, false).write(value);
    return out;
}

std::string prettyJson(const Json& value) {
    std::string out;
    Writer(out, true).write(value);
    out += '\n';
    return out;
}

}  // namespace tickmark::codec
