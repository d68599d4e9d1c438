// Imports from CSV: all or nothing, every bad row named by its line.
#include "tickmark/app/Import.h"

#include <functional>
#include <map>
#include <set>

#include "app/Access.h"
#include "app/ActionAccess.h"
#include "app/AuditAccess.h"
#include "app/BuiltInCatalogs.h"
#include "app/FindingAccess.h"
#include "app/ImportRows.h"
#include "tickmark/app/Lists.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::app {
namespace {

/// mustAudit or mustLead.
using Right = Result<void> (*)(const domain::Actor&, const domain::Audit&, std::string_view);

/// The audit that everything goes into; auditors only.
std::function<Result<void>(storage::WriteSession&)> prepareAudit(Context& context, const domain::Actor& actor,
                                                                 const std::string& ref, domain::Audit& audit,
                                                                 Right may) {
    return [&context, &actor, &ref, &audit, may](storage::WriteSession& session) -> Result<void> {
        TM_TRY(audit, storage::findAuditVisible(session, domain::AuditRef(ref), scopeOf(context, actor)));
        TM_CHECK(may(actor, audit, "import into the audit"));
        return mustBeOpen(audit);
    };
}

FindingDraft findingDraft(const std::string& audit, RowReader& row) {
    FindingDraft draft;
    draft.audit = audit;
    draft.classCode = lower(row.text("class"));
    draft.title = row.text("title");
    draft.clauses = row.words("clauses");
    draft.requirement = row.text("requirement");
    draft.objectiveEvidence = row.text("objective_evidence");
    draft.nature = row.text("nature");
    draft.extent = row.text("extent");
    draft.risk = row.text("risk");
    draft.process = row.text("process");
    draft.service = row.text("service");
    draft.owner = row.text("owner");
    draft.repeatOf = row.text("repeat_of");
    draft.sourceRef = row.text("source_ref");
    draft.responseDue = row.date("response_due");
    draft.closeDue = row.date("close_due");
    return draft;
}

ActionDraft actionDraft(RowReader& row) {
    ActionDraft draft;
    draft.finding = row.text("finding");
    const std::string kind = lower(row.text("kind"));
    if (const auto known = domain::actionKindFrom(kind))
        draft.kind = *known;
    else
        row.complain(invalid("enum", "kind", "There is no kind of action \"" + kind + "\".",
                             "Write correction, corrective, preventive or improvement."));
    draft.title = row.text("title");
    draft.description = row.text("description");
    draft.rootCause = row.text("root_cause");
    draft.owner = row.text("owner");
    draft.ownerRole = row.text("owner_role");
    draft.due = row.date("due");
    draft.cost = row.text("cost");
    return draft;
}

domain::Audit auditFrom(RowReader& row) {
    domain::Audit audit;
    audit.ref = domain::AuditRef(row.text("ref"));
    audit.title = row.text("title");
    audit.auditee = row.text("auditee");
    audit.programme = row.text("programme");
    audit.catalog = row.text("catalog");
    audit.scope = row.text("scope");
    audit.from = row.date("from");
    audit.to = row.date("to");
    const std::string type = lower(row.text("type"));
    if (const auto known = domain::auditTypeFrom(type))
        audit.type = *known;
    else if (!type.empty())
        row.complain(invalid("enum", "type", "There is no type of audit \"" + type + "\"."));
    return audit;
}

}  // namespace

Result<ImportOutcome> importFindings(Context& context, const domain::Actor& actor, const std::string& audit,
                                     std::string_view csv, bool dryRun) {
    TM_TRY(const codec::CsvTable table,
           codec::parseCsv(csv, {"ref", "class", "title", "requirement", "objective_evidence", "nature"}));
    domain::Audit target;
    return importRows(context, table, dryRun, prepareAudit(context, actor, audit, target, mustAudit),
                      [&](storage::WriteSession& session, RowReader& row) -> Result<std::string> {
                          const FindingDraft draft = findingDraft(audit, row);
                          const std::string ref = row.text("ref");
                          if (!ref.empty()) {
                              auto taken = storage::findFinding(session, domain::FindingRef(ref));
                              if (taken)
                                  return invalid("duplicate", "ref", "The reference " + ref + " is taken.");
                          }
                          TM_TRY(const auto finding,
                                 insertFinding(context, actor, session, target, draft, ref));
                          return finding.ref.text();
                      });
}

