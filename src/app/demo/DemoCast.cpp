#include "app/demo/DemoCast.h"

#include <array>

#include "app/FindingAccess.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Audits.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app::demo {
namespace {

struct Person {
    const char* account;
    const char* name;
    domain::Role role;
};
constexpr std::int32_t outsideDays = 120;
constexpr std::array<Person, 9> people{{
    {"la-01", "Lead auditor", domain::Role::LeadAuditor},
    {"au-02", "Auditor", domain::Role::Auditor},
    {"po-01", "Service desk lead", domain::Role::ProcessOwner},
    {"po-02", "Auditee management", domain::Role::ProcessOwner},
    {"ao-01", "Tool administrator", domain::Role::ActionOwner},
    {"im-01", "Improvement manager", domain::Role::ImprovementManager},
    {"tm-01", "Top management", domain::Role::TopManagement},
    {"xa-01", "Certification auditor", domain::Role::CertificationAuditor},
    {"ad-01", "Administrator", domain::Role::Administrator},
}};

}  // namespace

Result<void> Cast::mustBeNew() const {
    std::error_code failed;
    if (std::filesystem::exists(m_context->directory.root / accountsFile, failed)) {
        return refused("demo-loaded", "The demonstration is loaded already.",
                       "Its accounts stand in " + std::string(accountsFile) + " in the data directory.");
    }
    return m_context->database->read([](storage::ReadSession& session) -> Result<void> {
        for (const Person& person : people) {
            const auto taken = storage::findPartyByAccount(session, person.account);
            if (!taken && taken.error().kind != ErrorKind::NotFound) return taken.error();
            if (!taken) continue;
            return refused("account-taken",
                           "The demonstration would make the account \"" + std::string(person.account) +
                               "\", which is there already.",
                           "Load it into a data directory of its own.");
        }
        return {};
    });
}

Result<std::vector<DemoAccount>> Cast::create() {
    domain::Actor owner;
    owner.account = "system";
    owner.role = domain::Role::Administrator;
    owner.via = "cli";
    TM_CHECK(mustBeNew());
    std::vector<DemoAccount> made;
    for (const Person& person : people) {
        NewAccount account{person.account, person.name, person.role, {}, {}, {}, {}};
        if (person.role == domain::Role::CertificationAuditor) {
            account.validFrom = m_context->today();
            account.validUntil = m_context->today().plusDays(outsideDays);
            account.reason = "Certification audit, stage 2";
        }
        TM_TRY(auto created, createAccount(*m_context, owner, std::move(account)));
        m_actors[person.account] = {created.party.id, person.account, person.role, "cli"};
        made.push_back({person.account, person.name, person.role, created.password});
    }
    return made;
}

Result<domain::Finding> Cast::draft(const domain::Audit& audit, const FindingDraft& draft,
                                    const std::string& ref) {
    return m_context->database->write([&](storage::WriteSession& session) -> Result<domain::Finding> {
        return insertFinding(*m_context, as("la-01"), session, audit, draft, ref);
    });
}

Result<void> Cast::step(const std::string& account, const domain::FindingRef& ref, domain::FindingEvent event,
                        const std::string& reason) {
    TM_TRY(const auto view, showFinding(*m_context, as(account), ref));
    auto done = changeFindingState(*m_context, as(account), ref, view.finding.rev, event, reason);
    if (!done) return std::move(done).error();
    return {};
}

Result<void> Cast::respond(const std::string& account, const domain::FindingRef& ref,
                           const domain::Response& response) {
    TM_TRY(const auto view, showFinding(*m_context, as(account), ref));
    auto done = saveResponse(*m_context, as(account), ref, view.finding.rev, response);
    if (!done) return std::move(done).error();
    return {};
}

Result<void> Cast::planEffectiveness(const domain::FindingRef& ref, const domain::EffectivenessCheck& check) {
    TM_TRY(const auto view, showFinding(*m_context, as("la-01"), ref));
    auto done = saveEffectivenessCheck(*m_context, as("la-01"), ref, view.finding.rev, check);
    if (!done) return std::move(done).error();
    return {};
}

Result<void> Cast::actionStep(const std::string& account, const domain::ActionRef& ref,
                              domain::ActionEvent event, const std::string& reason) {
    TM_TRY(const auto view, showAction(*m_context, as(account), ref));
    auto done = changeActionState(*m_context, as(account), ref, view.action.rev, event, reason);
    if (!done) return std::move(done).error();
    return {};
}

Result<void> Cast::carryOut(const domain::ActionRef& ref, const std::string& owner,
                            const std::string& recordText) {
    TM_CHECK(actionStep("la-01", ref, domain::ActionEvent::Approve));
    TM_CHECK(actionStep(owner, ref, domain::ActionEvent::Start));
    EvidenceInput input;
    input.action = ref.text();
    input.fileName = "record-" + ref.text() + ".txt";
    input.title = "Record of " + ref.text();
    input.source = "Written for this demonstration";
    auto receipt = handOver(owner, input, recordText);
    if (!receipt) return std::move(receipt).error();
    return actionStep(owner, ref, domain::ActionEvent::ReportDone);
}

Result<Receipt> Cast::handOver(const std::string& account, const EvidenceInput& input,
                               std::string_view bytes) {
    MemorySource source(viewOf(bytes));
    return recordEvidence(*m_context, as(account), input, source);
}

Result<void> Cast::moveToFollowUp(const domain::AuditRef& ref) {
    for (const auto event : {domain::AuditEvent::StartFieldwork, domain::AuditEvent::StartReporting,
                             domain::AuditEvent::StartFollowUp}) {
        TM_TRY(const auto view, showAudit(*m_context, as("la-01"), ref));
        auto done = changeAuditState(*m_context, as("la-01"), ref, view.audit.rev, event, {});
        if (!done) return std::move(done).error();
    }
    return {};
}

}  // namespace tickmark::app::demo
