// An ISO/IEC 20000-1 internal audit of a service desk; its figures come from a real, anonymised incident log.
#include "app/demo/ServiceDesk.h"

#include "app/demo/DemoData.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/Checklist.h"

namespace tickmark::app::demo {
namespace {

using codec::Json;

std::string text(const Json& json, std::string_view name) { return std::string(json.textAt(name)); }

const Json::Array& list(const Json& json, std::string_view name) {
    static const Json::Array none{};
    const Json* member = json.find(name);
    return member != nullptr && member->items() != nullptr ? *member->items() : none;
}

std::optional<Date> date(const Json& json, std::string_view name) {
    auto parsed = Date::parse(json.textAt(name));
    return parsed ? std::optional<Date>(*parsed) : std::nullopt;
}

std::string accountOf(const std::string& role) { return role == "Tool administrator" ? "ao-01" : "po-01"; }

class Loader {
  public:
    Loader(Context& context, Cast& cast, DemoOutcome& outcome)
        : m_context(&context), m_cast(&cast), m_outcome(&outcome) {}

    Result<void> run() {
        TM_TRY(const Json document, demo::document("internal-audit.json"));
        const Json* audit = document.find("audit");
        if (audit == nullptr) return internal("The demonstration's audit is missing.");
        TM_CHECK(createTheAudit(*audit));
        TM_CHECK(handOverTheLog(document));
        for (const Json& finding : list(document, "findings")) TM_CHECK(load(finding));
        TM_CHECK(concludeChecklist(document));
        TM_CHECK(m_cast->moveToFollowUp(m_audit.ref));
        for (const Json& finding : list(document, "findings")) TM_CHECK(walk(finding));
        return ask();
    }

  private:
    Result<void> createTheAudit(const Json& json) {
        domain::Audit audit;
        audit.ref = domain::AuditRef(text(json, "ref"));
        audit.title = text(json, "title");
        audit.programme = text(json, "programme");
        audit.auditee = text(json, "auditee");
        audit.catalog = text(json, "catalog");
        audit.criteria = text(json, "criteria");
        audit.scope = text(json, "scope");
        audit.plan = text(json, "plan");
        audit.conclusion = text(json, "conclusion");
        audit.from = date(json, "from");
        audit.to = date(json, "to");
        for (const Json& site : list(json, "sites"))
            audit.sites.push_back(site.text() != nullptr ? *site.text() : "");
        for (const Json& item : list(json, "checklist")) {
            domain::ChecklistItem line{text(item, "clause"), text(item, "question"), text(item, "note"), {}};
            if (const Json* sample = item.find("sample")) {
                line.sample = {text(*sample, "population"), text(*sample, "method"),
                               sample->integerAt("size")};
            }
            audit.checklist.push_back(std::move(line));
        }
        audit.team = {{m_cast->id("la-01"), true, "Does not work in the service desk."},
                      {m_cast->id("au-02"), false, "Does not work in the service desk."}};
        TM_TRY(m_audit, createAudit(*m_context, m_cast->as("la-01"), audit));
        ++m_outcome->audits;
        return {};
    }

    Result<void> handOverTheLog(const Json& document) {
        for (const Json& json : list(document, "evidence")) {
            EvidenceInput input;
            input.audit = m_audit.ref.text();
            input.fileName = text(json, "file");
            input.title = text(json, "title");
            input.source = text(json, "source");
            input.periodFrom = date(json, "period_from");
            input.periodTo = date(json, "period_to");
            input.confidentiality = domain::Confidentiality::Public;
            TM_TRY(const std::string_view bytes, demo::file(input.fileName));
            TM_TRY(const Receipt receipt, m_cast->handOver("au-02", input, bytes));
            m_evidence.push_back(versionName(receipt.version));
            ++m_outcome->files;
        }
        return {};
    }

