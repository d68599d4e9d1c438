// What administrators keep an eye on: runs of background work, when each object was last proved, sizes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/foundation/Digest.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

// None of these appends an event: whoever begins and ends the work does.

/// One piece of work that somebody began.
struct WorkRun {
    std::int64_t id = 0;
    std::string kind{};     ///< "scrub", "ledger-check", "backup", "backup-test", "backup-series"
    std::string subject{};  ///< what it is about, e.g. a backup's file name; may be empty
    std::string actor{};    ///< account, or "system"
    Timestamp began{};
    std::optional<Timestamp> ended{};
    std::string outcome{};  ///< "running", "good", "problems", "failed", "stopped", "interrupted"
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string summary{};  ///< one plain sentence
    std::string facts{};    ///< JSON object for programs
};
struct WorkProblem {
    std::string code{};
    std::string subject{};
    std::string message{};
};
/// Gives the id.
[[nodiscard]] Result<void> addWorkRun(WriteSession& session, WorkRun& run);
/// Ends it with what came out. Errors: NotFound.
[[nodiscard]] Result<void> endWorkRun(WriteSession& session, const WorkRun& run,
                                      const std::vector<WorkProblem>& problems);
/// Runs that nobody ended, except `alive`, become "interrupted"; for the start of the next one.
[[nodiscard]] Result<void> interruptWorkRuns(WriteSession& session, const std::vector<std::int64_t>& alive,
                                             Timestamp at);
/// Newest first, at most `limit`; an empty kind is any.
[[nodiscard]] Result<std::vector<WorkRun>> workRuns(ReadSession& session, const std::string& kind,
                                                    std::size_t limit);
/// Errors: NotFound.
[[nodiscard]] Result<WorkRun> findWorkRun(ReadSession& session, std::int64_t id);
[[nodiscard]] Result<std::vector<WorkProblem>> workProblems(ReadSession& session, std::int64_t id);

/// The last look at one object.
struct ObjectProof {
    Digest digest{};
    std::string outcome{};  ///< "intact", "damaged", "missing"
    Timestamp tried{};
};
/// An object that is not intact keeps the time at which it last was.
[[nodiscard]] Result<void> saveObjectProofs(WriteSession& session, const std::vector<ObjectProof>& proofs);

/// When an object was last found intact; nothing when it was never looked at since it came, or never was.
[[nodiscard]] Result<std::optional<Timestamp>> lastProved(ReadSession& session, const Digest& digest);

/// One object that the catalog expects in the archive (some version of it is not withdrawn).
struct ObjectRow {
    Digest digest{};
    std::uint64_t size = 0;
    std::string version{};         ///< the first that it belongs to, "E-0144/v1"
    std::int64_t versions = 0;     ///< how many share it
    std::int64_t quarantined = 0;  ///< of them
    std::string outcome{};         ///< of the last look; empty: never
    std::optional<Timestamp> proved{};
    std::optional<Timestamp> tried{};
};
enum class ObjectChoice { All, Recent, Older, Never, Bad, Quarantined };
[[nodiscard]] std::string_view toText(ObjectChoice choice) noexcept;  ///< "all", "recent", …
[[nodiscard]] std::optional<ObjectChoice> objectChoiceFrom(std::string_view text) noexcept;
/// By digest. Recent: last looked at intact, at `since` or later; older: before it; bad: damaged or missing.
[[nodiscard]] Result<Page<ObjectRow>> listObjects(ReadSession& session, ObjectChoice choice, Timestamp since,
                                                  const PageRequest& page);
/// How many listObjects gives in all.
[[nodiscard]] Result<std::int64_t> countObjects(ReadSession& session, ObjectChoice choice, Timestamp since);
/// Digests in the order in which a scrub looks at them: never proved first, then the longest ago.
[[nodiscard]] Result<std::vector<ObjectRow>> objectsToProve(ReadSession& session);

/// Evidence versions of one state.
struct StateSize {
    std::string state{};
    std::int64_t versions = 0;
    std::uint64_t bytes = 0;  ///< of all versions
};
struct ArchiveSizes {
    std::vector<StateSize> states{};
    std::uint64_t versionBytes = 0;  ///< of all versions that are not withdrawn
    std::uint64_t objectBytes = 0;  ///< of what is stored for them; the rest is saved by storing content once
    std::int64_t objects = 0;
};
[[nodiscard]] Result<ArchiveSizes> archiveSizes(ReadSession& session);

struct StorageSample {
    Date day{};
    std::uint64_t databaseBytes = 0;
    std::uint64_t archiveBytes = 0;
    std::int64_t objects = 0;
    std::uint64_t bundleBytes = 0;
};
/// Keeps the last of each day.
[[nodiscard]] Result<void> saveStorageSample(WriteSession& session, const StorageSample& sample);
/// Newest first, at most `limit`.
[[nodiscard]] Result<std::vector<StorageSample>> storageSamples(ReadSession& session, std::size_t limit);

}  // namespace tickmark::storage
