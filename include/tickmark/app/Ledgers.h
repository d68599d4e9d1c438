// Looking at the ledger: entries, checkpoint, proofs.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/ledger/Event.h"

namespace tickmark::app {

struct LedgerLine {
    std::int64_t position = 0;
    std::string leaf{};
    ledger::Event event{};
};
/// Entries from `from` (inclusive), at most `limit` (1 to 200). LA, AU, IM, TM and AD read all; others are
/// Forbidden: what concerns them stands in the history of each item they may see.
[[nodiscard]] Result<std::vector<LedgerLine>> listLedger(Context& context, const domain::Actor& actor,
                                                         std::int64_t from, std::int64_t limit);
/// For each entry whether the actor may open what it is about: the log names drafts and other teams' audits
/// to people whose lists do not show them. False for what has no page or is gone.
[[nodiscard]] Result<std::vector<bool>> mayOpenThings(Context& context, const domain::Actor& actor,
                                                      const std::vector<LedgerLine>& lines);
[[nodiscard]] Result<std::string> currentCheckpoint(Context& context);
[[nodiscard]] Result<ledger::TlogProof> proveEntry(Context& context, const domain::Actor& actor,
                                                   std::int64_t position);
/// Consistency proof lines (hex) from an earlier size to now.
struct ConsistencyAnswer {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    std::vector<Digest> path{};
    std::string checkpoint{};
};
[[nodiscard]] Result<ConsistencyAnswer> proveConsistency(Context& context, std::uint64_t first);

}  // namespace tickmark::app
