#include "http/pages/ApiDescription.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "tickmark/codec/Json.h"
#include "tickmark/embedded/openapi.h"

namespace tickmark::http::pages {
namespace {

using codec::Json;

constexpr std::array<std::string_view, 6> methodOrder{"get", "post", "put", "patch", "delete", "options"};
constexpr std::array<std::string_view, 6> limitNames{"minimum",   "maximum",  "minLength",
                                                     "maxLength", "maxItems", "pattern"};

/// The last part of "#/components/schemas/Finding".
std::string_view nameIn(std::string_view reference) { return reference.substr(reference.rfind('/') + 1); }

std::string plain(const Json& value) {
    return value.text() == nullptr ? codec::canonicalJson(value) : *value.text();
}

/// The part of the file that a reference names; the value itself when it is none.
const Json& resolved(const Json& root, const Json& value) {
    const std::string_view reference = value.textAt("$ref");
    if (reference.empty()) return value;
    const Json* at = &root;
    for (std::size_t begin = 2; begin < reference.size();) {
        const std::size_t end = std::min(reference.find('/', begin), reference.size());
        at = at->find(reference.substr(begin, end - begin));
        if (at == nullptr) throw std::logic_error("openapi.json lacks " + std::string(reference));
        begin = end + 1;
    }
    return *at;
}

// ---- types

ApiType typeOf(const Json& schema);

ApiType prefixed(std::string words, const Json& inner) {
    ApiType type{{std::move(words), false}};
    for (ApiTypePart& part : typeOf(inner)) type.push_back(std::move(part));
    return type;
}

ApiType oneOf(const Json::Array& choices) {
    ApiType type;
    for (const Json& choice : choices) {
        if (!type.empty()) type.push_back({" or ", false});
        for (ApiTypePart& part : typeOf(choice)) type.push_back(std::move(part));
    }
    return type;
}

ApiType typeOf(const Json& schema) {
    if (const std::string_view reference = schema.textAt("$ref"); !reference.empty())
        return {{std::string(nameIn(reference)), true}};
    if (const Json* choices = schema.find("oneOf"); choices != nullptr && choices->items() != nullptr)
        return oneOf(*choices->items());
    if (const Json* items = schema.find("items"); items != nullptr) return prefixed("array of ", *items);
    if (const Json* rest = schema.find("additionalProperties");
        rest != nullptr && rest->members() != nullptr && schema.find("properties") == nullptr)
        return prefixed("object of ", *rest);
    const Json* named = schema.find("type");
    std::string words = named == nullptr ? "any value" : plain(*named);
    if (const std::string_view format = schema.textAt("format"); !format.empty())
        words += " (" + std::string(format) + ")";
    return {{std::move(words), false}};
}

void append(std::string& note, const std::string& more) { note += (note.empty() ? "" : " · ") + more; }

/// Limits, default and example, each by the name that the file gives it.
void appendLimits(const Json& schema, std::string& note) {
    for (const std::string_view name : limitNames) {
        if (const Json* limit = schema.find(name); limit != nullptr)
            append(note, std::string(name) + " " + plain(*limit));
    }
    if (const Json* value = schema.find("default"); value != nullptr)
        append(note, "default " + plain(*value));
}

std::vector<std::string> valuesOf(const Json& schema) {
    std::vector<std::string> values;
    const Json* list = schema.find("enum");
    if (list == nullptr && schema.find("items") != nullptr) list = schema.find("items")->find("enum");
    if (list == nullptr || list->items() == nullptr) return values;
    for (const Json& value : *list->items()) values.push_back(plain(value));
    return values;
}

// ---- members of objects

bool isRequired(const Json& schema, std::string_view name) {
    const Json* list = schema.find("required");
    if (list == nullptr || list->items() == nullptr) return false;
    return std::any_of(list->items()->begin(), list->items()->end(),
                       [&](const Json& one) { return one.text() != nullptr && *one.text() == name; });
}

/// Members of an object, of the objects in a list, or of every choice, each named from `prefix` on.
void addFields(const Json& schema, const std::string& prefix, std::vector<ApiField>& fields) {
    if (const Json* items = schema.find("items"); items != nullptr) addFields(*items, prefix + "[]", fields);
    if (const Json* choices = schema.find("oneOf"); choices != nullptr && choices->items() != nullptr) {
        for (const Json& choice : *choices->items()) addFields(choice, prefix, fields);
    }
    const Json* properties = schema.find("properties");
    if (properties == nullptr || properties->members() == nullptr) return;
    for (const auto& [name, value] : *properties->members()) {
        ApiField field;
        field.name = prefix;
        if (!prefix.empty()) field.name += '.';
        field.name += name;
        field.type = typeOf(value);
        field.required = isRequired(schema, name);
        field.note = std::string(value.textAt("description"));
        field.values = valuesOf(value);
        appendLimits(value, field.note);
        const std::string inner = field.name;
        fields.push_back(std::move(field));
        addFields(value, inner, fields);
    }
}

std::vector<ApiField> fieldsOf(const Json& schema) {
    std::vector<ApiField> fields;
    addFields(schema, {}, fields);
    return fields;
}

// ---- operations

std::vector<ApiField> parametersOf(const Json& root, const Json& operation) {
    std::vector<ApiField> fields;
    const Json* list = operation.find("parameters");
    if (list == nullptr || list->items() == nullptr) return fields;
    for (const Json& written : *list->items()) {
        const Json& one = resolved(root, written);
        ApiField field;
        field.name = std::string(one.textAt("name"));
        field.place = std::string(one.textAt("in"));
        field.note = std::string(one.textAt("description"));
        if (const Json* needed = one.find("required"); needed != nullptr && needed->boolean() != nullptr)
            field.required = *needed->boolean();
        if (const Json* schema = one.find("schema"); schema != nullptr) {
            field.type = typeOf(*schema);
            field.values = valuesOf(*schema);
            appendLimits(*schema, field.note);
        }
        if (const Json* example = one.find("example"); example != nullptr)
            append(field.note, "example " + plain(*example));
        fields.push_back(std::move(field));
    }
    return fields;
}

/// What stands below "content", one for each media type; one without a media type when there is no content.
std::vector<ApiContent> contentsOf(const Json& holder, std::string code) {
    ApiContent bare;
    bare.code = std::move(code);
    bare.note = std::string(holder.textAt("description"));
    std::vector<ApiContent> contents;
    const Json* content = holder.find("content");
    if (content == nullptr || content->members() == nullptr) return {bare};
    for (const auto& [media, value] : *content->members()) {
        ApiContent one = bare;
        one.media = media;
        if (const Json* schema = value.find("schema"); schema != nullptr) {
            one.type = typeOf(*schema);
            one.fields = fieldsOf(*schema);
        }
        contents.push_back(std::move(one));
    }
    return contents;
}

void putAnswers(const Json& operation, ApiOperation& out) {
    const Json* responses = operation.find("responses");
    if (responses == nullptr || responses->members() == nullptr) return;
    for (const auto& [code, answer] : *responses->members()) {
        if (!answer.textAt("$ref").empty()) {
            out.refusals.push_back(code);
            continue;
        }
        for (ApiContent& content : contentsOf(answer, code)) out.answers.push_back(std::move(content));
    }
}

void cutEnd(std::string& text, const std::string& end) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
}

ApiOperation operationOf(const Json& root, std::string path, std::string_view method, const Json& operation) {
    ApiOperation out;
    out.anchor = std::string(operation.textAt("operationId"));
    std::replace(out.anchor.begin(), out.anchor.end(), '.', '-');
    out.method = std::string(method);
    std::transform(out.method.begin(), out.method.end(), out.method.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    out.path = std::move(path);
    out.summary = std::string(operation.textAt("summary"));
    out.note = std::string(operation.textAt("description"));
    out.roles = std::string(operation.textAt("x-roles"));
    // The page says both in its own places.
    cutEnd(out.note, " For " + out.roles + ".");
    cutEnd(out.note, " For everybody.");
    cutEnd(out.note, " Needs nobody signed in.");
    if (out.note == out.summary || out.note == out.summary + ".") out.note.clear();
    out.parameters = parametersOf(root, operation);
    if (const Json* body = operation.find("requestBody"); body != nullptr) out.bodies = contentsOf(*body, {});
    putAnswers(operation, out);
    return out;
}

void addOperations(const Json& root, const std::string& path, const Json& methods, ApiDescription& out) {
    for (const std::string_view method : methodOrder) {
        const Json* operation = methods.find(method);
        if (operation == nullptr) continue;
        const Json* tags = operation->find("tags");
        for (ApiGroup& group : out.groups) {
            const bool here = tags != nullptr && tags->items() != nullptr && !tags->items()->empty() &&
                              plain(tags->items()->front()) == group.name;
            if (here) group.operations.push_back(operationOf(root, path, method, *operation));
        }
    }
}

const Json& part(const Json& root, std::string_view name) {
    const Json* found = root.find(name);
    if (found == nullptr) throw std::logic_error("openapi.json lacks " + std::string(name));
    return *found;
}

ApiDescription readDescription() {
    const auto read = codec::parseJson(embedded::openapi().front().text);
    if (!read) throw std::logic_error("openapi.json cannot be read: " + read.error().message);
    const Json& root = *read;
    ApiDescription out;
    out.version = std::string(part(root, "info").textAt("version"));
    out.note = std::string(part(root, "info").textAt("description"));
    for (const Json& tag : *part(root, "tags").items()) {
        out.groups.push_back({std::string(tag.textAt("name")), std::string(tag.textAt("description")), {}});
    }
    for (const auto& [path, methods] : *part(root, "paths").members())
        addOperations(root, path, methods, out);
    for (const auto& [name, schema] : *part(part(root, "components"), "schemas").members()) {
        ApiSchema one{name, std::string(schema.textAt("description")), typeOf(schema), fieldsOf(schema)};
        appendLimits(schema, one.note);
        out.schemas.push_back(std::move(one));
    }
    return out;
}

}  // namespace

const ApiDescription& apiDescription() {
    static const ApiDescription description = readDescription();
    return description;
}

ApiExamples apiExamples(const std::string& server) {
    const std::string call = "curl -H \"Authorization: Bearer $TICKMARK_TOKEN\" \\\n";
    return {call + "  " + server + "/api/v1/home",
            call + "  -H 'If-Match: \"3\"' -H \"Content-Type: application/json\" \\\n" +
                "  -d '{\"event\": \"start\"}' \\\n  " + server + "/api/v1/actions/A-0001/events"};
}

const ApiGroup* apiGroup(std::string_view name) {
    const auto& groups = apiDescription().groups;
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&](const ApiGroup& one) { return one.name == name; });
    return found == groups.end() ? nullptr : &*found;
}

}  // namespace tickmark::http::pages
