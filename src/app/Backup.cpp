// Backup and restore: one file with the database's snapshot, the archive, bundles, keys and settings.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <vector>

#include "app/Folders.h"
#include "app/TarFile.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/DataLock.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* manifestName = "tickmark-backup.json";
constexpr std::size_t manifestCap = 256 * 1024 * 1024;

/// Removes a temporary file when it goes.
class TemporaryFile {
  public:
    explicit TemporaryFile(fs::path path) : m_path(std::move(path)) {}
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() {
        std::error_code ignored;
        fs::remove(m_path, ignored);
    }
    [[nodiscard]] const fs::path& path() const noexcept { return m_path; }

  private:
    fs::path m_path;
};

/// Writes entries and remembers their digests for the manifest.
class BackupWriter {
  public:
    BackupWriter(TarWriter tar, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
        : m_tar(std::move(tar)), m_progress(&progress) {}

    void expect(std::uint64_t bytes) { m_all += bytes; }

    Result<void> add(const std::string& name, std::uint64_t size, unsigned mode, ByteSource& source) {
        TM_TRY(const Digest digest, m_tar.add(name, size, mode, source));
        codec::Json entry;
        entry.set("path", name).set("sha256", digest.hex()).set("size", size);
        m_files.push(std::move(entry));
        m_done += size;
        if (*m_progress) (*m_progress)(m_done, std::max(m_all, m_done));
        return {};
    }

    Result<void> addFile(const std::string& name, const fs::path& file) {
        std::error_code failed;
        const auto size = fs::file_size(file, failed);
        if (failed) return environment("file-io", name + " cannot be read.", "Check the data directory.");
        TM_TRY(auto source, archive::openFile(file));
        return add(name, static_cast<std::uint64_t>(size), 0600, *source);
    }

    Result<BackupOutcome> finish(const Context& context, std::int64_t objects) {
        codec::Json manifest;
        manifest.set("format", 1).set("made_at", context.now().iso()).set("files", std::move(m_files));
        const std::string text = codec::canonicalJson(manifest);
        MemorySource source(viewOf(text));
        TM_TRY(const Digest digest, m_tar.add(manifestName, text.size(), 0600, source));
        TM_TRY(const std::uint64_t size, m_tar.finish());
        return BackupOutcome{size, objects, digest};
    }

  private:
    TarWriter m_tar;
    const std::function<void(std::uint64_t, std::uint64_t)>* m_progress;
    codec::Json m_files = codec::Json::array();
    std::uint64_t m_done = 0;
    std::uint64_t m_all = 0;
};

std::string objectName(const Digest& digest) {
    const std::string hex = digest.hex();
    return "archive/sha256/" + hex.substr(0, 2) + "/" + hex;
}

/// Plain files of a folder by name, sorted; hidden and partial ones are left out.
Result<std::vector<fs::path>> filesOf(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code failed;
    if (!fs::exists(folder, failed)) return files;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const std::string name = at->path().filename().string();
        std::error_code ignored;
        const bool plain =
            at->is_regular_file(ignored) && !name.starts_with(".") && !name.ends_with(".partial");
        if (plain) files.push_back(at->path());
    }
    if (failed)
        return environment("file-io", "A folder of the data directory cannot be read.", "Check its rights.");
    std::sort(files.begin(), files.end());
    return files;
}

Result<std::int64_t> addObjects(Context& context, BackupWriter& writer) {
    std::vector<archive::ListedObject> objects;
    TM_CHECK(context.archive->list([&](const archive::ListedObject& object) { objects.push_back(object); },
                                   [](const std::string&) {}));
    for (const auto& object : objects) writer.expect(object.size);
    for (const auto& object : objects) {
        TM_TRY(auto reader, context.archive->open(object.digest));
        TM_CHECK(writer.add(objectName(object.digest), reader->size(), 0400, *reader));
    }
    return static_cast<std::int64_t>(objects.size());
}

