// What the lists share: pages by id and states as values.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "storage/EntityStore.h"
#include "storage/Query.h"

namespace tickmark::storage {

template <class State>
[[nodiscard]] std::vector<Value> stateValues(const std::vector<State>& states) {
    std::vector<Value> values;
    values.reserve(states.size());
    for (const State state : states) values.push_back(textValue(toText(state)));
    return values;
}

/// Runs a query that newestFirst() finished. `read` makes a row of the statement; every row has an `id`.
template <class RowType, class ReadRow>
[[nodiscard]] Result<Page<RowType>> pageById(ReadSession& session, const Query& query,
                                             const PageRequest& page, ReadRow&& read) {
    Statement statement = query.prepare(session.connection());
    Page<RowType> answer;
    answer.rows.reserve(page.limit);
    while (statement.step()) {
        if (answer.rows.size() == page.limit) {
            answer.next = cursorOf(answer.rows.back().id.value);
            break;
        }
        TM_TRY(RowType row, read(statement));
        answer.rows.push_back(std::move(row));
    }
    return answer;
}

/// The one number of a query that begins with SELECT count(*).
[[nodiscard]] inline Result<std::int64_t> countRows(ReadSession& session, const Query& query) {
    Statement statement = query.prepare(session.connection());
    return statement.step() ? statement.integer(0) : 0;
}

/// A record by reference under the scope's conditions, which `narrow` adds.
template <class Entity, class Narrow>
[[nodiscard]] Result<Entity> findVisible(ReadSession& session, std::string_view select,
                                         std::string_view column, const std::string& ref,
                                         const std::string& what, Narrow&& narrow) {
    return guarded([&]() -> Result<Entity> {
        Query query(select);
        query.where(std::string(column) + " = ?", {Value(ref)});
        narrow(query);
        Statement statement = query.prepare(session.connection());
        return decodeOne<Entity>(statement, what + " " + ref);
    });
}

}  // namespace tickmark::storage
