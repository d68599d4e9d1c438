#include "tickmark/app/Accounts.h"

#include "app/Access.h"
#include "app/SessionCache.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {

namespace {

bool mayBeOnTeams(domain::Role role) {
    return role == domain::Role::LeadAuditor || role == domain::Role::Auditor;
}

/// An audit keeps its team: somebody on it first leaves it, or the audit ends.
Result<void> mayChangeRole(storage::ReadSession& session, const domain::Actor& actor,
                           const domain::Party& party, domain::Role role) {
    if (party.id == actor.id) {
        return refused("own-account", "You cannot give another role to the account you are signed in with.",
                       "Ask another administrator.");
    }
    if (!mayBeOnTeams(party.role)) return {};
    TM_TRY(const auto teams, storage::openTeamsOf(session, party.id));
    std::string against;
    for (const storage::TeamSeat& seat : teams) {
        if (mayBeOnTeams(role) && !(seat.lead && role != domain::Role::LeadAuditor)) continue;
        against += (against.empty() ? "" : ", ") + seat.audit;
    }
    if (against.empty()) return {};
    return refused("on-team",
                   party.account + " is on the team of " + against + ", where the new role has no seat.",
                   "The lead auditor first takes the account off that team, or closes the audit.");
}

/// All but the role, which has rules of its own; the event says what became what.
void apply(const AccountChange& change, domain::Party& party, ledger::Event& event) {
    if (change.name) {
        party.name = *change.name;
        event.facts.set("name", party.name);
    }
    if (change.disabled) {
        party.disabled = *change.disabled;
        event.facts.set("disabled", party.disabled);
    }
    if (change.validFrom) {
        party.validFrom = *change.validFrom;
        event.facts.set("valid_from", party.validFrom ? party.validFrom->iso() : std::string());
    }
    if (change.validUntil) {
        party.validUntil = *change.validUntil;
        event.facts.set("valid_until", party.validUntil ? party.validUntil->iso() : std::string());
    }
}

}  // namespace

Result<CreatedAccount> createAccount(Context& context, const domain::Actor& actor, NewAccount input) {
    TM_CHECK(mustAdminister(actor, "create an account"));
    CreatedAccount created;
    if (input.password.empty()) {
        created.password = crypto::inventPassword();
        input.password = created.password;
    }
    TM_CHECK(crypto::checkPasswordRule("password", input.password));
    created.party.account = input.account;
    created.party.name = input.name.empty() ? input.account : input.name;
    created.party.role = input.role;
    created.party.validFrom = input.validFrom;
    created.party.validUntil = input.validUntil;
    created.party.createdAt = context.now();
    TM_CHECK(domain::validate(created.party));
    TM_TRY(const std::string encoded, crypto::hashPassword(input.password));
    auto saved = context.database->write([&](storage::WriteSession& session) -> Result<domain::Party> {
        domain::Party party = created.party;
        ledger::Event event = eventOf(context, actor, "party.create");
        event.facts.set("role", domain::roleCode(party.role));
        if (!input.reason.empty()) event.facts.set("reason", input.reason);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, party, std::move(event)));
        ledger::Event password = eventOf(context, actor, "party.set-password");
        password.subject = "party";
        password.ref = party.account;
        TM_TRY([[maybe_unused]] const auto next,
               storage::savePasswordHash(session, party.id, encoded, password));
        return party;
    });
    if (!saved) return std::move(saved).error();
    created.party = *std::move(saved);
    return created;
}

Result<domain::Party> changeAccount(Context& context, const domain::Actor& actor, const std::string& account,
                                    const AccountChange& change) {
    TM_CHECK(mustAdminister(actor, "change an account"));
    auto changed = context.database->write([&](storage::WriteSession& session) -> Result<domain::Party> {
        TM_TRY(domain::Party party, storage::findPartyByAccount(session, account));
        TM_CHECK(mustBeCurrent(account, change.rev, party.rev));
        if (change.disabled.value_or(false) && party.id == actor.id) {
            return refused("own-account", "You cannot disable the account you are signed in with.");
        }
        ledger::Event event = eventOf(context, actor, "party.change");
        const bool endSessions = change.role && *change.role != party.role;
        if (endSessions) {
            TM_CHECK(mayChangeRole(session, actor, party, *change.role));
            event.facts.set("role_before", domain::roleCode(party.role));
            event.facts.set("role", domain::roleCode(*change.role));
            party.role = *change.role;
        }
        apply(change, party, event);
        TM_CHECK(domain::validate(party));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, party, std::move(event)));
        if (endSessions || domain::admissionOn(party, context.today()) != domain::Admission::Open) {
            ledger::Event ended = eventOf(context, actor, "party.end-sessions");
            ended.subject = "party";
            ended.ref = party.account;
            TM_TRY([[maybe_unused]] const auto count, storage::endSessionsOf(session, party.id, {}, ended));
        }
        return party;
    });
    context.signIns->sessions.forgetAll();
    context.signIns->tokens.forgetAll();
    return changed;
}

Result<Secret> setPassword(Context& context, const domain::Actor& actor, const std::string& account,
                           const Secret& oldPassword, const Secret& newPassword, const std::string& code) {
    const bool own = actor.account == account;
    if (!own) TM_CHECK(mustAdminister(actor, "set another's password"));
    auto found = context.database->read([&](storage::ReadSession& session) -> Result<std::string> {
        TM_TRY(const domain::Party party, storage::findPartyByAccount(session, account));
        return storage::passwordHashOf(session, party.id);
    });
    if (!found) return std::move(found).error();
    const bool byMachineOwner = actor.via == "cli";
    if (own && !byMachineOwner && !crypto::passwordMatches(oldPassword, *found)) {
        return invalid("password", "old_password", "This is not the present password.");
    }
    const Secret chosen = newPassword.empty() ? crypto::inventPassword() : newPassword;
    TM_CHECK(crypto::checkPasswordRule("new_password", chosen));
    if (own) TM_CHECK(stepUp(context, actor, code));
    TM_TRY(const std::string encoded, crypto::hashPassword(chosen));
    auto saved =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            TM_TRY(const domain::Party party, storage::findPartyByAccount(session, account));
            ledger::Event event = eventOf(context, actor, "party.set-password");
            event.subject = "party";
            event.ref = account;
            return storage::savePasswordHash(session, party.id, encoded, event);
        });
    if (!saved) return std::move(saved).error();
    context.signIns->sessions.forgetAll();
    return newPassword.empty() ? chosen : Secret{};
}

Result<std::vector<domain::Party>> listAccounts(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see all accounts"));
    return context.database->read([](storage::ReadSession& session) { return storage::allParties(session); });
}

Result<std::vector<domain::Party>> assignableParties(Context& context, const domain::Actor& actor) {
    if (actor.role == domain::Role::CertificationAuditor)
        return forbidden("Certification auditors assign nothing.");
    auto all =
        context.database->read([](storage::ReadSession& session) { return storage::allParties(session); });
    if (!all) return all;
    std::vector<domain::Party> assignable;
    for (domain::Party& party : *all) {
        if (!party.disabled && party.role != domain::Role::Administrator)
            assignable.push_back(std::move(party));
    }
    return assignable;
}

}  // namespace tickmark::app
