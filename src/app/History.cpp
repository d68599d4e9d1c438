#include "tickmark/app/History.h"

#include <algorithm>

#include "tickmark/ledger/Tree.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::app {
namespace {

/// Collects entries, each proved to be a beginning of the log at one size.
class HistoryList {
  public:
    HistoryList(storage::ReadSession& session, std::uint64_t size) : m_session(session), m_size(size) {}

    Result<void> add(const std::optional<storage::BundleHead>& earlier) {
        if (!earlier) return {};
        return add(ledger::HistoryKind::Bundle, earlier->bundle.text(), earlier->head.size,
                   earlier->head.note);
    }

    Result<void> add(ledger::HistoryKind kind, const std::string& name, std::uint64_t size,
                     const std::string& note) {
        const bool there = std::any_of(m_entries.begin(), m_entries.end(), [&](const auto& entry) {
            return entry.kind == kind && entry.name == name;
        });
        if (there || size > m_size) return {};
        TM_TRY(auto proof, ledger::consistencyProof(size, m_size, storage::nodeReader(m_session)));
        m_entries.push_back({kind, name, note, std::move(proof)});
        return {};
    }

    std::vector<ledger::HistoryEntry> take() { return ledger::fitHistory(std::move(m_entries)); }

  private:
    storage::ReadSession& m_session;
    std::uint64_t m_size;
    std::vector<ledger::HistoryEntry> m_entries{};
};

}  // namespace

Result<std::vector<ledger::HistoryEntry>> historyFor(storage::ReadSession& session, std::uint64_t newSize,
                                                     const std::vector<domain::BundleRef>& named) {
    HistoryList list(session, newSize);
    TM_TRY(const auto last, storage::lastBundleHead(session, newSize));
    TM_CHECK(list.add(last));
    for (const domain::BundleRef& bundle : named) {
        TM_TRY(const auto earlier, storage::bundleHead(session, bundle));
        TM_CHECK(list.add(earlier));
    }
    TM_TRY(const auto witnesses, storage::listWitnesses(session));
    for (const storage::WitnessRow& witness : witnesses) {
        if (!witness.size) continue;
        TM_CHECK(list.add(ledger::HistoryKind::Witness, witness.name, *witness.size, witness.note));
    }
    return list.take();
}

Result<void> keepHeadOf(storage::WriteSession& session, const domain::BundleRef& bundle,
                        const storage::LedgerHead& head) {
    return storage::keepBundleHead(session, bundle, head);
}

}  // namespace tickmark::app
