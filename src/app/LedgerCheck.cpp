// The ledger against itself, its heads and its witnesses, in the background.
#include "app/Access.h"
#include "app/CheckCosigned.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::app {
namespace {

Result<WorkResult> checkLedger(Context& context, const WorkProgress& progress) {
    TM_TRY(const auto catalog,
           storage::checkCatalog(*context.database, context.keys->ledgerPublic,
                                 [&](std::uint64_t done, std::uint64_t all) { progress(done, all); }));
    TM_TRY(const auto cosigned, checkCosigned(context));
    TM_TRY(const std::size_t heads,
           context.database->read([](storage::ReadSession& session) -> Result<std::size_t> {
               TM_TRY(const auto kept, storage::keptCheckpoints(session));
               return kept.size();
           }));
    WorkResult result;
    for (const auto& problem : catalog.problems)
        result.problems.push_back({problem.code, problem.subject, problem.message});
    for (const auto& problem : cosigned)
        result.problems.push_back({problem.code, problem.subject, problem.message});
    result.summary = "Recomputed the tree from " + std::to_string(catalog.events) +
                     " entries; it extends each of " + std::to_string(heads) + " kept checkpoints, and " +
                     std::to_string(catalog.rows) + " rows were compared.";
    if (!result.problems.empty()) {
        result.summary = std::to_string(result.problems.size()) + " problems were found in " +
                         std::to_string(catalog.events) + " entries.";
    }
    result.facts = R"({"entries":)" + std::to_string(catalog.events) + R"(,"rows":)" +
                   std::to_string(catalog.rows) + R"(,"checkpoints":)" + std::to_string(heads) + "}";
    return result;
}

}  // namespace

Result<storage::WorkRun> beginLedgerCheck(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "check the ledger"));
    return context.workDesk->begin(actor, "ledger-check", {}, [&context](const WorkProgress& progress) {
        return checkLedger(context, progress);
    });
}

}  // namespace tickmark::app
