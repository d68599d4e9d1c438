// What a backup consists of, whatever it is kept in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/TarFile.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/foundation/RelativePath.h"

namespace tickmark::app {

/// Done bytes, and all that are known of so far.
using BackupProgress = std::function<void(std::uint64_t, std::uint64_t)>;

/// One file of a backup, as its list has it.
struct SavedFile {
    RelativePath path;
    Digest digest{};
    std::uint64_t size = 0;
};

/// Where a backup goes.
class BackupPlace {
  public:
    BackupPlace() = default;
    BackupPlace(const BackupPlace&) = delete;
    BackupPlace& operator=(const BackupPlace&) = delete;
    virtual ~BackupPlace() = default;

    /// Takes exactly `size` bytes and returns their digest.
    [[nodiscard]] virtual Result<Digest> add(const std::string& path, std::uint64_t size, unsigned mode,
                                             ByteSource& source) = 0;
    /// Takes objects whose digests are known; `taken` is told each one, in order.
    using Taken = std::function<void(const archive::ListedObject&)>;
    [[nodiscard]] virtual Result<void> addObjects(const archive::Store& from,
                                                  const std::vector<archive::ListedObject>& objects,
                                                  const Taken& taken) = 0;
};

/// "archive/sha256/ab/…": where an object lies in a data directory.
[[nodiscard]] std::string objectPath(const Digest& digest);

/// Writes everything that belongs to the house into `place`, consistent while others work, and returns its
/// list (canonical JSON). `scratch` is a file that this makes and removes again.
struct BackupList {
    std::string text{};
    std::int64_t objects = 0;
};
[[nodiscard]] Result<BackupList> fillBackup(Context& context, BackupPlace& place,
                                            const std::filesystem::path& scratch,
                                            const BackupProgress& progress);

/// Errors: Damaged "backup-damaged".
[[nodiscard]] Result<std::vector<SavedFile>> readBackupList(const std::string& text);

/// Writes one file of a backup below `root` and returns what was written. Errors: Environment "disk-full",
/// "file-io"; the source's own.
struct RestoredFile {
    Digest digest{};
    std::uint64_t size = 0;
};
[[nodiscard]] Result<RestoredFile> unpack(const std::filesystem::path& root, const RelativePath& path,
                                          ByteSource& source);

/// Every file of the list was restored with its digest, and nothing else. Errors: Damaged "backup-damaged".
[[nodiscard]] Result<void> compareBackup(const std::vector<SavedFile>& list,
                                         std::map<std::string, RestoredFile> restored);

/// Opens what was restored and checks it against its ledger.
[[nodiscard]] Result<CheckOutcome> checkRestored(const std::filesystem::path& root,
                                                 std::shared_ptr<const Clock> clock);

[[nodiscard]] Error damagedBackup(std::string why);

/// The list's name inside a tar.
inline constexpr const char* backupListName = "tickmark-backup.json";
inline constexpr std::size_t backupListCap = 256ULL * 1024 * 1024;

}  // namespace tickmark::app
