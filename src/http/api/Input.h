// What calls bring along: JSON bodies, revisions, query parameters.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/storage/Page.h"

namespace tickmark::http::api {

/// Reads a body of application/json. Errors: Invalid "media-type"; those of Request::body and parseJson.
[[nodiscard]] Result<codec::Json> readJson(Request& request);

/// The revision in `If-Match: "7"`. Errors: Invalid "revision-needed" without the header, Invalid "if-match"
/// for anything but one number in quotes.
[[nodiscard]] Result<std::int64_t> revisionOf(const Request& request);

/// Reads {"versions":["E-0117/v1", …]}. Errors: as readJson; Invalid "body".
[[nodiscard]] Result<std::vector<std::string>> readVersions(Request& request);

/// `"7"`, as ETag carries it.
[[nodiscard]] std::string entityTag(std::int64_t rev);

/// A date member "YYYY-MM-DD"; absent and empty mean none. Complaints go to the reader.
[[nodiscard]] std::optional<Date> dateOf(codec::JsonReader& reader, std::string_view name);

/// A word of a fixed list; complaints go to the reader.
template <class Value>
[[nodiscard]] Value choiceOf(codec::JsonReader& reader, std::string_view name,
                             std::optional<Value> (*from)(std::string_view) noexcept, Value fallback) {
    const std::string word = reader.textOr(name, "");
    if (word.empty()) return fallback;
    if (const auto value = from(word)) return *value;
    reader.complain(invalid("unknown-word", reader.fieldName(name),
                            "\"" + word + "\" is not one of the words for this.",
                            "See the description of this address in /api/openapi.json."));
    return fallback;
}

/// Reads query parameters and reports every problem at once.
class QueryReader {
  public:
    explicit QueryReader(const Request& request) : m_request(request) {}

    [[nodiscard]] std::string text(std::string_view name) const {
        return std::string(m_request.queryValue(name));
    }
    [[nodiscard]] std::optional<Date> date(std::string_view name);
    [[nodiscard]] std::optional<Timestamp> moment(std::string_view name);
    /// "1", "true" and an empty value mean true; "0", "false" and absence mean false.
    [[nodiscard]] bool flag(std::string_view name);
    [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t fallback);
    /// `limit` and `after`.
    [[nodiscard]] storage::PageRequest page();
    /// Every value of a repeatable parameter as a word of a fixed list.
    template <class Value>
    [[nodiscard]] std::vector<Value> choices(std::string_view name,
                                             std::optional<Value> (*from)(std::string_view) noexcept) {
        std::vector<Value> values;
        for (const std::string_view word : valuesOf(m_request.query, name)) {
            if (const auto value = from(word))
                values.push_back(*value);
            else
                complain(name, "\"" + std::string(word) + "\" is not one of the words for this.");
        }
        return values;
    }
    void complain(std::string_view name, std::string message);
    /// Errors: Invalid "query".
    [[nodiscard]] Result<void> finish();

  private:
    const Request& m_request;
    std::vector<Error> m_problems{};
};

}  // namespace tickmark::http::api
