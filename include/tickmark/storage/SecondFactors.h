// The second factor of sign-ins: secrets of codes, recovery codes, and sign-ins that wait for a code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// What an account's codes are computed from.
struct SecondFactorRow {
    domain::PartyId party{};
    Secret secret{};  ///< base32
    Timestamp begun{};
    std::optional<Timestamp> confirmed{};  ///< empty until a first code proved that the person has it
    std::int64_t lastStep = 0;             ///< steps of 30 s since 1970, of the last code that was taken
};
/// Nothing when the account has none, not even one that was begun.
[[nodiscard]] Result<std::optional<SecondFactorRow>> secondFactorOf(ReadSession& session,
                                                                    domain::PartyId party);
/// Every account with a confirmed one or a passkey, ascending.
[[nodiscard]] Result<std::vector<domain::PartyId>> partiesWithSecondFactor(ReadSession& session);
/// Sets or replaces it; no event (the caller's next one tells of it).
[[nodiscard]] Result<void> saveSecondFactor(WriteSession& session, const SecondFactorRow& row);
/// Notes a code as taken. False when that step or a later one was taken before. No event.
[[nodiscard]] Result<bool> spendStep(WriteSession& session, domain::PartyId party, std::int64_t step);
/// Forgets secret, recovery codes and pending sign-ins of the account. The event tells why.
[[nodiscard]] Result<LedgerPosition> removeSecondFactor(WriteSession& session, domain::PartyId party,
                                                        const ledger::Event& event);

/// Takes the place of all earlier ones; no event.
[[nodiscard]] Result<void> saveRecoveryCodes(WriteSession& session, domain::PartyId party,
                                             const std::vector<Digest>& codes);
/// Removes it; false when there is none like it. No event.
[[nodiscard]] Result<bool> spendRecoveryCode(WriteSession& session, domain::PartyId party,
                                             const Digest& code);
[[nodiscard]] Result<std::int64_t> countRecoveryCodes(ReadSession& session, domain::PartyId party);

/// A sign-in whose password was right. Only the token's SHA-256 is kept.
struct PendingSignIn {
    Digest token{};
    domain::PartyId party{};
    Timestamp begun{};
};
/// No event: nobody is in yet.
[[nodiscard]] Result<void> savePendingSignIn(WriteSession& session, const PendingSignIn& row);
/// Knows nothing of time: the caller compares. Nothing when there is none.
[[nodiscard]] Result<std::optional<PendingSignIn>> findPendingSignIn(ReadSession& session,
                                                                     const Digest& token);
[[nodiscard]] Result<void> removePendingSignIn(WriteSession& session, const Digest& token);
/// Forgets those begun before that moment, and secrets begun before it that nobody confirmed; no event.
[[nodiscard]] Result<void> sweepPendingSignIns(WriteSession& session, Timestamp before);

}  // namespace tickmark::storage
