// Keeping the house: scrubs, checks of the ledger, backups and their tests, begun by an administrator and
// carried on in the background; the room that everything takes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/storage/Upkeep.h"

namespace tickmark::app {

/// What a piece of work came to.
struct WorkResult {
    std::string summary{};  ///< one plain sentence
    std::string facts{"{}"};
    std::vector<storage::WorkProblem> problems{};
};
/// Told what is done and what there is in all; false asks the work to stop, which it does with Refused
/// "stopped".
using WorkProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;
using Work = std::function<Result<WorkResult>(const WorkProgress&)>;

/// One thread that does one piece of work after another; each is kept as a run, with its result and the time.
/// It starts with the first work and ends with the desk, which asks what is at work to stop.
class WorkDesk {
  public:
    explicit WorkDesk(Context& context) : m_context(context) {}
    WorkDesk(const WorkDesk&) = delete;
    WorkDesk& operator=(const WorkDesk&) = delete;
    ~WorkDesk();

    /// Enters the run and its event ("scrub.begin" …; "scrub.end" follows) and puts the work in line. Errors:
    /// Refused "work-under-way" when one of this kind is in line or at work.
    [[nodiscard]] Result<storage::WorkRun> begin(const domain::Actor& actor, const std::string& kind,
                                                 const std::string& subject, Work work);
    /// Asks the work of this kind to stop. False when there is none.
    bool stop(const std::string& kind);
    /// The runs in line and at work, with how far they are.
    [[nodiscard]] std::vector<storage::WorkRun> underWay() const;
    /// True once nothing is in line or at work; false when `patience` passed before.
    [[nodiscard]] bool awaitIdle(std::chrono::milliseconds patience);

  private:
    struct Job;
    void work();
    void run(Job& job);
    [[nodiscard]] Result<void> enter(const domain::Actor& actor, storage::WorkRun& run);