    Result<void> load(const Json& json) {
        FindingDraft draft;
        draft.audit = m_audit.ref.text();
        draft.classCode = text(json, "class");
        draft.title = text(json, "title");
        for (const Json& clause : list(json, "clauses"))
            draft.clauses.push_back(clause.text() != nullptr ? *clause.text() : "");
        draft.requirement = text(json, "requirement");
        draft.objectiveEvidence = text(json, "objective_evidence");
        draft.nature = text(json, "nature");
        draft.extent = text(json, "extent");
        draft.risk = text(json, "risk");
        draft.process = text(json, "process");
        draft.service = text(json, "service");
        draft.owner = "po-01";
        draft.responseDue = date(json, "response_due");
        draft.closeDue = date(json, "close_due");
        draft.evidence = m_evidence;
        TM_TRY([[maybe_unused]] const auto finding, m_cast->draft(m_audit, draft, text(json, "ref")));
        ++m_outcome->findings;
        return {};
    }

    /// Each row of the checklist ends with the findings of its clause; the whole log was looked at.
    Result<void> concludeChecklist(const Json& document) {
        TM_TRY(const auto view, showChecklist(*m_context, m_cast->as("au-02"), m_audit.ref));
        for (const domain::ChecklistItem& item : view.audit.checklist) {
            CheckInput input{item.clause, item.question, item.note, item.sample, {}, {}, {}, m_evidence};
            input.sample.lookedAt = "Every incident of the log, field by field.";
            for (const Json& json : list(document, "findings")) {
                for (const Json& clause : list(json, "clauses")) {
                    if (clause.text() != nullptr && *clause.text() == item.clause)
                        input.findings.push_back(text(json, "ref"));
                }
            }
            input.result =
                input.findings.empty() ? domain::CheckResult::Conforming : domain::CheckResult::Finding;
            TM_TRY(
                [[maybe_unused]] const auto audit,
                recordCheck(*m_context, m_cast->as("au-02"), m_audit.ref, item.row, revisionOf(item), input));
        }
        return {};
    }

    Result<void> walk(const Json& json) {
        const domain::FindingRef ref(text(json, "ref"));
        const std::string goal = text(json, "demo_state");
        TM_CHECK(m_cast->step("la-01", ref, domain::FindingEvent::Issue));
        if (goal == "issued") return {};
        if (goal == "closed") return m_cast->step("la-01", ref, domain::FindingEvent::Close);
        if (goal == "acknowledged") return m_cast->step("po-01", ref, domain::FindingEvent::Acknowledge);
        TM_CHECK(answer(ref, json));
        if (goal == "responded") return {};
        TM_CHECK(m_cast->step("la-01", ref, domain::FindingEvent::AcceptPlan));
        if (const Json* check = json.find("effectiveness")) {
            domain::EffectivenessCheck planned;
            planned.criterion = text(*check, "criterion");
            planned.plannedOn = date(*check, "planned_on");
            TM_CHECK(m_cast->planEffectiveness(ref, planned));
        }
        if (goal != "implemented") return {};
        TM_TRY(const auto view, showFinding(*m_context, m_cast->as("la-01"), ref));
        for (const domain::Action& action : view.actions) {
            const std::string owner = action.owner == m_cast->id("ao-01") ? "ao-01" : "po-01";
            TM_CHECK(m_cast->carryOut(action.ref, owner,
                                      "Demonstration record.\n\n" + action.ref.text() + ": " + action.title +
                                          "\n\n" + action.description + "\n"));
            ++m_outcome->files;
        }
        return m_cast->step("po-01", ref, domain::FindingEvent::ReportImplemented);
    }

