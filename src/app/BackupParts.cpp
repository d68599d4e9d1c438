#include "app/BackupParts.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "app/Folders.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Maintenance.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

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

/// Hands files to their place and remembers their digests for the list.
class BackupWriter {
  public:
    BackupWriter(BackupPlace& place, const BackupProgress& progress)
        : m_place(&place), m_progress(&progress) {}

    Result<void> addFile(const std::string& path, const fs::path& file) {
        std::error_code failed;
        const auto size = fs::file_size(file, failed);
        if (failed) return environment("file-io", path + " cannot be read.", "Check the data directory.");
        TM_TRY(auto source, archive::openFile(file));
        TM_TRY(const Digest digest, m_place->add(path, static_cast<std::uint64_t>(size), 0600, *source));
        enter(path, digest, static_cast<std::uint64_t>(size));
        return {};
    }

    Result<void> addObjects(const archive::Store& from, const std::vector<archive::ListedObject>& objects) {
        for (const auto& object : objects) m_all += object.size;
        return m_place->addObjects(from, objects, [this](const archive::ListedObject& object) {
            enter(objectPath(object.digest), object.digest, object.size);
        });
    }

    [[nodiscard]] codec::Json list() { return std::move(m_files); }

  private:
    void enter(const std::string& path, const Digest& digest, std::uint64_t size) {
        codec::Json entry;
        entry.set("path", path).set("sha256", digest.hex()).set("size", size);
        m_files.push(std::move(entry));
        m_done += size;
        if (*m_progress) (*m_progress)(m_done, std::max(m_all, m_done));
    }

    BackupPlace* m_place;
    const BackupProgress* m_progress;
    codec::Json m_files = codec::Json::array();
    std::uint64_t m_done = 0;
    std::uint64_t m_all = 0;
};

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

}  // namespace

std::string objectPath(const Digest& digest) {
    const std::string hex = digest.hex();
    return "archive/sha256/" + hex.substr(0, 2) + "/" + hex;
}

Result<BackupList> fillBackup(Context& context, BackupPlace& place, const fs::path& scratch,
                              const BackupProgress& progress) {
    BackupWriter writer(place, progress);
    const TemporaryFile copy(scratch);
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
    std::vector<archive::ListedObject> objects;
    TM_CHECK(context.archive->list([&](const archive::ListedObject& object) { objects.push_back(object); },
                                   [](const std::string&) {}));
    TM_CHECK(writer.addObjects(*context.archive, objects));
    codec::Json list;
    list.set("format", 1).set("made_at", context.now().iso()).set("files", writer.list());
    return BackupList{codec::canonicalJson(list), static_cast<std::int64_t>(objects.size())};
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

Result<std::vector<SavedFile>> readBackupList(const std::string& text) {
    codec::JsonLimits limits;
    limits.maximumBytes = backupListCap;
    limits.maximumItems = 100'000'000;
    const auto list = codec::parseJson(text, limits);
    const codec::Json* files = list ? list->find("files") : nullptr;
    if (files == nullptr || files->items() == nullptr)
        return damagedBackup("it has no list of its files; it may be cut off.");
    std::vector<SavedFile> saved;
    saved.reserve(files->items()->size());
    for (const codec::Json& file : *files->items()) {
        auto path = RelativePath::parse(file.textAt("path"));
        const auto digest = Digest::parse(file.textAt("sha256"));
        const codec::Json* size = file.find("size");
        if (!path || !digest || size == nullptr || !size->integer() || *size->integer() < 0)
            return damagedBackup("a line of its list of files cannot be read.");
        saved.push_back({*std::move(path), *digest, static_cast<std::uint64_t>(*size->integer())});
    }
    return saved;
}

Result<RestoredFile> unpack(const fs::path& root, const RelativePath& path, ByteSource& source) {
    const fs::path target = root / path.text();
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    std::ofstream file(target, std::ios::binary | std::ios::trunc);
    if (!file) {
        return environment("file-io", "\"" + path.text() + "\" cannot be restored.",
                           "Check the target folder.");
    }
    HashingFile sink(file);
    TM_TRY(const std::uint64_t size, copyAll(source, sink));
    file.close();
    const bool object = path.text().starts_with("archive/sha256/");
    fs::permissions(target, object ? fs::perms::owner_read : fs::perms::owner_read | fs::perms::owner_write,
                    failed);
    if (!file || failed)
        return environment("disk-full", "A restored file cannot be written.", "Make room on the disk.");
    return RestoredFile{sink.digest(), size};
}

Result<void> compareBackup(const std::vector<SavedFile>& list, std::map<std::string, RestoredFile> restored) {
    for (const SavedFile& file : list) {
        const auto found = restored.find(file.path.text());
        if (found == restored.end()) return damagedBackup(file.path.text() + " is missing in it.");
        if (found->second.digest != file.digest)
            return damagedBackup(file.path.text() + " does not have the digest it was saved with.");
        restored.erase(found);
    }
    if (!restored.empty()) return damagedBackup(restored.begin()->first + " does not belong to it.");
    return {};
}

Result<CheckOutcome> checkRestored(const fs::path& root, std::shared_ptr<const Clock> clock) {
    for (const char* folder : {"archive", "bundles", "keys", "log"}) {
        TM_CHECK(makePrivateFolder(root / folder));
    }
    TM_TRY(const auto context, openContext(root, OpenMode::ReadWrite, std::move(clock)));
    return check(*context, false);
}

}  // namespace tickmark::app
