// Witnesses of the ledger, the heads they cosigned, and the heads that stand in bundles.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Bundle.h"
#include "tickmark/foundation/Time.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::storage {

/// A witness that this log believes, with the newest head it cosigned.
struct WitnessRow {
    std::int64_t id = 0;
    std::string name{};
    std::string verifierKey{};  ///< C2SP verifier key text of use "cosignature"
    Timestamp added{};
    std::optional<std::uint64_t> size{};  ///< entries of the newest cosigned head; nothing before the first
    std::string note{};                   ///< that head with the log's signature and this witness's
    Timestamp at{};                       ///< the time in that cosignature
};

/// Errors: Conflict "duplicate" field "name" when a witness of that name is known.
[[nodiscard]] Result<LedgerPosition> addWitness(WriteSession& session, const WitnessRow& row,
                                                const ledger::Event& event);
/// It is no longer listed; what it cosigned stays stored. Errors: NotFound.
[[nodiscard]] Result<LedgerPosition> removeWitness(WriteSession& session, std::string_view name, Timestamp at,
                                                   const ledger::Event& event);
/// By name; without removed ones.
[[nodiscard]] Result<std::vector<WitnessRow>> listWitnesses(ReadSession& session);
/// Errors: NotFound.
[[nodiscard]] Result<WitnessRow> findWitness(ReadSession& session, std::string_view name);

/// Stores a head that this witness cosigned. A newer cosignature of the same size replaces the one before.
[[nodiscard]] Result<LedgerPosition> saveCosigned(WriteSession& session, std::int64_t witness,
                                                  std::uint64_t size, const std::string& note, Timestamp at,
                                                  const ledger::Event& event);

/// One head that a witness cosigned, as it is stored.
struct CosignedRow {
    std::string witness{};
    std::string verifierKey{};
    std::uint64_t size = 0;
    std::string note{};
    Timestamp at{};
};
/// All of them, by witness and size; those of removed witnesses too.
[[nodiscard]] Result<std::vector<CosignedRow>> cosignedHeads(ReadSession& session);

/// Keeps the head for good and remembers that it stands in that bundle. The bundle's row must be there.
[[nodiscard]] Result<void> keepBundleHead(WriteSession& session, const domain::BundleRef& bundle,
                                          const LedgerHead& head);

struct BundleHead {
    domain::BundleRef bundle{};
    LedgerHead head{};
};
/// The head that stands in that bundle; nothing when none was kept.
[[nodiscard]] Result<std::optional<BundleHead>> bundleHead(ReadSession& session,
                                                           const domain::BundleRef& bundle);
/// The largest head below `size` that stands in a bundle which was sealed to the end (of any audit).
[[nodiscard]] Result<std::optional<BundleHead>> lastBundleHead(ReadSession& session, std::uint64_t size);

}  // namespace tickmark::storage
