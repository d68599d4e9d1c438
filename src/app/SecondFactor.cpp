#include "tickmark/app/SecondFactor.h"

#include "app/Access.h"
#include "app/SessionCache.h"
#include "app/SignInParts.h"
#include "app/Throttle.h"
#include "tickmark/crypto/OneTimeCode.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Passkeys.h"

namespace tickmark::app {
namespace {

constexpr std::size_t longestIssuer = 60;

Result<std::optional<storage::SecondFactorRow>> rowOf(Context& context, domain::PartyId party) {
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::secondFactorOf(session, party); });
}

ledger::Event aboutParty(const Context& context, const domain::Actor& actor, const std::string& account,
                         std::string kind) {
    ledger::Event event = eventOf(context, actor, std::move(kind));
    event.subject = "party";
    event.ref = account;
    return event;
}

Error notBegun() {
    return refused("second-factor-not-begun", "No second factor was begun within a quarter of an hour.",
                   "Begin again: a new secret is made.");
}

bool isBegun(const Context& context, const std::optional<storage::SecondFactorRow>& row) {
    return row && !row->confirmed && context.now() < row->begun.plusSeconds(pendingEnrolmentSeconds);
}

Enrolment enrolmentOf(const Context& context, const domain::Actor& actor, const Secret& secret) {
    const std::string& organisation = context.settings.organisation;
    const std::string issuer = organisation.size() > longestIssuer ? "Tickmark" : "Tickmark " + organisation;
    return {secret, crypto::codeUri(secret, issuer, actor.account)};
}

Result<std::vector<Secret>> makeRecoveryCodes(storage::WriteSession& session, domain::PartyId party) {
    std::vector<Secret> codes;
    std::vector<Digest> digests;
    while (codes.size() < recoveryCodes) {
        codes.push_back(crypto::inventRecoveryCode());
        digests.push_back(crypto::recoveryDigest(codes.back().reveal()));
    }
    TM_CHECK(storage::saveRecoveryCodes(session, party, digests));
    return codes;
}

}  // namespace

bool asksSecondFactor(const Settings& settings, domain::Role role) noexcept {
    if (settings.secondFactor == "required") return true;
    const bool leads = role == domain::Role::LeadAuditor || role == domain::Role::Administrator;
    return settings.secondFactor == "required-for-leads" && leads;
}

Result<SecondFactorView> showSecondFactor(Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) -> Result<SecondFactorView> {
        SecondFactorView view;
        view.required = asksSecondFactor(context.settings, actor.role);
        TM_TRY(const auto row, storage::secondFactorOf(session, actor.id));
        if (row) view.since = row->confirmed;
        TM_TRY(view.recoveryLeft, storage::countRecoveryCodes(session, actor.id));
        return view;
    });
}

Result<Enrolment> beginSecondFactor(Context& context, const domain::Actor& actor, const Secret& password) {
    TM_CHECK(provePassword(context, actor, password));
    const Secret secret = crypto::inventCodeSecret();
    auto begun = context.database->write([&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const auto row, storage::secondFactorOf(session, actor.id));
        if (row && row->confirmed) {
            return refused("second-factor-on", "The account has a second factor already.",
                           "Turn that one off first.");
        }
        return storage::saveSecondFactor(session, {actor.id, secret, context.now(), {}, 0});
    });
    if (!begun) return std::move(begun).error();
    return enrolmentOf(context, actor, secret);
}

Result<Enrolment> begunSecondFactor(Context& context, const domain::Actor& actor) {
    TM_TRY(const auto row, rowOf(context, actor.id));
    if (!isBegun(context, row)) return notBegun();
    return enrolmentOf(context, actor, row->secret);
}

