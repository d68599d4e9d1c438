// Whatever is taken for a checkpoint, a proof or a key says the same when it is written again.
#include <cstdint>
#include <cstdlib>

#include "tickmark/ledger/Checkpoint.h"

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tickmark;
    const std::string_view text = textOf(ByteView(data, size));
    if (const auto key = ledger::VerifierKey::parse(text)) {
        check(key->text() == text);
        check(ledger::isKeyName(key->name));
    }
    if (const auto head = ledger::readCheckpoint(text)) {
        const std::string written =
            head->origin + '\n' + std::to_string(head->size) + '\n' + toBase64(head->root.bytes()) + "\n\n";
        check(text.starts_with(written));
        static const auto key = ledger::VerifierKey::of("log.example", {});
        check(!ledger::openCheckpoint(text, key).ok());
    }
    if (const auto proof = ledger::TlogProof::parse(text)) {
        const auto again = ledger::TlogProof::parse(proof->text());
        check(again.ok() && again->path == proof->path && again->index == proof->index);
        check(again->checkpoint == proof->checkpoint);
    }
    return 0;
}