/// Adds the bundles that are not in the backup yet. One that goes meanwhile is passed over.
Result<void> addNewBundles(const Context& context, BackupWriter& writer, std::set<std::string>& added) {
    TM_TRY(const auto files, filesOf(context.directory.bundles()));
    for (const fs::path& file : files) {
        const std::string name = file.filename().string();
        std::error_code gone;
        if (added.contains(name) || !fs::exists(file, gone)) continue;
        TM_CHECK(writer.addFile("bundles/" + name, file));
        added.insert(name);
    }
    return {};
}

constexpr int snapshotTries = 10;

/// A signature puts a new file in a bundle's place. Whatever file the snapshot names must be in the backup,
/// so the bundles come before it, the newest ones after it, and a snapshot that was overtaken is taken again.
Result<void> addBundlesAndSnapshot(Context& context, BackupWriter& writer, const fs::path& copy) {
    std::set<std::string> added;
    TM_CHECK(addNewBundles(context, writer, added));
    for (int attempt = 1;; ++attempt) {
        std::error_code ignored;
        fs::remove(copy, ignored);
        TM_TRY([[maybe_unused]] const auto head, storage::backupDatabase(*context.database, copy));
        TM_CHECK(addNewBundles(context, writer, added));
        TM_TRY(const auto named, storage::bundleFilesIn(copy));
        // One that is missing here as well is the check's finding; the backup keeps everything else.
        const bool overtaken = std::any_of(named.begin(), named.end(),
                                           [&](const std::string& name) { return !added.contains(name); });
        if (!overtaken || attempt == snapshotTries) return {};
    }
}

struct RestoredFile {
    Digest digest{};
    std::uint64_t size = 0;
};

/// Writes what is read and hashes it.
class HashingFile final : public ByteSink {
  public:
    explicit HashingFile(std::ofstream& file) : m_file(&file) {}
    [[nodiscard]] Result<void> write(ByteView bytes) override {
        m_file->write(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<std::streamsize>(bytes.size()));
        if (!*m_file)
            return environment("disk-full", "A restored file cannot be written.", "Make room on the disk.");
        m_hash.update(bytes);
        return {};
    }
    [[nodiscard]] Digest digest() { return m_hash.finish(); }

  private:
    std::ofstream* m_file;
    crypto::Sha256 m_hash{};
};

Result<RestoredFile> unpack(const fs::path& root, const TarEntry& entry, ByteSource& source) {
    const fs::path target = root / entry.name.text();
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    std::ofstream file(target, std::ios::binary | std::ios::trunc);
    if (!file)
        return environment("file-io", "\"" + entry.name.text() + "\" cannot be restored.",
                           "Check the target folder.");
    HashingFile sink(file);
    TM_TRY(const std::uint64_t size, copyAll(source, sink));
    file.close();
    const bool object = entry.name.text().starts_with("archive/sha256/");
    fs::permissions(target, object ? fs::perms::owner_read : fs::perms::owner_read | fs::perms::owner_write,
                    failed);
    if (!file || failed)
        return environment("disk-full", "A restored file cannot be written.", "Make room on the disk.");
    return RestoredFile{sink.digest(), size};
}

Error damagedBackup(std::string why) {
    return {ErrorKind::Damaged,
            "backup-damaged",
            "The backup cannot be used: " + std::move(why),
            {},
            {},
            "Use another backup; nothing was restored.",
            {}};
}

/// Every file the manifest names is there with its digest, and nothing else.
Result<void> compare(const std::string& manifestText, std::map<std::string, RestoredFile> restored) {
    codec::JsonLimits limits;
    limits.maximumBytes = manifestCap;
    limits.maximumItems = 100'000'000;
    auto manifest = codec::parseJson(manifestText, limits);
    const codec::Json* files = manifest ? manifest->find("files") : nullptr;
    if (files == nullptr || files->items() == nullptr)
        return damagedBackup("it has no list of its files; it may be cut off.");
    for (const codec::Json& file : *files->items()) {
        const auto found = restored.find(std::string(file.textAt("path")));
        if (found == restored.end())
            return damagedBackup(std::string(file.textAt("path")) + " is missing in it.");
        if (found->second.digest.hex() != file.textAt("sha256")) {
            return damagedBackup(std::string(file.textAt("path")) +
                                 " does not have the digest it was saved with.");
        }
        restored.erase(found);
    }
    if (!restored.empty()) return damagedBackup(restored.begin()->first + " does not belong to it.");
    return {};
}

