// What is brought to a witness: a request, or a sealed bundle.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tickmark/foundation/Result.h"
#include "tickmark/ledger/History.h"
#include "tickmark/ledger/Witness.h"

namespace tickmark::witness {

/// A signed head and every proof that came with it.
struct BroughtFile {
    std::string checkpoint{};
    std::optional<ledger::WitnessRequest> request{};
    std::vector<ledger::HistoryEntry> history{};
};

/// Reads a request (at most 1 MiB of text) or a bundle (a file that begins as a zip does). Errors: NotFound
/// "file", TooLarge, Invalid "witness-request", "bundle", "history".
[[nodiscard]] Result<BroughtFile> readBrought(const std::filesystem::path& file);

/// The proof from the head seen before, as far as the file has one. An entry of the history of the same size
/// as `seen` but with another root, signed by the log, is a fork. Errors: Damaged "log-forked".
[[nodiscard]] Result<ledger::BroughtHead> proofFrom(const BroughtFile& file, const ledger::Checkpoint& head,
                                                    const ledger::Checkpoint& seen,
                                                    const ledger::VerifierKey& logKey);

}  // namespace tickmark::witness
