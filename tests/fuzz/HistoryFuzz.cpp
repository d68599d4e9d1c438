// Whatever is taken for a bundle's history says the same when it is written again, keeps its bounds, and is
// believed of no log whose key did not sign it.
#include <cstdint>
#include <cstdlib>

#include "tickmark/ledger/History.h"
#include "tickmark/ledger/Tree.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    static const crypto::Ed25519Key key = crypto::Ed25519Key::generate();
    const std::string_view text = textOf(ByteView(data, size));
    const auto entries = ledger::readHistory(text);
    if (!entries) return 0;
    check(text.size() <= ledger::longestHistory && entries->size() <= ledger::mostHistoryEntries);
    check(ledger::writeHistory(*entries) == text);
    check(ledger::fitHistory(*entries) == *entries);
    for (const ledger::HistoryEntry& entry : *entries) {
        const auto head = ledger::readCheckpoint(entry.checkpoint);
        check(head.ok());
        const auto log = ledger::VerifierKey::of("log.example", key.publicKey());
        check(!ledger::checkHistoryEntry(entry, *head, log).ok());
        const auto witness =
            ledger::VerifierKey::of("witness.example", key.publicKey(), ledger::KeyUse::Cosignature);
        check(!ledger::findCosignature(entry.checkpoint, witness).ok());
        const bool holds =
            ledger::consistencyHolds(head->size, head->size, head->root, head->root, entry.proof);
        check(holds == entry.proof.empty());
    }
    return 0;
}
