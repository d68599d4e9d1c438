#include "tickmark/ledger/Witness.h"

#include "ledger/SignedNote.h"
#include "tickmark/ledger/Tree.h"

namespace tickmark::ledger {
namespace {

constexpr std::string_view requestType = "witness-request";
constexpr std::string_view oldWord = "old ";
constexpr std::size_t longestProof = 63;  // C2SP tlog-witness

Error badRequest(std::string message) {
    return invalid(std::string(requestType), "", std::move(message),
                   "Give the file that `tickmark ledger request` wrote.");
}

Error misbehaviour(std::string type, std::string message) {
    return {ErrorKind::Damaged, std::move(type), std::move(message)};
}

std::string entries(std::uint64_t size) { return std::to_string(size) + (size == 1 ? " entry" : " entries"); }

Result<void> judgeProof(const Checkpoint& seen, const BroughtHead& brought) {
    if (!brought.provenFrom || *brought.provenFrom != seen.size) {
        const std::string what =
            brought.provenFrom ? "The proof begins at " + entries(*brought.provenFrom) : "There is no proof";
        return Error{ErrorKind::Undecided,
                     "proof-missing",
                     what + ", but this witness last saw " + entries(seen.size) +
                         ": whether the log only grew since then cannot be told.",
                     {},
                     "A head is cosigned only when it is proved to extend the one seen before.",
                     "Ask the log's owner for the file of `tickmark ledger request --since " +
                         std::to_string(seen.size) + "`."};
    }
    if (consistencyHolds(seen.size, brought.head.size, seen.root, brought.head.root, brought.proof))
        return {};
    return misbehaviour("log-rewritten",
                        "The log does not begin with the " + entries(seen.size) +
                            " that this witness saw: entries were changed, removed or put in between, or "
                            "the file was changed on its way.");
}

}  // namespace

std::string WitnessRequest::text() const {
    std::string out = std::string(oldWord) + std::to_string(old) + '\n';
    for (const Digest& hash : proof) out += toBase64(hash.bytes()) + '\n';
    return out + '\n' + checkpoint;
}

Result<WitnessRequest> WitnessRequest::parse(std::string_view text) {
    TM_TRY(const std::string_view first, takeLine(text, requestType));
    if (!first.starts_with(oldWord))
        return badRequest("The request does not begin with the line \"old SIZE\".");
    WitnessRequest request;
    TM_TRY(request.old, parseCount(first.substr(oldWord.size()), requestType));
    for (;;) {
        TM_TRY(const std::string_view line, takeLine(text, requestType));
        if (line.empty()) break;
        if (request.proof.size() == longestProof) return badRequest("The proof has more than 63 hashes.");
        TM_TRY(const Digest hash, parseHash(line, requestType));
        request.proof.push_back(hash);
    }
    if (const auto head = readCheckpoint(text); !head) return badRequest(head.error().message);
    request.checkpoint = std::string(text);
    return request;
}

Result<void> judgeExtension(const Checkpoint& seen, const BroughtHead& brought) {
    if (seen.origin != brought.head.origin)
        return invalid("checkpoint", "", "The checkpoint is of another log than the one seen before.");
    if (brought.head.size < seen.size) {
        return misbehaviour("log-rolled-back", "This witness saw the log with " + entries(seen.size) +
                                                   ", this head has " + entries(brought.head.size) +
                                                   ": the log was rolled back, or this is an older file.");
    }
    if (brought.head.size > seen.size) return judgeProof(seen, brought);
    if (brought.head.root == seen.root) return {};
    return misbehaviour("log-forked", "The log's key signed two different logs of " + entries(seen.size) +
                                          ": the log was forked or rewritten. Both signed heads together "
                                          "prove it.");
}

}  // namespace tickmark::ledger
