// Backup into one file, and restore: a tar with the database's snapshot, the archive, bundles, keys,
// settings.
#include <algorithm>

#include "app/BackupParts.h"
#include "app/BackupSeries.h"
#include "app/Folders.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

class TarPlace final : public BackupPlace {
  public:
    explicit TarPlace(TarWriter tar) : m_tar(std::move(tar)) {}

    [[nodiscard]] Result<Digest> add(const std::string& path, std::uint64_t size, unsigned mode,
                                     ByteSource& source) override {
        return m_tar.add(path, size, mode, source);
    }
    [[nodiscard]] Result<void> addObjects(const archive::Store& from,
                                          const std::vector<archive::ListedObject>& objects,
                                          const Taken& taken) override {
        for (const auto& object : objects) {
            TM_TRY(auto reader, from.open(object.digest));
            TM_TRY([[maybe_unused]] const Digest digest,
                   m_tar.add(objectPath(object.digest), reader->size(), 0400, *reader));
            taken({object.digest, reader->size()});
        }
        return {};
    }
    [[nodiscard]] Result<std::uint64_t> finish() { return m_tar.finish(); }

  private:
    TarWriter m_tar;
};

/// Takes what is read for its digest alone, and tells how far it is.
class CountingSink final : public ByteSink {
  public:
    explicit CountingSink(std::function<void(std::uint64_t)> told) : m_told(std::move(told)) {}
    [[nodiscard]] Result<void> write(ByteView bytes) override {
        m_hash.update(bytes);
        m_told(bytes.size());
        return {};
    }
    [[nodiscard]] Digest digest() { return m_hash.finish(); }

  private:
    std::function<void(std::uint64_t)> m_told;
    crypto::Sha256 m_hash{};
};

/// Reads a tar to its end; `take` makes what is to be compared of each file.
using TakeFile = std::function<Result<RestoredFile>(const TarEntry&, ByteSource&)>;
struct WholeTar {
    std::string list{};
    std::map<std::string, RestoredFile> files{};
};
Result<WholeTar> readWholeTar(const fs::path& file, const TakeFile& take) {
    WholeTar whole;
    TM_CHECK(readTar(file, [&](const TarEntry& entry, ByteSource& source) -> Result<void> {
        if (entry.name.text() == backupListName) {
            MemorySink sink(backupListCap);
            TM_TRY([[maybe_unused]] const std::uint64_t size, copyAll(source, sink));
            whole.list = std::string(textOf(sink.bytes()));
            return {};
        }
        TM_TRY(const RestoredFile one, take(entry, source));
        if (!whole.files.emplace(entry.name.text(), one).second)
            return damagedBackup(entry.name.text() + " stands in it twice.");
        return {};
    }));
    return whole;
}

Result<CheckOutcome> restoreInto(const fs::path& file, const fs::path& staging,
                                 std::shared_ptr<const Clock> clock) {
    TM_TRY(WholeTar whole, readWholeTar(file, [&](const TarEntry& entry, ByteSource& source) {
               return unpack(staging, entry.name, source);
           }));
    TM_TRY(const auto list, readBackupList(whole.list));
    TM_CHECK(compareBackup(list, std::move(whole.files)));
    return checkRestored(staging, std::move(clock));
}

}  // namespace

Result<BackupOutcome> testBackup(const fs::path& from, const BackupProgress& progress) {
    std::error_code failed;
    if (fs::is_directory(from, failed)) return proveSeries(from, progress);
    const std::uint64_t all = fs::file_size(from, failed);
    if (failed) return notFound("file");
    std::uint64_t done = 0;
    TM_TRY(WholeTar whole,
           readWholeTar(from, [&](const TarEntry&, ByteSource& source) -> Result<RestoredFile> {
               CountingSink sink([&](std::uint64_t bytes) {
                   done += bytes;
                   if (progress) progress(done, std::max(done, all));
               });
               TM_TRY(const std::uint64_t size, copyAll(source, sink));
               return RestoredFile{sink.digest(), size};
           }));
    const auto files = static_cast<std::int64_t>(whole.files.size());
    TM_TRY(const auto list, readBackupList(whole.list));
    TM_CHECK(compareBackup(list, std::move(whole.files)));
    return BackupOutcome{all, files, crypto::Sha256::of(whole.list), all, {}};
}

Result<BackupOutcome> backup(Context& context, const fs::path& target, const BackupProgress& progress) {
    TM_TRY(TarWriter tar, TarWriter::create(target));
    TarPlace place(std::move(tar));
    TM_TRY(const BackupList list, fillBackup(context, place, target.string() + ".db.partial", progress));
    MemorySource source(viewOf(list.text));
    TM_TRY(const Digest digest, place.add(backupListName, list.text.size(), 0600, source));
    TM_TRY(const std::uint64_t size, place.finish());
    return BackupOutcome{size, list.objects, digest, size, {}};
}

Result<CheckOutcome> restore(const fs::path& from, const std::string& moment, const fs::path& root,
                             std::shared_ptr<const Clock> clock) {
    if (!isFree(root)) {
        return Error{ErrorKind::Conflict,
                     "not-empty",
                     "\"" + root.string() + "\" is not empty; nothing was restored.",
                     "--data",
                     {},
                     "Choose a folder that is empty or does not exist.",
                     {}};
    }
    std::error_code ignored;
    const bool series = fs::is_directory(from, ignored);
    if (!series && !moment.empty()) {
        return invalid("moment", "moment", "Only a series of backups has moments; this is one file.",
                       "Leave --moment out.");
    }
    TM_TRY(StagedFolder staging, StagedFolder::besides(root));
    TM_TRY(CheckOutcome outcome, series ? restoreSeries(from, moment, staging.path(), std::move(clock))
                                        : restoreInto(from, staging.path(), std::move(clock)));
    TM_CHECK(staging.putInPlace());
    return outcome;
}

}  // namespace tickmark::app
