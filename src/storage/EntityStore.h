// Saving and loading any entity by its mapping.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "storage/Connection.h"
#include "storage/EntitySql.h"
#include "storage/LedgerWriter.h"
#include "storage/Mapping.h"
#include "storage/SqlFailure.h"
#include "storage/Values.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/ledger/Record.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// Counts a named counter up in the session's transaction; its new value.
[[nodiscard]] std::int64_t countUp(Connection& connection, std::string_view name, std::int64_t by = 1);

/// What stands in the way of an update: NotFound, Stale, or a reference that would change.
[[nodiscard]] Result<void> checkUpdate(Connection& connection, const EntitySql& sql, const TableShape& shape,
                                       std::int64_t id, std::int64_t rev, const std::string& ref);

/// An entity's row as it is written.
struct EntityRow {
    std::int64_t id = 0;
    std::int64_t rev = 0;
    std::string ref{};
    Row columns{};
    std::vector<SideRows> sides{};
    std::string record{};
};
void insertRow(Connection& connection, const EntitySql& sql, const EntityRow& row);
void updateRow(Connection& connection, const EntitySql& sql, const EntityRow& row);
/// `before`: the side rows as they are stored, nothing when they are not known. What they begin with alike
/// stays, so that adding to a long list costs what is added.
void writeSides(Connection& connection, const EntitySql& sql, const EntityRow& row,
                const std::optional<std::vector<SideRows>>& before);

/// What else follows from an entity beside its side rows. `before` is nothing for a new one. Most entities
/// have nothing.
template <class Entity>
struct Derived {
    static constexpr bool any = false;
};
/// Findings: full text and counters.
template <>
struct Derived<domain::Finding> {
    static constexpr bool any = true;
    static void write(WriteSession& session, const domain::Finding* before, const domain::Finding& after);
};

/// The entity as it is stored now.
template <class Entity>
[[nodiscard]] Result<Entity> storedEntity(Connection& connection, std::int64_t id) {
    Statement statement = connection.prepare(sqlOf<Entity>().selectById);
    if (!statement.bind(id).step()) return notFound(std::string(Mapping<Entity>::shape.subject));
    return ledger::decode<Entity>(statement.text(0));
}

/// One save: row, side rows, event. The entity changes only when everything went well.
template <class Entity>
class EntitySave {
  public:
    EntitySave(WriteSession& session, Entity& entity, ledger::Event&& event)
        : m_session(session), m_entity(entity), m_event(std::move(event)), m_sql(sqlOf<Entity>()) {}

    [[nodiscard]] Result<LedgerPosition> run() {
        auto result = guarded([this] { return write(); });
        // Half a save must not stay, whatever the closure does about the error.
        if (!result && m_begun) m_session.ledger().poison(result.error());
        return result;
    }

  private:
    [[nodiscard]] Result<LedgerPosition> write() {
        Connection& connection = m_session.connection();
        const TableShape& shape = Mapping<Entity>::shape;
        const bool fresh = !m_entity.id.stored();
        Entity next = m_entity;
        if (fresh) {
            next.id.value = connection.integer(m_sql.nextId);
            next.rev = 1;
        } else {
            TM_CHECK(
                checkUpdate(connection, m_sql, shape, next.id.value, next.rev, Mapping<Entity>::ref(next)));
            ++next.rev;
        }
        std::optional<Entity> before;
        if constexpr (Derived<Entity>::any) {
            if (!fresh) {
                TM_TRY(before, storedEntity<Entity>(connection, next.id.value));
            }
        }
        if constexpr (requires { next.ledgerPosition; }) {
            if (fresh) next.ledgerPosition = static_cast<std::int64_t>(m_session.ledger().size());
        }
        const EntityRow row{.id = next.id.value,
                            .rev = next.rev,
                            .ref = Mapping<Entity>::ref(next),
                            .columns = Mapping<Entity>::columns(next),
                            .sides = Mapping<Entity>::sides(next),
                            .record = ledger::encode(next)};
        if (fresh) {
            insertRow(connection, m_sql, row);
        } else {
            updateRow(connection, m_sql, row);
        }
        m_begun = true;
        std::optional<std::vector<SideRows>> stored;
        if (fresh) {
            stored.emplace(row.sides.size());
        } else if (before) {
            stored = Mapping<Entity>::sides(*before);
        }
        writeSides(connection, m_sql, row, stored);
        if constexpr (Derived<Entity>::any)
            Derived<Entity>::write(m_session, before ? &*before : nullptr, next);
        m_event.subject = shape.subject;
        m_event.ref = row.ref;
        m_event.rev = row.rev;
        m_event.record = crypto::Sha256::of(std::string_view(row.record));
        const LedgerPosition position = m_session.ledger().append(m_event);
        m_entity = std::move(next);
        return position;
    }