Result<std::vector<Secret>> confirmSecondFactor(Context& context, const domain::Actor& actor,
                                                const std::string& code, const Secret& keptSession) {
    auto codes = context.database->write([&](storage::WriteSession& session) -> Result<std::vector<Secret>> {
        TM_TRY(auto row, storage::secondFactorOf(session, actor.id));
        if (!isBegun(context, row)) return notBegun();
        // No recovery code is known yet, so only the app can have this one.
        TM_TRY([[maybe_unused]] const CodeSource source, spendCode(session, context, actor, *row, code));
        TM_TRY(row, storage::secondFactorOf(session, actor.id));
        row->confirmed = context.now();
        TM_CHECK(storage::saveSecondFactor(session, *row));
        TM_CHECK(storage::endSessionsOf(session, actor.id, crypto::Sha256::of(keptSession.reveal()),
                                        aboutParty(context, actor, actor.account, "party.second-factor-on")));
        return makeRecoveryCodes(session, actor.id);
    });
    context.signIns->sessions.forgetAll();
    return codes;
}

Result<std::vector<Secret>> renewRecoveryCodes(Context& context, const domain::Actor& actor,
                                               const Secret& password, const std::string& code) {
    TM_CHECK(provePassword(context, actor, password));
    return withCode(context, actor, code, {},
                    [&](storage::WriteSession& session, CodeSource) -> Result<std::vector<Secret>> {
                        TM_CHECK(storage::append(
                            session, aboutParty(context, actor, actor.account, "party.recovery-codes")));
                        return makeRecoveryCodes(session, actor.id);
                    });
}

Result<void> endSecondFactor(Context& context, const domain::Actor& actor, const Secret& password,
                             const std::string& code) {
    TM_CHECK(provePassword(context, actor, password));
    auto ended =
        withCode(context, actor, code, {}, [&](storage::WriteSession& session, CodeSource) -> Result<void> {
            TM_CHECK(storage::removeSecondFactor(
                session, actor.id, aboutParty(context, actor, actor.account, "party.second-factor-off")));
            return {};
        });
    context.signIns->sessions.forgetAll();
    return ended;
}

Result<void> resetSecondFactor(Context& context, const domain::Actor& actor, const std::string& account,
                               const std::string& reason) {
    TM_CHECK(mustAdminister(actor, "reset a second factor"));
    constexpr std::size_t longestReason = 2000;
    TM_TRY(const std::string why, cleanText("reason", reason, {1, longestReason, true}));
    auto reset = context.database->write([&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const domain::Party party, storage::findPartyByAccount(session, account));
        if (party.id == actor.id) {
            return refused("own-account", "You cannot reset the second factor that you sign in with.",
                           "Turn it off under Your account, with a code of the app or a recovery code.");
        }
        TM_TRY(const auto row, storage::secondFactorOf(session, party.id));
        TM_TRY(const std::int64_t passkeys, storage::removePasskeysOf(session, party.id));
        if ((!row || !row->confirmed) && passkeys == 0)
            return refused("no-second-factor", "The account " + account + " has no second factor.");
        ledger::Event event = aboutParty(context, actor, account, "party.second-factor-reset");
        event.facts.set("reason", why).set("passkeys", passkeys);
        TM_CHECK(storage::removeSecondFactor(session, party.id, event));
        TM_CHECK(storage::endSessionsOf(session, party.id, {},
                                        aboutParty(context, actor, account, "party.end-sessions")));
        return {};
    });
    context.signIns->sessions.forgetAll();
    return reset;
}

Result<std::vector<domain::PartyId>> accountsWithSecondFactor(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see who has a second factor"));
    return context.database->read(
        [](storage::ReadSession& session) { return storage::partiesWithSecondFactor(session); });
}

Result<void> stepUp(Context& context, const domain::Actor& actor, const std::string& code) {
    if (actor.via != "session") return {};
    TM_TRY(const auto row, rowOf(context, actor.id));
    if (!row || !row->confirmed) return {};
    if (trim(code).empty()) {
        return invalid("code-needed", "code", "This step asks for a code of your second factor.",
                       "Take a fresh code from the app, or a recovery code.");
    }
    return withCode(context, actor, code, {},
                    [](storage::WriteSession&, CodeSource) -> Result<void> { return {}; });
}

}  // namespace tickmark::app
