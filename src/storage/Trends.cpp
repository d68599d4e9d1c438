#include "tickmark/storage/Trends.h"

#include <algorithm>
#include <iterator>

#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "storage/TrendSql.h"

namespace tickmark::storage {
namespace {

/// The facet under which the tally has this key; nothing for the class, which the tally of states has.
std::string_view facetOf(const TrendKey& key) {
    return key.kind == TrendKey::Kind::Clause ? std::string_view("clause") : domain::toText(key.facet);
}

/// By class, from the tally of states, which has audit, class and state under the names that findings use.
Query classQuery(const Scope& scope) {
    Query query("SELECT f.class, f.audit, f.class, sum(f.count) FROM finding_tally f");
    whereCounted(query);
    whereFindingVisible(query, scope);
    query.text(" GROUP BY f.class, f.audit ORDER BY f.class, f.audit");
    return query;
}

Query tallyQuery(const Scope& scope, const TrendKey& key) {
    Query query("SELECT g.value, g.audit, g.class, g.count FROM trend_tally g");
    query.where("g.count <> 0").where("g.facet = ?", {Value(std::string(facetOf(key)))});
    whereFindingAudit(query, "g.audit", scope);
    query.text(" ORDER BY g.value, g.audit, g.class");
    return query;
}

/// One by one, for those who see only what names them: their findings are few.
Query ownQuery(const Scope& scope, const TrendKey& key) {
    std::string_view value = "f.class";
    std::string from = " FROM finding f";
    if (key.kind == TrendKey::Kind::Clause) {
        value = "k.clause";
        from = " FROM finding_clause k JOIN finding f ON f.id = k.finding";
    } else if (key.kind == TrendKey::Kind::Facet) {
        value = "x.value";
        from = " FROM finding_facet x JOIN finding f ON f.id = x.finding";
    }
    Query query("SELECT " + std::string(value) + ", f.audit, f.class, count(*)" + from);
    if (key.kind == TrendKey::Kind::Facet) query.where("x.facet = ?", {Value(std::string(facetOf(key)))});
    whereCounted(query);
    whereFindingVisible(query, scope);
    query.text(" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
    return query;
}

Query trendQuery(const Scope& scope, const TrendKey& key) {
    if (scope.reach == domain::Reach::OwnItems) return ownQuery(scope, key);
    return key.kind == TrendKey::Kind::Class ? classQuery(scope) : tallyQuery(scope, key);
}

TrendAudit auditOf(const Statement& row) {
    TrendAudit audit;
    audit.id.value = row.integer(0);
    audit.ref = row.text(1);
    audit.title = row.text(2);
    audit.catalog = row.text(3);
    if (!row.isNull(4)) {
        if (auto day = Date::parse(row.text(4))) audit.day = *day;
    }
    audit.findings = row.integer(5);
    audit.open = row.integer(6);
    return audit;
}

}  // namespace

void whereCounted(Query& query) {
    query.where("f.state NOT IN ('draft', 'discarded', 'withdrawn')");
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        if (one.kind == domain::FindingKind::Conformity)
            query.where("f.class <> ?", {Value(std::string(one.code))});
    }
}

Result<std::vector<TrendCount>> countTrend(ReadSession& session, const Scope& scope, const TrendKey& key) {
    return guarded([&]() -> Result<std::vector<TrendCount>> {
        const Query query = trendQuery(scope, key);
        Statement row = query.prepare(session.connection());
        std::vector<TrendCount> counts;
        while (row.step()) {
            if (row.integer(3) == 0) continue;  // a tally of what was there once
            counts.push_back({std::string(row.text(0)), domain::AuditId{row.integer(1)},
                              std::string(row.text(2)), row.integer(3)});
        }
        return counts;
    });
}

Result<std::vector<TrendAudit>> trendAudits(ReadSession& session, const Scope& scope) {
    return guarded([&]() -> Result<std::vector<TrendAudit>> {
        const bool own = scope.reach == domain::Reach::OwnItems;
        Query query(own ? "SELECT a.id, a.ref, a.title, a.catalog, coalesce(a.to_day, a.from_day), "
                          "count(*), sum(f.open) FROM finding f JOIN audit a ON a.id = f.audit"
                        : "SELECT a.id, a.ref, a.title, a.catalog, coalesce(a.to_day, a.from_day), "
                          "sum(f.count), sum(CASE WHEN f.open = 1 THEN f.count ELSE 0 END) "
                          "FROM finding_tally f JOIN audit a ON a.id = f.audit");
        whereCounted(query);
        whereFindingVisible(query, scope);
        query.text(
            " GROUP BY a.id, a.ref, a.title, a.catalog, a.to_day, a.from_day "
            "ORDER BY coalesce(a.to_day, a.from_day, '9999'), a.id");
        Statement row = query.prepare(session.connection());
        std::vector<TrendAudit> audits;
        while (row.step()) {
            if (row.integer(5) > 0) audits.push_back(auditOf(row));
        }
        return audits;
    });
}

namespace {

/// One clause at a time: its index gives the newest first, and the search ends with the last one wanted.
Query candidatesOf(const std::string& clause, const Scope& scope, const domain::Finding& finding,
                   std::size_t most) {
    Query query("SELECT f.record FROM finding_clause k CROSS JOIN finding f ON f.id = k.finding");
    query.where("k.clause = ?", {Value(clause)});
    query.where("k.finding < ?", {Value(finding.id.value)});
    query.where("f.audit <> ?", {Value(finding.audit.value)});
    if (!finding.process.empty()) {
        query.where(
            "EXISTS (SELECT 1 FROM finding_facet x WHERE x.finding = k.finding AND x.facet = 'process' "
            "AND x.value = ?)",
            {Value(domain::facetText(finding.process))});
    }
    whereCounted(query);
    whereFindingVisible(query, scope);
    query.text(" ORDER BY k.finding DESC LIMIT " + std::to_string(most));
    return query;
}

}  // namespace

Result<std::vector<AuditCount>> countByAudit(ReadSession& session, const Scope& scope) {
    return guarded([&]() -> Result<std::vector<AuditCount>> {
        const bool own = scope.reach == domain::Reach::OwnItems;
        Query query(own ? "SELECT f.audit, f.class, f.state, f.open, count(*) FROM finding f"
                        : "SELECT f.audit, f.class, f.state, f.open, f.count FROM finding_tally f");
        whereFindingVisible(query, scope);
        if (own) query.text(" GROUP BY f.audit, f.class, f.state, f.open");
        query.text(" ORDER BY 1, 2, 3");
        Statement row = query.prepare(session.connection());
        std::vector<AuditCount> counts;
        while (row.step()) {
            if (row.integer(4) == 0) continue;
            counts.push_back({domain::AuditId{row.integer(0)}, std::string(row.text(1)),
                              std::string(row.text(2)), row.integer(3) == 1, row.integer(4)});
        }
        return counts;
    });
}

Result<std::vector<domain::Finding>> repeatCandidates(ReadSession& session, const Scope& scope,
                                                      const domain::Finding& finding, std::size_t most) {
    return guarded([&]() -> Result<std::vector<domain::Finding>> {
        std::vector<domain::Finding> all;
        for (const std::string& clause : finding.clauses) {
            const Query query = candidatesOf(clause, scope, finding, most);  // outlives what it binds
            Statement statement = query.prepare(session.connection());
            TM_TRY(auto some, decodeAll<domain::Finding>(statement));
            std::move(some.begin(), some.end(), std::back_inserter(all));
        }
        std::sort(all.begin(), all.end(),
                  [](const auto& a, const auto& b) { return a.id.value > b.id.value; });
        const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
        all.erase(std::unique(all.begin(), all.end(), same), all.end());
        if (all.size() > most) all.erase(all.begin() + static_cast<std::ptrdiff_t>(most), all.end());
        return all;
    });
}

}  // namespace tickmark::storage
