// Passkeys of accounts, and challenges that wait for an answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

struct PasskeyRow {
    std::string credential{};  ///< its id, base64url
    domain::PartyId party{};
    std::string handle{};  ///< what the authenticator calls the account: random, base64url
    std::string name{};    ///< the person's word for it
    std::int64_t algorithm = 0;
    std::string publicKey{};   ///< base64
    std::int64_t counter = 0;  ///< signatures that the authenticator counted
    Timestamp added{};
    std::optional<Timestamp> lastUsed{};
};
/// In the order in which they were added.
[[nodiscard]] Result<std::vector<PasskeyRow>> passkeysOf(ReadSession& session, domain::PartyId party);
[[nodiscard]] Result<std::optional<PasskeyRow>> findPasskey(ReadSession& session,
                                                            const std::string& credential);
/// False when that credential is known already, to whomever it belongs; then nothing is entered.
[[nodiscard]] Result<bool> savePasskey(WriteSession& session, const PasskeyRow& row,
                                       const ledger::Event& event);
/// Notes a use. False when the counter did not grow (both 0 is no counter). No event.
[[nodiscard]] Result<bool> usePasskey(WriteSession& session, const std::string& credential,
                                      std::int64_t counter, Timestamp now);
/// The event tells why. NotFound when the party has none like it.
[[nodiscard]] Result<void> removePasskey(WriteSession& session, domain::PartyId party,
                                         const std::string& credential, const ledger::Event& event);
/// All of the account; how many they were. No event (the caller's next one tells of it).
[[nodiscard]] Result<std::int64_t> removePasskeysOf(WriteSession& session, domain::PartyId party);

/// What was asked of an authenticator. Only the challenge's SHA-256 is kept.
struct PasskeyChallenge {
    Digest token{};
    std::string purpose{};    ///< "add" or "sign-in"
    domain::PartyId party{};  ///< 0 while nobody is known
    std::string relyingParty{};
    std::string origin{};
    std::string handle{};
    std::string name{};
    Timestamp begun{};
};
/// Keeps the latest `most` of all; no event.
[[nodiscard]] Result<void> savePasskeyChallenge(WriteSession& session, const PasskeyChallenge& row,
                                                std::int64_t most);
/// Removes and returns it, so that it is answered once. Knows nothing of time: the caller compares.
[[nodiscard]] Result<std::optional<PasskeyChallenge>> takePasskeyChallenge(WriteSession& session,
                                                                           const Digest& token);
/// Forgets those begun before that moment; no event.
[[nodiscard]] Result<void> sweepPasskeyChallenges(WriteSession& session, Timestamp before);

}  // namespace tickmark::storage