    WriteSession& m_session;
    Entity& m_entity;
    ledger::Event m_event;
    const EntitySql& m_sql;
    bool m_begun = false;
};

template <class Entity>
[[nodiscard]] Result<LedgerPosition> saveEntity(WriteSession& session, Entity& entity,
                                                ledger::Event&& event) {
    return EntitySave<Entity>(session, entity, std::move(event)).run();
}

/// Whether the record decoded last is kept: nearly every change and every look asks for its audit.
template <class Entity>
constexpr bool isAskedForAgain = std::is_same_v<Entity, domain::Audit>;

template <class Entity>
[[nodiscard]] Result<Entity> decoded(std::string_view record) {
    if constexpr (isAskedForAgain<Entity>) {
        struct Last {
            std::string record{};
            Entity entity{};
        };
        thread_local Last last;
        if (last.record != record || record.empty()) {
            TM_TRY(Entity entity, ledger::decode<Entity>(record));
            last = {std::string(record), std::move(entity)};
        }
        return last.entity;
    } else {
        return ledger::decode<Entity>(record);
    }
}

/// Runs a bound query whose first column is a record, and decodes every row.
template <class Entity>
[[nodiscard]] Result<std::vector<Entity>> decodeAll(Statement& statement) {
    std::vector<Entity> all;
    while (statement.step()) {
        TM_TRY(Entity entity, ledger::decode<Entity>(statement.text(0)));
        all.push_back(std::move(entity));
    }
    return all;
}

/// The same for at most one row; `what` names the thing when there is none.
template <class Entity>
[[nodiscard]] Result<Entity> decodeOne(Statement& statement, const std::string& what) {
    if (!statement.step()) return notFound(what);
    return decoded<Entity>(statement.text(0));
}

template <class Entity>
[[nodiscard]] Result<Entity> findById(ReadSession& session, std::int64_t id, std::string_view what) {
    return guarded([&]() -> Result<Entity> {
        Statement statement = session.connection().prepare(sqlOf<Entity>().selectById);
        statement.bind(id);
        return decodeOne<Entity>(statement, std::string(what));
    });
}

template <class Entity>
[[nodiscard]] Result<Entity> findByRef(ReadSession& session, std::string_view ref, std::string_view what) {
    return guarded([&]() -> Result<Entity> {
        Statement statement = session.connection().prepare(sqlOf<Entity>().selectByRef);
        statement.bind(ref);
        return decodeOne<Entity>(statement, std::string(what) + " " + std::string(ref));
    });
}

/// Records of a fixed query with one number as parameter.
template <class Entity>
[[nodiscard]] Result<std::vector<Entity>> findAll(ReadSession& session, std::string_view sql,
                                                  std::int64_t key) {
    return guarded([&]() -> Result<std::vector<Entity>> {
        Statement statement = session.connection().prepare(sql);
        statement.bind(key);
        return decodeAll<Entity>(statement);
    });
}

}  // namespace tickmark::storage
