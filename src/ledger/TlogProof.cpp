#include "ledger/SignedNote.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::ledger {
namespace {

constexpr std::string_view proofType = "tlog-proof";
constexpr std::string_view firstLine = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extraWord = "extra ";
constexpr std::string_view indexWord = "index ";
constexpr std::size_t longestPath = 63;  // a tree of 2^63 leaves

Error badProof(std::string message) { return invalid(std::string(proofType), "", std::move(message)); }

Result<std::vector<Digest>> takePath(std::string_view& rest) {
    std::vector<Digest> path;
    for (;;) {
        TM_TRY(const std::string_view line, takeLine(rest, proofType));
        if (line.empty()) return path;
        if (path.size() == longestPath)
            return badProof("The proof has more hashes than any tree has levels.");
        TM_TRY(const Digest hash, parseHash(line, proofType));
        path.push_back(hash);
    }
}

}  // namespace

std::string TlogProof::text() const {
    std::string out = std::string(firstLine) + '\n' + std::string(indexWord) + std::to_string(index) + '\n';
    for (const Digest& hash : path) out += toBase64(hash.bytes()) + '\n';
    return out + '\n' + checkpoint;
}

Result<TlogProof> TlogProof::parse(std::string_view text) {
    TM_TRY(const std::string_view version, takeLine(text, proofType));
    if (version != firstLine)
        return badProof("The proof does not begin with the line \"c2sp.org/tlog-proof@v1\".");
    TM_TRY(std::string_view line, takeLine(text, proofType));
    if (line.starts_with(extraWord)) {
        if (!fromBase64(line.substr(extraWord.size())))
            return badProof("The proof's extra data is not base64.");
        TM_TRY(line, takeLine(text, proofType));
    }
    if (!line.starts_with(indexWord)) return badProof("The proof does not name the leaf's index.");
    TlogProof proof;
    TM_TRY(proof.index, parseCount(line.substr(indexWord.size()), proofType));
    TM_TRY(proof.path, takePath(text));
    if (const auto head = readCheckpoint(text); !head) return badProof(head.error().message);
    proof.checkpoint = std::string(text);
    return proof;
}

}  // namespace tickmark::ledger
