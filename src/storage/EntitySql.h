// The statements of one entity's tables, made once from its shape.
#pragma once

#include <string>
#include <vector>

#include "storage/Mapping.h"

namespace tickmark::storage {

struct SideSql {
    std::string remove;  ///< $1 = id
    std::string insert;  ///< id, then the columns
    std::string select;  ///< $1 = id; the columns without the id
};

struct EntitySql {
    std::string nextId;       ///< one more than the highest; rows are never removed, so no id is given twice
    std::string insert;       ///< id, ref, columns…, rev, record
    std::string update;       ///< columns…, rev, record, id
    std::string selectHead;   ///< $1 = id; rev, ref
    std::string selectById;   ///< $1 = id; record
    std::string selectByRef;  ///< $1 = ref; record
    std::string scan;         ///< everything by id: id, ref, rev, record, columns…
    std::vector<SideSql> sides;

    explicit EntitySql(const TableShape& shape);
};

template <class Entity>
[[nodiscard]] const EntitySql& sqlOf() {
    static const EntitySql sql(Mapping<Entity>::shape);
    return sql;
}

/// Number of names in a comma separated list.
[[nodiscard]] std::size_t columnCount(std::string_view columns);

}  // namespace tickmark::storage
