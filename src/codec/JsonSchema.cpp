// Without this valijson ends the program on a broken schema.
#define VALIJSON_USE_EXCEPTIONS 1

// GCC 12 sees uninitialised members inside its own <regex> when it also instruments for AddressSanitizer (its
// bug 105562). Only these headers and only that build are excepted.
#ifdef __SANITIZE_ADDRESS__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <mutex>
#include <nlohmann/json.hpp>
#include <regex>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#ifdef __SANITIZE_ADDRESS__
#pragma GCC diagnostic pop
#endif

#include "codec/SchemaWalk.h"
#include "tickmark/codec/Json.h"

namespace tickmark::codec {
namespace {

constexpr std::size_t mostViolationsShown = 1000;

Error badSchema(std::string message) { return invalid("json-schema", "", std::move(message)); }

nlohmann::json toNlohmann(const Json& value) {
    if (const auto* truth = value.boolean()) return *truth;
    if (const auto* whole = value.integer()) return *whole;
    if (const auto* fraction = value.real()) return *fraction;
    if (const auto* text = value.text()) return *text;
    if (const auto* items = value.items()) {
        auto array = nlohmann::json::array();
        for (const Json& item : *items) array.push_back(toNlohmann(item));
        return array;
    }
    if (const auto* members = value.members()) {
        auto object = nlohmann::json::object();
        for (const auto& [name, member] : *members) object[name] = toNlohmann(member);
        return object;
    }
    return nullptr;
}

/// The pattern that stands for a format, or empty when the format is not checked.
std::string patternOf(std::string_view format) {
    const std::string date = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    const std::string time =
        "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]"
        ")";
    if (format == "date") return "^" + date + "$";
    if (format == "time") return "^" + time + "$";
    if (format == "date-time") return "^" + date + "[Tt]" + time + "$";
    return {};
}

/// valijson throws when a format meets a value that is no text, and compiles its expression anew each time. A
/// pattern does neither.
void replaceFormat(Json& schema) {
    const Json* format = schema.find("format");
    if (format == nullptr || format->text() == nullptr) return;
    const std::string pattern = patternOf(*format->text());
    schema.members()->erase("format");
    if (pattern.empty()) return;
    Json rules = Json::array();
    if (const Json* before = schema.find("allOf"); before != nullptr && before->items() != nullptr)
        rules = *before;
    rules.push(Json::object().set("pattern", pattern));
    schema.set("allOf", std::move(rules));
}

/// Throws std::regex_error for an expression that is broken.
void tryPatterns(const Json& schema) {
    if (const Json* pattern = schema.find("pattern"); pattern != nullptr && pattern->text() != nullptr) {
        static_cast<void>(std::regex(*pattern->text()));
    }
    if (const Json* map = schema.find("patternProperties"); map != nullptr && map->members() != nullptr) {
        for (const auto& [pattern, inner] : *map->members()) static_cast<void>(std::regex(pattern));
    }
}

Result<void> checkReference(const Json& root, const Json& schema) {
    const Json* reference = schema.find("$ref");
    if (reference == nullptr || reference->text() == nullptr) return {};
    if (resolveReference(root, *reference->text()) != nullptr) return {};
    return badSchema("The reference " + *reference->text() + " names nothing in this schema.");
}

/// "<root>" first, then steps in square brackets.
std::string pointerOf(const std::vector<std::string>& context) {
    std::string pointer;
    for (std::size_t i = 1; i < context.size(); ++i) {
        std::string_view step = context[i];
        if (step.starts_with('[') && step.ends_with(']')) step = step.substr(1, step.size() - 2);
        pointer = pointerStep(pointer, step);
    }
    return pointer;
}

/// Whether a message only says that something further down is wrong, which has its own message.
bool onlyPassesOn(std::string_view message) {
    return message.starts_with("Failed to validate against schema associated with") ||
           message.starts_with("Failed to validate against child schema #") ||
           message.starts_with("Failed to validate item #") ||
           message.starts_with("Failed to validate against additional properties schema");
}

Error violation(std::string pointer, std::string message) {
    return invalid("json-schema-violation", std::move(pointer), std::move(message));
}

std::vector<Error> violationsOf(const valijson::ValidationResults& results) {
    std::vector<Error> shown;
    for (const auto& result : results) {
        if (shown.size() == mostViolationsShown) break;
        if (!onlyPassesOn(result.description)) {
            shown.push_back(violation(pointerOf(result.context), result.description));
        }
    }
    if (shown.empty()) shown.push_back(violation("", "The document does not fit its schema."));
    return shown;
}

Error violated(std::vector<Error> parts) {
    Error error = violation("", parts.size() == 1 ? "The document breaks one rule of its schema."
                                                  : "The document breaks " + std::to_string(parts.size()) +
                                                        " rules of its schema.");
    error.parts = std::move(parts);
    return error;
}

}  // namespace

struct JsonSchema::Compiled {
    Json source{};
    valijson::Schema schema{};
    // valijson keeps compiled expressions in the validator, so one thread at a time may use it.
    std::mutex mutex{};
    valijson::Validator validator{};
};

JsonSchema::JsonSchema(std::unique_ptr<Compiled> compiled) : m_compiled(std::move(compiled)) {}
JsonSchema::JsonSchema(JsonSchema&&) noexcept = default;
JsonSchema& JsonSchema::operator=(JsonSchema&&) noexcept = default;
JsonSchema::~JsonSchema() = default;

Result<JsonSchema> JsonSchema::compile(std::string_view schemaText) {
    auto parsed = parseJson(schemaText);
    if (!parsed) return badSchema(parsed.error().message);
    auto compiled = std::make_unique<Compiled>();
    Json& source = compiled->source;
    source = *std::move(parsed);
    try {
        TM_CHECK(forEachSubschema(source, [&source](Json& schema) -> Result<void> {
            tryPatterns(schema);
            return checkReference(source, schema);
        }));
        TM_CHECK(forEachSubschema(source, [](Json& schema) -> Result<void> {
            replaceFormat(schema);
            return {};
        }));
        valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
        const nlohmann::json document = toNlohmann(source);
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), compiled->schema);
    } catch (const std::exception& problem) {
        return badSchema(std::string("The schema cannot be used: ") + problem.what() + ".");
    }
    return JsonSchema(std::move(compiled));
}

Result<void> JsonSchema::check(const Json& document) const {
    std::vector<Error> parts;
    for (auto& pointer : tooLongForPatterns(m_compiled->source, document)) {
        parts.push_back(
            violation(std::move(pointer), "This is longer than " + std::to_string(longestMatchedText) +
                                              " bytes, too long for the pattern that its schema sets."));
    }
    if (!parts.empty()) return violated(std::move(parts));
    const nlohmann::json copy = toNlohmann(document);
    valijson::ValidationResults results;
    try {
        const std::lock_guard lock(m_compiled->mutex);
        const valijson::adapters::NlohmannJsonAdapter adapter(copy);
        if (m_compiled->validator.validate(m_compiled->schema, adapter, &results)) return {};
    } catch (const std::exception&) {
        return violated({violation("", "The document cannot be checked against its schema.")});
    }
    return violated(violationsOf(results));
}

}  // namespace tickmark::codec
