#include <algorithm>

#include "codec/JsonNumber.h"
#include "tickmark/codec/Json.h"

namespace tickmark::codec {
namespace {

bool isText(const Json& value) { return value.text() != nullptr; }
bool isInteger(const Json& value) { return value.integer() != nullptr; }
bool isBoolean(const Json& value) { return value.boolean() != nullptr; }
bool isArray(const Json& value) { return value.items() != nullptr; }

const char* kindOf(const Json& value) {
    if (value.isNull()) return "null";
    if (isBoolean(value)) return "true or false";
    if (value.number()) return "a number";
    if (isText(value)) return "a text";
    return isArray(value) ? "an array" : "an object";
}

Error wrongType(std::string field, const char* expected, const Json& value) {
    Error error = invalid("wrong-type", std::move(field), std::string("This is ") + kindOf(value) + ".",
                          std::string("Send ") + expected + (value.isNull() ? ", or leave it out." : "."));
    error.rule = std::string("must be ") + expected;
    return error;
}

}  // namespace

JsonReader::JsonReader(const Json& object, std::string path) : m_object(object), m_path(std::move(path)) {
    if (m_object.members() == nullptr) {
        std::string field = m_path;
        if (field.ends_with('.')) field.pop_back();
        m_problems.push_back(wrongType(std::move(field), "an object", m_object));
    }
}

std::string JsonReader::fieldName(std::string_view name) const { return m_path + std::string(name); }

bool JsonReader::has(std::string_view name) const { return m_object.find(name) != nullptr; }

const Json* JsonReader::member(std::string_view name) {
    m_known.emplace_back(name);
    return m_object.find(name);
}

const Json* JsonReader::take(std::string_view name, const char* expected, bool required,
                             bool (*fits)(const Json&)) {
    const Json* value = member(name);
    if (value == nullptr) {
        // When the whole is no object, one problem says it all.
        if (required && m_object.members() != nullptr) {
            Error error = invalid("missing-member", fieldName(name), "This is missing.",
                                  std::string("Send ") + expected + ".");
            error.rule = "is required";
            m_problems.push_back(std::move(error));
        }
        return nullptr;
    }
    if (fits(*value)) return value;
    m_problems.push_back(wrongType(fieldName(name), expected, *value));
    return nullptr;
}

std::string JsonReader::text(std::string_view name) {
    const Json* value = take(name, "a text", true, isText);
    return value == nullptr ? std::string{} : *value->text();
}

std::string JsonReader::textOr(std::string_view name, std::string fallback) {
    const Json* value = take(name, "a text", false, isText);
    if (value != nullptr) return *value->text();
    return fallback;
}

std::int64_t JsonReader::integer(std::string_view name) {
    const Json* value = take(name, "a whole number", true, isInteger);
    return value == nullptr ? 0 : *value->integer();
}

std::int64_t JsonReader::integerOr(std::string_view name, std::int64_t fallback) {
    const Json* value = take(name, "a whole number", false, isInteger);
    return value == nullptr ? fallback : *value->integer();
}

bool JsonReader::booleanOr(std::string_view name, bool fallback) {
    const Json* value = take(name, "true or false", false, isBoolean);
    return value == nullptr ? fallback : *value->boolean();
}

std::vector<std::string> JsonReader::textsOr(std::string_view name, std::vector<std::string> fallback) {
    const Json* value = take(name, "an array of texts", false, isArray);
    if (value == nullptr) return fallback;
    std::vector<std::string> texts;
    std::size_t index = 0;
    for (const Json& item : *value->items()) {
        const std::string place = '[' + std::to_string(index++) + ']';
        if (isText(item))
            texts.push_back(*item.text());
        else
            m_problems.push_back(wrongType(fieldName(name) + place, "a text", item));
    }
    return texts;
}

std::vector<Json> JsonReader::arrayOr(std::string_view name) {
    const Json* value = take(name, "an array", false, isArray);
    return value == nullptr ? std::vector<Json>{} : *value->items();
}

void JsonReader::complain(Error error) {
    if (error.parts.empty()) {
        m_problems.push_back(std::move(error));
        return;
    }
    // The report of a reader further down: its problems stand beside ours, not under them.
    std::move(error.parts.begin(), error.parts.end(), std::back_inserter(m_problems));
}

Result<void> JsonReader::finish() {
    std::vector<Error> problems = m_problems;
    if (const Json::Object* members = m_object.members()) {
        std::string known;
        for (const std::string& name : m_known) known += (known.empty() ? "" : ", ") + name;
        for (const auto& [name, value] : *members) {
            if (std::find(m_known.begin(), m_known.end(), name) != m_known.end()) continue;
            Error error = invalid("unknown-member", fieldName(name), "There is no field of this name here.",
                                  "Remove it or correct the name. Known are: " + known + ".");
            error.rule = "no unknown fields";
            problems.push_back(std::move(error));
        }
    }
    if (problems.empty()) return {};
    Error error =
        invalid("body", "",
                problems.size() == 1 ? "One field of the input is wrong."
                                     : std::to_string(problems.size()) + " fields of the input are wrong.");
    error.parts = std::move(problems);
    return error;
}

}  // namespace tickmark::codec
