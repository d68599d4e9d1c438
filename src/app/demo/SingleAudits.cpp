// Real US single audits (Federal Audit Clearinghouse, public domain) as a certification-style follow-up.
#include "app/demo/SingleAudits.h"

#include <map>
#include <set>

#include "app/demo/DemoData.h"
#include "tickmark/app/Audits.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app::demo {
namespace {

using Row = codec::CsvRow;
using Table = codec::CsvTable;

std::string cell(const Table& table, const Row& row, std::string_view column) {
    return std::string(table.cell(row, column));
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

class Loader {
  public:
    Loader(Context& context, Cast& cast, DemoOutcome& outcome)
        : m_context(&context), m_cast(&cast), m_outcome(&outcome) {}

    Result<void> run() {
        TM_CHECK(loadAudits());
        TM_CHECK(loadPlans());
        TM_CHECK(loadFindings());
        for (const auto& [ref, audit] : m_audits) TM_CHECK(m_cast->moveToFollowUp(audit.ref));
        return moveFindings();
    }

  private:
    Result<void> loadAudits() {
        TM_TRY(const Table table,
               demo::table("audits.csv", {"audit_ref", "auditee", "fiscal_year_end", "audit_year"}));
        for (const Row& row : table.rows) {
            domain::Audit audit;
            audit.ref = domain::AuditRef(cell(table, row, "audit_ref"));
            audit.auditee = cell(table, row, "auditee");
            audit.title =
                "Single audit, fiscal year " + cell(table, row, "audit_year") + ": " + audit.auditee;
            audit.programme = "Single audits " + cell(table, row, "audit_year");
            audit.type = domain::AuditType::Surveillance;
            audit.catalog = "us-single-audit";
            audit.criteria = "Compliance requirements of US federal awards (single audit)";
            audit.scope = "Fiscal year ended " + cell(table, row, "fiscal_year_end");
            audit.team = {{m_cast->id("la-01"), true, "No ties to the auditee in the last three years."},
                          {m_cast->id("au-02"), false, "No ties to the auditee in the last three years."}};
            TM_TRY(auto made, createAudit(*m_context, m_cast->as("la-01"), audit));
            m_audits.emplace(made.ref.text(), std::move(made));
            ++m_outcome->audits;
        }
        return {};
    }

    Result<void> loadPlans() {
        TM_TRY(m_plans, demo::table("plans_import.csv",
                                    {"audit_ref", "ref", "source_ref", "text", "due", "owner_role"}));
        for (const Row& row : m_plans.rows) {
            const std::string finding = cell(m_plans, row, "ref");
            if (!finding.empty()) {
                m_planOf.emplace(finding, &row);
                continue;
            }
            m_outcome->leftOut.push_back("The corrective action plan of " + cell(m_plans, row, "audit_ref") +
                                         " / " + cell(m_plans, row, "source_ref") +
                                         ": neither its finding nor its audit is part of the extract.");
        }
        return {};
    }

    Result<void> loadFindings() {
        TM_TRY(m_findings,
               demo::table("findings_import.csv", {"audit_ref", "ref", "title", "class", "full_text"}));
        for (const Row& row : m_findings.rows) {
            const domain::Audit& audit = m_audits.at(cell(m_findings, row, "audit_ref"));
            const std::string ref = cell(m_findings, row, "ref");
            EvidenceInput input;
            input.audit = audit.ref.text();
            input.title = "Finding " + cell(m_findings, row, "source_ref") + " as published";
            input.fileName = ref + ".txt";
            input.source = "Federal Audit Clearinghouse";
            input.confidentiality = domain::Confidentiality::Public;
            TM_TRY(const Receipt receipt,
                   m_cast->handOver("au-02", input, cell(m_findings, row, "full_text")));
            ++m_outcome->files;
            FindingDraft draft = draftOf(row);
            draft.evidence = {versionName(receipt.version)};
            TM_TRY([[maybe_unused]] const auto finding, m_cast->draft(audit, draft, ref));
            ++m_outcome->findings;
        }
        return {};
    }

    FindingDraft draftOf(const Row& row) const {
        FindingDraft draft;
        draft.audit = cell(m_findings, row, "audit_ref");
        draft.classCode = cell(m_findings, row, "class");
        draft.title = cell(m_findings, row, "title");
        draft.clauses = words(cell(m_findings, row, "clauses"));
        draft.requirement = cell(m_findings, row, "requirement");
        draft.objectiveEvidence = cell(m_findings, row, "objective_evidence");
        draft.nature = cell(m_findings, row, "nature");
        draft.risk = cell(m_findings, row, "risk");
        draft.sourceRef = cell(m_findings, row, "source_ref");
        draft.owner = "po-02";
        return draft;
    }

    /// The plan's text as it was published, kept as evidence of the finding's audit.
    Result<void> keepPlan(const Row& finding, const Row& plan) {
        EvidenceInput input;
        input.audit = cell(m_findings, finding, "audit_ref");
        input.title =
            "Corrective action plan for " + cell(m_findings, finding, "source_ref") + " as published";
        input.fileName = cell(m_findings, finding, "ref") + "-plan.txt";
        input.source = "Federal Audit Clearinghouse";
        input.confidentiality = domain::Confidentiality::Public;
        auto receipt = m_cast->handOver("au-02", input, cell(m_plans, plan, "text"));
        if (!receipt) return std::move(receipt).error();
        ++m_outcome->files;
        ++m_outcome->plans;
        return {};
    }

    /// A finding without a clause stays a draft: the source names none, and nobody may issue it so.
    Result<void> moveFindings() {
        for (const Row& row : m_findings.rows) {
            const domain::FindingRef ref(cell(m_findings, row, "ref"));
            const auto plan = m_planOf.find(ref.text());
            if (plan != m_planOf.end()) TM_CHECK(keepPlan(row, *plan->second));
            if (cell(m_findings, row, "clauses").empty()) continue;
            TM_CHECK(m_cast->step("la-01", ref, domain::FindingEvent::Issue));
            if (plan != m_planOf.end()) TM_CHECK(answer(ref, row, *plan->second));
        }
        return {};
    }

    /// Observations are acknowledged; a nonconformity gets its plan, and its response when the plan states a
    /// date.
    Result<void> answer(const domain::FindingRef& ref, const Row& row, const Row& plan) {
        if (cell(m_findings, row, "class") == "observation") {
            return m_cast->step("po-02", ref, domain::FindingEvent::Acknowledge);
        }
        const std::string cause = cell(m_findings, row, "cause");
        ActionDraft draft;
        draft.finding = ref.text();
        draft.kind = domain::ActionKind::Corrective;
        draft.title = "Carry out the corrective action plan of " + cell(m_findings, row, "source_ref");
        draft.description = cell(m_plans, plan, "text");
        draft.ownerRole = cell(m_plans, plan, "owner_role");
        draft.owner = "po-02";
        draft.rootCause = cause.empty() ? "" : "RC-1";
        if (auto due = Date::parse(cell(m_plans, plan, "due"))) draft.due = *due;
        TM_TRY([[maybe_unused]] const auto action, planAction(*m_context, m_cast->as("po-02"), draft));
        ++m_outcome->actions;
        if (cause.empty() || !draft.due) return {};
        domain::Response response;
        response.correction = "See the corrective action plan.";
        response.extent = "The plan as published does not say where else it was looked for.";
        response.causeMethod = "as stated by the auditor";
        response.rootCauses = {{"RC-1", cause}};
        TM_CHECK(m_cast->respond("po-02", ref, response));
        TM_CHECK(m_cast->step("po-02", ref, domain::FindingEvent::Respond));
        if (++m_responded % 2 == 0) return m_cast->step("la-01", ref, domain::FindingEvent::AcceptPlan);
        return {};
    }

    Context* m_context;
    Cast* m_cast;
    DemoOutcome* m_outcome;
    std::map<std::string, domain::Audit> m_audits{};
    Table m_plans{};
    Table m_findings{};
    std::map<std::string, const Row*> m_planOf{};
    int m_responded = 0;
};

}  // namespace

Result<void> loadSingleAudits(Context& context, Cast& cast, DemoOutcome& outcome) {
    return Loader(context, cast, outcome).run();
}

}  // namespace tickmark::app::demo