    Result<void> answer(const domain::FindingRef& ref, const Json& json) {
        const Json* given = json.find("response");
        if (given == nullptr) return internal("The demonstration's response is missing.");
        domain::Response response;
        response.correction = text(*given, "correction");
        response.extent = text(*given, "extent");
        response.causeMethod = text(*given, "cause_method");
        for (const Json& why : list(*given, "whys"))
            response.whys.push_back(why.text() != nullptr ? *why.text() : "");
        for (const Json& cause : list(*given, "root_causes")) {
            response.rootCauses.push_back({text(cause, "code"), text(cause, "text")});
        }
        response.extentPlaces = placesOf(*given, {});
        TM_CHECK(m_cast->respond("po-01", ref, response));
        std::vector<std::string> planned;
        for (const Json& action : list(json, "actions")) {
            TM_TRY(std::string made, plan(ref, action));
            planned.push_back(std::move(made));
        }
        if (!response.extentPlaces.empty()) {
            response.extentPlaces = placesOf(*given, planned);
            TM_CHECK(m_cast->respond("po-01", ref, response));
        }
        return m_cast->step("po-01", ref, domain::FindingEvent::Respond);
    }

    /// Where else it was looked for, seen in the log; what deals with it is named by its place among the
    /// actions.
    [[nodiscard]] std::vector<domain::ExtentPlace> placesOf(const Json& response,
                                                            const std::vector<std::string>& planned) const {
        std::vector<domain::ExtentPlace> places;
        for (const Json& item : list(response, "extent_places")) {
            domain::ExtentPlace place;
            place.kind = domain::extentKindFrom(text(item, "kind")).value_or(domain::ExtentKind::Population);
            place.place = text(item, "place");
            place.lookedAt = text(item, "looked_at");
            place.sample = item.integerAt("sample");
            place.population = item.integerAt("population");
            place.found = item.integerAt("found");
            if (!m_evidence.empty()) place.evidence = m_evidence.front();
            const std::int64_t action = item.integerAt("action");
            const auto count = static_cast<std::int64_t>(planned.size());
            if (action > 0 && action <= count) place.answer = planned[static_cast<std::size_t>(action - 1)];
            places.push_back(std::move(place));
        }
        return places;
    }

    /// Answers the reference of the action.
    Result<std::string> plan(const domain::FindingRef& ref, const Json& json) {
        ActionDraft draft;
        draft.finding = ref.text();
        draft.kind = domain::actionKindFrom(text(json, "kind")).value_or(domain::ActionKind::Corrective);
        draft.title = text(json, "title");
        draft.description = text(json, "text");
        draft.rootCause = text(json, "root_cause");
        draft.ownerRole = text(json, "owner_role");
        draft.owner = accountOf(draft.ownerRole);
        draft.due = date(json, "due");
        TM_TRY(const auto action, planAction(*m_context, m_cast->as("po-01"), draft));
        ++m_outcome->actions;
        return action.ref.text();
    }

    /// One open request to the process owner, and the audit shared with the certification auditor for a
    /// quarter.
    Result<void> ask() {
        RequestDraft draft;
        draft.audit = m_audit.ref.text();
        draft.text =
            "Please hand over the incident management procedure that was in force during the log's period.";
        draft.items = {"Incident management procedure", "Record of its approval"};
        draft.assignee = "po-01";
        draft.due = m_context->today().plusDays(14);
        TM_TRY(const auto request, createRequest(*m_context, m_cast->as("au-02"), draft));
        auto opened = changeRequestState(*m_context, m_cast->as("au-02"), request.ref, request.rev,
                                         domain::RequestEvent::Open, {});
        if (!opened) return std::move(opened).error();
        TM_TRY(const auto view, showAudit(*m_context, m_cast->as("la-01"), m_audit.ref));
        auto shared = shareAudit(*m_context, m_cast->as("la-01"), m_audit.ref, view.audit.rev, "xa-01",
                                 m_context->today().plusDays(90));
        if (!shared) return std::move(shared).error();
        return {};
    }

    Context* m_context;
    Cast* m_cast;
    DemoOutcome* m_outcome;
    domain::Audit m_audit{};
    std::vector<std::string> m_evidence{};
};

}  // namespace

Result<void> loadServiceDesk(Context& context, Cast& cast, DemoOutcome& outcome) {
    return Loader(context, cast, outcome).run();
}

}  // namespace tickmark::app::demo
