// Entity to canonical record.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/record/Values.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::ledger::fields {

/// Visits the members of an entity and builds its JSON object.
class Writer {
  public:
    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (!isAbsent(value)) m_object.set(name, jsonOf(value));
    }
    [[nodiscard]] codec::Json take() { return std::move(m_object); }

  private:
    static codec::Json jsonOf(bool value) { return value; }
    static codec::Json jsonOf(std::int64_t value) { return value; }
    static codec::Json jsonOf(std::uint64_t value) { return value; }
    static codec::Json jsonOf(const std::string& value) { return value; }
    static codec::Json jsonOf(const Digest& value) { return value.hex(); }
    static codec::Json jsonOf(const Timestamp& value) { return value.iso(); }
    static codec::Json jsonOf(const Date& value) { return value.iso(); }
    template <class Tag>
    static codec::Json jsonOf(const Id<Tag>& value) {
        return value.value;
    }
    template <class Tag>
    static codec::Json jsonOf(const Ref<Tag>& value) {
        return value.text();
    }
    template <class T>
    static codec::Json jsonOf(const std::optional<T>& value) {
        return jsonOf(*value);
    }
    template <class T>
    static codec::Json jsonOf(const std::vector<T>& values) {
        codec::Json list = codec::Json::array();
        for (const T& value : values) list.push(jsonOf(value));
        return list;
    }
    template <class T>
    static codec::Json jsonOf(const T& value) {
        if constexpr (std::is_enum_v<T>) {
            return spelled(value);
        } else {
            Writer part;
            members(part, value);
            return part.take();
        }
    }

    codec::Json m_object = codec::Json::object();
};

template <class Entity>
[[nodiscard]] std::string written(const Entity& entity) {
    Writer writer;
    writer("v", recordVersion);
    members(writer, entity);
    return codec::canonicalJson(writer.take());
}

}  // namespace tickmark::ledger::fields
