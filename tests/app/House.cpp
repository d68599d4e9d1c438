#include "app/House.h"

#include <algorithm>
#include <cstdlib>

#include "tickmark/app/Accounts.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::test {
namespace {

namespace fs = std::filesystem;

fs::path newFolder() {
    std::string pattern = (fs::temp_directory_path() / "tickmark-app-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

domain::Actor machineOwner() { return {{}, "system", domain::Role::Administrator, "cli"}; }

struct Person {
    const char* account;
    domain::Role role;
};
constexpr Person people[] = {
    {"la-01", domain::Role::LeadAuditor},   {"la-02", domain::Role::LeadAuditor},
    {"au-01", domain::Role::Auditor},       {"au-02", domain::Role::Auditor},
    {"po-01", domain::Role::ProcessOwner},  {"po-02", domain::Role::ProcessOwner},
    {"ao-01", domain::Role::ActionOwner},   {"im-01", domain::Role::ImprovementManager},
    {"tm-01", domain::Role::TopManagement}, {"xa-01", domain::Role::CertificationAuditor},
    {"ad-01", domain::Role::Administrator},
};

/// The furnished house that every other is copied from; gone at the end of the program.
class Model {
  public:
    Model() : m_folder(newFolder()) {
        const auto clock = std::make_shared<SetClock>(House::start());
        must(app::initialise({m_folder / "data", "Test House", Secret("ca-passphrase-long"), {}, "admin"},
                             *clock));
        const auto context = must(app::openContext(m_folder / "data", app::OpenMode::ReadWrite, clock));
        for (const Person& person : people) {
            must(app::createAccount(
                *context, machineOwner(),
                {person.account, person.account, person.role, {}, Secret(House::password)}));
        }
        domain::Audit audit;
        audit.ref = domain::AuditRef("IA-1");
        audit.title = "Internal audit";
        audit.auditee = "Service desk";
        audit.catalog = "iso20000-1";
        const auto lead = must(app::actorForCommand(*context, "la-01"));
        const auto auditor = must(app::actorForCommand(*context, "au-01"));
        audit.team = {{lead.id, true, "none"}, {auditor.id, false, "none"}};
        audit = must(app::createAudit(*context, lead, audit));
        must(app::changeAuditState(*context, lead, audit.ref, audit.rev, domain::AuditEvent::StartFieldwork,
                                   {}));
    }
    Model(const Model&) = delete;
    Model& operator=(const Model&) = delete;
    ~Model() {
        std::error_code ignored;
        fs::remove_all(m_folder, ignored);
    }
    [[nodiscard]] fs::path data() const { return m_folder / "data"; }

  private:
    fs::path m_folder;
};

}  // namespace

Timestamp House::start() { return must(Timestamp::parse("2026-03-02T09:00:00Z")); }

House::House()
    : m_folder(newFolder()), m_root(m_folder / "data"), m_clock(std::make_shared<SetClock>(start())) {
    static const Model model;
    fs::copy(model.data(), m_root, fs::copy_options::recursive);
    open();
}

House::~House() {
    m_context.reset();
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void House::open(app::OpenMode mode) { m_context = must(app::openContext(m_root, mode, m_clock)); }

domain::Actor House::as(const std::string& account) const {
    const auto party = must(m_context->database->read(
        [&](storage::ReadSession& session) { return storage::findPartyByAccount(session, account); }));
    return {party.id, party.account, party.role, "session"};
}

std::int64_t House::entries() const {
    const auto head = must(m_context->database->read(
        [](storage::ReadSession& session) { return storage::ledgerHead(session); }));
    return static_cast<std::int64_t>(head.size);
}

ledger::Event House::lastEvent() const {
    return must(app::listLedger(*m_context, as("la-01"), entries() - 1, 1)).front().event;
}

std::vector<std::string> House::objects() const {
    std::vector<std::string> names;
    must(m_context->archive->list(
        [&](const archive::ListedObject& object) { names.push_back(object.digest.hex()); },
        [&](const std::string& name) { names.push_back("foreign " + name); }));
    return names;
}

domain::Audit House::audit(const std::string& ref) const {
    return must(m_context->database->read(
        [&](storage::ReadSession& session) { return storage::findAudit(session, domain::AuditRef(ref)); }));
}

domain::Audit House::moveAudit(const std::string& ref, domain::AuditEvent event, const std::string& reason) {
    return must(
        app::changeAuditState(*m_context, as("la-01"), domain::AuditRef(ref), audit(ref).rev, event, reason));
}

app::EvidenceInput House::toAudit(const std::string& fileName) {
    app::EvidenceInput input;
    input.audit = "IA-1";
    input.fileName = fileName;
    input.source = "Ticket system";
    return input;
}

Result<app::Receipt> House::tryGive(const std::string& account, const app::EvidenceInput& input,
                                    std::string_view bytes) {
    MemorySource source(viewOf(bytes));
    return app::recordEvidence(*m_context, as(account), input, source);
}

app::Receipt House::give(const std::string& account, const app::EvidenceInput& input,
                         std::string_view bytes) {
    return must(tryGive(account, input, bytes));
}

app::FindingDraft House::draft() const {
    app::FindingDraft draft;
    draft.audit = "IA-1";
    draft.classCode = "minor";
    draft.title = "Priority not confirmed";
    draft.clauses = {"8.6.1"};
    draft.requirement = "The priority is confirmed before closing.";
    draft.objectiveEvidence = "Three of ten incidents were closed without.";
    draft.nature = "A required step is missing.";
    draft.owner = "po-01";
    return draft;
}

domain::Finding House::recorded() {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    app::FindingDraft input = draft();
    input.evidence = {app::versionName(receipt.version)};
    return must(app::recordFinding(*m_context, as("au-01"), input));
}

domain::Finding House::issued() { return step("la-01", recorded().ref, domain::FindingEvent::Issue); }

domain::Response House::response() {
    domain::Response response;
    response.correction = "The three incidents were confirmed.";
    response.extent = "All incidents of the quarter were looked at.";
    response.causeMethod = "five whys";
    response.whys = {"Nobody asked for it."};
    response.rootCauses = {{"RC-1", "The tool lets an incident be closed without."}};
    return response;
}

domain::Finding House::responded() {
    const auto first = issued();
    const auto saved = must(app::saveResponse(*m_context, as("po-01"), first.ref, first.rev, response()));
    plan(saved.ref);
    return step("po-01", saved.ref, domain::FindingEvent::Respond);
}

domain::Finding House::planAccepted() {
    return step("la-01", responded().ref, domain::FindingEvent::AcceptPlan);
}

domain::Finding House::implemented() {
    const auto accepted = planAccepted();
    const auto view = must(app::showFinding(*m_context, as("la-01"), accepted.ref));
    for (const auto& one : view.actions) {
        actionStep("la-01", one.ref, domain::ActionEvent::Approve);
        actionStep("ao-01", one.ref, domain::ActionEvent::Start);
        app::EvidenceInput input;
        input.action = one.ref.text();
        input.fileName = "record.txt";
        give("ao-01", input, "record of " + one.ref.text());
        actionStep("ao-01", one.ref, domain::ActionEvent::ReportDone);
    }
    return step("po-01", accepted.ref, domain::FindingEvent::ReportImplemented);
}

domain::Finding House::verified() {
    return step("au-01", implemented().ref, domain::FindingEvent::Verify,
                "Ten closed incidents were looked at.");
}

domain::Finding House::closed() {
    const auto before = verified();
    domain::EffectivenessCheck check;
    check.criterion = "No incident closed without confirmation in four weeks";
    check.verdict = domain::EffectivenessVerdict::Effective;
    must(app::saveEffectivenessCheck(*m_context, as("la-01"), before.ref, before.rev, check));
    return step("la-01", before.ref, domain::FindingEvent::Close);
}

domain::Finding House::finding(const domain::FindingRef& ref) const {
    return must(m_context->database->read(
        [&](storage::ReadSession& session) { return storage::findFinding(session, ref); }));
}

Result<domain::Finding> House::tryStep(const std::string& account, const domain::FindingRef& ref,
                                       domain::FindingEvent event, const std::string& reason) {
    return app::changeFindingState(*m_context, as(account), ref, finding(ref).rev, event, reason);
}

domain::Finding House::step(const std::string& account, const domain::FindingRef& ref,
                            domain::FindingEvent event, const std::string& reason) {
    return must(tryStep(account, ref, event, reason));
}

domain::Action House::plan(const domain::FindingRef& ref, const std::string& owner) {
    app::ActionDraft input;
    input.finding = ref.text();
    input.title = "Make the confirmation mandatory";
    input.rootCause = "RC-1";
    input.owner = owner;
    input.due = must(Date::parse("2026-06-30"));
    return must(app::planAction(*m_context, as("po-01"), input));
}

domain::Action House::action(const domain::ActionRef& ref) const {
    return must(m_context->database->read(
        [&](storage::ReadSession& session) { return storage::findAction(session, ref); }));
}

domain::Action House::actionStep(const std::string& account, const domain::ActionRef& ref,
                                 domain::ActionEvent event, const std::string& reason) {
    return must(app::changeActionState(*m_context, as(account), ref, action(ref).rev, event, reason));
}

}  // namespace tickmark::test
