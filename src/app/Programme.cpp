#include "tickmark/app/Programme.h"

#include <algorithm>
#include <map>

#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/Checks.h"

namespace tickmark::app {
namespace {

using domain::ProgrammePhase;
using storage::AuditRow;

std::optional<Date> beginOf(const AuditRow& row) { return row.from ? row.from : row.to; }
std::optional<Date> endOf(const AuditRow& row) { return row.to ? row.to : row.from; }

std::size_t placeOf(ProgrammePhase phase) { return static_cast<std::size_t>(phase); }

Result<void> mayLook(const domain::Actor& actor) {
    switch (actor.role) {
        case domain::Role::LeadAuditor:
        case domain::Role::Auditor:
        case domain::Role::ImprovementManager:
        case domain::Role::TopManagement:
            return {};
        case domain::Role::ProcessOwner:
        case domain::Role::ActionOwner:
        case domain::Role::CertificationAuditor:
        case domain::Role::Administrator:
            break;
    }
    return forbidden("The audit programme is for auditors, improvement managers and top management.");
}

/// The whole year of today, or the latest one in which audits begin.
void choosePeriod(const ProgrammeQuestion& question, Date today, ProgrammeView& view) {
    view.from = question.from;
    view.to = question.to;
    if (view.from || view.to) return;
    int year = today.year();
    const bool known = std::find(view.years.begin(), view.years.end(), year) != view.years.end();
    if (!known && !view.years.empty()) year = view.years.front();
    view.from = Date::of(year, 1, 1);
    view.to = Date::of(year, 12, 31);
}

Result<std::vector<AuditRow>> everyAudit(storage::ReadSession& session, const storage::Scope& scope,
                                         const storage::AuditFilter& filter) {
    return everyRow(
        [&](const storage::PageRequest& page) { return storage::listAudits(session, scope, filter, page); });
}

bool isEarlier(const ProgrammeAudit& a, const ProgrammeAudit& b) {
    return std::pair(beginOf(a.row), a.row.ref) < std::pair(beginOf(b.row), b.row.ref);
}

Result<void> readAudits(storage::ReadSession& session, const storage::Scope& scope, ProgrammeView& view) {
    storage::AuditFilter filter;
    filter.from = view.from;
    filter.to = view.to;
    TM_TRY(auto rows, everyAudit(session, scope, filter));
    std::map<std::string, ProgrammeAuditee> auditees;
    for (AuditRow& row : rows) {
        const ProgrammePhase phase =
            domain::phaseOf(*domain::auditStateFrom(row.state), row.from, row.to, scope.today);
        ++view.counts[placeOf(phase)];
        ++view.all;
        ProgrammeAuditee& auditee = auditees[row.auditee];
        auditee.auditee = row.auditee;
        ++auditee.counts[placeOf(phase)];
        ++auditee.all;
        if (phase == ProgrammePhase::Done || phase == ProgrammePhase::UnderWay)
            auditee.last = std::max(auditee.last, endOf(row));
        view.audits.push_back({std::move(row), phase});
    }
    std::sort(view.audits.begin(), view.audits.end(), isEarlier);
    for (auto& [name, auditee] : auditees) view.auditees.push_back(std::move(auditee));
    return {};
}

Result<void> readNext(storage::ReadSession& session, const storage::Scope& scope, ProgrammeView& view) {
    storage::AuditFilter filter;
    filter.states = {domain::AuditState::Planned};
    TM_TRY(auto rows, everyAudit(session, scope, filter));
    for (AuditRow& row : rows) {
        const ProgrammePhase phase =
            domain::phaseOf(domain::AuditState::Planned, row.from, row.to, scope.today);
        if (phase == ProgrammePhase::Planned) view.next.push_back({std::move(row), phase});
    }
    // Those without a date stand last.
    std::sort(view.next.begin(), view.next.end(), [](const auto& a, const auto& b) {
        const auto first = beginOf(a.row);
        const auto second = beginOf(b.row);
        if (first.has_value() != second.has_value()) return first.has_value();
        return isEarlier(a, b);
    });
    filter = {};
    filter.undated = true;
    TM_TRY(view.undated, storage::countAudits(session, scope, filter));
    return {};
}

/// The catalog that most of the period's audits are made against; of all catalogs when none names one.
std::string mostUsed(const ProgrammeView& view) {
    std::map<std::string, std::int64_t> uses;
    for (const ProgrammeAudit& audit : view.audits) {
        if (!audit.row.catalog.empty()) ++uses[audit.row.catalog];
    }
    std::string best = view.catalogs.empty() ? std::string() : view.catalogs.front();
    std::int64_t most = 0;
    for (const auto& [catalog, count] : uses) {
        if (count > most) best = catalog;
        most = std::max(most, count);
    }
    return best;
}

/// What the rows of all audits say about one clause.
void add(ProgrammeClause& clause, const storage::CheckCount& one,
         const std::map<std::int64_t, std::optional<Date>>& days) {
    clause.rows += one.examined;
    clause.planned += one.rows - one.examined;
    if (one.examined == 0) return;
    ++clause.audits;
    if (const auto day = days.find(one.audit.value); day != days.end())
        clause.last = std::max(clause.last, day->second);
}

Result<void> readClauses(storage::ReadSession& session, const storage::Scope& scope, ProgrammeView& view) {
    auto catalog = storage::findCatalogByCode(session, view.catalog);
    if (!catalog) {
        return invalid("query", "catalog", "There is no catalog \"" + view.catalog + "\".",
                       "Choose one of the list.");
    }
    view.catalogTitle = catalog->title;
    std::map<std::int64_t, std::optional<Date>> days;
    for (const ProgrammeAudit& audit : view.audits) days.emplace(audit.row.id.value, endOf(audit.row));
    std::map<std::string, ProgrammeClause> byCode;
    TM_TRY(const auto counts, storage::countChecks(session, scope, view.catalog, view.from, view.to));
    for (const storage::CheckCount& one : counts) add(byCode[one.clause], one, days);
    for (const domain::Clause& clause : catalog->clauses) {
        ProgrammeClause row = byCode[clause.code];
        row.code = clause.code;
        row.title = clause.title;
        row.group = std::any_of(catalog->clauses.begin(), catalog->clauses.end(),
                                [&](const auto& other) { return other.parent == clause.code; });
        if (!row.group) ++(row.rows > 0 ? view.covered : view.never);
        view.clauses.push_back(std::move(row));
    }
    return {};
}

}  // namespace

Result<ProgrammeView> showProgramme(Context& context, const domain::Actor& actor,
                                    const ProgrammeQuestion& question) {
    TM_CHECK(mayLook(actor));
    if (question.from && question.to && *question.to < *question.from) {
        return invalid("query", "to", "The period ends before it begins.",
                       "Choose a last day that is not before the first.");
    }
    return context.database->read([&](storage::ReadSession& session) -> Result<ProgrammeView> {
        const storage::Scope scope = scopeOf(context, actor);
        ProgrammeView view;
        TM_TRY(view.years, storage::auditYears(session, scope));
        choosePeriod(question, scope.today, view);
        TM_CHECK(readAudits(session, scope, view));
        TM_CHECK(readNext(session, scope, view));
        TM_TRY(const auto catalogs, storage::listCatalogs(session));
        for (const auto& catalog : catalogs) view.catalogs.push_back(catalog.code);
        view.readsPapers = scope.reach == domain::Reach::TeamAudits;
        view.catalog = question.catalog.empty() ? mostUsed(view) : question.catalog;
        if (view.readsPapers && !view.catalog.empty()) TM_CHECK(readClauses(session, scope, view));
        return view;
    });
}

}  // namespace tickmark::app
