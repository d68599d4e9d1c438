#include "http/api/Input.h"

#include <charconv>

namespace tickmark::http::api {
namespace {

std::optional<std::int64_t> wholeNumber(std::string_view digits) {
    std::int64_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return {};
    return value;
}

}  // namespace

Result<codec::Json> readJson(Request& request) {
    if (request.mediaType() != "application/json") {
        return invalid("media-type", "Content-Type", "The body is not declared as JSON.",
                       "Send Content-Type: application/json.");
    }
    TM_TRY(const std::string text, request.bodyText());
    return codec::parseJson(text);
}

Result<std::int64_t> revisionOf(const Request& request) {
    const std::string_view field = request.header("if-match");
    if (field.empty()) {
        return invalid("revision-needed", "If-Match", "A change must say which revision it changes.",
                       "Load the thing and send its ETag back, e.g. If-Match: \"3\".");
    }
    const bool quoted = field.size() > 2 && field.front() == '"' && field.back() == '"';
    const auto rev = quoted ? wholeNumber(field.substr(1, field.size() - 2)) : std::nullopt;
    if (!rev || *rev < 1) {
        return invalid("if-match", "If-Match", "This is no revision.",
                       "Send one number in quotes, as ETag gave it: If-Match: \"3\".");
    }
    return *rev;
}

Result<std::vector<std::string>> readVersions(Request& request) {
    TM_TRY(const codec::Json body, readJson(request));
    codec::JsonReader reader(body);
    auto versions = reader.textsOr("versions", {});
    if (!reader.has("versions")) {
        reader.complain(invalid("missing-member", "versions", "This is missing.",
                                "Send the versions as texts, e.g. [\"E-0117/v1\"]."));
    }
    TM_CHECK(reader.finish());
    return versions;
}

std::string entityTag(std::int64_t rev) { return '"' + std::to_string(rev) + '"'; }

std::optional<Date> dateOf(codec::JsonReader& reader, std::string_view name) {
    const std::string text = reader.textOr(name, "");
    if (text.empty()) return std::nullopt;
    auto date = Date::parse(text);
    if (date) return *date;
    Error error = std::move(date).error();
    error.field = reader.fieldName(name);
    reader.complain(std::move(error));
    return std::nullopt;
}

void QueryReader::complain(std::string_view name, std::string message) {
    m_problems.push_back(invalid("query", std::string(name), std::move(message),
                                 "See the description of this address in /api/openapi.json."));
}

std::optional<Date> QueryReader::date(std::string_view name) {
    const std::string_view text = m_request.queryValue(name);
    if (text.empty()) return std::nullopt;
    auto date = Date::parse(text);
    if (date) return *date;
    complain(name, "This is no date of the form YYYY-MM-DD.");
    return std::nullopt;
}

std::optional<Timestamp> QueryReader::moment(std::string_view name) {
    const std::string_view text = m_request.queryValue(name);
    if (text.empty()) return std::nullopt;
    auto moment = Timestamp::parse(text);
    if (moment) return *moment;
    complain(name, "This is no time of the form YYYY-MM-DDThh:mm:ssZ.");
    return std::nullopt;
}

bool QueryReader::flag(std::string_view name) {
    const auto value = find(m_request.query, name);
    if (!value || *value == "0" || *value == "false") return false;
    if (!value->empty() && *value != "1" && *value != "true") complain(name, "This is neither 1 nor 0.");
    return true;
}

std::int64_t QueryReader::number(std::string_view name, std::int64_t fallback) {
    const auto value = find(m_request.query, name);
    if (!value) return fallback;
    const auto number = wholeNumber(*value);
    if (!number) complain(name, "This is no whole number.");
    return number.value_or(fallback);
}

storage::PageRequest QueryReader::page() {
    storage::PageRequest page;
    const std::int64_t limit = number("limit", static_cast<std::int64_t>(page.limit));
    if (limit < 1 || limit > 200) {
        complain("limit", "A page holds 1 to 200 rows.");
    } else {
        page.limit = static_cast<std::size_t>(limit);
    }
    page.after = text("after");
    return page;
}

Result<void> QueryReader::finish() {
    if (m_problems.empty()) return {};
    if (m_problems.size() == 1) return m_problems.front();
    Error error = invalid("query", "", std::to_string(m_problems.size()) + " query parameters are wrong.");
    error.parts = std::move(m_problems);
    return error;
}

}  // namespace tickmark::http::api
