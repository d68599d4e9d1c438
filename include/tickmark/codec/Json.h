// JSON as the project keeps it: read strictly, written canonically.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::codec {

/// One JSON value. Objects keep their members sorted by UTF-16 code units, the order RFC 8785 section 3.2.3
/// asks for, so that writing is canonical without a second step. Integers beyond 2^53 - 1 in magnitude cannot
/// be held by a JSON number safely and are refused on reading and writing (I-JSON, RFC 7493 section 2.2):
/// write them as text.
class Json {
  public:
    struct MemberOrder {
        using is_transparent = void;
        [[nodiscard]] bool operator()(std::string_view a, std::string_view b) const noexcept;
    };
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, MemberOrder>;

    Json() noexcept;  // null
    Json(const Json&);
    Json(Json&&) noexcept;
    Json& operator=(const Json&);
    Json& operator=(Json&&) noexcept;
    ~Json();
    Json(std::nullptr_t) {}
    Json(bool value) : m_value(value) {}
    Json(int value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::int64_t value) : m_value(value) {}
    Json(unsigned value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(std::uint64_t value) : m_value(static_cast<std::int64_t>(value)) {}
    /// Keeps whole numbers up to 2^53 - 1 as integers, because JSON has one number type and 1.0 is written 1.
    Json(double value);
    Json(const char* value) : m_value(std::string(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(Array value) : m_value(std::move(value)) {}
    Json(Object value) : m_value(std::move(value)) {}

    [[nodiscard]] static Json array() { return Json(Array{}); }
    [[nodiscard]] static Json object() { return Json(Object{}); }

    [[nodiscard]] bool isNull() const noexcept { return m_value.index() == 0; }
    // Each answers nullptr when the value is of another kind.
    [[nodiscard]] const bool* boolean() const noexcept;
    [[nodiscard]] const std::int64_t* integer() const noexcept;
    [[nodiscard]] const double* real() const noexcept;
    /// The value of either kind of number; nothing when this is no number.
    [[nodiscard]] std::optional<double> number() const noexcept;
    [[nodiscard]] const std::string* text() const noexcept;
    [[nodiscard]] const Array* items() const noexcept;
    [[nodiscard]] Array* items() noexcept;
    [[nodiscard]] const Object* members() const noexcept;
    [[nodiscard]] Object* members() noexcept;

    /// The member of that name, or nullptr when this is no object or has no such member.
    [[nodiscard]] const Json* find(std::string_view name) const noexcept;
    /// The text member of that name, or an empty view.
    [[nodiscard]] std::string_view textAt(std::string_view name) const noexcept;
    /// The integer member of that name, or `fallback`.
    [[nodiscard]] std::int64_t integerAt(std::string_view name, std::int64_t fallback = 0) const noexcept;

    /// Sets a member; makes this an object when it is null. On anything else it is a bug and throws
    /// std::logic_error.
    Json& set(std::string_view name, Json value);
    /// Appends an item; makes this an array when it is null. On anything else it is a bug and throws
    /// std::logic_error.
    Json& push(Json value);

    bool operator==(const Json&) const = default;

  private:
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> m_value{nullptr};
};

/// Limits of one read. Defaults suit a request body.
struct JsonLimits {
    std::size_t maximumBytes = 4 * 1024 * 1024;
    std::size_t maximumDepth = 64;
    std::size_t maximumItems = 200'000;
};

/// Reads exactly one JSON text (RFC 8259) strictly: UTF-8 only, no duplicate member names, no comments, no
/// NaN, nothing after the value, within the limits. Errors: Invalid "json" with line and column; TooLarge
/// "json-too-large".
[[nodiscard]] Result<Json> parseJson(std::string_view text, const JsonLimits& limits = {});

/// Canonical bytes (RFC 8785): sorted members, no white space, ECMAScript number form. Texts must be UTF-8. A
/// number that parseJson would refuse (an integer beyond 2^53 - 1, not finite) is a bug of the caller and
/// throws std::logic_error.
[[nodiscard]] std::string canonicalJson(const Json& value);
/// For people: two spaces of indent, canonical member order, ends with a line feed.
[[nodiscard]] std::string prettyJson(const Json& value);
/// Appends `text` as a JSON string with quotes and escapes to `out` (for writers that build large lists
/// directly).
void appendJsonString(std::string& out, std::string_view text);

/// Reads the members of one object of a request and reports every problem at once: wrong types, missing
/// members, unknown members. Ask for members, then call finish().
class JsonReader {
  public:
    /// `path` prefixes field names in errors, e.g. "actions[2]."; may be empty.
    explicit JsonReader(const Json& object, std::string path = {});

    [[nodiscard]] std::string text(std::string_view name);  ///< required
    [[nodiscard]] std::string textOr(std::string_view name, std::string fallback);
    [[nodiscard]] std::int64_t integer(std::string_view name);  ///< required
    [[nodiscard]] std::int64_t integerOr(std::string_view name, std::int64_t fallback);
    [[nodiscard]] bool booleanOr(std::string_view name, bool fallback);
    [[nodiscard]] std::vector<std::string> textsOr(std::string_view name, std::vector<std::string> fallback);
    /// The array of that name as values, empty when absent.
    [[nodiscard]] std::vector<Json> arrayOr(std::string_view name);
    [[nodiscard]] const Json* member(std::string_view name);  ///< any type; nullptr when absent
    [[nodiscard]] bool has(std::string_view name) const;

    /// Adds a problem found by the caller for that field.
    void complain(Error error);
    [[nodiscard]] std::string fieldName(std::string_view name) const;

    /// Invalid "body" whose parts are all problems (unknown members too), or success.
    [[nodiscard]] Result<void> finish();

  private:
    [[nodiscard]] const Json* take(std::string_view name, const char* expected, bool required,
                                   bool (*fits)(const Json&));
    const Json& m_object;
    std::string m_path;
    std::vector<std::string> m_known{};
    std::vector<Error> m_problems{};
};

/// A JSON Schema (draft-07) compiled once; check() may be called from several threads. References must be
/// local ("#/…"). Formats date, time and date-time are checked, others are notes. A text of more than 2,000
/// bytes is refused where a pattern or format may apply to it. Errors name the place in the document as a
/// JSON Pointer in `field`.
class JsonSchema {
  public:
    /// Errors: Invalid "json-schema" when the schema itself is broken.
    [[nodiscard]] static Result<JsonSchema> compile(std::string_view schemaText);
    /// Errors: Invalid "json-schema-violation" with one part per violated rule.
    [[nodiscard]] Result<void> check(const Json& document) const;

    JsonSchema(JsonSchema&&) noexcept;
    JsonSchema& operator=(JsonSchema&&) noexcept;
    ~JsonSchema();

  private:
    struct Compiled;
    explicit JsonSchema(std::unique_ptr<Compiled> compiled);
    std::unique_ptr<Compiled> m_compiled;
};

}  // namespace tickmark::codec
