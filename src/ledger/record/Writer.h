// Entity to canonical record.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "ledger/record/Values.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::ledger::fields {

/// Visits the members of an entity and writes its JSON object, members sorted at the end: a record is written
/// at every save, and building a JSON value first costs several times as much.
class Writer {
  public:
    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (isAbsent(value)) return;
        const std::size_t begin = m_values.size();
        append(m_values, value);
        m_members.push_back({name, begin, m_values.size()});
    }

    /// The canonical object (RFC 8785).
    [[nodiscard]] std::string take() {
        // Names are ASCII, where the order of bytes is the order of UTF-16.
        std::sort(m_members.begin(), m_members.end(),
                  [](const Member& a, const Member& b) { return a.name < b.name; });
        std::string object;
        object.reserve(m_values.size() + 24 * m_members.size() + 2);
        object += '{';
        for (const Member& member : m_members) {
            if (object.size() > 1) object += ',';
            codec::appendJsonString(object, member.name);
            object += ':';
            object.append(m_values, member.begin, member.end - member.begin);
        }
        object += '}';
        return object;
    }

  private:
    struct Member {
        std::string_view name{};
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    static void append(std::string& out, bool value) { out += value ? "true" : "false"; }
    static void append(std::string& out, std::int64_t value) { out += codec::canonicalJson(value); }
    static void append(std::string& out, std::uint64_t value) { out += codec::canonicalJson(value); }
    static void append(std::string& out, double value) { out += codec::canonicalJson(value); }
    static void append(std::string& out, const std::string& value) { codec::appendJsonString(out, value); }
    static void append(std::string& out, const Digest& value) { codec::appendJsonString(out, value.hex()); }
    static void append(std::string& out, const Timestamp& value) {
        codec::appendJsonString(out, value.iso());
    }
    static void append(std::string& out, const Date& value) { codec::appendJsonString(out, value.iso()); }
    template <class Tag>
    static void append(std::string& out, const Id<Tag>& value) {
        append(out, value.value);
    }
    template <class Tag>
    static void append(std::string& out, const Ref<Tag>& value) {
        codec::appendJsonString(out, value.text());
    }
    template <class T>
    static void append(std::string& out, const std::optional<T>& value) {
        append(out, *value);
    }
    template <class T>
    static void append(std::string& out, const std::vector<T>& values) {
        out += '[';
        bool first = true;
        for (const T& value : values) {
            if (!first) out += ',';
            first = false;
            append(out, value);
        }
        out += ']';
    }
    template <class T>
    static void append(std::string& out, const T& value) {
        if constexpr (std::is_enum_v<T>) {
            codec::appendJsonString(out, spelled(value));
        } else {
            Writer part;
            members(part, value);
            out += part.take();
        }
    }

    std::string m_values{};
    std::vector<Member> m_members{};
};

template <class Entity>
[[nodiscard]] std::string written(const Entity& entity) {
    Writer writer;
    writer("v", recordVersion);
    members(writer, entity);
    return writer.take();
}

}  // namespace tickmark::ledger::fields
