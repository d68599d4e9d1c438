// Backups in the folder that the settings name: which there are, taking one, reading one through.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "app/Access.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".tickmark-backup.tar";
constexpr std::size_t runsKept = 200;

Error noFolder() {
    return refused(
        "no-backup-folder", "No folder for backups is configured.",
        "Name one as backup_folder in tickmark.conf and restart the server, or run `tickmark backup "
        "FILE`.");
}

/// "2026-11-22T10-15-30": sorts by time and is a file name everywhere.
std::string fileNameAt(Timestamp moment) {
    std::string stamp = moment.iso().substr(0, 19);
    std::replace(stamp.begin(), stamp.end(), ':', '-');
    return stamp + std::string(ending);
}

Timestamp changedAt(const fs::path& file) {
    std::error_code failed;
    const auto at = fs::last_write_time(file, failed);
    if (failed) return {};
    const auto since = std::chrono::file_clock::to_sys(at).time_since_epoch();
    return Timestamp{std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::optional<storage::WorkRun> lastRun(const std::vector<storage::WorkRun>& runs, std::string_view kind,
                                        const std::string& file) {
    const auto found = std::find_if(runs.begin(), runs.end(),
                                    [&](const auto& run) { return run.kind == kind && run.subject == file; });
    if (found == runs.end()) return std::nullopt;
    return *found;
}

std::string factsOf(const BackupOutcome& made) {
    return R"({"bytes":)" + std::to_string(made.bytes) + R"(,"objects":)" + std::to_string(made.objects) +
           R"(,"manifest_sha256":")" + made.digest.hex() + "\"}";
}

Result<WorkResult> takeBackup(Context& context, const fs::path& file, const WorkProgress& progress) {
    TM_TRY(const BackupOutcome made,
           backup(context, file, [&](std::uint64_t done, std::uint64_t all) { progress(done, all); }));
    WorkResult result;
    result.summary = "Wrote " + file.filename().string() + " with " + std::to_string(made.objects) +
                     " evidence objects, each proved while it was read.";
    result.facts = factsOf(made);
    return result;
}

Result<WorkResult> readThrough(const fs::path& file, const WorkProgress& progress) {
    TM_TRY(const BackupOutcome read,
           testBackup(file, [&](std::uint64_t done, std::uint64_t all) { progress(done, all); }));
    WorkResult result;
    result.summary = "Read " + file.filename().string() + " to its end: " + std::to_string(read.objects) +
                     " files have the digests they were saved with.";
    result.facts = factsOf(read);
    return result;
}

}  // namespace

Result<storage::WorkRun> beginBackup(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "take a backup"));
    if (context.settings.backupFolder.empty()) return noFolder();
    const std::string name = fileNameAt(context.now());
    const fs::path file = fs::path(context.settings.backupFolder) / name;
    return context.workDesk->begin(actor, "backup", name, [&context, file](const WorkProgress& progress) {
        return takeBackup(context, file, progress);
    });
}

Result<storage::WorkRun> beginBackupTest(Context& context, const domain::Actor& actor,
                                         const std::string& file) {
    TM_TRY(const BackupView view, showBackups(context, actor));
    if (view.folder.empty()) return noFolder();
    const bool known =
        std::any_of(view.files.begin(), view.files.end(), [&](const auto& one) { return one.name == file; });
    if (!known) return notFound("backup of this name");
    const fs::path path = fs::path(view.folder) / file;
    return context.workDesk->begin(actor, "backup-test", file, [path](const WorkProgress& progress) {
        return readThrough(path, progress);
    });
}

Result<BackupView> showBackups(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see backups"));
    BackupView view;
    view.folder = context.settings.backupFolder;
    TM_TRY(const auto runs, listRuns(context, actor, {}, runsKept));
    std::copy_if(runs.begin(), runs.end(), std::back_inserter(view.runs),
                 [](const auto& run) { return run.kind.starts_with("backup"); });
    if (view.folder.empty()) return view;
    std::error_code failed;
    for (fs::directory_iterator at(view.folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        const std::string name = at->path().filename().string();
        if (!name.ends_with(".tar") || !at->is_regular_file(ignored)) continue;
        BackupFile file{name, at->file_size(ignored), changedAt(at->path()), {}, {}};
        file.made = lastRun(view.runs, "backup", name);
        file.tested = lastRun(view.runs, "backup-test", name);
        view.files.push_back(std::move(file));
    }
    view.readable = !failed;
    if (auto moments = backupMoments(seriesFolder(context.settings))) view.moments = *std::move(moments);
    std::sort(view.files.begin(), view.files.end(),
              [](const auto& a, const auto& b) { return b.taken < a.taken; });
    return view;
}

}  // namespace tickmark::app
