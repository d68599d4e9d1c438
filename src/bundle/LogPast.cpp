#include "bundle/LogPast.h"

#include <algorithm>

#include "bundle/EntryNames.h"
#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/History.h"

namespace tickmark::bundle {
namespace {

/// A head that is proved to be a beginning of the log, or its head itself.
struct ProvenHead {
    ledger::Checkpoint head{};
    std::string_view note{};
    std::string_view file{};
};

class Past {
  public:
    Past(Inspection& inspection, const ledger::Checkpoint& head, const ledger::VerifierKey& key)
        : m_inspection(inspection), m_head(head), m_key(key) {
        m_heads.push_back({head, inspection.text(entry::checkpoint), entry::checkpoint});
    }

    void run() {
        readHistory();
        checkContinued();
        for (const auto& witness : m_inspection.options->witnesses) lookFor(witness);
        for (const auto& earlier : m_inspection.options->previous) compare(earlier);
    }

  private:
    void fail(std::string_view place, std::string message) {
        m_inspection.outcome.fail("E70", place, std::move(message));
    }

    void readHistory() {
        if (!m_inspection.has(entry::history)) return;  // E30
        auto entries = ledger::readHistory(m_inspection.text(entry::history));
        if (!entries) return fail(entry::history, entries.error().message);
        m_entries = *std::move(entries);
        for (const ledger::HistoryEntry& one : m_entries) {
            if (const auto extended = ledger::checkHistoryEntry(one, m_head, m_key); !extended) {
                fail(entry::history, extended.error().message);
                continue;
            }
            const auto head = ledger::readCheckpoint(one.checkpoint);
            m_heads.push_back({*head, one.checkpoint, entry::history});
            m_inspection.report.history.push_back(
                {std::string(ledger::toText(one.kind)), one.name, head->size});
        }
    }

    /// The bundle that a delta continues is among the history with the size that the manifest states.
    void checkContinued() {
        const codec::Json* selection =
            m_inspection.manifest ? m_inspection.manifest->find("selection") : nullptr;
        const codec::Json* since = selection == nullptr ? nullptr : selection->find("since");
        if (since == nullptr) return;
        const auto size = static_cast<std::uint64_t>(since->integerAt("log_size"));
        for (const ledger::HistoryEntry& one : m_entries) {
            if (one.kind != ledger::HistoryKind::Bundle || one.name != since->textAt("bundle")) continue;
            const auto head = ledger::readCheckpoint(one.checkpoint);
            if (head && head->size == size) return;
        }
        fail(entry::history, "The bundle continues " + entry::shown(since->textAt("bundle")) +
                                 ", but its history does not hold that bundle's checkpoint of " +
                                 std::to_string(size) + " entries.");
    }

    /// The newest head that the witness cosigned counts.
    void lookFor(const ledger::VerifierKey& witness) {
        std::optional<WitnessFact> newest;
        for (const ProvenHead& proven : m_heads) {
            const auto found = ledger::findCosignature(proven.note, witness);
            if (!found) {
                if (found.error().kind != ErrorKind::NotFound) fail(proven.file, found.error().message);
                continue;
            }
            if (!newest || newest->size < proven.head.size)
                newest = WitnessFact{witness.name, found->at, proven.head.size};
        }
        if (newest) {
            m_inspection.report.witnesses.push_back(*std::move(newest));
        } else {
            fail(entry::checkpoint,
                 "The witness " + witness.name +
                     " has cosigned neither the checkpoint nor an earlier one that is here.");
        }
    }

    void compare(const EarlierHead& earlier) {
        const std::string called = "The checkpoint that you brought (" + earlier.name + ")";
        const auto before = ledger::openCheckpoint(earlier.checkpoint, m_key);
        if (!before)
            return fail(entry::checkpoint, called + " is none of this log: " + before.error().message);
        if (before->size == 0) return;  // every log begins with nothing
        for (const ProvenHead& proven : m_heads) {
            if (proven.head.size != before->size) continue;
            if (proven.head.root == before->root) return;
            return fail(proven.file,
                        called + " and this bundle show two different logs of " +
                            std::to_string(before->size) +
                            " entries, both signed with the log's key: the log's past was rewritten.");
        }
        const bool later = before->size > m_head.size;
        m_inspection.outcome.leaveWithProblem(
            "E70", entry::history,
            called + " has " + std::to_string(before->size) + " entries, " +
                (later ? "more than the log had when this bundle was sealed. Verify the later bundle with "
                         "this one "
                         "as the earlier."
                       : "and the bundle proves nothing about the log at that size."));
    }

    Inspection& m_inspection;
    const ledger::Checkpoint& m_head;
    const ledger::VerifierKey& m_key;
    std::vector<ledger::HistoryEntry> m_entries{};
    std::vector<ProvenHead> m_heads{};
};

}  // namespace

void checkPast(Inspection& inspection, const ledger::Checkpoint& head, const ledger::VerifierKey& key) {
    Past(inspection, head, key).run();
}

}  // namespace tickmark::bundle
