// A bundle's file tlog/history.json: earlier heads of the same log, each proved to be a beginning of the
// bundle's own (schemas/bundle-format.md, "Log", rule 6).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/ledger/Cosignature.h"

namespace tickmark::ledger {

inline constexpr std::size_t mostHistoryEntries = 100;
inline constexpr std::size_t longestHistory = 64 * 1024;  ///< bytes of the file

enum class HistoryKind {
    Bundle,   ///< the head of an earlier bundle; the name is its reference, "B-0001"
    Witness,  ///< the newest head that a witness cosigned; the name is the witness's
};
[[nodiscard]] std::string_view toText(HistoryKind value) noexcept;

struct HistoryEntry {
    HistoryKind kind = HistoryKind::Bundle;
    std::string name{};
    std::string checkpoint{};     ///< the whole signed note, with its cosignatures
    std::vector<Digest> proof{};  ///< consistency proof from that head to the bundle's own
    bool operator==(const HistoryEntry&) const = default;
};

/// The file's text: canonical JSON, one line without a line feed, entries in the order given. Throws
/// std::logic_error when it would break a bound: choose with fitHistory() first.
[[nodiscard]] std::string writeHistory(const std::vector<HistoryEntry>& entries);

/// Strict: canonical JSON of exactly these members, at most 100 entries and 64 KiB, names that are not empty
/// and at most 200 bytes, checkpoints in form, at most 64 hashes in a proof. Checks no signature and follows
/// no proof. Errors: Invalid "history", TooLarge "history".
[[nodiscard]] Result<std::vector<HistoryEntry>> readHistory(std::string_view text);

/// As many of the first entries as keep both bounds, in their order: put the most important first.
[[nodiscard]] std::vector<HistoryEntry> fitHistory(std::vector<HistoryEntry> entries);

/// Whether the entry is a signed head of the log of `logKey` and `now` extends it (RFC 9162 section 2.1.4).
/// Cosignatures are not checked: see findCosignature. Errors: Invalid "checkpoint" or Damaged
/// "checkpoint-signature" as openCheckpoint; Damaged "history" when it is a head of another log, larger than
/// `now`, or its proof does not hold.
[[nodiscard]] Result<void> checkHistoryEntry(const HistoryEntry& entry, const Checkpoint& now,
                                             const VerifierKey& logKey);

}  // namespace tickmark::ledger
