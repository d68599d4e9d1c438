// What the charts of the dashboards and of the trend review show about findings; read from tallies alone.
#include <algorithm>
#include <map>

#include "app/AgeBuckets.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Trends.h"

namespace tickmark::app {
namespace {

using storage::TrendAudit;
using storage::TrendCount;
using storage::TrendKey;

constexpr std::size_t mostMonths = 24;
constexpr std::size_t monthLetters = 7;

using Days = std::map<std::int64_t, std::optional<Date>>;  ///< of audits, by id

void putAgeing(const std::vector<storage::AuditCount>& counts, const Days& days, Date today,
               FindingCharts& charts) {
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        const bool occurs = std::any_of(counts.begin(), counts.end(), [&](const auto& count) {
            return count.open && count.classCode == one.code && count.state != "draft";
        });
        if (occurs && one.kind != domain::FindingKind::Conformity) charts.classes.emplace_back(one.code);
    }
    std::vector<AgeBucket> buckets = ageBuckets(today);
    for (const AgeBucket& bucket : buckets)
        charts.ageing.push_back({bucket, std::vector<std::int64_t>(charts.classes.size(), 0)});
    for (const storage::AuditCount& count : counts) {
        const auto day = days.find(count.audit.value);
        const auto column = std::find(charts.classes.begin(), charts.classes.end(), count.classCode);
        if (!count.open || count.state == "draft" || day == days.end() || column == charts.classes.end())
            continue;
        FindingCharts::AgeRow& row = charts.ageing[bucketOf(buckets, day->second)];
        row.byClass[static_cast<std::size_t>(column - charts.classes.begin())] += count.count;
        row.bucket.count += count.count;
        charts.open += count.count;
    }
    std::erase_if(charts.ageing, [](const auto& row) { return row.bucket.count == 0; });
}

FindingCharts::Month monthOf(const std::string& label) {
    FindingCharts::Month month;
    month.label = label;
    const int year = std::stoi(label.substr(0, 4));
    const auto number = static_cast<unsigned>(std::stoi(label.substr(5, 2)));
    month.from = Date::of(year, number, 1);
    constexpr unsigned december = 12;
    const Date next = number == december ? Date::of(year + 1, 1, 1) : Date::of(year, number + 1, 1);
    month.to = next.plusDays(-1);
    return month;
}

/// Every month from the first to the last that occurs, the latest when they are too many.
void putMonths(const std::map<std::string, std::pair<std::int64_t, std::int64_t>>& flow,
               FindingCharts& charts) {
    if (flow.empty()) return;
    for (std::string label = flow.begin()->first; label <= flow.rbegin()->first;) {
        FindingCharts::Month month = monthOf(label);
        if (const auto at = flow.find(label); at != flow.end()) {
            month.found = at->second.first;
            month.closed = at->second.second;
        }
        label = month.to.plusDays(1).iso().substr(0, monthLetters);
        charts.months.push_back(std::move(month));
    }
    while (charts.months.size() > mostMonths) {
        charts.foundBefore += charts.months.front().found;
        charts.closedBefore += charts.months.front().closed;
        charts.months.erase(charts.months.begin());
    }
}

Result<std::map<std::string, std::int64_t>> totals(storage::ReadSession& session, const storage::Scope& scope,
                                                   const TrendKey& key) {
    TM_TRY(const auto counts, storage::countTrend(session, scope, key));
    std::map<std::string, std::int64_t> sums;
    for (const TrendCount& one : counts) sums[one.value] += one.count;
    return sums;
}

Result<void> putFlow(storage::ReadSession& session, const storage::Scope& scope,
                     const std::vector<TrendAudit>& audits, FindingCharts& charts) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> flow;
    for (const TrendAudit& audit : audits) {
        if (audit.day)
            flow[audit.day->iso().substr(0, monthLetters)].first += audit.findings;
        else
            charts.undated += audit.findings;
    }
    TM_TRY(const auto closed,
           totals(session, scope, {TrendKey::Kind::Facet, domain::FindingFacet::ClosedIn}));
    for (const auto& [month, count] : closed) flow[month].second += count;
    putMonths(flow, charts);
    return {};
}

Result<void> putClauses(storage::ReadSession& session, const storage::Scope& scope, FindingCharts& charts) {
    TM_TRY(const auto clauses, totals(session, scope, {TrendKey::Kind::Clause}));
    for (const auto& [clause, count] : clauses)
        if (count > 0) charts.clauses.push_back({clause, clause, count, {}});
    std::stable_sort(charts.clauses.begin(), charts.clauses.end(),
                     [](const TrendGroup& a, const TrendGroup& b) { return a.total > b.total; });
    return {};
}

}  // namespace

Result<FindingCharts> findingCharts(Context& context, const domain::Actor& actor) {
    using domain::Role;
    constexpr domain::RoleSet reviewers{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                        Role::TopManagement};
    if (!reviewers.has(actor.role))
        return forbidden("Only auditors, the improvement manager and top management review trends.");
    return context.database->read([&](storage::ReadSession& session) -> Result<FindingCharts> {
        const storage::Scope scope = scopeOf(context, actor);
        TM_TRY(const auto audits, storage::trendAudits(session, scope));
        TM_TRY(const auto counts, storage::countByAudit(session, scope));
        Days days;
        for (const TrendAudit& audit : audits) days.emplace(audit.id.value, audit.day);
        FindingCharts charts;
        putAgeing(counts, days, scope.today, charts);
        TM_CHECK(putFlow(session, scope, audits, charts));
        TM_CHECK(putClauses(session, scope, charts));
        TM_TRY(auto effects, totals(session, scope, {TrendKey::Kind::Facet, domain::FindingFacet::Effect}));
        charts.worked = effects["worked"];
        charts.failed = effects["failed"];
        return charts;
    });
}

}  // namespace tickmark::app