Result<CheckOutcome> restoreInto(const fs::path& file, const fs::path& staging,
                                 std::shared_ptr<const Clock> clock) {
    std::string manifest;
    std::map<std::string, RestoredFile> restored;
    TM_CHECK(readTar(file, [&](const TarEntry& entry, ByteSource& source) -> Result<void> {
        if (entry.name.text() == manifestName) {
            MemorySink sink(manifestCap);
            TM_TRY([[maybe_unused]] const std::uint64_t size, copyAll(source, sink));
            manifest = std::string(textOf(sink.bytes()));
            return {};
        }
        TM_TRY(const RestoredFile one, unpack(staging, entry, source));
        if (!restored.emplace(entry.name.text(), one).second)
            return damagedBackup(entry.name.text() + " stands in it twice.");
        return {};
    }));
    TM_CHECK(compare(manifest, std::move(restored)));
    for (const char* folder : {"archive", "bundles", "keys", "log"}) {
        TM_CHECK(makePrivateFolder(staging / folder));
    }
    TM_TRY(const auto context, openContext(staging, OpenMode::ReadWrite, std::move(clock)));
    return check(*context, false);
}

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

}  // namespace

Result<BackupOutcome> testBackup(const fs::path& file,
                                 const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    std::error_code failed;
    const std::uint64_t all = fs::file_size(file, failed);
    if (failed) return notFound("file");
    std::uint64_t done = 0;
    std::string manifest;
    std::map<std::string, RestoredFile> read;
    TM_CHECK(readTar(file, [&](const TarEntry& entry, ByteSource& source) -> Result<void> {
        if (entry.name.text() == manifestName) {
            MemorySink sink(manifestCap);
            TM_TRY([[maybe_unused]] const std::uint64_t size, copyAll(source, sink));
            manifest = std::string(textOf(sink.bytes()));
            return {};
        }
        CountingSink sink([&](std::uint64_t bytes) {
            done += bytes;
            if (progress) progress(done, std::max(done, all));
        });
        TM_TRY(const std::uint64_t size, copyAll(source, sink));
        if (!read.emplace(entry.name.text(), RestoredFile{sink.digest(), size}).second)
            return damagedBackup(entry.name.text() + " stands in it twice.");
        return {};
    }));
    const auto files = static_cast<std::int64_t>(read.size());
    TM_CHECK(compare(manifest, std::move(read)));
    return BackupOutcome{all, files, crypto::Sha256::of(manifest)};
}

Result<BackupOutcome> backup(Context& context, const fs::path& target,
                             const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    TM_TRY(TarWriter tar, TarWriter::create(target));
    BackupWriter writer(std::move(tar), progress);
    const TemporaryFile copy(target.string() + ".db.partial");
    TM_CHECK(addBundlesAndSnapshot(context, writer, copy.path()));
    // Before the objects: every row of this snapshot has its object already, since objects are stored first.
    TM_CHECK(writer.addFile("tickmark.db", copy.path()));
    TM_CHECK(writer.addFile("tickmark.conf", context.directory.settings()));
    for (const char* folder : {"keys", "keys/signers"}) {
        TM_TRY(const auto files, filesOf(context.directory.root / folder));
        for (const fs::path& file : files) {
            TM_CHECK(writer.addFile(std::string(folder) + "/" + file.filename().string(), file));
        }
    }
    TM_TRY(const std::int64_t objects, addObjects(context, writer));
    return writer.finish(context, objects);
}

Result<CheckOutcome> restore(const fs::path& file, const fs::path& root, std::shared_ptr<const Clock> clock) {
    if (!isFree(root)) {
        return Error{ErrorKind::Conflict,
                     "not-empty",
                     "\"" + root.string() + "\" is not empty; nothing was restored.",
                     "--data",
                     {},
                     "Choose a folder that is empty or does not exist.",
                     {}};
    }
    TM_TRY(StagedFolder staging, StagedFolder::besides(root));
    TM_TRY(CheckOutcome outcome, restoreInto(file, staging.path(), std::move(clock)));
    TM_CHECK(staging.putInPlace());
    return outcome;
}

}  // namespace tickmark::app
