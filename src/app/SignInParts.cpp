#include "app/SignInParts.h"

#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/Throttle.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/OneTimeCode.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::string_view proofPrefix = "proof:";

std::string urlSafe(std::string base64) {
    std::replace(base64.begin(), base64.end(), '+', '-');
    std::replace(base64.begin(), base64.end(), '/', '_');
    base64.erase(std::find(base64.begin(), base64.end(), '='), base64.end());
    return base64;
}

/// Digits without the spaces that apps show among them; empty when it is no code of an app.
std::string digitsOf(const std::string& code) {
    std::string digits;
    for (const char c : code) {
        if (c == ' ') continue;
        if (c < '0' || c > '9') return {};
        digits += c;
    }
    return digits.size() == crypto::codeDigits ? digits : std::string();
}

Error wrongCode() {
    return invalid("code", "code", "This code is wrong, has run out or was used before.",
                   "Take the next one that the app shows, or a recovery code. If it stays wrong, compare the "
                   "clock of the device.");
}

Error shut(const char* type, std::string message, const char* fix) {
    return {ErrorKind::Unauthenticated, type, std::move(message), {}, {}, fix, {}};
}

}  // namespace

Secret newSecret(std::string_view prefix) {
    return Secret(std::string(prefix) + urlSafe(toBase64(crypto::randomBytes(secretBytes))));
}

bool withinDays(const std::optional<Date>& lastDay, Timestamp now) {
    return !lastDay || Date::of(now) <= *lastDay;
}

std::string accountKey(const std::string& account) { return "account:" + crypto::Sha256::of(account).hex(); }

std::string proofKey(const std::string& account) {
    return std::string(proofPrefix) + crypto::Sha256::of(account).hex();
}

Result<void> notThrottled(Context& context, const std::string& key, std::int64_t limit) {
    TM_TRY(const std::int64_t seconds, throttledFor(context, key, limit));
    if (seconds == 0) return {};
    if (key.starts_with(proofPrefix)) {
        return Error{
            ErrorKind::Throttled,
            "proof-throttled",
            "Too many failed attempts. The next one is looked at in " + std::to_string(seconds) + " seconds.",
            {},
            {},
            "Wait, then take a fresh code from the app.",
            {},
            seconds};
    }
    return Error{
        ErrorKind::Throttled,
        "sign-in-throttled",
        "Too many failed attempts. Signing in is possible again in " + std::to_string(seconds) + " seconds.",
        {},
        {},
        "Wait, or ask the administrator to set a new password.",
        {},
        seconds};
}

Result<CodeSource> spendCode(storage::WriteSession& session, const Context& context,
                             const domain::Actor& actor, const storage::SecondFactorRow& row,
                             const std::string& code) {
    if (const std::string digits = digitsOf(code); !digits.empty()) {
        const auto step = crypto::matchCode(row.secret, digits, context.now(), row.lastStep);
        if (!step) return wrongCode();
        TM_TRY(const bool fresh, storage::spendStep(session, actor.id, *step));
        if (!fresh) return wrongCode();
        return CodeSource::App;
    }
    TM_TRY(const bool known, storage::spendRecoveryCode(session, actor.id, crypto::recoveryDigest(code)));
    if (!known) return wrongCode();
    TM_TRY(const std::int64_t left, storage::countRecoveryCodes(session, actor.id));
    ledger::Event event = eventOf(context, actor, "party.recovery-code-used");
    event.subject = "party";
    event.ref = actor.account;
    event.facts.set("left", left);
    TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
    return CodeSource::Recovery;
}

Result<void> noteWrongProof(Context& context, const domain::Actor& actor, std::string_view of,
                            const std::string& address) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        const Timestamp now = context.now();
        const Timestamp forget = now.plusSeconds(-forgetAfterSeconds);
        TM_CHECK(storage::countFailure(session, proofKey(actor.account), now, forget));
        ledger::Event event = eventOf(context, actor, "party.proof-failed");
        event.subject = "party";
        event.ref = actor.account;
        event.facts.set("of", of);
        if (!address.empty()) {
            // Whoever stands at the door is not known to be that person.
            event.actor = "system";
            TM_CHECK(storage::countFailure(session, "address:" + address, now, forget));
            event.facts.set("address", address);
        }
        TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
        return {};
    });
}

Result<void> mustBeOpenToday(const Context& context, const domain::Party& party) {
    switch (domain::admissionOn(party, context.today())) {
        case domain::Admission::Open:
            return {};
        case domain::Admission::NotYet:
            return shut("account-early",
                        "This account opens on " + party.validFrom.value_or(Date{}).iso() +
                            "; it cannot sign in before.",
                        "Come back on that day, or ask the administrator for an earlier one.");
        case domain::Admission::Ended:
            return shut("account-ended",
                        "The access of this account ended: its last day was " +
                            party.validUntil.value_or(Date{}).iso() + ".",
                        "Ask the administrator to extend it.");
        case domain::Admission::Disabled:
            return shut("account-disabled", "This account is disabled; it cannot sign in.",
                        "Ask the administrator why, and to enable it.");
    }
    return {};
}

Result<SignedIn> openFor(storage::WriteSession& session, const Context& context, const domain::Party& party,
                         const Origin& origin, std::string_view factor) {
    TM_TRY(const auto codes, storage::secondFactorOf(session, party.id));
    SignedIn made;
    made.cookie = newSecret("");
    made.session.actor = actorFor(party, "session");
    made.session.name = party.name;
    made.session.csrf = newSecret("").reveal();
    made.session.lastDay = party.validUntil;
    made.session.secondFactor = codes && codes->confirmed;
    made.session.mustEnrol = !made.session.secondFactor && asksSecondFactor(context.settings, party.role);
    const Timestamp now = context.now();
    made.session.absoluteEnd = now.plusSeconds(context.settings.sessionHours * 3600);
    ledger::Event event = eventOf(context, made.session.actor, "party.sign-in");
    event.subject = "party";
    event.ref = party.account;
    event.facts.set("address", origin.address);
    if (!factor.empty()) event.facts.set("second_factor", factor);
    TM_CHECK(storage::clearThrottle(session, accountKey(party.account)));
    TM_CHECK(storage::openSession(session,
                                  {crypto::Sha256::of(made.cookie.reveal()), party.id, now, now,
                                   made.session.absoluteEnd, made.session.csrf, origin.address, origin.agent},
                                  event));
    return made;
}

Result<void> provePassword(Context& context, const domain::Actor& actor, const Secret& password) {
    TM_CHECK(notThrottled(context, proofKey(actor.account), accountFailures));
    TM_TRY(const std::string hash, context.database->read([&](storage::ReadSession& session) {
        return storage::passwordHashOf(session, actor.id);
    }));
    if (crypto::passwordMatches(password, hash)) return {};
    TM_CHECK(noteWrongProof(context, actor, "password", {}));
    return invalid("password", "password", "This is not your password.");
}

}  // namespace tickmark::app
