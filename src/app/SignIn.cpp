// Signing in, sessions, throttling.
#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/SessionCache.h"
#include "app/SignInParts.h"
#include "app/StoredPreferences.h"
#include "app/Throttle.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

/// Who this is, when account and password belong together and the account may sign in today.
Result<domain::Party> recognise(Context& context, const std::string& account, const Secret& password) {
    const Error unknown{ErrorKind::Unauthenticated,
                        "sign-in",
                        "Account and password do not belong together, or the account is not open.",
                        {},
                        {},
                        "Try again, or ask the administrator.",
                        {}};
    struct Found {
        domain::Party party;
        std::string hash;
    };
    auto found = context.database->read([&](storage::ReadSession& session) -> Result<Found> {
        TM_TRY(domain::Party party, storage::findPartyByAccount(session, account));
        TM_TRY(std::string hash, storage::passwordHashOf(session, party.id));
        return Found{std::move(party), std::move(hash)};
    });
    if (!found) {
        if (found.error().kind != ErrorKind::NotFound) return std::move(found).error();
        crypto::spendPasswordTime(password);
        return unknown;
    }
    const bool matches = crypto::passwordMatches(password, found->hash);
    if (!matches) return unknown;
    TM_CHECK(mustBeOpenToday(context, found->party));
    return std::move(found->party);
}

/// Counts it for the throttle and enters it; a failure that cannot be entered is the answer.
Result<bool> noteFailure(Context& context, const std::string& account, const std::string& address) {
    return context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        const Timestamp now = context.now();
        const Timestamp forget = now.plusSeconds(-forgetAfterSeconds);
        TM_TRY([[maybe_unused]] const auto a,
               storage::countFailure(session, accountKey(account), now, forget));
        TM_TRY([[maybe_unused]] const auto b,
               storage::countFailure(session, "address:" + address, now, forget));
        ledger::Event event;
        event.at = now;
        event.actor = "system";
        event.via = "session";
        event.kind = "party.sign-in-failed";
        // A password typed into the wrong field must not stand in the log for ever.
        const bool known = storage::findPartyByAccount(session, account).ok();
        event.facts.set("account", known ? account : "unknown").set("address", address);
        TM_TRY([[maybe_unused]] const auto position, storage::append(session, event));
        return true;
    });
}

Error noSession() {
    return {ErrorKind::Unauthenticated,
            "no-session",
            "You are not signed in, or your session has ended.",
            {},
            {},
            "Sign in again; nothing you saved is lost.",
            {}};
}

/// The account name of an attempt as it may be stored: bounded, printable.
std::string printable(const std::string& account) {
    std::string out;
    for (const char c : account.substr(0, 40)) out += (c > ' ' && c < '\x7f') ? c : '?';
    return out;
}

struct Recognised {
    domain::Party party{};
    bool needsCode = false;
};

/// The first half of every way in: account and password, throttled.
Result<Recognised> firstFactor(Context& context, const std::string& account, const Secret& password,
                               const Origin& origin) {
    const std::string name = printable(account);
    TM_CHECK(notThrottled(context, accountKey(name), accountFailures));
    TM_CHECK(notThrottled(context, "address:" + origin.address, addressFailures));
    auto party = recognise(context, account, password);
    if (!party) {
        if (party.error().kind == ErrorKind::Unauthenticated) {
            TM_CHECK(noteFailure(context, name, origin.address));
        }
        return std::move(party).error();
    }
    TM_TRY(const auto row, context.database->read([&](storage::ReadSession& session) {
        return storage::secondFactorOf(session, party->id);
    }));
    return Recognised{*std::move(party), row && row->confirmed};
}

std::string_view factorOf(CodeSource source) { return source == CodeSource::App ? "app" : "recovery-code"; }

constexpr std::int64_t clockStep = 3600;  // seconds that a clock's correction may move a session's end

/// Over, or of a time when the clock was so far ahead that it would last long beyond its hours.
bool isOver(const Context& context, Timestamp absoluteEnd, Timestamp now) {
    return absoluteEnd <= now ||
           now.plusSeconds(context.settings.sessionHours * 3600 + clockStep) < absoluteEnd;
}

Result<SignedIn> openWithoutCode(Context& context, const domain::Party& party, const Origin& origin) {
    return context.database->write(
        [&](storage::WriteSession& session) { return openFor(session, context, party, origin, {}); });
}

/// A wrong code at the door is as good as a wrong password: nobody is in.
Result<SignedIn> asAtTheDoor(Result<SignedIn> made) {
    if (made || made.error().type != "code") return made;
    Error error = std::move(made).error();
    error.kind = ErrorKind::Unauthenticated;
    return error;
}

Error waitedTooLong() {
    return {ErrorKind::Unauthenticated,
            "sign-in-expired",
            "The code was not given within five minutes of the password.",
            {},
            {},
            "Sign in with account and password again.",
            {}};
}

Result<domain::Party> waitingFor(Context& context, const Digest& token) {
    auto found = context.database->read([&](storage::ReadSession& session) -> Result<domain::Party> {
        TM_TRY(const auto row, storage::findPendingSignIn(session, token));
        if (!row || row->begun.plusSeconds(pendingSignInSeconds) <= context.now()) return waitedTooLong();
        return storage::findParty(session, row->party);
    });
    if (found) TM_CHECK(mustBeOpenToday(context, *found));
    return found;
}

}  // namespace