    Context& m_context;
    mutable std::mutex m_mutex{};
    std::condition_variable m_wake{};
    std::condition_variable m_idle{};
    std::deque<std::shared_ptr<Job>> m_jobs{};  ///< the first is at work
    bool m_ending = false;
    std::thread m_thread{};
};

// ---- what an administrator begins. Errors of all: Forbidden; Refused "work-under-way".

/// Reads every object of the archive, the longest unproved first; what is damaged or missing is quarantined.
[[nodiscard]] Result<storage::WorkRun> beginScrub(Context& context, const domain::Actor& actor);
/// The whole ledger against its tree, its heads, its witnesses' heads, and the catalog's rows.
[[nodiscard]] Result<storage::WorkRun> beginLedgerCheck(Context& context, const domain::Actor& actor);
/// To a new file in the folder that backup_folder names. Errors: also Refused "no-backup-folder".
[[nodiscard]] Result<storage::WorkRun> beginBackup(Context& context, const domain::Actor& actor);
/// Reads a backup of that folder and compares every file in it with the list that it carries. Errors: also
/// NotFound "backup".
[[nodiscard]] Result<storage::WorkRun> beginBackupTest(Context& context, const domain::Actor& actor,
                                                       const std::string& file);
/// Event "work.stop". Errors: Forbidden; Refused "no-work" when none of this kind is under way.
[[nodiscard]] Result<void> stopWork(Context& context, const domain::Actor& actor, const std::string& kind);

// ---- what an administrator sees. Errors of all: Forbidden.

/// Newest first, those under way with their progress; an empty kind is any.
[[nodiscard]] Result<std::vector<storage::WorkRun>> listRuns(Context& context, const domain::Actor& actor,
                                                             const std::string& kind, std::size_t limit);
struct RunView {
    storage::WorkRun run{};
    std::vector<storage::WorkProblem> problems{};
};
/// Errors: also NotFound.
[[nodiscard]] Result<RunView> showRun(Context& context, const domain::Actor& actor, std::int64_t id);

/// Proved within so many days counts as recent.
inline constexpr std::int64_t recentDays = 30;
struct IntegrityView {
    std::int64_t all = 0;
    std::int64_t recent = 0;
    std::int64_t older = 0;
    std::int64_t never = 0;
    std::int64_t bad = 0;
    std::int64_t quarantined = 0;
    std::vector<storage::WorkRun> runs{};
};
[[nodiscard]] Result<IntegrityView> showIntegrity(Context& context, const domain::Actor& actor);
[[nodiscard]] Result<storage::Page<storage::ObjectRow>> listObjects(Context& context,
                                                                    const domain::Actor& actor,
                                                                    storage::ObjectChoice choice,
                                                                    const storage::PageRequest& page);
[[nodiscard]] Result<std::int64_t> countObjects(Context& context, const domain::Actor& actor,
                                                storage::ObjectChoice choice);

struct BackupFile {
    std::string name{};
    std::uint64_t bytes = 0;
    Timestamp taken{};
    std::optional<storage::WorkRun> made{};    ///< the run that made it; none for a command's
    std::optional<storage::WorkRun> tested{};  ///< its last test
};
/// What the settings ask the server to do by itself and whose time has come: a scrub, a moment of the series
/// of backups with the proof that it can be restored. The server calls it with its sweeps.
[[nodiscard]] Result<void> beginDueUpkeep(Context& context);
/// Below the folder of the backups.
[[nodiscard]] std::filesystem::path seriesFolder(const Settings& settings);

struct BackupView {
    std::string folder{};  ///< empty: not configured
    bool readable = false;
    std::vector<BackupFile> files{};      ///< newest first
    std::vector<BackupMoment> moments{};  ///< of the series, newest first
    std::vector<storage::WorkRun> runs{};
};
[[nodiscard]] Result<BackupView> showBackups(Context& context, const domain::Actor& actor);

struct StorageView {
    std::uint64_t databaseBytes = 0;  ///< with its write-ahead log
    std::uint64_t bundleBytes = 0;
    std::int64_t bundleFiles = 0;
    std::uint64_t stagingBytes = 0;  ///< arriving files
    std::int64_t stagingFiles = 0;
    storage::ArchiveSizes archive{};
    std::uint64_t freeBytes = 0;
    std::uint64_t diskBytes = 0;
    std::uint64_t reserveBytes = 0;
    std::vector<storage::StorageSample> samples{};
};
[[nodiscard]] Result<StorageView> showStorage(Context& context, const domain::Actor& actor);
/// Keeps today's sizes; the server calls it with its other sweeps.
[[nodiscard]] Result<void> sampleStorage(Context& context);

// ---- work that the server does by itself

struct JobState {
    std::string name{};  ///< stable: "sign-in-sweep", "upload-sweep", "full-text", "digests",
                         ///< "storage-sample", "upkeep"
    bool running = false;
    std::int64_t passes = 0;
    std::optional<Timestamp> began{};
    std::optional<Timestamp> ended{};
    std::string result{};  ///< of the last pass that came to something
    std::optional<Timestamp> next{};
    std::string error{};  ///< the last one, in plain words
    std::optional<Timestamp> errorAt{};
};
/// What the server's own passes did since it started. Thread-safe.
class JobBoard {
  public:
    void begin(const std::string& name, Timestamp at);
    /// An empty result keeps the one before.
    void end(const std::string& name, Timestamp at, std::int64_t pauseSeconds,
             const std::string& result = {});
    void fail(const std::string& name, Timestamp at, std::int64_t pauseSeconds, const std::string& error);
    [[nodiscard]] std::vector<JobState> all() const;

  private:
    mutable std::mutex m_mutex{};
    std::vector<JobState> m_jobs{};
    [[nodiscard]] JobState& jobNamed(const std::string& name);
};
[[nodiscard]] Result<std::vector<JobState>> listJobs(Context& context, const domain::Actor& actor);

}  // namespace tickmark::app
