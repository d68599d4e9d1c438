#include "app/Access.h"

#include <algorithm>

#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/domain/Visibility.h"
#include "tickmark/storage/Catalogs.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

Error unknownReference(std::string_view field, const std::string& text, std::string_view what) {
    Error error = invalid("unknown-reference", std::string(field),
                          "There is no " + std::string(what) + " \"" + text + "\".");
    error.fix = "Check the spelling, or leave the field out.";
    return error;
}

}  // namespace

ledger::Event eventOf(const Context& context, const domain::Actor& actor, std::string kind) {
    return ledger::eventBy(actor, context.now(), std::move(kind));
}

ledger::Event stepEvent(const Context& context, const domain::Actor& actor, std::string_view subject,
                        std::string_view event, std::string_view from, std::string_view to,
                        const std::string& reason) {
    ledger::Event entry = eventOf(context, actor, std::string(subject) + "." + std::string(event));
    entry.facts.set("from", from).set("to", to);
    if (!reason.empty()) entry.facts.set("reason", reason);
    return entry;
}

domain::StepInput stepInput(const Context& context, const domain::Actor& actor, const domain::Audit& audit,
                            const std::string& reason) {
    return {actor, domain::onTeam(audit, actor.id), reason, context.today()};
}

bool isAuditor(const domain::Actor& actor, const domain::Audit& audit) noexcept {
    const bool role = actor.role == domain::Role::LeadAuditor || actor.role == domain::Role::Auditor;
    return role && domain::onTeam(audit, actor.id);
}

Result<void> mustAudit(const domain::Actor& actor, const domain::Audit& audit, std::string_view deed) {
    if (isAuditor(actor, audit)) return {};
    return forbidden("Only an auditor on the team of " + audit.ref.text() + " can " + std::string(deed) +
                     ".");
}

Result<void> mustLead(const domain::Actor& actor, const domain::Audit& audit, std::string_view deed) {
    if (actor.role == domain::Role::LeadAuditor && domain::onTeam(audit, actor.id)) return {};
    return forbidden("Only the lead auditor of " + audit.ref.text() + " can " + std::string(deed) + ".");
}

Result<void> mustAdminister(const domain::Actor& actor, std::string_view deed) {
    if (actor.role == domain::Role::Administrator) return {};
    return forbidden("Only the administrator can " + std::string(deed) + ".");
}

Result<void> mustBeOpen(const domain::Audit& audit) {
    if (audit.state != domain::AuditState::Closed && audit.state != domain::AuditState::Cancelled) return {};
    return refused("audit-locked",
                   "Audit " + audit.ref.text() + " is " + std::string(domain::toText(audit.state)) +
                       "; what belongs to it is locked.",
                   "A recurrence is recorded as a new finding in another audit.");
}

Result<void> mustBeCurrent(std::string_view what, std::int64_t given, std::int64_t stored) {
    if (given == stored) return {};
    return Error{ErrorKind::Stale,
                 "stale-revision",
                 "Someone changed " + std::string(what) + " while you were writing: you have revision " +
                     std::to_string(given) + ", it is at " + std::to_string(stored) + ".",
                 "rev",
                 {},
                 "Load it again, compare, and send your change with the new revision.",
                 {}};
}

Result<domain::PartyId> partyNamed(storage::ReadSession& session, std::string_view field,
                                   const std::string& account) {
    if (account.empty()) return domain::PartyId{};
    auto party = storage::findPartyByAccount(session, account);
    if (!party && party.error().kind != ErrorKind::NotFound) return std::move(party).error();
    if (!party || party->disabled || party->role == domain::Role::Administrator) {
        return unknownReference(field, account, "account that can be named here");
    }
    return party->id;
}

Result<void> clausesExist(storage::ReadSession& session, const domain::Audit& audit,
                          const std::vector<std::string>& clauses) {
    if (audit.catalog.empty()) return {};
    for (const std::string& clause : clauses) {
        auto found = storage::findClause(session, audit.catalog, clause);
        if (found) continue;
        if (found.error().kind != ErrorKind::NotFound) return std::move(found).error();
        Error error = unknownReference("clauses", clause, "clause");
        error.fix = "Choose one of catalog " + audit.catalog + "; `GET /api/v1/catalogs/" + audit.catalog +
                    "` lists them.";
        return error;
    }
    return {};
}

Result<std::vector<domain::EvidenceVersionId>> versionsNamed(storage::ReadSession& session,
                                                             std::string_view field,
                                                             const std::vector<std::string>& names,
                                                             domain::AuditId audit,
                                                             const storage::Scope& scope) {
    std::vector<domain::EvidenceVersionId> ids;
    for (const std::string& name : names) {
        TM_TRY(const VersionName parsed, parseVersionName(field, name));
        auto version = storage::findEvidenceVersionVisible(session, parsed.ref, parsed.number, scope);
        if (!version && version.error().kind != ErrorKind::NotFound) return std::move(version).error();
        if (!version || version->audit != audit) {
            return unknownReference(field, name, "evidence version in this audit");
        }
        if (version->state == domain::EvidenceState::Withdrawn) {
            return invalid("withdrawn", std::string(field), name + " was withdrawn.",
                           "Name another version, or leave it out.");
        }
        ids.push_back(version->id);
    }
    return ids;
}

Result<std::vector<domain::Party>> partiesOf(storage::ReadSession& session,
                                             const std::vector<domain::PartyId>& ids) {
    std::vector<domain::PartyId> seen;
    std::vector<domain::Party> parties;
    for (const domain::PartyId id : ids) {
        if (!id.stored() || std::find(seen.begin(), seen.end(), id) != seen.end()) continue;
        seen.push_back(id);
        auto party = storage::findParty(session, id);
        if (party)
            parties.push_back(*std::move(party));
        else if (party.error().kind != ErrorKind::NotFound)
            return std::move(party).error();
    }
    return parties;
}

std::size_t addMissing(std::vector<domain::EvidenceVersionId>& list,
                       const std::vector<domain::EvidenceVersionId>& more) {
    const std::size_t before = list.size();
    for (const domain::EvidenceVersionId id : more) {
        if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
    }
    return list.size() - before;
}

}  // namespace tickmark::app