Result<SignInStep> beginSignIn(Context& context, const std::string& account, const Secret& password,
                               const std::string& remoteAddress, std::string_view userAgent) {
    const Origin origin{remoteAddress, agentFamily(userAgent)};
    TM_TRY(const Recognised known, firstFactor(context, account, password, origin));
    SignInStep step;
    if (!known.needsCode) {
        TM_TRY(step.done, openWithoutCode(context, known.party, origin));
        return step;
    }
    step.pending = newSecret("");
    auto kept = context.database->write([&](storage::WriteSession& session) {
        return storage::savePendingSignIn(
            session, {crypto::Sha256::of(step.pending.reveal()), known.party.id, context.now()});
    });
    if (!kept) return std::move(kept).error();
    return step;
}

Result<void> mayFinishSignIn(Context& context, const Secret& pending) {
    TM_CHECK(waitingFor(context, crypto::Sha256::of(pending.reveal())));
    return {};
}

Result<SignedIn> finishSignIn(Context& context, const Secret& pending, const std::string& code,
                              const std::string& remoteAddress, std::string_view userAgent) {
    const Digest token = crypto::Sha256::of(pending.reveal());
    TM_CHECK(notThrottled(context, "address:" + remoteAddress, addressFailures));
    TM_TRY(const domain::Party party, waitingFor(context, token));
    const Origin origin{remoteAddress, agentFamily(userAgent)};
    return asAtTheDoor(withCode(context, actorFor(party, "session"), code, remoteAddress,
                                [&](storage::WriteSession& session, CodeSource source) -> Result<SignedIn> {
                                    TM_CHECK(storage::removePendingSignIn(session, token));
                                    return openFor(session, context, party, origin, factorOf(source));
                                }));
}

Result<SignedIn> signIn(Context& context, const std::string& account, const Secret& password,
                        const std::string& remoteAddress, std::string_view userAgent,
                        const std::string& code) {
    const Origin origin{remoteAddress, agentFamily(userAgent)};
    TM_TRY(const Recognised known, firstFactor(context, account, password, origin));
    if (!known.needsCode) return openWithoutCode(context, known.party, origin);
    if (trim(code).empty()) {
        return Error{ErrorKind::Unauthenticated,
                     "code-needed",
                     "The account has a second factor: its password alone lets nobody in.",
                     "code",
                     {},
                     "Send a code of the app, or a recovery code, beside the password.",
                     {}};
    }
    return asAtTheDoor(withCode(context, actorFor(known.party, "session"), code, remoteAddress,
                                [&](storage::WriteSession& session, CodeSource source) -> Result<SignedIn> {
                                    return openFor(session, context, known.party, origin, factorOf(source));
                                }));
}

Result<Session> resumeSession(Context& context, const Secret& cookie) {
    if (cookie.empty() || cookie.reveal().size() > 100) return noSession();
    const Digest token = crypto::Sha256::of(cookie.reveal());
    const Timestamp now = context.now();
    if (auto known = context.signIns->sessions.find(token, now);
        known && !isOver(context, known->absoluteEnd, now) && withinDays(known->lastDay, now)) {
        return *std::move(known);
    }
    struct Stored {
        storage::SessionRow row;
        domain::Party party;
        Preferences preferences;
        bool secondFactor = false;
    };
    auto stored = context.database->read([&](storage::ReadSession& session) -> Result<Stored> {
        TM_TRY(const storage::SessionRow row, storage::findSession(session, token));
        TM_TRY(domain::Party party, storage::findParty(session, row.party));
        TM_TRY(Preferences preferences, storedPreferences(session, row.party));
        TM_TRY(const auto factor, storage::secondFactorOf(session, row.party));
        return Stored{row, std::move(party), std::move(preferences), factor && factor->confirmed};
    });
    if (!stored) return stored.error().kind == ErrorKind::NotFound ? noSession() : std::move(stored).error();
    const std::int64_t idle = context.settings.sessionIdleMinutes * 60;
    const bool ended =
        isOver(context, stored->row.absoluteEnd, now) || stored->row.lastSeen.plusSeconds(idle) <= now;
    if (ended || !mayComeIn(stored->party, context.today())) return noSession();
    if (stored->row.lastSeen.plusSeconds(sessionTouchSeconds) <= now) {
        [[maybe_unused]] const auto touched = context.database->write(
            [&](storage::WriteSession& session) { return storage::touchSession(session, token, now); });
    }
    Session session{actorFor(stored->party, "session"),
                    stored->party.name,
                    stored->row.csrf,
                    stored->row.absoluteEnd,
                    std::move(stored->preferences),
                    stored->party.validUntil,
                    stored->secondFactor,
                    !stored->secondFactor && asksSecondFactor(context.settings, stored->party.role)};
    context.signIns->sessions.keep(token, session, now);
    return session;
}

Result<void> signOut(Context& context, const Secret& cookie) {
    auto session = resumeSession(context, cookie);
    if (!session) return {};
    const Digest token = crypto::Sha256::of(cookie.reveal());
    auto ended =
        context.database->write([&](storage::WriteSession& write) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, session->actor, "party.sign-out");
            event.subject = "party";
            event.ref = session->actor.account;
            return storage::endSession(write, token, event);
        });
    context.signIns->sessions.forgetAll();
    if (!ended) return std::move(ended).error();
    return {};
}

}  // namespace tickmark::app
