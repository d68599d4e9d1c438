#include "codec/SchemaWalk.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace tickmark::codec {
namespace {

constexpr std::array<std::string_view, 8> plainKeywords{
    "additionalItems", "additionalProperties", "contains", "else", "if", "not", "propertyNames", "then"};
constexpr std::array<std::string_view, 3> listKeywords{"allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 4> mapKeywords{"definitions", "dependencies", "patternProperties",
                                                      "properties"};
constexpr std::size_t deepestWalk = 1000;  // references in a circle end here

template <class List>
bool contains(const List& list, std::string_view name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

/// Calls `each` for the schemas directly inside one keyword's value.
template <class Each>
Result<void> forSchemasOf(std::string_view keyword, Json& value, const Each& each) {
    if (contains(plainKeywords, keyword)) return each(value);
    const bool list = contains(listKeywords, keyword) || keyword == "items";
    if (keyword == "items" && value.items() == nullptr) return each(value);
    if (list && value.items() != nullptr) {
        for (Json& item : *value.items()) TM_CHECK(each(item));
    }
    if (contains(mapKeywords, keyword) && value.members() != nullptr) {
        for (auto& [name, inner] : *value.members()) TM_CHECK(each(inner));
    }
    return {};
}

bool hasLongText(const Json& value) {
    if (const auto* text = value.text()) return text->size() > longestMatchedText;
    if (const auto* items = value.items()) return std::any_of(items->begin(), items->end(), hasLongText);
    const auto* members = value.members();
    return members != nullptr && std::any_of(members->begin(), members->end(), [](const auto& member) {
               return member.first.size() > longestMatchedText || hasLongText(member.second);
           });
}

/// Walks schema and document side by side.
class Walk {
  public:
    explicit Walk(const Json& root) : m_root(root) {}

    void apply(const Json& schema, const Json& value, const std::string& pointer) {
        if (schema.members() == nullptr) return;
        if (m_depth == deepestWalk) {
            m_found.push_back(pointer);
            return;
        }
        ++m_depth;
        if (const Json* reference = schema.find("$ref");
            reference != nullptr && reference->text() != nullptr) {
            if (const Json* target = resolveReference(m_root, *reference->text()))
                apply(*target, value, pointer);
        } else {
            here(schema, value, pointer);
            inItems(schema, value, pointer);
            inMembers(schema, value, pointer);
        }
        --m_depth;
    }

    std::vector<std::string> found() {
        std::sort(m_found.begin(), m_found.end());
        m_found.erase(std::unique(m_found.begin(), m_found.end()), m_found.end());
        return std::move(m_found);
    }

  private:
    void here(const Json& schema, const Json& value, const std::string& pointer) {
        const std::string* text = value.text();
        if (text != nullptr && text->size() > longestMatchedText && schema.find("pattern") != nullptr) {
            m_found.push_back(pointer);
        }
        for (const char* keyword : {"if", "then", "else", "not"}) applyAt(schema, keyword, value, pointer);
        for (const std::string_view keyword : listKeywords) applyEach(schema.find(keyword), value, pointer);
        if (const Json* dependencies = schema.find("dependencies")) {
            applyEach(dependencies, value, pointer);
        }
    }

    void inItems(const Json& schema, const Json& value, const std::string& pointer) {
        if (value.items() == nullptr) return;
        std::size_t index = 0;
        for (const Json& item : *value.items()) {
            const std::string place = pointerStep(pointer, std::to_string(index));
            for (const char* keyword : {"items", "additionalItems", "contains"}) {
                applyAt(schema, keyword, item, place);
            }
            // A list of schemas by position; trying each on every item errs on the safe side.
            if (const Json* items = schema.find("items"); items != nullptr && items->items() != nullptr) {
                applyEach(items, item, place);
            }
            ++index;
        }
    }

    void inMembers(const Json& schema, const Json& value, const std::string& pointer) {
        if (value.members() == nullptr) return;
        const bool matchesNames =
            schema.find("patternProperties") != nullptr || schema.find("propertyNames") != nullptr;
        const Json* properties = schema.find("properties");
        for (const auto& [name, member] : *value.members()) {
            const std::string place = pointerStep(pointer, name);
            if (matchesNames && name.size() > longestMatchedText) m_found.push_back(pointer);
            if (properties != nullptr) applyAt(*properties, name, member, place);
            applyAt(schema, "additionalProperties", member, place);
            applyEach(schema.find("patternProperties"), member, place);
        }
    }

    void applyAt(const Json& holder, std::string_view name, const Json& value, const std::string& pointer) {
        if (const Json* schema = holder.find(name)) apply(*schema, value, pointer);
    }

    void applyEach(const Json* schemas, const Json& value, const std::string& pointer) {
        if (schemas == nullptr) return;
        if (const auto* list = schemas->items()) {
            for (const Json& schema : *list) apply(schema, value, pointer);
        } else if (const auto* map = schemas->members()) {
            for (const auto& [name, schema] : *map) apply(schema, value, pointer);
        }
    }

    const Json& m_root;
    std::vector<std::string> m_found{};
    std::size_t m_depth = 0;
};

/// The inverse of pointerStep for one token.
std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const bool escape = token[i] == '~' && i + 1 < token.size();
        if (!escape) {
            out += token[i];
            continue;
        }
        ++i;
        out += token[i] == '1' ? '/' : '~';
    }
    return out;
}

const Json* stepInto(const Json& value, const std::string& token) {
    const auto* items = value.items();
    if (items == nullptr) return value.find(token);
    std::size_t index = 0;
    const auto parsed = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == token.data() + token.size();
    return whole && index < items->size() ? &(*items)[index] : nullptr;
}

}  // namespace

Result<void> forEachSubschema(Json& schema, const std::function<Result<void>(Json&)>& visit) {
    if (schema.members() == nullptr) return {};
    for (auto& [keyword, value] : *schema.members()) {
        TM_CHECK(
            forSchemasOf(keyword, value, [&visit](Json& inner) { return forEachSubschema(inner, visit); }));
    }
    return visit(schema);
}

const Json* resolveReference(const Json& root, std::string_view reference) {
    if (!reference.starts_with('#')) return nullptr;
    reference.remove_prefix(1);
    const Json* at = &root;
    while (at != nullptr && !reference.empty()) {
        if (reference.front() != '/') return nullptr;
        reference.remove_prefix(1);
        const std::string_view token = reference.substr(0, reference.find('/'));
        at = stepInto(*at, unescaped(token));
        reference.remove_prefix(token.size());
    }
    return at;
}

std::vector<std::string> tooLongForPatterns(const Json& schema, const Json& document) {
    if (!hasLongText(document)) return {};
    Walk walk(schema);
    walk.apply(schema, document, "");
    return walk.found();
}

std::string pointerStep(std::string_view pointer, std::string_view token) {
    std::string out(pointer);
    out += '/';
    for (const char c : token) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

}  // namespace tickmark::codec
