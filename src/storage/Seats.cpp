// Which audits an account has a seat in, and which are shared with certification auditors.
#include "storage/Connection.h"
#include "storage/SqlFailure.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::storage {
namespace {

Result<std::vector<std::string>> bundlesOf(ReadSession& session, std::int64_t audit) {
    Statement statement = session.connection().prepare(
        "SELECT ref FROM bundle WHERE audit = $1 AND state <> 'draft' ORDER BY id");
    statement.bind(audit);
    std::vector<std::string> refs;
    while (statement.step()) refs.emplace_back(statement.text(0));
    return refs;
}

}  // namespace

Result<std::vector<TeamSeat>> openTeamsOf(ReadSession& session, domain::PartyId party) {
    return guarded([&]() -> Result<std::vector<TeamSeat>> {
        Statement statement = session.connection().prepare(
            "SELECT a.ref, t.lead FROM audit_team t JOIN audit a ON a.id = t.audit WHERE t.party = $1 AND "
            "a.state NOT IN ('closed', 'cancelled') ORDER BY a.id");
        statement.bind(party.value);
        std::vector<TeamSeat> seats;
        while (statement.step()) {
            seats.push_back({std::string(statement.text(0)), statement.integer(1) != 0});
        }
        return seats;
    });
}

Result<std::vector<SharedAudit>> sharedAudits(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<SharedAudit>> {
        Statement statement = session.connection().prepare(
            "SELECT s.party, a.ref, s.until_day, a.id FROM audit_share s JOIN audit a ON a.id = s.audit "
            "ORDER BY s.party, a.id");
        std::vector<SharedAudit> shares;
        while (statement.step()) {
            TM_TRY(const Date until, Date::parse(statement.text(2)));
            TM_TRY(auto bundles, bundlesOf(session, statement.integer(3)));
            shares.push_back(
                {{statement.integer(0)}, std::string(statement.text(1)), until, std::move(bundles)});
        }
        return shares;
    });
}

}  // namespace tickmark::storage