Result<ImportOutcome> importActions(Context& context, const domain::Actor& actor, const std::string& audit,
                                    std::string_view csv, bool dryRun) {
    TM_TRY(const codec::CsvTable table, codec::parseCsv(csv, {"finding", "kind", "title"}));
    domain::Audit target;
    return importRows(context, table, dryRun, prepareAudit(context, actor, audit, target, mustLead),
                      [&](storage::WriteSession& session, RowReader& row) -> Result<std::string> {
                          const ActionDraft draft = actionDraft(row);
                          auto finding = storage::findFinding(session, domain::FindingRef(draft.finding));
                          if (!finding || finding->audit != target.id) {
                              return invalid(
                                  "unknown-reference", "finding",
                                  "There is no finding \"" + draft.finding + "\" in audit " + audit + ".");
                          }
                          TM_CHECK(takesActions(*finding));
                          TM_TRY(const auto action, insertAction(context, actor, session, *finding, draft));
                          return action.ref.text();
                      });
}

Result<ImportOutcome> importAudits(Context& context, const domain::Actor& actor, std::string_view csv,
                                   bool dryRun) {
    TM_TRY(const codec::CsvTable table, codec::parseCsv(csv, {"ref", "title", "auditee"}));
    return importRows(
        context, table, dryRun, [](storage::WriteSession&) -> Result<void> { return {}; },
        [&](storage::WriteSession& session, RowReader& row) -> Result<std::string> {
            const domain::Audit audit = auditFrom(row);
            TM_TRY(const auto made, insertAudit(context, actor, session, audit));
            return made.ref.text();
        });
}

Result<ImportOutcome> importCatalog(Context& context, const domain::Actor& actor, const std::string& code,
                                    const std::string& title, std::string_view file, bool dryRun) {
    const bool may = actor.role == domain::Role::LeadAuditor || actor.role == domain::Role::Administrator;
    if (!may) return forbidden("Only a lead auditor or the administrator can load a catalog.");
    domain::Catalog catalog;
    if (trim(file).starts_with("{")) {
        TM_TRY(catalog, catalogFromOscal(file));
    } else {
        TM_TRY(catalog.clauses, clausesFromCsv(file));
        catalog.source = "CSV";
    }
    catalog.code = code;
    if (!title.empty()) catalog.title = title;
    TM_CHECK(domain::validate(catalog));
    ImportOutcome outcome{static_cast<std::int64_t>(catalog.clauses.size()), {code}, dryRun};
    auto saved = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        auto taken = storage::findCatalogByCode(session, code);
        if (taken) {
            return Error{ErrorKind::Conflict,
                         "duplicate",
                         "There is a catalog \"" + code + "\" already.",
                         "code",
                         {},
                         "Choose another code; catalogs that findings refer to are never replaced.",
                         {}};
        }
        if (taken.error().kind != ErrorKind::NotFound) return std::move(taken).error();
        if (dryRun) return true;
        ledger::Event event = eventOf(context, actor, "catalog.load");
        event.facts.set("clauses", outcome.created);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, catalog, std::move(event)));
        return true;
    });
    if (!saved) return std::move(saved).error();
    return outcome;
}

Result<std::vector<domain::Catalog>> listCatalogs(Context& context, const domain::Actor&) {
    return context.database->read([](storage::ReadSession& session) -> Result<std::vector<domain::Catalog>> {
        TM_TRY(const auto rows, storage::listCatalogs(session));
        std::vector<domain::Catalog> catalogs;
        for (const auto& row : rows) {
            TM_TRY(auto catalog, storage::findCatalog(session, row.id));
            catalogs.push_back(std::move(catalog));
        }
        return catalogs;
    });
}

Result<domain::Catalog> showCatalog(Context& context, const domain::Actor&, const std::string& code) {
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::findCatalogByCode(session, code); });
}

}  // namespace tickmark::app
