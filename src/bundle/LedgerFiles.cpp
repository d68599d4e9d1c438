#include "bundle/LedgerFiles.h"

#include "bundle/EntryNames.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

Error badAnswer(const std::string& message) {
    Error error = internal("The ledger's answer to the seal does not hold: " + message);
    error.type = "ledger-answer";
    return error;
}

bool holds(std::uint64_t position, std::string_view leaf, const std::vector<Digest>& path,
           const ledger::Checkpoint& head) {
    return ledger::inclusionHolds(position, head.size, ledger::leafHash(leaf), path, head.root);
}

std::string proofLine(std::uint64_t position, const std::vector<Digest>& path) {
    Json hashes = Json::array();
    for (const Digest& hash : path) hashes.push(hash.hex());
    return codec::canonicalJson(Json::object().set("index", Json(position)).set("path", std::move(hashes))) +
           "\n";
}

Result<std::string> trailProofs(const Content& content, const LedgerAnswer& answer,
                                const ledger::Checkpoint& head) {
    std::map<std::uint64_t, const ProvenEntry*> proofs;
    for (const auto& proven : answer.entries) proofs.emplace(proven.position, &proven);
    std::string text;
    for (const auto& wanted : content.trail) {
        const auto found = proofs.find(wanted.position);
        if (found == proofs.end() || !holds(wanted.position, wanted.leaf, found->second->path, head)) {
            return badAnswer("entry " + std::to_string(wanted.position) + " is not proved.");
        }
        text += proofLine(wanted.position, found->second->path);
    }
    return text;
}

Result<std::string> historyText(const LedgerAnswer& answer, const ledger::Checkpoint& head,
                                const ledger::VerifierKey& key) {
    const auto entries = ledger::fitHistory(answer.history);
    for (const auto& earlier : entries) {
        const auto extended = ledger::checkHistoryEntry(earlier, head, key);
        if (!extended) return badAnswer(earlier.name + ": " + extended.error().message);
    }
    return ledger::writeHistory(entries);
}

bool namesManifest(const std::string& leaf, const Digest& payloadManifest) {
    const auto seal = codec::parseJson(leaf);
    const Json* facts = seal ? seal->find("facts") : nullptr;
    return facts != nullptr && facts->textAt("manifest_sha256") == payloadManifest.hex();
}

}  // namespace

std::string trailText(const Content& content) {
    std::string text;
    for (const auto& line : content.trail) text.append(line.leaf).append("\n");
    return text;
}

Result<std::map<std::string, std::string>> ledgerFiles(const Content& content, const LedgerAnswer& answer,
                                                       const Digest& payloadManifest) {
    TM_TRY(const auto key, ledger::VerifierKey::parse(answer.verifierKey));
    TM_TRY(const auto head, ledger::openCheckpoint(answer.checkpoint, key));
    if (!holds(answer.seal.position, answer.seal.leaf, answer.seal.path, head)) {
        return badAnswer("the seal's entry is not proved.");
    }
    if (!namesManifest(answer.seal.leaf, payloadManifest)) return badAnswer("it is about another manifest.");
    TM_TRY(std::string proofs, trailProofs(content, answer, head));
    TM_TRY(std::string history, historyText(answer, head, key));
    const ledger::TlogProof sealProof{answer.seal.position, answer.seal.path, answer.checkpoint};
    std::map<std::string, std::string> files;
    files.emplace(entry::checkpoint, answer.checkpoint);
    files.emplace(entry::history, std::move(history));
    files.emplace(entry::seal, answer.seal.leaf);
    files.emplace(entry::sealProof, sealProof.text());
    files.emplace(entry::entryProofs, std::move(proofs));
    return files;
}

}  // namespace tickmark::bundle
