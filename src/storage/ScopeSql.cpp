#include "storage/ScopeSql.h"

#include <string>

namespace tickmark::storage {
namespace {

using domain::Reach;

// What only auditors see.
constexpr std::string_view published = "f.state NOT IN ('draft', 'discarded')";

// The findings that name a person: owner, owner of an action, assignee of a request.
constexpr std::string_view ownFindings =
    "SELECT id FROM finding WHERE owner = ? UNION SELECT finding FROM action WHERE owner = ? "
    "UNION SELECT finding FROM evidence_request WHERE assignee = ? AND state <> 'draft'";

Value partyOf(const Scope& scope) { return scope.party.value; }
Value todayOf(const Scope& scope) { return scope.today.iso(); }

std::vector<Value> thrice(const Scope& scope) { return {partyOf(scope), partyOf(scope), partyOf(scope)}; }

void whereOnTeam(Query& query, std::string_view audit, const Scope& scope) {
    query.where(
        "EXISTS (SELECT 1 FROM audit_team t WHERE t.audit = " + std::string(audit) + " AND t.party = ?)",
        {partyOf(scope)});
}

void whereShared(Query& query, std::string_view audit, const Scope& scope) {
    query.where("EXISTS (SELECT 1 FROM audit_share s WHERE s.audit = " + std::string(audit) +
                    " AND s.party = ? AND s.until_day >= ?)",
                {partyOf(scope), todayOf(scope)});
}

// The part of a scope that is decided by the audit alone. False: OwnItems, which depends on the kind of row.
bool whereAuditReached(Query& query, std::string_view audit, const Scope& scope) {
    switch (scope.reach) {
        case Reach::Everything:
            return true;
        case Reach::TeamAudits:
            whereOnTeam(query, audit, scope);
            return true;
        case Reach::SharedAudits:
            whereShared(query, audit, scope);
            return true;
        case Reach::Nothing:
            query.where("1 = 0");
            return true;
        case Reach::OwnItems:
            return false;
    }
    return false;
}

bool seesDrafts(const Scope& scope) {
    return scope.reach == Reach::TeamAudits || (scope.reach == Reach::Everything && scope.drafts);
}

std::string visibleFindings() {
    return "SELECT f.id FROM finding f WHERE f.id IN (" + std::string(ownFindings) + ") AND " +
           std::string(published);
}

}  // namespace

void whereFindingVisible(Query& query, const Scope& scope) {
    if (!whereAuditReached(query, "f.audit", scope)) {
        query.where("f.id IN (" + std::string(ownFindings) + ")", thrice(scope));
    }
    if (!seesDrafts(scope)) query.where(published);
}

void whereFindingAudit(Query& query, std::string_view column, const Scope& scope) {
    if (!whereAuditReached(query, column, scope)) query.where("1 = 0");
}

bool reachesFewFindings(Connection& connection, const Scope& scope) {
    constexpr std::int64_t fewAudits = 8;
    constexpr std::int64_t fewFindings = 2000;
    if (scope.reach != Reach::TeamAudits && scope.reach != Reach::SharedAudits) return false;
    const bool team = scope.reach == Reach::TeamAudits;
    Statement audits = connection.prepare(
        team ? "SELECT count(*) FROM (SELECT 1 FROM audit_team WHERE party = $1 LIMIT 9)"
             : "SELECT count(*) FROM (SELECT 1 FROM audit_share WHERE party = $1 LIMIT 9)");
    if (!audits.bind(scope.party.value).step() || audits.integer(0) > fewAudits) return false;
    Statement findings = connection.prepare(
        team
            ? "SELECT coalesce(sum(n.count), 0) FROM audit_team t JOIN finding_tally n ON n.audit = t.audit "
              "WHERE t.party = $1"
            : "SELECT coalesce(sum(n.count), 0) FROM audit_share t JOIN finding_tally n ON n.audit = t.audit "
              "WHERE t.party = $1");
    return findings.bind(scope.party.value).step() && findings.integer(0) <= fewFindings;
}

void whereFindingVisibleFew(Query& query, const Scope& scope) {
    if (scope.reach == Reach::TeamAudits) {
        query.where("f.audit IN (SELECT t.audit FROM audit_team t WHERE t.party = ?)", {partyOf(scope)});
        return;
    }
    query.where("f.audit IN (SELECT s.audit FROM audit_share s WHERE s.party = ? AND s.until_day >= ?)",
                {partyOf(scope), todayOf(scope)});
    query.where(published);
}

void whereOfVisibleFinding(Query& query, std::string_view column, const Scope& scope) {
    if (scope.reach == Reach::Everything && scope.drafts) return;
    if (scope.reach == Reach::OwnItems) {
        query.where(std::string(column) + " IN (" + visibleFindings() + ")", thrice(scope));
        return;
    }
    const std::string lead = "EXISTS (SELECT 1 FROM finding f WHERE f.id = " + std::string(column);
    switch (scope.reach) {
        case Reach::TeamAudits:
            query.where(
                lead + " AND EXISTS (SELECT 1 FROM audit_team t WHERE t.audit = f.audit AND t.party = ?))",
                {partyOf(scope)});
            return;
        case Reach::SharedAudits:
            query.where(
                lead + " AND " + std::string(published) +
                    " AND EXISTS (SELECT 1 FROM audit_share s WHERE s.audit = f.audit AND s.party = ? "
                    "AND s.until_day >= ?))",
                {partyOf(scope), todayOf(scope)});
            return;
        case Reach::Everything:
            query.where(lead + " AND " + std::string(published) + ")");
            return;
        case Reach::OwnItems:
        case Reach::Nothing:
            query.where("1 = 0");
            return;
    }
}

void whereVersionVisible(Query& query, const Scope& scope) {
    if (whereAuditReached(query, "e.audit", scope)) return;
    const std::string own = visibleFindings();
    std::vector<Value> values(8, partyOf(scope));
    query.where(
        "(e.received_by = ? OR EXISTS (SELECT 1 FROM finding_evidence l WHERE l.version = e.id AND l.finding "
        "IN "
        "(" +
            own +
            ")) OR EXISTS (SELECT 1 FROM action_evidence l JOIN action c ON c.id = l.action "
            "WHERE l.version = e.id AND c.finding IN (" +
            own +
            ")) OR EXISTS (SELECT 1 FROM request_evidence l "
            "JOIN evidence_request r ON r.id = l.request WHERE l.version = e.id AND r.assignee = ?))",
        std::move(values));
}

void whereRequestVisible(Query& query, const Scope& scope) {
    if (!whereAuditReached(query, "r.audit", scope)) {
        query.where("(r.assignee = ? OR r.finding IN (" + visibleFindings() + "))",
                    std::vector<Value>(4, partyOf(scope)));
    }
    if (!seesDrafts(scope)) query.where("r.state <> 'draft'");
}

void whereBundleVisible(Query& query, const Scope& scope) {
    if (!whereAuditReached(query, "b.audit", scope)) query.where("1 = 0");
    if (scope.reach == Reach::SharedAudits) query.where("b.state <> 'draft'");
}

void whereAuditVisible(Query& query, const Scope& scope) {
    if (whereAuditReached(query, "a.id", scope)) return;
    query.where(
        "a.id IN (SELECT f.audit FROM finding f WHERE f.id IN (" + std::string(ownFindings) + ") AND " +
            std::string(published) +
            " UNION SELECT r.audit FROM evidence_request r WHERE r.assignee = ? AND r.state <> 'draft')",
        std::vector<Value>(4, partyOf(scope)));
}

void whereImprovementVisible(Query& query, const Scope& scope) {
    const std::string own = "(i.owner = ? OR i.created_by = ? OR ";
    switch (scope.reach) {
        case Reach::Everything:
            return;
        case Reach::TeamAudits:
            // Asked for each item: a list of all findings of large audits would be built first otherwise.
            query.where(own +
                            "EXISTS (SELECT 1 FROM finding f JOIN audit_team t ON t.audit = f.audit "
                            "WHERE f.id = i.finding AND t.party = ?))",
                        thrice(scope));
            return;
        case Reach::OwnItems:
            query.where(own + "i.finding IN (" + visibleFindings() + "))",
                        std::vector<Value>(5, partyOf(scope)));
            return;
        case Reach::SharedAudits:
            query.where(
                "EXISTS (SELECT 1 FROM finding f JOIN audit_share s ON s.audit = f.audit "
                "WHERE f.id = i.finding AND s.party = ? AND s.until_day >= ? AND " +
                    std::string(published) + ")",
                {partyOf(scope), todayOf(scope)});
            return;
        case Reach::Nothing:
            query.where("1 = 0");
            return;
    }
}

}  // namespace tickmark::storage
