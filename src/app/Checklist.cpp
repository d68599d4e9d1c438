#include "tickmark/app/Checklist.h"

#include <algorithm>
#include <set>

#include "app/Access.h"
#include "app/AuditAccess.h"
#include "app/ChecklistAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

using domain::ChecklistItem;
using domain::ChecklistRowId;
using domain::CheckResult;

std::string nameOf(ChecklistRowId row) { return "row " + std::to_string(row.value) + " of the checklist"; }

Error noSuchRow(ChecklistRowId row) { return notFound(nameOf(row)); }

Result<void> readFinding(storage::ReadSession& session, const domain::Actor& actor,
                         const storage::Scope& scope, domain::FindingId id, ChecklistView& view) {
    if (view.findings.contains(id)) return {};
    TM_TRY(const domain::Finding finding, storage::findFinding(session, id));
    if (!domain::maySee(actor, view.audit, finding, false, scope.today)) return {};
    view.findings[id] = {finding.ref.text(), finding.title, finding.classCode,
                         std::string(domain::toText(finding.state))};
    return {};
}

Result<void> readVersion(storage::ReadSession& session, const storage::Scope& scope,
                         domain::EvidenceVersionId id, ChecklistView& view) {
    if (view.evidence.contains(id)) return {};
    TM_TRY(const auto stored, storage::findEvidenceVersion(session, id));
    auto seen = storage::findEvidenceVersionVisible(session, stored.ref, stored.number, scope);
    if (!seen) {
        if (seen.error().kind == ErrorKind::NotFound) return {};
        return std::move(seen).error();
    }
    view.evidence[id] = stored.ref.text() + "/v" + std::to_string(stored.number);
    return {};
}

Result<void> readLinks(storage::ReadSession& session, const domain::Actor& actor, const storage::Scope& scope,
                       ChecklistView& view) {
    for (const ChecklistItem& row : view.audit.checklist) {
        for (const domain::FindingId id : row.findings)
            TM_CHECK(readFinding(session, actor, scope, id, view));
        for (const domain::EvidenceVersionId id : row.evidence)
            TM_CHECK(readVersion(session, scope, id, view));
    }
    return {};
}

std::string questionFor(const domain::Clause& clause) {
    return clause.title.empty() ? "Is clause " + clause.code + " met?"
                                : "Is clause " + clause.code + ", " + clause.title + ", met?";
}

}  // namespace

void stampCheck(const Context& context, const domain::Actor& actor, const domain::Audit& audit,
                ChecklistItem& row) {
    row.by = actor.id;
    row.at = context.now();
    row.rev = audit.rev + 1;
}

Result<domain::Audit> changeChecklist(Context& context, const domain::Actor& actor,
                                      const domain::AuditRef& ref, std::optional<std::int64_t> rev,
                                      const std::function<Result<ledger::Event>(AuditChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Audit> {
        TM_TRY(domain::Audit audit, storage::findAuditVisible(session, ref, scopeOf(context, actor)));
        TM_CHECK(mustBeOpen(audit));
        if (rev) TM_CHECK(mustBeCurrent(ref.text(), *rev, audit.rev));
        domain::numberRows(audit.checklist);
        AuditChange change{session, std::move(audit)};
        TM_TRY(ledger::Event event, deed(change));
        TM_CHECK(domain::validate(change.audit));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, change.audit, std::move(event)));
        return std::move(change.audit);
    });
}

std::int64_t revisionOf(const ChecklistItem& row) noexcept { return row.rev.value_or(1); }

Result<ChecklistView> showChecklist(Context& context, const domain::Actor& actor,
                                    const domain::AuditRef& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<ChecklistView> {
        const storage::Scope scope = scopeOf(context, actor);
        if (scope.reach != domain::Reach::TeamAudits && scope.reach != domain::Reach::SharedAudits)
            return notFound("audit " + ref.text());
        ChecklistView view;
        TM_TRY(view.audit, storage::findAuditVisible(session, ref, scope));
        domain::numberRows(view.audit.checklist);
        view.progress = domain::progressOf(view.audit.checklist);
        if (!view.audit.catalog.empty()) {
            TM_TRY(auto catalog, storage::findCatalogByCode(session, view.audit.catalog));
            view.clauses = std::move(catalog.clauses);
        }
        std::vector<domain::PartyId> people;
        for (const ChecklistItem& row : view.audit.checklist) people.push_back(row.by);
        std::sort(people.begin(), people.end());
        people.erase(std::unique(people.begin(), people.end()), people.end());
        TM_TRY(view.parties, partiesOf(session, people));
        TM_CHECK(readLinks(session, actor, scope, view));
        const bool open = mustBeOpen(view.audit).ok();
        view.mayRecord = open && isAuditor(actor, view.audit);
        view.mayMake = view.mayRecord && mustLead(actor, view.audit, "make the checklist").ok();
        return view;
    });
}

Result<domain::Audit> addClauses(Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
                                 std::int64_t rev, const std::vector<std::string>& clauses) {
    return changeChecklist(context, actor, ref, rev, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "make the checklist"));
        if (clauses.empty()) {
            return invalid("checklist", "clauses", "No clause was chosen.",
                           "Choose at least one clause that has no row yet.");
        }
        if (change.audit.catalog.empty()) {
            return invalid("checklist", "clauses", "The audit names no catalog of criteria to choose from.",
                           "Name the catalog in the audit's details, or add rows one by one.");
        }
        TM_TRY(const auto catalog, storage::findCatalogByCode(change.session, change.audit.catalog));
        std::set<std::string> taken;
        for (const ChecklistItem& row : change.audit.checklist) taken.insert(row.clause);
        for (const std::string& code : clauses) {
            const auto clause = std::find_if(catalog.clauses.begin(), catalog.clauses.end(),
                                             [&](const auto& one) { return one.code == code; });
            if (clause == catalog.clauses.end()) {
                return invalid("unknown-reference", "clauses", "There is no clause \"" + code + "\".",
                               "Choose one of catalog " + change.audit.catalog + ".");
            }
            if (!taken.insert(code).second) {
                return invalid("checklist", "clauses", "Clause " + code + " has a row already.",
                               "Leave it out, or add a row of your own for it.");
            }
            ChecklistItem row{clause->code, questionFor(*clause), {}, {}};
            row.rev = change.audit.rev + 1;
            change.audit.checklist.push_back(std::move(row));
        }
        domain::numberRows(change.audit.checklist);
        ledger::Event event = eventOf(context, actor, "audit.add-checks");
        event.facts.set("rows", static_cast<std::int64_t>(clauses.size()));
        return event;
    });
}

