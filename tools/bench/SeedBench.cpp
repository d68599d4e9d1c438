// Fills an initialised data directory with findings. Usage: seed_bench DATA ACCOUNT FINDINGS
// ACCOUNT (an auditor made with `tickmark user create`) leads the 60 audits B-01 to B-60 that they are spread
// over. Everything is saved as the server would save it, records and ledger events included, but many to a
// commit.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Parties.h"

namespace {

using namespace tickmark;

constexpr int auditCount = 60;
constexpr int batchSize = 10'000;

template <class T>
T need(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "seed_bench: %s\n", describe(result.error()).c_str());
        std::exit(1);
    }
    return std::move(result).value();
}

ledger::Event eventBy(const domain::Party& who, Timestamp at, const char* kind) {
    ledger::Event event;
    event.at = at;
    event.actor = who.account;
    event.role = domain::roleCode(who.role);
    event.via = "cli";
    event.kind = kind;
    return event;
}

std::string twoDigits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::vector<domain::AuditId> saveAudits(app::Context& context, const domain::Party& lead) {
    return need(
        context.database->write([&](storage::WriteSession& session) -> Result<std::vector<domain::AuditId>> {
            std::vector<domain::AuditId> ids;
            for (int number = 1; number <= auditCount; ++number) {
                domain::Audit audit;
                audit.ref = domain::AuditRef("B-" + twoDigits(number));
                audit.title = "Internal audit " + twoDigits(number);
                audit.state = domain::AuditState::Fieldwork;
                audit.to = Date::of(context.now()).plusDays(-12 * number);
                audit.from = audit.to;
                audit.team.push_back({.party = lead.id, .lead = true});
                audit.createdAt = context.now();
                TM_CHECK(storage::save(session, audit, eventBy(lead, context.now(), "audit.create")));
                ids.push_back(audit.id);
            }
            return ids;
        }));
}

domain::Finding findingOf(int number, domain::AuditId audit, const domain::Party& lead, Timestamp now) {
    constexpr const char* classes[] = {"minor", "minor", "major", "observation"};
    domain::Finding finding;
    finding.ref = domain::FindingRef("S-" + std::to_string(number));
    finding.audit = audit;
    finding.classCode = classes[number % 4];
    using domain::FindingState;
    constexpr FindingState states[] = {FindingState::Closed, FindingState::Issued, FindingState::Responded,
                                       FindingState::PlanAccepted, FindingState::Implemented};
    finding.state = states[number % 5];
    finding.title = "Incidents without a category in sample " + std::to_string(number);
    finding.clauses = {"8.6.1", "8.7"};
    finding.requirement =
        "Incidents shall be recorded, classified and prioritised with regard to impact and urgency.";
    finding.objectiveEvidence = "12 of 40 sampled tickets of March lack a category; the export is attached.";
    finding.nature = "Classification is not enforced by the tool and not reviewed by the process owner.";
    finding.process = "Incident management";
    finding.service = "Service desk";
    finding.owner = lead.id;
    finding.closeDue = Date::of(now).plusDays(number % 365 - 60);
    finding.createdBy = lead.id;
    finding.createdAt = now;
    finding.changedAt = now;
    return finding;
}

void saveFindings(app::Context& context, const domain::Party& lead,
                  const std::vector<domain::AuditId>& audits, int count) {
    for (int first = 1; first <= count; first += batchSize) {
        need(context.database->write([&](storage::WriteSession& session) -> Result<int> {
            for (int number = first; number <= count && number < first + batchSize; ++number) {
                const auto audit = audits[static_cast<std::size_t>(number % auditCount)];
                auto finding = findingOf(number, audit, lead, context.now());
                TM_CHECK(storage::save(session, finding, eventBy(lead, context.now(), "finding.record")));
            }
            return count;
        }));
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) {
        std::fprintf(stderr, "usage: seed_bench DATA ACCOUNT FINDINGS\n");
        return 2;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto context =
        need(app::openContext(arguments[1], app::OpenMode::ReadWrite, std::make_shared<SystemClock>()));
    const domain::Party lead = need(context->database->read(
        [&](storage::ReadSession& session) { return storage::findPartyByAccount(session, arguments[2]); }));
    const int findings = std::atoi(arguments[3]);
    saveFindings(*context, lead, saveAudits(*context, lead), findings);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::printf("%d findings in %d audits, %.1f s\n", findings, auditCount, took.count());
    return 0;
}
