#include "tickmark/app/OpenSessions.h"

#include <algorithm>

#include "app/Access.h"
#include "app/PersonActor.h"
#include "app/SessionCache.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Sessions.h"

namespace tickmark::app {
namespace {

constexpr std::size_t idDigits = 16;

std::string idOf(const Digest& token) {
    return crypto::Sha256::of("session " + token.hex()).hex().substr(0, idDigits);
}

std::optional<Digest> tokenOf(const Secret& cookie) {
    if (cookie.empty()) return std::nullopt;
    return crypto::Sha256::of(cookie.reveal());
}

bool isOpen(const Context& context, const storage::SessionRow& row) {
    const Timestamp now = context.now();
    const std::int64_t idle = context.settings.sessionIdleMinutes * 60;
    return now < row.absoluteEnd && now < row.lastSeen.plusSeconds(idle);
}

const domain::Party* personOf(const std::vector<domain::Party>& parties, domain::PartyId id) {
    const auto at =
        std::find_if(parties.begin(), parties.end(), [id](const auto& party) { return party.id == id; });
    return at == parties.end() ? nullptr : &*at;
}

OpenSession described(const storage::SessionRow& row, const domain::Party& person, bool own) {
    return {idOf(row.token), person.account,  person.name, person.role, row.created,
            row.lastSeen,    row.absoluteEnd, row.address, row.agent,   own};
}

/// Of everybody, or of the one person that is given.
Result<std::vector<OpenSession>> openSessions(Context& context, domain::PartyId only, const Secret& own) {
    const auto ownToken = tokenOf(own);
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<OpenSession>> {
        TM_TRY(const auto rows, storage::listSessions(session));
        TM_TRY(const auto parties, storage::allParties(session));
        std::vector<OpenSession> open;
        for (const auto& row : rows) {
            const domain::Party* person = personOf(parties, row.party);
            if (only.stored() && row.party != only) continue;
            if (person == nullptr || !isOpen(context, row) || !mayComeIn(*person, context.today())) continue;
            open.push_back(described(row, *person, row.token == ownToken));
        }
        return open;
    });
}

Result<void> endNamed(Context& context, const domain::Actor& actor, domain::PartyId only,
                      const std::string& id, const Secret& own) {
    auto ended =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            TM_TRY(const auto rows, storage::listSessions(session));
            const auto row = std::find_if(rows.begin(), rows.end(),
                                          [&](const auto& one) { return idOf(one.token) == id; });
            const bool isTheirs = row != rows.end() && (!only.stored() || row->party == only);
            if (!isTheirs) return notFound("session");
            if (row->token == tokenOf(own)) {
                return refused("own-session", "This is the session you are working in.",
                               "Sign out to end it.");
            }
            TM_TRY(const domain::Party person, storage::findParty(session, row->party));
            ledger::Event event = eventOf(context, actor, "party.end-session");
            event.subject = "party";
            event.ref = person.account;
            event.facts.set("session", id).set("since", row->created.iso());
            return storage::endSession(session, row->token, event);
        });
    context.signIns->sessions.forgetAll();
    if (!ended) return std::move(ended).error();
    return {};
}

Result<std::int64_t> endAllBut(Context& context, const domain::Actor& actor, const std::string& account,
                               const Secret& own) {
    auto ended = context.database->write([&](storage::WriteSession& session) -> Result<std::int64_t> {
        TM_TRY(const domain::Party person, storage::findPartyByAccount(session, account));
        ledger::Event event = eventOf(context, actor, "party.end-sessions");
        event.subject = "party";
        event.ref = account;
        return storage::endSessionsOf(session, person.id, tokenOf(own), event);
    });
    context.signIns->sessions.forgetAll();
    return ended;
}

}  // namespace

Result<std::vector<OpenSession>> listOpenSessions(Context& context, const domain::Actor& actor,
                                                  const Secret& own) {
    TM_CHECK(mustAdminister(actor, "see who is signed in"));
    return openSessions(context, {}, own);
}

Result<std::vector<OpenSession>> listOwnSessions(Context& context, const domain::Actor& actor,
                                                 const Secret& own) {
    if (!actor.id.stored()) return std::vector<OpenSession>{};
    return openSessions(context, actor.id, own);
}

Result<void> endOwnSession(Context& context, const domain::Actor& actor, const std::string& id,
                           const Secret& own, const std::string& code) {
    if (!actor.id.stored()) return notFound("session");
    TM_CHECK(stepUp(context, actor, code));
    return endNamed(context, actor, actor.id, id, own);
}

Result<std::int64_t> endOtherSessions(Context& context, const domain::Actor& actor, const Secret& own,
                                      const std::string& code) {
    TM_CHECK(stepUp(context, actor, code));
    return endAllBut(context, actor, actor.account, own);
}

Result<void> endOpenSession(Context& context, const domain::Actor& actor, const std::string& id,
                            const Secret& own) {
    TM_CHECK(mustAdminister(actor, "end a session"));
    return endNamed(context, actor, {}, id, own);
}

Result<std::int64_t> endSessionsOfAccount(Context& context, const domain::Actor& actor,
                                          const std::string& account, const Secret& own) {
    TM_CHECK(mustAdminister(actor, "end sessions"));
    return endAllBut(context, actor, account, own);
}

}  // namespace tickmark::app
