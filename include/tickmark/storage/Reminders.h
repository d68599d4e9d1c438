// How people are reminded: calendar feeds, mail addresses, digests sent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// Sets or replaces the secret of a person's feed, of which only the SHA-256 is kept; the one before is
/// forgotten.
[[nodiscard]] Result<LedgerPosition> saveFeed(WriteSession& session, domain::PartyId party,
                                              const Digest& secret, Timestamp at, const ledger::Event& event);
/// Errors: NotFound when there is none.
[[nodiscard]] Result<LedgerPosition> removeFeed(WriteSession& session, domain::PartyId party,
                                                const ledger::Event& event);
/// Whose feed it is. Errors: NotFound.
[[nodiscard]] Result<domain::PartyId> feedOwner(ReadSession& session, const Digest& secret);
/// Since when the person has a feed; nothing when there is none.
[[nodiscard]] Result<std::optional<Timestamp>> feedSince(ReadSession& session, domain::PartyId party);

/// An empty address removes the one before.
[[nodiscard]] Result<LedgerPosition> saveMailAddress(WriteSession& session, domain::PartyId party,
                                                     const std::string& address, const ledger::Event& event);
/// Empty when there is none.
[[nodiscard]] Result<std::string> mailAddressOf(ReadSession& session, domain::PartyId party);

struct MailTarget {
    domain::PartyId party{};
    std::string address{};
};
/// Everybody who has an address, by id.
[[nodiscard]] Result<std::vector<MailTarget>> mailTargets(ReadSession& session);

/// "begun": the mail may or may not have gone out. "sent": the server took it. "unsent": it certainly did
/// not.
enum class DigestState { Begun, Sent, Unsent };
struct DigestRow {
    DigestState state = DigestState::Begun;
    std::int64_t tries = 0;
    Timestamp at{};
};
[[nodiscard]] Result<std::optional<DigestRow>> findDigest(ReadSession& session, domain::PartyId party,
                                                          Date day);
/// Inserts or replaces; no event.
[[nodiscard]] Result<void> saveDigest(WriteSession& session, domain::PartyId party, Date day,
                                      const DigestRow& row);
/// Forgets digests of days before that one; no event. Returns how many.
[[nodiscard]] Result<std::int64_t> sweepDigests(WriteSession& session, Date before);

}  // namespace tickmark::storage
