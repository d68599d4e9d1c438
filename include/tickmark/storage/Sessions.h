// Who may come in: password hashes, sessions, API tokens, sign-in throttles.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// Sets or replaces a person's Argon2id hash and ends their sessions and pending sign-ins. The event tells of
/// it (never of the hash).
[[nodiscard]] Result<LedgerPosition> savePasswordHash(WriteSession& session, domain::PartyId party,
                                                      const std::string& encoded, const ledger::Event& event);
/// Errors: NotFound when the person has none.
[[nodiscard]] Result<std::string> passwordHashOf(ReadSession& session, domain::PartyId party);

/// One signed-in browser. Only the token's SHA-256 is kept.
struct SessionRow {
    Digest token{};
    domain::PartyId party{};
    Timestamp created{};
    Timestamp lastSeen{};
    Timestamp absoluteEnd{};
    std::string csrf{};     ///< secret of this session's forms
    std::string address{};  ///< where the sign-in came from
    std::string agent{};    ///< family of the program that signed in, in words
};
/// The event is the sign-in.
[[nodiscard]] Result<LedgerPosition> openSession(WriteSession& session, const SessionRow& row,
                                                 const ledger::Event& event);
/// Knows nothing of idle time: the caller compares. Errors: NotFound.
[[nodiscard]] Result<SessionRow> findSession(ReadSession& session, const Digest& token);
/// All of them, ended ones that were not swept yet too; the one seen last comes first.
[[nodiscard]] Result<std::vector<SessionRow>> listSessions(ReadSession& session);
/// Moves lastSeen; no event (call it at most once a minute per session).
[[nodiscard]] Result<void> touchSession(WriteSession& session, const Digest& token, Timestamp at);
/// Replaces a session's token (rotation); no event. Errors: NotFound.
[[nodiscard]] Result<void> rotateSession(WriteSession& session, const Digest& before, const Digest& after);
/// The event is the sign-out. A session that is gone already is fine.
[[nodiscard]] Result<LedgerPosition> endSession(WriteSession& session, const Digest& token,
                                                const ledger::Event& event);
/// Removes a person's sessions, all or all but one; returns how many. The caller's event tells why.
[[nodiscard]] Result<std::int64_t> endSessionsOf(WriteSession& session, domain::PartyId party,
                                                 const std::optional<Digest>& except,
                                                 const ledger::Event& event);
/// Forgets sessions that ended or idled out; no event. Returns how many.
[[nodiscard]] Result<std::int64_t> sweepSessions(WriteSession& session, Timestamp now, Timestamp idleSince);

/// Forgets tokens that expired or were revoked before that moment, and runs of failed sign-ins whose last one
/// lies before it; no event. Return how many.
[[nodiscard]] Result<std::int64_t> sweepTokens(WriteSession& session, Timestamp before);
[[nodiscard]] Result<std::int64_t> sweepThrottles(WriteSession& session, Timestamp before);

/// A token for programs. Only its SHA-256 is kept; the name is unique.
struct TokenRow {
    std::string name{};
    Digest token{};
    domain::PartyId party{};
    std::string scopes{};  ///< words separated by spaces
    Timestamp created{};
    Timestamp expires{};
    std::optional<Timestamp> lastUsed{};
    std::optional<Timestamp> revoked{};
};
/// Errors: Conflict "duplicate" field "name".
[[nodiscard]] Result<LedgerPosition> saveToken(WriteSession& session, const TokenRow& row,
                                               const ledger::Event& event);
/// Also returns expired and revoked ones: the caller judges. Errors: NotFound.
[[nodiscard]] Result<TokenRow> findToken(ReadSession& session, const Digest& token);
/// By name, all of them.
[[nodiscard]] Result<std::vector<TokenRow>> listTokens(ReadSession& session);
/// Errors: NotFound. Revoking twice keeps the first time.
[[nodiscard]] Result<LedgerPosition> revokeToken(WriteSession& session, std::string_view name, Timestamp at,
                                                 const ledger::Event& event);
/// Notes the use; no event.
[[nodiscard]] Result<void> touchToken(WriteSession& session, const Digest& token, Timestamp at);

/// Failed sign-ins, counted per account ("account:NAME") and per address ("address:IP").
struct Throttle {
    std::int64_t failures = 0;
    Timestamp since{};  ///< first failure of this run
    Timestamp last{};
};
[[nodiscard]] Result<Throttle> throttleOf(ReadSession& session, std::string_view key);
/// Counts a failure; a run older than `forgetBefore` starts anew. Returns the new state. No event.
[[nodiscard]] Result<Throttle> countFailure(WriteSession& session, std::string_view key, Timestamp at,
                                            Timestamp forgetBefore);
[[nodiscard]] Result<void> clearThrottle(WriteSession& session, std::string_view key);

}  // namespace tickmark::storage
