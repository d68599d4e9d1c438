#include "tickmark/storage/Parties.h"

#include "storage/EntityStore.h"
#include "storage/Query.h"

namespace tickmark::storage {

using domain::Party;

Result<LedgerPosition> save(WriteSession& session, Party& party, ledger::Event event) {
    return saveEntity(session, party, std::move(event));
}

Result<Party> findParty(ReadSession& session, domain::PartyId id) {
    return findById<Party>(session, id.value, "account");
}

Result<Party> findPartyByAccount(ReadSession& session, std::string_view account) {
    return findByRef<Party>(session, account, "account");
}

Result<Page<Party>> listParties(ReadSession& session, const PartyFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<Party>> {
        TM_TRY(const Cursor cursor, openPage(page, true));
        Query query("SELECT p.record FROM party p");
        query.where("p.ref > ?", {Value(cursor.key)});
        if (filter.role) query.where("p.role = ?", {textValue(domain::roleCode(*filter.role))});
        if (!filter.withDisabled) query.where("p.disabled = 0");
        query.text(" ORDER BY p.ref LIMIT " + std::to_string(page.limit + 1));
        Statement statement = query.prepare(session.connection());
        TM_TRY(std::vector<Party> rows, decodeAll<Party>(statement));
        Page<Party> answer;
        if (rows.size() > page.limit) {
            rows.resize(page.limit);
            answer.next = cursorOf(rows.back().account, 0);
        }
        answer.rows = std::move(rows);
        return answer;
    });
}

Result<std::vector<Party>> allParties(ReadSession& session) {
    return findAll<Party>(session, "SELECT record FROM party WHERE id > $1 ORDER BY id", 0);
}

Result<std::int64_t> countParties(ReadSession& session) {
    return guarded(
        [&]() -> Result<std::int64_t> { return session.connection().integer("SELECT count(*) FROM party"); });
}

}  // namespace tickmark::storage
