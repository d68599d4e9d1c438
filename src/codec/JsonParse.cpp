#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "codec/JsonNumber.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::codec {
namespace {

/// Feeds the lexer byte by byte and lets the builder see how far it has read: events carry no position of
/// their own.
class TrackedByte {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    TrackedByte(const char* at, const char** reached) : m_at(at), m_reached(reached) {}
    reference operator*() const { return *m_at; }
    TrackedByte& operator++() {
        *m_reached = ++m_at;
        return *this;
    }
    TrackedByte operator++(int) {
        TrackedByte before = *this;
        ++*this;
        return before;
    }
    bool operator==(const TrackedByte& other) const { return m_at == other.m_at; }
    bool operator!=(const TrackedByte& other) const { return m_at != other.m_at; }

  private:
    const char* m_at;
    const char** m_reached;
};

Error badJson(std::string_view text, std::size_t at, const std::string& what, std::string fix) {
    const std::string_view before = text.substr(0, std::min(at, text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineStart = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    const std::size_t column = codePoints(before.substr(lineStart)) + 1;
    return invalid("json", "",
                   "The JSON is wrong at line " + std::to_string(line) + ", column " +
                       std::to_string(column) + ": " + what,
                   std::move(fix));
}

/// A name from the input, fit to stand in a message: short, and without control characters.
std::string shown(std::string_view name) {
    std::string out;
    for (const char c : name.substr(0, 60))
        out += static_cast<std::uint8_t>(c) < 0x20U || c == '\x7F' ? '?' : c;
    while (!isUtf8(out)) out.pop_back();
    return '"' + out + (name.size() > 60 ? "…\"" : "\"");
}

/// The lexer's reason without its prefix and without the bytes it read last, which may be anything.
std::string reasonOf(std::string_view message) {
    const auto dash = message.find(" - ");
    if (dash != std::string_view::npos) message.remove_prefix(dash + 3);
    const auto lastRead = message.find("; last read: ");
    return std::string(message.substr(0, lastRead)) + ".";
}

/// Builds the value from the parser's events and refuses what the grammar allows and this project does not.
/// The parser keeps its own stack on the heap, so depth costs nothing before the cap stops it.
class Builder {
  public:
    // The parser asks for these names. NOLINTBEGIN(readability-identifier-naming)
    using number_integer_t = nlohmann::json::number_integer_t;
    using number_unsigned_t = nlohmann::json::number_unsigned_t;
    using number_float_t = nlohmann::json::number_float_t;
    using string_t = nlohmann::json::string_t;
    using binary_t = nlohmann::json::binary_t;

    Builder(std::string_view text, const JsonLimits& limits, const char* const& reached)
        : m_text(text), m_limits(limits), m_reached(reached) {}

    bool null() { return place({}) != nullptr; }
    bool boolean(bool value) { return place(value) != nullptr; }
    bool number_integer(number_integer_t value) {
        return isSafeInteger(value) ? place(value) != nullptr : refuseInteger();
    }
    bool number_unsigned(number_unsigned_t value) {
        const bool safe = value <= static_cast<number_unsigned_t>(largestSafeInteger);
        return safe ? place(value) != nullptr : refuseInteger();
    }
    bool number_float(number_float_t value, const string_t& written) {
        const bool plainDigits = written.find_first_of(".eE") == string_t::npos;
        return plainDigits || looksLikeUnsafeInteger(value) ? refuseInteger() : place(value) != nullptr;
    }
    bool string(string_t& value) { return place(std::move(value)) != nullptr; }
    bool binary(binary_t& /*value*/) { return false; }  // only the binary formats send it
    bool start_object(std::size_t /*size*/) { return open(Json::object()); }
    bool start_array(std::size_t /*size*/) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }

    bool key(string_t& name) {
        Json::Object& object = *m_open.back()->members();
        const auto [place, fresh] = object.try_emplace(name);
        if (!fresh) {
            return refuse(stringStart(), "the member " + shown(name) + " appears twice in the same object.",
                          "Keep one of them.");
        }
        m_member = &place->second;
        return true;
    }

    bool parse_error(std::size_t position, const std::string& /*token*/,
                     const nlohmann::json::exception& problem) {
        const std::size_t at = position == 0 ? 0 : position - 1;
        constexpr int numberOverflow = 406;
        if (problem.id == numberOverflow) {
            return refuse(numberStart(), "the number is too large.", "Write it as text, in quotes.");
        }
        return refuse(at, reasonOf(problem.what()), "Send one well-formed JSON text in UTF-8.");
    }

    // NOLINTEND(readability-identifier-naming)

    [[nodiscard]] Result<Json> take() {
        if (m_error) return std::move(*m_error);
        return std::move(m_root);
    }

  private:
    /// Puts a value where it belongs; nullptr when there are too many.
    Json* place(Json value) {
        if (++m_items > m_limits.maximumItems) {
            m_error = Error{ErrorKind::TooLarge,
                            "json-too-large",
                            "The JSON holds more than " + std::to_string(m_limits.maximumItems) + " values.",
                            "",
                            "",
                            "Send it in smaller parts."};
            return nullptr;
        }
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        if (Json::Array* array = m_open.back()->items()) return &array->emplace_back(std::move(value));
        *m_member = std::move(value);
        return m_member;
    }

    bool open(Json container) {
        if (m_open.size() >= m_limits.maximumDepth) {
            return refuse(readSoFar() - 1,
                          "arrays and objects are nested more than " + std::to_string(m_limits.maximumDepth) +
                              " levels deep.",
                          "Flatten it.");
        }
        // A pointer to the newest item stays good: its parent gets no further item before this one is closed.
        Json* placed = place(std::move(container));
        if (placed != nullptr) m_open.push_back(placed);
        return placed != nullptr;
    }

    bool close() {
        m_open.pop_back();
        return true;
    }

    bool refuse(std::size_t at, const std::string& what, std::string fix) {
        m_error = badJson(m_text, at, what, std::move(fix));
        return false;
    }

    bool refuseInteger() {
        return refuse(numberStart(),
                      "the integer is beyond 9007199254740991 (2^53 - 1), which not every reader keeps "
                      "exactly.",
                      "Write it as text, in quotes.");
    }

    [[nodiscard]] std::size_t readSoFar() const {
        return static_cast<std::size_t>(m_reached - m_text.data());
    }

    /// Where the string begins that was read last: back to the nearest quote that is not escaped.
    [[nodiscard]] std::size_t stringStart() const {
        std::size_t at = readSoFar() - 1;
        while (at > 0) {
            --at;
            if (m_text[at] != '"') continue;
            std::size_t slashes = 0;
            while (slashes < at && m_text[at - 1 - slashes] == '\\') ++slashes;
            if (slashes % 2 == 0) break;
        }
        return at;
    }

    /// Where the number begins that was read last. The lexer has looked one byte beyond it, unless the text
    /// ended.
    [[nodiscard]] std::size_t numberStart() const {
        constexpr std::string_view letters = "+-.0123456789eE";
        std::size_t at = readSoFar();
        if (at > 0 && letters.find(m_text[at - 1]) == std::string_view::npos) --at;
        while (at > 0 && letters.find(m_text[at - 1]) != std::string_view::npos) --at;
        return at;
    }

    std::string_view m_text;
    const JsonLimits& m_limits;
    const char* const& m_reached;
    Json m_root{};
    std::vector<Json*> m_open{};
    Json* m_member = nullptr;
    std::size_t m_items = 0;
    std::optional<Error> m_error{};
};

}  // namespace

Result<Json> parseJson(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.maximumBytes) {
        return Error{ErrorKind::TooLarge,
                     "json-too-large",
                     "The JSON is " + std::to_string(text.size()) + " bytes long; " +
                         std::to_string(limits.maximumBytes) + " are allowed.",
                     "",
                     "",
                     "Send it in smaller parts."};
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        return badJson(text, 0, "it begins with a byte order mark.", "Save it as UTF-8 without one.");
    }
    // The lexer takes a zero byte for the end of the text and would pass over all that follows.
    if (const auto zero = text.find('\0'); zero != std::string_view::npos) {
        return badJson(text, zero, "a zero byte stands in it.", "Send one well-formed JSON text in UTF-8.");
    }
    const char* reached = text.data();
    Builder builder(text, limits, reached);
    const TrackedByte begin(text.data(), &reached);
    const TrackedByte end(text.data() + text.size(), &reached);
    nlohmann::json::sax_parse(begin, end, &builder);
    return builder.take();
}

}  // namespace tickmark::codec