Result<void> fillCheck(storage::ReadSession& session, const domain::Audit& audit, const storage::Scope& scope,
                       const CheckInput& input, ChecklistItem& row) {
    row.clause = input.clause;
    row.question = input.question;
    row.note = input.note;
    row.sample = input.sample;
    row.result = input.result;
    row.reason = input.reason;
    if (!row.clause.empty()) {
        auto known = clausesExist(session, audit, {row.clause});
        if (!known) {
            Error error = std::move(known).error();
            error.field = "clause";
            return error;
        }
    }
    row.findings.clear();
    for (const std::string& ref : input.findings) {
        auto finding = storage::findFindingVisible(session, domain::FindingRef(ref), scope);
        if (!finding && finding.error().kind != ErrorKind::NotFound) return std::move(finding).error();
        if (!finding || finding->audit != audit.id) {
            return invalid("unknown-reference", "findings",
                           "There is no finding \"" + ref + "\" in this audit.",
                           "Write references of this audit's findings, separated by spaces.");
        }
        if (std::find(row.findings.begin(), row.findings.end(), finding->id) == row.findings.end())
            row.findings.push_back(finding->id);
    }
    TM_TRY(row.evidence, versionsNamed(session, "evidence", input.evidence, audit.id, scope));
    return domain::validate(row);
}

Result<domain::Audit> addCheck(Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
                               std::int64_t rev, const CheckInput& input) {
    return changeChecklist(context, actor, ref, rev, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "make the checklist"));
        ChecklistItem row;
        TM_CHECK(fillCheck(change.session, change.audit, scopeOf(context, actor), input, row));
        stampCheck(context, actor, change.audit, row);
        ledger::Event event = eventOf(context, actor, "audit.add-checks");
        event.facts.set("rows", std::int64_t{1});
        change.audit.checklist.push_back(std::move(row));
        domain::numberRows(change.audit.checklist);
        return event;
    });
}

Result<domain::Audit> recordCheck(Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
                                  ChecklistRowId number, std::int64_t rev, const CheckInput& input) {
    return changeChecklist(context, actor, ref, {}, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustAudit(actor, change.audit, "write its checklist"));
        ChecklistItem* row = domain::rowOf(change.audit.checklist, number);
        if (row == nullptr) return noSuchRow(number);
        TM_CHECK(mustBeCurrent(nameOf(number), rev, revisionOf(*row)));
        TM_CHECK(fillCheck(change.session, change.audit, scopeOf(context, actor), input, *row));
        stampCheck(context, actor, change.audit, *row);
        ledger::Event event = eventOf(context, actor, "audit.check");
        event.facts.set("row", number.value);
        if (!row->clause.empty()) event.facts.set("clause", row->clause);
        if (row->result) event.facts.set("result", domain::toText(*row->result));
        return event;
    });
}

Result<domain::Audit> removeCheck(Context& context, const domain::Actor& actor, const domain::AuditRef& ref,
                                  ChecklistRowId number, std::int64_t rev, const std::string& reason) {
    return changeChecklist(context, actor, ref, {}, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustLead(actor, change.audit, "make the checklist"));
        const ChecklistItem* row = domain::rowOf(change.audit.checklist, number);
        if (row == nullptr) return noSuchRow(number);
        TM_CHECK(mustBeCurrent(nameOf(number), rev, revisionOf(*row)));
        if (!row->findings.empty()) {
            return refused("row-has-findings", "Findings were raised from this row; it stays.",
                           "Take the findings off the row first if they do not belong to it.");
        }
        TM_TRY(const std::string words, cleanText("reason", reason, {1, 2'000, true}));
        ledger::Event event = eventOf(context, actor, "audit.remove-check");
        event.facts.set("row", number.value).set("reason", words);
        if (!row->clause.empty()) event.facts.set("clause", row->clause);
        std::erase_if(change.audit.checklist, [&](const auto& item) { return item.row == number; });
        return event;
    });
}

Result<void> linkToChecklist(Context& context, const domain::Actor& actor, storage::WriteSession& session,
                             domain::Audit audit, ChecklistRowId number, const domain::Finding& finding) {
    domain::numberRows(audit.checklist);
    ChecklistItem* row = domain::rowOf(audit.checklist, number);
    if (row == nullptr) {
        return invalid("unknown-reference", "row",
                       "There is no row " + std::to_string(number.value) + " in the checklist of this audit.",
                       "Open the finding's form from the row again.");
    }
    row->findings.push_back(finding.id);
    row->result = CheckResult::Finding;
    row->reason.clear();
    stampCheck(context, actor, audit, *row);
    TM_CHECK(domain::validate(*row));
    TM_CHECK(domain::validate(audit));
    ledger::Event event = eventOf(context, actor, "audit.check");
    event.facts.set("row", number.value).set("result", "finding").set("finding", finding.ref.text());
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, audit, std::move(event)));
    return {};
}

}  // namespace tickmark::app
