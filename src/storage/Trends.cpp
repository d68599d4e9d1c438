#include "tickmark/storage/Trends.h"

#include <algorithm>
#include <iterator>

#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "storage/TrendSql.h"

namespace tickmark::storage {
namespace {

/// The query up to its conditions. What nobody is named in comes from the tally, which has audit, class and
/// state under the names that findings use.
Query trendQuery(const Scope& scope, const TrendKey& key) {
    switch (key.kind) {
        case TrendKey::Kind::Class:
            return Query(scope.reach == domain::Reach::OwnItems
                             ? "SELECT f.class, f.audit, f.class, count(*) FROM finding f"
                             : "SELECT f.class, f.audit, f.class, sum(f.count) FROM finding_tally f");
        case TrendKey::Kind::Clause:
            return Query(
                "SELECT k.clause, f.audit, f.class, count(*) FROM finding_clause k "
                "JOIN finding f ON f.id = k.finding");
        case TrendKey::Kind::Facet:
            break;
    }
    Query query(
        "SELECT x.value, f.audit, f.class, count(*) FROM finding_facet x JOIN finding f ON f.id = x.finding");
    query.where("x.facet = ?", {Value(std::string(domain::toText(key.facet)))});
    return query;
}

std::string_view groupOf(const TrendKey& key) {
    switch (key.kind) {
        case TrendKey::Kind::Class:
            return " GROUP BY f.class, f.audit ORDER BY f.class, f.audit";
        case TrendKey::Kind::Clause:
            return " GROUP BY k.clause, f.audit, f.class ORDER BY k.clause, f.audit, f.class";
        case TrendKey::Kind::Facet:
            break;
    }
    return " GROUP BY x.value, f.audit, f.class ORDER BY x.value, f.audit, f.class";
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
        Query query = trendQuery(scope, key);
        whereCounted(query);
        whereFindingVisible(query, scope);
        query.text(groupOf(key));
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
