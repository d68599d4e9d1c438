// Canonical record to entity. Records are our own, so anything unexpected means that somebody changed them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/record/Values.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::ledger::fields {

/// Damaged "record" that names the member.
[[nodiscard]] Error damagedRecord(const std::string& member, std::string_view problem);
/// The record as a JSON object. Errors: Damaged "record".
[[nodiscard]] Result<codec::Json> objectOf(std::string_view record);

/// Visits the members of an entity and fills them from a JSON object. Keeps the first problem.
class Reader {
  public:
    /// Both outlive the reader; `path` is "" or "responses[0].".
    Reader(const codec::Json& object, std::string path, std::optional<Error>& problem);

    template <class T>
    void operator()(std::string_view name, T& value) {
        m_known.insert(name);
        const codec::Json* found = m_object.find(name);
        const std::string place = m_path + std::string(name);
        if (found == nullptr) {
            value = T{};
            if (!isAbsent(value)) complain(place, "is missing");
            return;
        }
        fill(*found, value, place);
        if (!m_problem && isAbsent(value)) complain(place, "is empty and should be left out");
    }

    /// Complains about members that nobody asked for.
    void finish();

  private:
    void complain(const std::string& place, std::string_view problem);
    void fill(const codec::Json& json, bool& value, const std::string& place);
    void fill(const codec::Json& json, std::int64_t& value, const std::string& place);
    void fill(const codec::Json& json, std::uint64_t& value, const std::string& place);
    void fill(const codec::Json& json, double& value, const std::string& place);
    void fill(const codec::Json& json, std::string& value, const std::string& place);
    void fill(const codec::Json& json, Digest& value, const std::string& place);
    void fill(const codec::Json& json, Timestamp& value, const std::string& place);
    void fill(const codec::Json& json, Date& value, const std::string& place);

    template <class Tag>
    void fill(const codec::Json& json, Id<Tag>& value, const std::string& place) {
        fill(json, value.value, place);
    }
    template <class Tag>
    void fill(const codec::Json& json, Ref<Tag>& value, const std::string& place) {
        std::string text;
        fill(json, text, place);
        value = Ref<Tag>(std::move(text));
    }
    template <class T>
    void fill(const codec::Json& json, std::optional<T>& value, const std::string& place) {
        fill(json, value.emplace(), place);
    }
    template <class T>
    void fill(const codec::Json& json, std::vector<T>& values, const std::string& place) {
        const codec::Json::Array* items = json.items();
        if (items == nullptr) return complain(place, "is not a list");
        values.clear();
        values.reserve(items->size());
        for (std::size_t i = 0; i < items->size(); ++i) {
            fill((*items)[i], values.emplace_back(), place + "[" + std::to_string(i) + "]");
        }
    }
    template <class T>
    void fill(const codec::Json& json, T& value, const std::string& place) {
        if constexpr (std::is_enum_v<T>) {
            const std::string* text = json.text();
            const std::optional<T> known = text == nullptr ? std::nullopt : enumFrom<T>(*text);
            if (!known) return complain(place, "is not a word that is known here");
            value = *known;
        } else {
            if (json.members() == nullptr) return complain(place, "is not an object");
            Reader part(json, place + ".", m_problem);
            members(part, value);
            part.finish();
        }
    }

    const codec::Json& m_object;
    std::string m_path;
    std::optional<Error>& m_problem;
    std::set<std::string_view> m_known{};
};

template <class Entity>
[[nodiscard]] Result<Entity> readBack(std::string_view record) {
    TM_TRY(const codec::Json object, objectOf(record));
    std::optional<Error> problem;
    Reader reader(object, "", problem);
    Entity entity;
    std::int64_t version = 0;
    reader("v", version);
    members(reader, entity);
    reader.finish();
    if (!problem && version != recordVersion)
        problem = damagedRecord("v", "is not a version that is known here");
    if (problem) return *std::move(problem);
    return entity;
}

}  // namespace tickmark::ledger::fields
