#include "tickmark/storage/Actions.h"

#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {
namespace {

using domain::Action;

Result<ActionRow> readAction(const Statement& row) {
    return ActionRow{.id = {row.integer(0)},
                     .ref = std::string(row.text(1)),
                     .title = std::string(row.text(2)),
                     .kind = std::string(row.text(3)),
                     .state = std::string(row.text(4)),
                     .findingRef = std::string(row.text(5)),
                     .auditRef = std::string(row.text(6)),
                     .ownerAccount = std::string(row.text(7)),
                     .ownerName = std::string(row.text(8)),
                     .due = std::string(row.text(9)),
                     .doneOn = std::string(row.text(10)),
                     .rev = row.integer(11)};
}

void narrow(Query& query, const Scope& scope, const ActionFilter& filter) {
    if (filter.finding) query.where("c.finding = ?", {Value(filter.finding->value)});
    if (filter.audit) {
        query.where("c.finding IN (SELECT x.id FROM finding x WHERE x.audit = ?)",
                    {Value(filter.audit->value)});
    }
    if (filter.owner) query.where("c.owner = ?", {Value(filter.owner->value)});
    query.anyOf("c.state", stateValues(filter.states));
    if (filter.dueBefore) query.where("c.due < ?", {Value(filter.dueBefore->iso())});
    if (filter.dueAfter) query.where("c.due > ?", {Value(filter.dueAfter->iso())});
    if (filter.openOnly) query.where("c.open = 1");
    whereOfVisibleFinding(query, "c.finding", scope);
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Action& action, ledger::Event event) {
    return saveEntity(session, action, std::move(event));
}

Result<Action> findAction(ReadSession& session, domain::ActionId id) {
    return findById<Action>(session, id.value, "action");
}

Result<Action> findAction(ReadSession& session, const domain::ActionRef& ref) {
    return findByRef<Action>(session, ref.text(), "action");
}

Result<Action> findActionVisible(ReadSession& session, const domain::ActionRef& ref, const Scope& scope) {
    return findVisible<Action>(session, "SELECT c.record FROM action c", "c.ref", ref.text(), "action",
                               [&](Query& query) { whereOfVisibleFinding(query, "c.finding", scope); });
}

Result<std::vector<Action>> actionsOf(ReadSession& session, domain::FindingId finding) {
    return findAll<Action>(session, "SELECT record FROM action WHERE finding = $1 ORDER BY id",
                           finding.value);
}

Result<std::vector<Action>> actionsOf(ReadSession& session, domain::AuditId audit) {
    return findAll<Action>(
        session,
        "SELECT c.record FROM finding f JOIN action c ON c.finding = f.id WHERE f.audit = $1 "
        "ORDER BY c.id",
        audit.value);
}

Result<bool> ownsActionOf(ReadSession& session, domain::FindingId finding, domain::PartyId party) {
    return guarded([&]() -> Result<bool> {
        Statement statement =
            session.connection().prepare("SELECT 1 FROM action WHERE owner = $1 AND finding = $2 LIMIT 1");
        return statement.bind(party.value, finding.value).step();
    });
}

Result<Page<ActionRow>> listActions(ReadSession& session, const Scope& scope, const ActionFilter& filter,
                                    const PageRequest& page) {
    return guarded([&]() -> Result<Page<ActionRow>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query(
            "SELECT c.id, c.ref, c.title, c.kind, c.state, d.ref, a.ref, coalesce(p.ref, ''), "
            "coalesce(p.name, c.owner_role), c.due, c.done_on, c.rev FROM action c JOIN finding d ON d.id = "
            "c.finding "
            "JOIN audit a ON a.id = d.audit LEFT JOIN party p ON p.id = c.owner");
        narrow(query, scope, filter);
        newestFirst(query, "c.id", cursor, page);
        return pageById<ActionRow>(session, query, page, readAction);
    });
}

Result<std::int64_t> countActions(ReadSession& session, const Scope& scope, const ActionFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM action c");
        narrow(query, scope, filter);
        return countRows(session, query);
    });
}

}  // namespace tickmark::storage
