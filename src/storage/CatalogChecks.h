// The parts of checkCatalog. Each adds what it finds to the report; all run over one snapshot.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "storage/Connection.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::storage {

/// The report being written, and how far the work is.
class CheckRun {
  public:
    CheckRun(CatalogCheck& report, const CheckProgress& progress, std::uint64_t all)
        : m_report(report), m_progress(progress), m_all(all) {}

    /// Keeps the first ten thousand: beyond that the file is lost as a whole.
    void problem(std::string code, std::string subject, std::string message);
    void rowDone();
    void eventDone();

  private:
    void tick();
    CatalogCheck& m_report;
    const CheckProgress& m_progress;
    std::uint64_t m_all;
    std::uint64_t m_done = 0;
};

/// Records, columns and side rows of every entity against its last event.
void checkEntities(Connection& connection, CheckRun& run);
/// Leaves, tree, checkpoints, and that every event's thing is there.
void checkLedger(Connection& connection, const ledger::VerifierKey& key, CheckRun& run);
/// What follows from rows only: counters, search index, references, the file's own structure.
void checkDerived(Connection& connection, CheckRun& run);

/// Whether an event's thing is in the catalog; nothing for subjects that have no rows.
[[nodiscard]] std::optional<bool> entityExists(Connection& connection, std::string_view subject,
                                               std::string_view ref);

}  // namespace tickmark::storage
