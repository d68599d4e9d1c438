// Witness requests and answers say the same when written again; and of all proofs between two sizes of a log
// only the true one holds.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <vector>

#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/Tree.h"
#include "tickmark/ledger/Witness.h"

namespace {

using namespace tickmark;

void check(bool holds) {
    if (!holds) std::abort();
}

/// A log of 64 entries with every head.
struct Log {
    std::map<ledger::NodeId, Digest> nodes{};
    std::vector<Digest> roots{ledger::emptyRoot()};

    Log() {
        ledger::Frontier frontier;
        for (int i = 0; i < 64; ++i) {
            for (const auto& node : frontier.append(ledger::leafHash(std::to_string(i))))
                nodes[node.id] = node.hash;
            roots.push_back(frontier.root());
        }
    }
    [[nodiscard]] ledger::NodeReader reader() const {
        return [this](ledger::NodeId id) -> Result<Digest> { return nodes.at(id); };
    }
};

/// Applies edits of three bytes each: what to do, where, with which value.
std::vector<Digest> edited(std::vector<Digest> path, ByteView edits) {
    for (; edits.size() >= 3; edits = edits.subspan(3)) {
        const std::size_t at = path.empty() ? 0 : edits[1] % path.size();
        const auto place = path.begin() + static_cast<std::ptrdiff_t>(at);
        if (edits[0] % 4 == 0 && path.size() < 100) {
            path.insert(place, ledger::leafHash(std::to_string(edits[2])));
        } else if (edits[0] % 4 == 1 && !path.empty()) {
            path.erase(place);
        } else if (edits[0] % 4 == 2 && !path.empty()) {
            std::swap(path[at], path[edits[2] % path.size()]);
        } else if (!path.empty()) {
            auto bytes = path[at].bytes();
            bytes[edits[0] % bytes.size()] ^= edits[2];
            path[at] = Digest(bytes);
        }
    }
    return path;
}

void checkProofs(ByteView data) {
    static const Log log;
    if (data.size() < 2) return;
    const std::uint64_t second = data[0] % 65;
    const std::uint64_t first = second == 0 ? 0 : data[1] % (second + 1);
    const auto honest = ledger::consistencyProof(first, second, log.reader());
    check(honest.ok());
    const auto path = edited(*honest, data.subspan(2));
    const bool holds =
        ledger::consistencyHolds(first, second, log.roots.at(first), log.roots.at(second), path);
    check(holds == (path == *honest));
    if (first == second) return;
    const auto inclusion = ledger::inclusionProof(first, second, log.reader());
    check(inclusion.ok());
    const auto way = edited(*inclusion, data.subspan(2));
    const Digest leaf = ledger::leafHash(std::to_string(first));
    check(ledger::inclusionHolds(first, second, leaf, way, log.roots.at(second)) == (way == *inclusion));
}

void checkTexts(std::string_view text) {
    static const crypto::Ed25519Key key = crypto::Ed25519Key::generate();
    static const std::string note = ledger::signCheckpoint({"log.example", 1, ledger::leafHash("x")}, key);
    if (const auto request = ledger::WitnessRequest::parse(text)) check(request->text() == text);
    const auto lines = ledger::signatureLines(text);
    if (!lines) return;
    const auto witness =
        ledger::VerifierKey::of("witness.example", key.publicKey(), ledger::KeyUse::Cosignature);
    for (const std::string& line : *lines) {
        const auto longer = ledger::withSignatureLine(note, line);
        check(longer.ok());
        check(*ledger::withSignatureLine(*longer, line) == *longer);
        check(!ledger::findCosignature(*longer, witness).ok());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes(data, size);
    checkProofs(bytes);
    checkTexts(textOf(bytes));
    return 0;
}
