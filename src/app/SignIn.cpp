// Signing in, sessions, throttling.
#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/SessionCache.h"
#include "app/StoredPreferences.h"
#include "app/Throttle.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::size_t secretBytes = 32;
constexpr std::int64_t touchAfterSeconds = 60;
constexpr std::int64_t secondsOfDay = 86'400;

Result<void> notThrottled(Context& context, const std::string& key, std::int64_t limit) {
    TM_TRY(const std::int64_t seconds, throttledFor(context, key, limit));
    if (seconds == 0) return {};
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

Error shut(const char* type, std::string message, const char* fix) {
    return {ErrorKind::Unauthenticated, type, std::move(message), {}, {}, fix, {}};
}

/// Said only to whoever knows the password.
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

/// A cached answer holds until the account's last day is over.
bool withinDays(const std::optional<Date>& lastDay, Timestamp now) {
    return !lastDay || Date::of(now) <= *lastDay;
}

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

/// What failures are counted under: not the name itself, which may be a password in the wrong field.
std::string accountKey(const std::string& account) { return "account:" + crypto::Sha256::of(account).hex(); }

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

domain::Actor actorOf(const domain::Party& party, std::string via) {
    return {party.id, party.account, party.role, std::move(via)};
}

std::string urlSafe(std::string base64) {
    std::replace(base64.begin(), base64.end(), '+', '-');
    std::replace(base64.begin(), base64.end(), '/', '_');
    base64.erase(std::find(base64.begin(), base64.end(), '='), base64.end());
    return base64;
}

Secret newSecret(std::string_view prefix) {
    return Secret(std::string(prefix) + urlSafe(toBase64(crypto::randomBytes(secretBytes))));
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

}  // namespace

Result<SignedIn> signIn(Context& context, const std::string& account, const Secret& password,
                        const std::string& remoteAddress, std::string_view userAgent) {
    const std::string name = printable(account);
    TM_CHECK(notThrottled(context, accountKey(name), accountFailures));
    TM_CHECK(notThrottled(context, "address:" + remoteAddress, addressFailures));
    auto party = recognise(context, account, password);
    if (!party) {
        if (party.error().kind == ErrorKind::Unauthenticated) {
            TM_CHECK(noteFailure(context, name, remoteAddress));
        }
        return std::move(party).error();
    }
    SignedIn made;
    made.cookie = newSecret("");
    made.session.actor = actorOf(*party, "session");
    made.session.name = party->name;
    made.session.csrf = newSecret("").reveal();
    const Timestamp now = context.now();
    made.session.lastDay = party->validUntil;
    made.session.absoluteEnd = now.plusSeconds(context.settings.sessionHours * 3600);
    const storage::SessionRow row{crypto::Sha256::of(made.cookie.reveal()),
                                  party->id,
                                  now,
                                  now,
                                  made.session.absoluteEnd,
                                  made.session.csrf,
                                  remoteAddress,
                                  agentFamily(userAgent)};
    auto opened =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, made.session.actor, "party.sign-in");
            event.subject = "party";
            event.ref = party->account;
            event.facts.set("address", remoteAddress);
            TM_CHECK(storage::clearThrottle(session, accountKey(name)));
            return storage::openSession(session, row, event);
        });
    if (!opened) return std::move(opened).error();
    return made;
}

namespace {

constexpr std::int64_t clockStep = 3600;  // seconds that a clock's correction may move a session's end

/// Over, or of a time when the clock was so far ahead that it would last long beyond its hours.
bool isOver(const Context& context, Timestamp absoluteEnd, Timestamp now) {
    return absoluteEnd <= now ||
           now.plusSeconds(context.settings.sessionHours * 3600 + clockStep) < absoluteEnd;
}

}  // namespace

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
    };
    auto stored = context.database->read([&](storage::ReadSession& session) -> Result<Stored> {
        TM_TRY(const storage::SessionRow row, storage::findSession(session, token));
        TM_TRY(domain::Party party, storage::findParty(session, row.party));
        TM_TRY(Preferences preferences, storedPreferences(session, row.party));
        return Stored{row, std::move(party), std::move(preferences)};
    });
    if (!stored) return stored.error().kind == ErrorKind::NotFound ? noSession() : std::move(stored).error();
    const std::int64_t idle = context.settings.sessionIdleMinutes * 60;
    const bool ended =
        isOver(context, stored->row.absoluteEnd, now) || stored->row.lastSeen.plusSeconds(idle) <= now;
    if (ended || !mayComeIn(stored->party, context.today())) return noSession();
    if (stored->row.lastSeen.plusSeconds(touchAfterSeconds) <= now) {
        [[maybe_unused]] const auto touched = context.database->write(
            [&](storage::WriteSession& session) { return storage::touchSession(session, token, now); });
    }
    Session session{
        actorOf(stored->party, "session"), stored->party.name,      stored->row.csrf, stored->row.absoluteEnd,
        std::move(stored->preferences),    stored->party.validUntil};
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

// ---- tokens
// -----------------------------------------------------------------------------------------------------

