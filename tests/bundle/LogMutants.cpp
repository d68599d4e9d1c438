// Forgeries of the log's past, and what witnesses and earlier heads find out.
#include "bundle/Forging.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/History.h"

namespace tickmark::bundle::test {
namespace {

/// An insider's history.
Make withHistory(
    const std::function<void(std::vector<ledger::HistoryEntry>& entries, Forge& forge)>& change) {
    return insider([change](Parts& parts, Forge& forge) {
        auto entries = expected(ledger::readHistory(parts.at(entry::history)));
        change(entries, forge);
        parts.at(entry::history) = ledger::writeHistory(entries);
    });
}

Make withHistoryText(std::string_view from, std::string_view to) {
    return insider([=](Parts& parts, Forge&) { replaceIn(parts.at(entry::history), from, to); });
}

AnchorArguments witnessedBy(const char* witness) {
    AnchorArguments brought{{"anchor.pem"}};
    brought.witnesses = {witness};
    return brought;
}

AnchorArguments earlier(const char* file) {
    AnchorArguments brought{{"anchor.pem"}};
    brought.previous = {file};
    return brought;
}

}  // namespace

std::vector<Mutant> logMutants() {
    const auto good = [](Forge& f) { return f.good; };
    AnchorArguments otherKey{{"anchor.pem"}};
    otherKey.logKey = "OTHERLOG";
    return {
        {"history-rewritten", "E70", withHistory([](auto& entries, Forge& f) {
             entries[0].checkpoint = f.house.log.sign(
                 {"example.org/log", 5, crypto::Sha256::of(std::string_view("another past"))});
         })},
        {"history-proof-broken", "E70", withHistory([](auto& entries, Forge&) {
             entries[0].proof.front() = crypto::Sha256::of(std::string_view("x"));
         })},
        {"history-proof-shortened", "E70",
         withHistory([](auto& entries, Forge&) { entries[0].proof.pop_back(); })},
        {"history-of-another-log", "E70",
         withHistory([](auto& entries, Forge& f) { entries[0].checkpoint = f.other.log.checkpoint(); })},
        {"history-longer-than-the-log", "E70", withHistory([](auto& entries, Forge& f) {
             entries[0].checkpoint =
                 f.house.log.sign({"example.org/log", 1'000'000, crypto::Sha256::of(std::string_view("x"))});
         })},
        {"history-not-canonical", "E70", withHistoryText("{\"entries\"", "{ \"entries\"")},
        {"history-of-an-unknown-kind", "E70", withHistoryText("\"kind\":\"bundle\"", "\"kind\":\"friend\"")},
        {"history-with-an-unknown-member", "E70", withHistoryText("{\"entries\"", "{\"a\":1,\"entries\"")},
        {"history-missing", "E30", insider([](Parts& p, Forge&) { p.remove(entry::history); })},
        {"continues-a-bundle-that-is-not-in-its-history", "E70", product([](Parts& p, Forge&) {
             replaceIn(p.at(entry::manifest), "\"selection\":{\"kind\":\"audit\"}",
                       "\"selection\":{\"findings\":[],\"kind\":\"delta\",\"since\":{\"bundle\":\"B-0000\","
                       "\"log_size\":3,\"sha256\":\"" +
                           std::string(64, '0') + "\"},\"unchanged\":[]}");
         })},
        {"witness-that-never-saw-the-log", "E70", good, witnessedBy("STRANGER")},
        {"witness-line-changed", "E70", withHistory([](auto& entries, Forge&) {
             std::string& note = entries[1].checkpoint;
             // A byte of the signature, behind name, key id and time.
             const auto line = note.rfind("witness.example ") + 40;
             note[line] = note[line] == 'A' ? 'B' : 'A';
         }),
         witnessedBy("WITNESS")},
        {"witness-of-another-head", "E70", withHistory([](auto& entries, Forge&) {
             // The line of the earlier head below the bundle's own history entry of the same log, one leaf
             // longer.
             const std::string line = entries[1].checkpoint.substr(entries[0].checkpoint.size());
             entries.pop_back();
             entries[0].checkpoint += line;
             replaceIn(entries[0].checkpoint, "\n11\n", "\n10\n");
         }),
         witnessedBy("WITNESS")},
        {"required-witness-not-named", "E90", good, requiring({{"anchor.pem"}}, {"witness"}),
         Verdict::Indeterminate},
        {"earlier-head-of-a-rewritten-log", "E70", good, earlier("rewritten.checkpoint")},
        {"earlier-head-of-another-log", "E70", good, earlier("foreign.checkpoint")},
        {"earlier-head-that-nothing-proves", "E70", good, earlier("unproven.checkpoint"),
         Verdict::Indeterminate},
        {"earlier-head-is-a-later-one", "E70", good, earlier("good-and-later.evidence.zip"),
         Verdict::Indeterminate},
        {"log-key-is-another", "E70", good, otherKey},
    };
}

}  // namespace tickmark::bundle::test
