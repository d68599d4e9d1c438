// E70: the bundle's place in the organisation's append-only log.
#include "bundle/EntryNames.h"
#include "bundle/Inspection.h"
#include "bundle/LogPast.h"
#include "tickmark/ledger/Checkpoint.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::bundle {
namespace {

using codec::Json;

constexpr std::size_t longestPath = 64;

std::optional<ledger::VerifierKey> chooseKey(Inspection& inspection) {
    if (inspection.options->logKey) return inspection.options->logKey;
    if (!inspection.bagInfo) {
        inspection.outcome.fail("E70", entry::bagInfo, "The log's key cannot be read.");
        return std::nullopt;
    }
    auto key = ledger::VerifierKey::parse(inspection.bagInfo->ledgerKey);
    if (key) return *std::move(key);
    inspection.outcome.fail("E70", entry::bagInfo, "Tickmark-Ledger-Key is no verifier key.");
    return std::nullopt;
}

/// Takes the line at the front, without its line feed; nothing when no whole line is left.
std::optional<std::string_view> takeLine(std::string_view& rest) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

struct Proof {
    std::uint64_t index = 0;
    std::vector<Digest> path{};
};

std::optional<Proof> readProof(std::string_view line) {
    const auto json = codec::parseJson(line);
    if (!json || codec::canonicalJson(*json) != line) return std::nullopt;
    const Json* index = json->find("index");
    const Json* path = json->find("path");
    if (index == nullptr || index->integer() == nullptr || *index->integer() < 0) return std::nullopt;
    if (path == nullptr || path->items() == nullptr || path->items()->size() > longestPath)
        return std::nullopt;
    Proof proof{static_cast<std::uint64_t>(*index->integer()), {}};
    for (const Json& hash : *path->items()) {
        const auto digest =
            hash.text() == nullptr ? Result<Digest>(internal("no text")) : Digest::parse(*hash.text());
        if (!digest) return std::nullopt;
        proof.path.push_back(*digest);
    }
    return proof;
}

void checkSealLeaf(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    const auto seal = codec::parseJson(inspection.text(entry::seal));
    const Json* facts = seal ? seal->find("facts") : nullptr;
    if (facts == nullptr || seal->textAt("kind") != "bundle.seal") {
        outcome.fail("E70", entry::seal, "The log's entry is not the seal of a bundle.");
        return;
    }
    const auto manifest = inspection.files.find(entry::payloadManifest);
    if (manifest == inspection.files.end() ||
        facts->textAt("manifest_sha256") != manifest->second.digest.hex()) {
        outcome.fail("E70", entry::seal, "The log's entry commits to another payload manifest.");
    }
    if (inspection.bagInfo && seal->textAt("ref") != inspection.bagInfo->bundleRef) {
        outcome.fail("E70", entry::seal, "The log's entry is about another bundle.");
    }
}

void checkSealProof(Inspection& inspection, const ledger::Checkpoint& head) {
    Outcome& outcome = inspection.outcome;
    const auto proof = ledger::TlogProof::parse(inspection.text(entry::sealProof));
    if (!proof || proof->text() != inspection.text(entry::sealProof)) {
        outcome.fail("E70", entry::sealProof, "The file is no proof of inclusion in canonical form.");
        return;
    }
    if (proof->checkpoint != inspection.text(entry::checkpoint)) {
        outcome.fail("E70", entry::sealProof, "The proof ends in another checkpoint.");
    }
    const Digest leaf = ledger::leafHash(inspection.text(entry::seal));
    if (!ledger::inclusionHolds(proof->index, head.size, leaf, proof->path, head.root)) {
        outcome.fail("E70", entry::seal, "The seal's entry is not in the log of the checkpoint.");
    }
}

std::size_t checkTrail(Inspection& inspection, const ledger::Checkpoint& head) {
    Outcome& outcome = inspection.outcome;
    std::string_view leaves = inspection.text(entry::trail);
    std::string_view proofs = inspection.text(entry::entryProofs);
    std::size_t count = 0;
    std::optional<std::uint64_t> before;
    while (!leaves.empty() && !proofs.empty()) {
        const std::string line = "line " + std::to_string(++count);
        const auto leaf = takeLine(leaves);
        const auto proofLine = takeLine(proofs);
        const auto proof = leaf && proofLine ? readProof(*proofLine) : std::nullopt;
        if (!proof) {
            outcome.fail("E70", entry::entryProofs, line + " is no proof in canonical form.");
            return count;
        }
        if (before && *before >= proof->index) {
            outcome.fail("E70", entry::entryProofs, line + " does not ascend by position.");
        }
        before = proof->index;
        if (!ledger::inclusionHolds(proof->index, head.size, ledger::leafHash(*leaf), proof->path,
                                    head.root)) {
            outcome.fail("E70", entry::trail, line + " is not in the log of the checkpoint.");
        }
    }
    if (!leaves.empty() || !proofs.empty()) {
        outcome.fail("E70", entry::entryProofs,
                     "There are not as many proofs as entries in the audit trail.");
    }
    return count;
}

/// A key that only the bundle names is worth no more than the seal.
bool isKeyTrusted(const Inspection& inspection) {
    const auto& signatures = inspection.report.signatures;
    return inspection.options->logKey || (!signatures.empty() && signatures.front().trusted);
}

}  // namespace

void checkLedger(Inspection& inspection) {
    Outcome& outcome = inspection.outcome;
    outcome.begin("E70");
    checkSealLeaf(inspection);
    const auto key = chooseKey(inspection);
    if (!key) return;
    const auto head = ledger::openCheckpoint(inspection.text(entry::checkpoint), *key);
    if (!head) {
        outcome.fail("E70", entry::checkpoint, head.error().message);
        return;
    }
    inspection.report.logOrigin = head->origin;
    inspection.report.logSize = head->size;
    checkSealProof(inspection, *head);
    const std::size_t entries = checkTrail(inspection, *head);
    checkPast(inspection, *head, *key);
    outcome.summarise("E70", "the seal and " + std::to_string(entries) + " entries in " + head->origin +
                                 ", " + std::to_string(head->size) + " entries");
    if (!isKeyTrusted(inspection)) {
        outcome.leave(
            "E70",
            "the proofs hold, but only the bundle itself names the log's key: give an anchor or the key");
    }
}

}  // namespace tickmark::bundle
