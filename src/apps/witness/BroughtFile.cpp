#include "apps/witness/BroughtFile.h"

#include <array>
#include <fstream>

#include "tickmark/archive/Archive.h"
#include "tickmark/bundle/LogFiles.h"

namespace tickmark::witness {
namespace {

constexpr std::uint64_t longestRequest = 1024 * 1024;

bool beginsAsZip(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 2> first{};
    stream.read(first.data(), first.size());
    return stream.gcount() == 2 && first[0] == 'P' && first[1] == 'K';
}

Result<BroughtFile> fromBundle(const std::filesystem::path& file) {
    TM_TRY(bundle::LogFiles files, bundle::readLogFiles(file));
    BroughtFile brought{std::move(files.checkpoint), std::nullopt, {}};
    if (files.history.empty()) return brought;
    TM_TRY(brought.history, ledger::readHistory(files.history));
    return brought;
}

}  // namespace

Result<BroughtFile> readBrought(const std::filesystem::path& file) {
    if (beginsAsZip(file)) return fromBundle(file);
    TM_TRY(const std::string text, archive::readSmallFile(file, longestRequest));
    TM_TRY(ledger::WitnessRequest request, ledger::WitnessRequest::parse(text));
    return BroughtFile{request.checkpoint, std::move(request), {}};
}

Result<ledger::BroughtHead> proofFrom(const BroughtFile& file, const ledger::Checkpoint& head,
                                      const ledger::Checkpoint& seen, const ledger::VerifierKey& logKey) {
    ledger::BroughtHead brought{head, std::nullopt, {}};
    if (file.request) {
        brought.provenFrom = file.request->old;
        brought.proof = file.request->proof;
        return brought;
    }
    for (const ledger::HistoryEntry& entry : file.history) {
        const auto earlier = ledger::openCheckpoint(entry.checkpoint, logKey);
        if (!earlier || earlier->size != seen.size) continue;
        // Both heads are signed by the log: no proof is needed to see that they contradict each other.
        TM_CHECK(ledger::judgeExtension(seen, {*earlier, seen.size, {}}));
        brought.provenFrom = seen.size;
        brought.proof = entry.proof;
        return brought;
    }
    return brought;
}

}  // namespace tickmark::witness
