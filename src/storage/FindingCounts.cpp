// The numbers of the dashboard.
#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::storage {
namespace {

std::int64_t one(ReadSession& session, const Query& query) {
    Statement statement = query.prepare(session.connection());
    return statement.step() ? statement.integer(0) : 0;
}

// The tally has what the scope looks at (audit and state) under the names findings use; own items are few, so
// they are counted one by one.
std::vector<FindingCount> openFindings(ReadSession& session, const Scope& scope) {
    const bool own = scope.reach == domain::Reach::OwnItems;
    Query query(own ? "SELECT f.class, f.state, count(*) FROM finding f"
                    : "SELECT f.class, f.state, sum(f.count) FROM finding_tally f");
    query.where("f.open = 1");
    whereFindingVisible(query, scope);
    query.text(" GROUP BY f.class, f.state ORDER BY f.class, f.state");
    Statement statement = query.prepare(session.connection());
    std::vector<FindingCount> counts;
    while (statement.step()) {
        if (statement.integer(2) == 0) continue;
        counts.push_back({.classCode = std::string(statement.text(0)),
                          .state = std::string(statement.text(1)),
                          .count = statement.integer(2)});
    }
    return counts;
}

std::int64_t findingsPastDue(ReadSession& session, const Scope& scope) {
    Query query("SELECT count(*) FROM finding f");
    query.where("f.open = 1").where("f.close_due < ?", {Value(scope.today.iso())});
    whereFindingVisible(query, scope);
    return one(session, query);
}

std::int64_t actionsPastDue(ReadSession& session, const Scope& scope) {
    Query query("SELECT count(*) FROM action c");
    query.where("c.open = 1").where("c.due < ?", {Value(scope.today.iso())});
    whereOfVisibleFinding(query, "c.finding", scope);
    return one(session, query);
}

std::int64_t own(ReadSession& session, std::string_view select, const Scope& scope) {
    Statement statement = session.connection().prepare(select);
    statement.bind(scope.party.value);
    return statement.step() ? statement.integer(0) : 0;
}

/// The classes and states of an audit's findings that stand against closing it.
struct Standing {
    std::vector<Value> codes{};  ///< class + ' ' + state
    std::int64_t count = 0;
};

Standing standingIn(ReadSession& session, const Scope& scope, domain::AuditId audit) {
    const bool own = scope.reach == domain::Reach::OwnItems;
    Query query(own ? "SELECT f.class, f.state, count(*) FROM finding f"
                    : "SELECT f.class, f.state, sum(f.count) FROM finding_tally f");
    query.where("f.audit = ?", {Value(audit.value)});
    whereFindingVisible(query, scope);
    query.text(" GROUP BY f.class, f.state");
    Statement row = query.prepare(session.connection());
    Standing standing;
    while (row.step()) {
        domain::Finding finding;
        finding.classCode = row.text(0);
        const auto state = domain::findingStateFrom(row.text(1));
        if (!state || row.integer(2) == 0) continue;
        finding.state = *state;
        if (!domain::standsAgainstClosing(finding)) continue;
        standing.codes.push_back(Value(finding.classCode + ' ' + std::string(row.text(1))));
        standing.count += row.integer(2);
    }
    return standing;
}

}  // namespace

Result<StandingFindings> findingsAgainstClosing(ReadSession& session, const Scope& scope,
                                                domain::AuditId audit, std::size_t most) {
    return guarded([&]() -> Result<StandingFindings> {
        StandingFindings found;
        const Standing standing = standingIn(session, scope, audit);
        found.count = standing.count;
        if (standing.count == 0 || most == 0) return found;
        Query query("SELECT f.ref FROM finding f");
        query.where("f.audit = ?", {Value(audit.value)});
        query.anyOf("f.class || ' ' || f.state", standing.codes);
        whereFindingVisible(query, scope);
        query.text(" ORDER BY f.id LIMIT " + std::to_string(most));
        Statement row = query.prepare(session.connection());
        while (row.step()) found.refs.emplace_back(row.text(0));
        return found;
    });
}

Result<Counts> countFor(ReadSession& session, const Scope& scope) {
    return guarded([&]() -> Result<Counts> {
        Counts counts;
        if (scope.reach == domain::Reach::Nothing) return counts;
        counts.openFindings = openFindings(session, scope);
        counts.findingsPastDue = findingsPastDue(session, scope);
        counts.actionsPastDue = actionsPastDue(session, scope);
        counts.ownFindings =
            own(session, "SELECT count(*) FROM finding WHERE owner = $1 AND open = 1 AND state <> 'draft'",
                scope);
        counts.ownActions = own(session, "SELECT count(*) FROM action WHERE owner = $1 AND open = 1", scope);
        counts.ownRequests = own(session,
                                 "SELECT count(*) FROM evidence_request WHERE assignee = $1 "
                                 "AND state IN ('open', 'returned')",
                                 scope);
        return counts;
    });
}

}  // namespace tickmark::storage
