#include "tickmark/app/Ledgers.h"

#include <algorithm>

#include "app/Access.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

/// Whole-ledger readers. Others see the entries of things they may see, on those things' own pages.
Result<void> mayReadLedger(const domain::Actor& actor) {
    switch (actor.role) {
        case domain::Role::LeadAuditor:
        case domain::Role::Auditor:
        case domain::Role::ImprovementManager:
        case domain::Role::TopManagement:
        case domain::Role::Administrator:
            return {};
        case domain::Role::ProcessOwner:
        case domain::Role::ActionOwner:
        case domain::Role::CertificationAuditor:
            break;
    }
    return forbidden(
        "The whole ledger is read by auditors, the improvement manager, top management and the "
        "administrator; what concerns you stands in the history of each item.");
}

}  // namespace

Result<std::vector<LedgerLine>> listLedger(Context& context, const domain::Actor& actor, std::int64_t from,
                                           std::int64_t limit) {
    TM_CHECK(mayReadLedger(actor));
    if (from < 0) return invalid("page", "from", "Positions begin at 0.");
    if (limit < 1 || limit > 200) return invalid("page", "limit", "The limit must lie from 1 to 200.");
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<LedgerLine>> {
        storage::EventFilter filter;
        filter.from = static_cast<storage::LedgerPosition>(from);
        filter.to = static_cast<storage::LedgerPosition>(from + limit);
        TM_TRY(auto page, storage::listEvents(session, filter, {static_cast<std::size_t>(limit), {}}));
        std::vector<LedgerLine> lines;
        for (auto& row : page.rows) {
            TM_TRY(auto event, ledger::Event::parse(row.leaf));
            lines.push_back({static_cast<std::int64_t>(row.position), std::move(row.leaf), std::move(event)});
        }
        std::sort(lines.begin(), lines.end(),
                  [](const auto& a, const auto& b) { return a.position < b.position; });
        return lines;
    });
}

Result<std::string> currentCheckpoint(Context& context) {
    auto head =
        context.database->read([](storage::ReadSession& session) { return storage::ledgerHead(session); });
    if (!head) return std::move(head).error();
    return std::move(head->note);
}

Result<ledger::TlogProof> proveEntry(Context& context, const domain::Actor& actor, std::int64_t position) {
    TM_CHECK(mayReadLedger(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<ledger::TlogProof> {
        TM_TRY(const auto head, storage::ledgerHead(session));
        const auto index = static_cast<std::uint64_t>(position);
        if (position < 0 || index >= head.size) return notFound("ledger entry " + std::to_string(position));
        TM_TRY(auto path, ledger::inclusionProof(index, head.size, storage::nodeReader(session)));
        return ledger::TlogProof{index, std::move(path), head.note};
    });
}

Result<ConsistencyAnswer> proveConsistency(Context& context, std::uint64_t first) {
    return context.database->read([&](storage::ReadSession& session) -> Result<ConsistencyAnswer> {
        TM_TRY(const auto head, storage::ledgerHead(session));
        if (first > head.size) {
            return invalid("size", "from",
                           "The ledger has " + std::to_string(head.size) + " entries; it never had " +
                               std::to_string(first) + ".");
        }
        TM_TRY(auto path, ledger::consistencyProof(first, head.size, storage::nodeReader(session)));
        return ConsistencyAnswer{first, head.size, std::move(path), head.note};
    });
}

}  // namespace tickmark::app
