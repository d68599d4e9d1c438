// One entry of the ledger: who did what to which thing, and what the thing's record was afterwards.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tickmark/codec/Json.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::ledger {

/// An event as it is written into the ledger. Its leaf is one line of canonical JSON (RFC 8785):
/// {"actor","at","facts","kind","record","ref","rev","role","subject","v","via"}; absent parts are left out.
struct Event {
    Timestamp at{};
    std::string actor{};             ///< account, or "system"
    std::string role{};              ///< two-letter code, or empty
    std::string via{};               ///< "session", "token:NAME", "cli", "system"
    std::string kind{};              ///< "finding.issue", "evidence.receive", "party.sign-in" …
    std::string subject{};           ///< kind of thing: "finding", "evidence-version", "bundle" …
    std::string ref{};               ///< the thing's reference: "F-0092", "E-0144/v1"
    std::int64_t rev = 0;            ///< its revision afterwards; 0 when nothing was stored
    std::optional<Digest> record{};  ///< SHA-256 of its canonical record afterwards
    codec::Json facts{};             ///< from, to, reason, digest, size, name … as the kind asks for

    /// The exact leaf bytes, without a line feed.
    [[nodiscard]] std::string leaf() const;
    /// Errors: Invalid "event".
    [[nodiscard]] static Result<Event> parse(std::string_view leaf);
};

/// An event by `actor` at `at`; the rest is filled by the caller.
[[nodiscard]] Event eventBy(const domain::Actor& actor, Timestamp at, std::string kind);

}  // namespace tickmark::ledger
