#include "app/CheckCosigned.h"

#include <optional>
#include <set>
#include <utility>

#include "tickmark/ledger/Cosignature.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/ledger/Tree.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Witnesses.h"

namespace tickmark::app {
namespace {

using Complaint = std::optional<CheckProblem>;

class CosignedCheck {
  public:
    CosignedCheck(storage::ReadSession& session, const ledger::VerifierKey& logKey, std::uint64_t size)
        : m_session(session), m_logKey(logKey), m_size(size) {}

    Result<Complaint> check(const storage::CosignedRow& row) {
        const auto key = ledger::VerifierKey::parse(row.verifierKey, ledger::KeyUse::Cosignature);
        if (!key) return complaint(row, "cosigned-key", "The key of the witness cannot be read.");
        const auto head = ledger::openCheckpoint(row.note, m_logKey);
        if (!head || head->size != row.size)
            return complaint(row, "cosigned-note",
                             "The head that is stored was not signed by this log, or has another size.");
        const auto fact = ledger::findCosignature(row.note, *key);
        if (!fact || fact->at != row.at)
            return complaint(row, "cosigned-signature",
                             "The head does not carry the witness's signature of the time that is stored.");
        return compare(row, *head);
    }

  private:
    Result<Complaint> compare(const storage::CosignedRow& row, const ledger::Checkpoint& head) {
        if (head.size > m_size)
            return complaint(row, "cosigned-root",
                             "The witness confirmed more entries than this log has: it was rolled back.");
        const auto frontier = ledger::Frontier::load(head.size, storage::nodeReader(m_session));
        if (!frontier && frontier.error().kind == ErrorKind::Environment) return frontier.error();
        if (frontier && frontier->root() == head.root) return Complaint{};
        return complaint(
            row, "cosigned-root",
            "The witness confirmed another past than the one that stands here: it was rewritten.");
    }

    static Complaint complaint(const storage::CosignedRow& row, std::string code, std::string message) {
        return CheckProblem{std::move(code), "witness " + row.witness + " at " + std::to_string(row.size),
                            std::move(message)};
    }

    storage::ReadSession& m_session;
    const ledger::VerifierKey& m_logKey;
    std::uint64_t m_size;
};

/// What the ledger says was brought must still be there: without its row nothing is compared with it.
Result<void> addMissing(storage::ReadSession& session, const std::vector<storage::CosignedRow>& rows,
                        std::vector<CheckProblem>& problems) {
    std::set<std::pair<std::string, std::int64_t>> known;
    for (const auto& row : rows) known.emplace(row.witness, static_cast<std::int64_t>(row.size));
    storage::EventFilter filter;
    filter.kind = "witness.cosign";
    std::string after;
    do {
        TM_TRY(const auto page, storage::listEvents(session, filter, {200, after}));
        for (const auto& row : page.rows) {
            const auto event = ledger::Event::parse(row.leaf);
            const codec::Json* size = event ? event->facts.find("size") : nullptr;
            if (size == nullptr || size->integer() == nullptr) continue;  // checkCatalog names the entry
            if (!known.emplace(event->ref, *size->integer()).second) continue;
            problems.push_back({"cosigned-missing",
                                "witness " + event->ref + " at " + std::to_string(*size->integer()),
                                "The ledger says that its cosignature was brought, but it is gone."});
        }
        after = page.next;
    } while (!after.empty());
    return {};
}

}  // namespace

Result<std::vector<CheckProblem>> checkCosigned(Context& context) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<CheckProblem>> {
        TM_TRY(const auto rows, storage::cosignedHeads(session));
        std::vector<CheckProblem> problems;
        TM_CHECK(addMissing(session, rows, problems));
        if (rows.empty()) return problems;
        TM_TRY(const auto head, storage::ledgerHead(session));
        CosignedCheck check(session, context.keys->ledgerPublic, head.size);
        for (const auto& row : rows) {
            TM_TRY(auto problem, check.check(row));
            if (problem) problems.push_back(*std::move(problem));
        }
        return problems;
    });
}

}  // namespace tickmark::app
