// What the server does by itself: proving the archive and taking backups when their time has come.
#include <filesystem>

#include "app/Access.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Upkeep.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t hour = 3600;

domain::Actor server() {
    domain::Actor actor;
    actor.account = "system";
    actor.role = domain::Role::Administrator;
    actor.via = "system";
    return actor;
}

/// Whether the last work of this kind is longer ago than `every` seconds; one that failed is tried again
/// after an hour. Without any, `since` counts.
Result<bool> isDue(Context& context, const std::string& kind, std::int64_t every,
                   std::optional<Timestamp> since) {
    TM_TRY(const auto runs, context.database->read([&](storage::ReadSession& session) {
        return storage::workRuns(session, kind, 1);
    }));
    const Timestamp now = context.now();
    if (runs.empty()) return !since || since->plusSeconds(every).micros <= now.micros;
    const storage::WorkRun& last = runs.front();
    const bool done = last.outcome == "good" || last.outcome == "problems" || last.outcome == "running";
    return last.began.plusSeconds(done ? every : std::min(every, hour)).micros <= now.micros;
}

/// One that is under way already is no trouble.
Result<void> begun(const Result<storage::WorkRun>& run) {
    if (!run && run.error().type != "work-under-way") return run.error();
    return {};
}

Result<WorkResult> takeIntoSeries(Context& context, const fs::path& folder, const WorkProgress& progress) {
    const auto told = [&](std::uint64_t done, std::uint64_t all) { progress(done, all); };
    TM_TRY(const BackupOutcome made,
           backupInto(context, folder, static_cast<std::size_t>(context.settings.backupKeep), told));
    TM_TRY(const BackupOutcome proved, testBackup(folder, told));
    WorkResult result;
    result.summary =
        "Wrote the moment " + made.moment + " with " + std::to_string(made.objects) +
        " evidence objects, restored it beside the series and found that it agrees with its ledger.";
    codec::Json facts;
    facts.set("moment", made.moment)
        .set("bytes", made.bytes)
        .set("written", made.written)
        .set("objects", made.objects)
        .set("files_proved", proved.objects)
        .set("manifest_sha256", made.digest.hex());
    result.facts = codec::canonicalJson(facts);
    return result;
}

}  // namespace

fs::path seriesFolder(const Settings& settings) { return fs::path(settings.backupFolder) / "series"; }

Result<void> beginDueUpkeep(Context& context) {
    const Settings& settings = context.settings;
    if (settings.scrubEveryDays > 0) {
        TM_TRY(const auto first, context.database->read([](storage::ReadSession& session) {
            return storage::firstEventAt(session);
        }));
        TM_TRY(const bool due, isDue(context, "scrub", settings.scrubEveryDays * 24 * hour, first));
        if (due) TM_CHECK(begun(beginScrub(context, server())));
    }
    if (settings.backupEveryHours == 0 || settings.backupFolder.empty()) return {};
    TM_TRY(const bool due, isDue(context, "backup-series", settings.backupEveryHours * hour, {}));
    if (!due) return {};
    const fs::path folder = seriesFolder(settings);
    return begun(context.workDesk->begin(server(), "backup-series", {},
                                         [&context, folder](const WorkProgress& progress) {
                                             return takeIntoSeries(context, folder, progress);
                                         }));
}

}  // namespace tickmark::app
