#include "tickmark/app/Trends.h"

#include "app/AgeBuckets.h"

#include <algorithm>
#include <array>
#include <map>

#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/Checks.h"

namespace tickmark::app {
namespace {

using storage::TrendAudit;
using storage::TrendCount;
using storage::TrendKey;
using CountOf = std::map<std::int64_t, std::int64_t>;  ///< by audit

constexpr std::size_t mostColumns = 12;

Error badQuestion(std::string field, std::string message, std::string fix) {
    return invalid("query", std::move(field), std::move(message), std::move(fix));
}

Result<TrendKey> keyOf(const std::string& by) {
    using domain::FindingFacet;
    if (by == "clause") return TrendKey{TrendKey::Kind::Clause};
    if (by == "class") return TrendKey{TrendKey::Kind::Class};
    for (const FindingFacet facet : {FindingFacet::Process, FindingFacet::Cause, FindingFacet::Branch}) {
        if (by == domain::toText(facet)) return TrendKey{TrendKey::Kind::Facet, facet};
    }
    return badQuestion("by", "Findings are not counted by \"" + by + "\".",
                       "Choose clause, process, cause, branch or class.");
}

std::string yearOf(const TrendAudit& audit) {
    return audit.day ? audit.day->iso().substr(0, 4) : std::string();
}

/// The columns, and for each audit which one it belongs to.
struct Columns {
    std::vector<TrendColumn> list{};
    std::map<std::int64_t, std::size_t> of{};
};

Columns auditColumns(const std::vector<TrendAudit>& audits) {
    Columns columns;
    const std::size_t first = audits.size() > mostColumns ? audits.size() - mostColumns : 0;
    for (std::size_t i = first; i < audits.size(); ++i) {
        columns.of[audits[i].id.value] = columns.list.size();
        columns.list.push_back({audits[i].ref, audits[i].ref, {}, {}, false});
    }
    return columns;
}

Columns yearColumns(const std::vector<TrendAudit>& audits) {
    Columns columns;
    for (const TrendAudit& audit : audits) {
        const std::string year = yearOf(audit);
        const std::string label = year.empty() ? "No date" : year;
        if (columns.list.empty() || columns.list.back().label != label) {
            TrendColumn column;
            column.label = label;
            column.undated = year.empty();
            if (!year.empty()) {
                const int number = std::stoi(year);
                column.from = Date::of(number, 1, 1);
                column.to = Date::of(number, 12, 31);
            }
            columns.list.push_back(std::move(column));
        }
        columns.of[audit.id.value] = columns.list.size() - 1;
    }
    if (columns.list.size() <= mostColumns) return columns;
    const std::size_t cut = columns.list.size() - mostColumns;
    columns.list.erase(columns.list.begin(), columns.list.begin() + static_cast<std::ptrdiff_t>(cut));
    std::erase_if(columns.of, [cut](const auto& one) { return one.second < cut; });
    for (auto& one : columns.of) one.second -= cut;
    return columns;
}

std::string sentenceCase(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string labelOf(const TrendKey& key, const std::string& value) {
    if (key.kind == TrendKey::Kind::Clause) return value;
    if (key.kind == TrendKey::Kind::Facet) return sentenceCase(value);
    const domain::FindingClass* scheme = domain::findingClass(value);
    return scheme == nullptr ? value : std::string(scheme->title);
}

std::vector<TrendGroup> groupsOf(const std::vector<TrendCount>& counts, const Columns& columns,
                                 const TrendKey& key) {
    std::vector<TrendGroup> groups;
    for (const TrendCount& one : counts) {  // ordered by value
        if (groups.empty() || groups.back().value != one.value) {
            groups.push_back(
                {one.value, labelOf(key, one.value), 0, std::vector<std::int64_t>(columns.list.size(), 0)});
        }
        groups.back().total += one.count;
        const auto column = columns.of.find(one.audit.value);
        if (column != columns.of.end()) groups.back().cells[column->second] += one.count;
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const TrendGroup& a, const TrendGroup& b) { return a.total > b.total; });
    return groups;
}

std::vector<AgeBucket> ageingOf(const std::vector<TrendAudit>& audits, Date today) {
    std::vector<AgeBucket> buckets = ageBuckets(today);
    for (const TrendAudit& audit : audits) buckets[bucketOf(buckets, audit.day)].count += audit.open;
    return buckets;
}

Result<std::map<std::string, std::int64_t>> totalsOf(storage::ReadSession& session,
                                                     const storage::Scope& scope,
                                                     domain::FindingFacet facet) {
    TM_TRY(const auto counts, storage::countTrend(session, scope, {TrendKey::Kind::Facet, facet}));
    std::map<std::string, std::int64_t> totals;
    for (const TrendCount& one : counts) totals[one.value] += one.count;
    return totals;
}

Result<void> readRates(storage::ReadSession& session, const storage::Scope& scope, TrendView& view) {
    TM_TRY(auto closures, totalsOf(session, scope, domain::FindingFacet::Closure));
    TM_TRY(auto effects, totalsOf(session, scope, domain::FindingFacet::Effect));
    view.onTime = closures["on_time"];
    view.late = closures["late"];
    view.withoutDate = closures["no_date"];
    view.worked = effects["worked"];
    view.failed = effects["failed"];
    return {};
}

// ---- coverage

/// The latest audits against this catalog, oldest first; also those without findings.
Result<std::vector<storage::AuditRow>> mappedAudits(storage::ReadSession& session,
                                                    const storage::Scope& scope, const std::string& catalog) {
    storage::AuditFilter filter;
    filter.catalog = catalog;
    filter.states = {domain::AuditState::Fieldwork, domain::AuditState::Reporting,
                     domain::AuditState::FollowUp, domain::AuditState::Closed};
    TM_TRY(auto page, storage::listAudits(session, scope, filter, {mostColumns, {}}));
    const auto dayOf = [](const storage::AuditRow& row) { return row.to ? row.to : row.from; };
    std::sort(page.rows.begin(), page.rows.end(), [&](const auto& a, const auto& b) {
        return std::pair(dayOf(a), a.id.value) < std::pair(dayOf(b), b.id.value);
    });
    return std::move(page.rows);
}

/// The map's cells while they are gathered: clause, then place of the audit.
using Cells = std::map<std::string, std::vector<CoverageCell>>;

Result<Cells> cellsOf(storage::ReadSession& session, const storage::Scope& scope,
                      const std::vector<storage::AuditRow>& audits, bool samples) {
    Cells cells;
    std::map<std::int64_t, std::size_t> place;
    for (const auto& audit : audits) place.emplace(audit.id.value, place.size());
    const auto at = [&](const std::string& clause, std::int64_t audit) -> CoverageCell& {
        auto& row = cells[clause];
        row.resize(audits.size());
        return row[place.at(audit)];
    };
    TM_TRY(const auto counts, storage::countTrend(session, scope, {TrendKey::Kind::Clause}));
    for (const TrendCount& one : counts) {
        if (place.contains(one.audit.value)) at(one.value, one.audit.value).findings += one.count;
    }
    if (!samples) return cells;
    TM_TRY(const auto checks, storage::countChecks(session, scope, {}, {}, {}));
    for (const storage::CheckCount& one : checks) {
        if (place.contains(one.audit.value)) at(one.clause, one.audit.value).samples += one.examined;
    }
    return cells;
}

CoverageRow rowOf(const domain::Catalog& catalog, const domain::Clause& clause, const Cells& cells,
                  std::size_t audits) {
    CoverageRow row{clause.code, clause.title, std::vector<CoverageCell>(audits), false};
    if (const auto found = cells.find(clause.code); found != cells.end()) row.cells = found->second;
    const bool parent = std::any_of(catalog.clauses.begin(), catalog.clauses.end(),
                                    [&](const auto& other) { return other.parent == clause.code; });
    const bool seen = std::any_of(row.cells.begin(), row.cells.end(),
                                  [](const auto& cell) { return cell.findings + cell.samples > 0; });
    row.gap = !parent && !seen;
    return row;
}

Result<Coverage> coverageOf(storage::ReadSession& session, const storage::Scope& scope,
                            const std::string& code) {
    Coverage coverage;
    if (code.empty()) return coverage;
    auto catalog = storage::findCatalogByCode(session, code);
    if (!catalog) {
        return badQuestion("catalog", "There is no catalog \"" + code + "\".",
                           "Choose one that is listed at /api/v1/catalogs.");
    }
    coverage.catalog = code;
    coverage.title = catalog->title;
    coverage.samplesShown =
        scope.reach == domain::Reach::TeamAudits || scope.reach == domain::Reach::SharedAudits;
    TM_TRY(const auto audits, mappedAudits(session, scope, code));
    for (const auto& audit : audits) coverage.audits.push_back(audit.ref);
    TM_TRY(const Cells cells, cellsOf(session, scope, audits, coverage.samplesShown));
    for (const domain::Clause& clause : catalog->clauses) {
        CoverageRow row = rowOf(*catalog, clause, cells, audits.size());
        row.gap = row.gap && coverage.samplesShown && !audits.empty();
        coverage.gaps += row.gap ? 1 : 0;
        coverage.rows.push_back(std::move(row));
    }
    return coverage;
}

Result<void> mayReview(const domain::Actor& actor) {
    using domain::Role;
    constexpr domain::RoleSet reviewers{Role::LeadAuditor, Role::Auditor, Role::ImprovementManager,
                                        Role::TopManagement};
    if (reviewers.has(actor.role)) return {};
    return forbidden("Only auditors, the improvement manager and top management review trends.");
}

Result<void> readGroups(storage::ReadSession& session, const storage::Scope& scope, const TrendKey& key,
                        const std::string& over, const std::vector<TrendAudit>& audits, TrendView& view) {
    for (const TrendAudit& audit : audits) {
        view.counted += audit.findings;
        view.open += audit.open;
    }
    view.over = over;
    if (over.empty()) view.over = audits.size() > mostColumns ? "year" : "audit";
    const Columns columns = view.over == "year" ? yearColumns(audits) : auditColumns(audits);
    TM_TRY(const auto counts, storage::countTrend(session, scope, key));
    view.groups = groupsOf(counts, columns, key);
    view.columns = columns.list;
    return {};
}

/// The one asked for, else that of the latest audit.
std::string catalogFor(const std::string& asked, const std::vector<TrendAudit>& audits) {
    if (!asked.empty()) return asked;
    const auto latest = std::find_if(audits.rbegin(), audits.rend(),
                                     [](const TrendAudit& audit) { return !audit.catalog.empty(); });
    return latest == audits.rend() ? std::string() : latest->catalog;
}

}  // namespace

Result<TrendView> reviewTrends(Context& context, const domain::Actor& actor, const TrendQuestion& question) {
    TM_CHECK(mayReview(actor));
    const std::string by = question.by.empty() ? "clause" : question.by;
    if (!question.over.empty() && question.over != "audit" && question.over != "year") {
        return badQuestion("over", "There are no columns by \"" + question.over + "\".",
                           "Choose audit or year.");
    }
    TM_TRY(const TrendKey key, keyOf(by));
    return context.database->read([&](storage::ReadSession& session) -> Result<TrendView> {
        const storage::Scope scope = scopeOf(context, actor);
        TM_TRY(const auto audits, storage::trendAudits(session, scope));
        TrendView view;
        view.by = by;
        view.ageing = ageingOf(audits, context.today());
        TM_CHECK(readGroups(session, scope, key, question.over, audits, view));
        TM_CHECK(readRates(session, scope, view));
        TM_TRY(const auto catalogs, storage::listCatalogs(session));
        for (const auto& catalog : catalogs) view.catalogs.push_back(catalog.code);
        TM_TRY(view.coverage, coverageOf(session, scope, catalogFor(question.catalog, audits)));
        return view;
    });
}

}  // namespace tickmark::app