namespace {

Result<std::string> checkScopes(const domain::Actor& actor, const std::vector<std::string>& scopes) {
    std::string words;
    for (const std::string& scope : scopes) {
        const bool known = scope == "read" || scope == "write" || scope == "evidence" || scope == "admin";
        if (!known) {
            return invalid("scope", "scopes", "There is no scope \"" + scope + "\".",
                           "Known are read, write, evidence and admin.");
        }
        if (scope == "admin" && actor.role != domain::Role::Administrator) {
            return forbidden("Only the administrator can have a token with the scope admin.");
        }
        words += (words.empty() ? "" : " ") + scope;
    }
    if (words.empty())
        return invalid("scope", "scopes", "A token needs at least one scope.",
                       "Known are read, write, evidence and admin.");
    return words;
}

std::vector<std::string> split(const std::string& words) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < words.size()) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (end > at) out.push_back(words.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

TokenInfo infoOf(const storage::TokenRow& row, const domain::Party& party) {
    return {row.name,     party.account,          split(row.scopes), Date::of(row.expires.plusSeconds(-1)),
            row.lastUsed, row.revoked.has_value()};
}

}  // namespace

Result<CreatedToken> createToken(Context& context, const domain::Actor& actor, const NewToken& input) {
    TM_TRY(const std::string name, cleanText("name", input.name, {1, 60, false}));
    TM_TRY(const std::string scopes, checkScopes(actor, input.scopes));
    if (input.expires <= context.today() || context.today().plusDays(366) < input.expires) {
        return invalid("expires", "expires", "A token lasts from one day to one year.",
                       "Choose a date up to " + context.today().plusDays(366).iso() + ".");
    }
    CreatedToken made;
    made.token = newSecret("tm_");
    storage::TokenRow row;
    row.name = name;
    row.token = crypto::Sha256::of(made.token.reveal());
    row.party = actor.id;
    row.scopes = scopes;
    row.created = context.now();
    // The date is the token's last day.
    row.expires = Timestamp::fromSeconds((static_cast<std::int64_t>(input.expires.days) + 1) * secondsOfDay);
    auto saved =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, "token.create");
            event.subject = "token";
            event.ref = name;
            event.facts.set("scopes", scopes).set("expires", input.expires.iso());
            return storage::saveToken(session, row, event);
        });
    if (!saved) return std::move(saved).error();
    made.info = {name, actor.account, split(scopes), input.expires, {}, false};
    return made;
}

Result<std::vector<TokenInfo>> listTokens(Context& context, const domain::Actor& actor) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<TokenInfo>> {
        TM_TRY(const auto rows, storage::listTokens(session));
        std::vector<TokenInfo> tokens;
        for (const auto& row : rows) {
            if (row.party != actor.id && actor.role != domain::Role::Administrator) continue;
            TM_TRY(const domain::Party party, storage::findParty(session, row.party));
            tokens.push_back(infoOf(row, party));
        }
        return tokens;
    });
}

Result<void> revokeToken(Context& context, const domain::Actor& actor, const std::string& name) {
    auto revoked =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            TM_TRY(const auto rows, storage::listTokens(session));
            const auto row =
                std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.name == name; });
            const bool mine =
                row != rows.end() && (row->party == actor.id || actor.role == domain::Role::Administrator);
            if (!mine) return notFound("token \"" + name + "\"");
            ledger::Event event = eventOf(context, actor, "token.revoke");
            event.subject = "token";
            event.ref = name;
            return storage::revokeToken(session, name, context.now(), event);
        });
    context.signIns->tokens.forgetAll();
    if (!revoked) return std::move(revoked).error();
    return {};
}

Result<TokenSession> resumeToken(Context& context, const Secret& token) {
    const Error unknown{ErrorKind::Unauthenticated,
                        "token",
                        "The token is unknown, expired or revoked.",
                        {},
                        {},
                        "Make a new one with `tickmark token create`.",
                        {}};
    if (!token.reveal().starts_with("tm_") || token.reveal().size() > 100) return unknown;
    const Digest digest = crypto::Sha256::of(token.reveal());
    const Timestamp now = context.now();
    if (auto known = context.signIns->tokens.find(digest, now); known && withinDays(known->lastDay, now))
        return *std::move(known);
    struct Stored {
        storage::TokenRow row;
        domain::Party party;
    };
    auto stored = context.database->read([&](storage::ReadSession& session) -> Result<Stored> {
        TM_TRY(const storage::TokenRow row, storage::findToken(session, digest));
        TM_TRY(domain::Party party, storage::findParty(session, row.party));
        return Stored{row, std::move(party)};
    });
    if (!stored) return stored.error().kind == ErrorKind::NotFound ? unknown : std::move(stored).error();
    if (!mayComeIn(stored->party, context.today()) || stored->row.revoked || stored->row.expires <= now)
        return unknown;
    const bool stale = !stored->row.lastUsed || stored->row.lastUsed->plusSeconds(touchAfterSeconds) <= now;
    if (stale) {
        [[maybe_unused]] const auto touched = context.database->write(
            [&](storage::WriteSession& session) { return storage::touchToken(session, digest, now); });
    }
    TokenSession session{actorOf(stored->party, "token:" + stored->row.name), split(stored->row.scopes),
                         stored->party.validUntil};
    context.signIns->tokens.keep(digest, session, now);
    return session;
}

}  // namespace tickmark::app
