// API tokens: making, listing, revoking, coming in with one.
#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/SessionCache.h"
#include "app/SignInParts.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::int64_t secondsOfDay = 86'400;

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
    const bool stale = !stored->row.lastUsed || stored->row.lastUsed->plusSeconds(sessionTouchSeconds) <= now;
    if (stale) {
        [[maybe_unused]] const auto touched = context.database->write(
            [&](storage::WriteSession& session) { return storage::touchToken(session, digest, now); });
    }
    TokenSession session{actorFor(stored->party, "token:" + stored->row.name), split(stored->row.scopes),
                         stored->party.validUntil};
    context.signIns->tokens.keep(digest, session, now);
    return session;
}

}  // namespace tickmark::app
