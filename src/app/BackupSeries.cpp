#include "app/BackupSeries.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <utility>

#include "app/Folders.h"
#include "app/SeriesReadme.h"
#include "tickmark/codec/Json.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

// FOLDER/series.json says whose it is; FOLDER/sha256/ab/<digest> are the files; FOLDER/moments/<name>.json
// are the lists. A list comes last, so whatever a list names is there.
constexpr const char* markName = "series.json";
constexpr const char* momentEnding = ".json";

Error notASeries(const fs::path& folder) {
    return {ErrorKind::Conflict,
            "not-a-series",
            "\"" + folder.string() + "\" holds something that is no series of backups.",
            "--into",
            {},
            "Name a folder that is empty, does not exist, or holds earlier backups.",
            {}};
}

/// Held while a series is written; the kernel lets go of it when the process ends.
class SeriesLock {
  public:
    static Result<SeriesLock> take(const fs::path& folder) {
        const int descriptor = ::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (descriptor < 0) {
            return environment("file-io", "The folder of the backups cannot be written.",
                               "Check that it belongs to the user that Tickmark runs as.");
        }
        SeriesLock lock(descriptor);
        if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
        return Error{ErrorKind::Conflict,
                     "backup-under-way",
                     "Another backup is being written into this folder.",
                     "--into",
                     {},
                     "Wait until it is done.",
                     {}};
    }
    SeriesLock(SeriesLock&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    SeriesLock(const SeriesLock&) = delete;
    SeriesLock& operator=(const SeriesLock&) = delete;
    SeriesLock& operator=(SeriesLock&&) = delete;
    ~SeriesLock() {
        if (m_descriptor >= 0) ::close(m_descriptor);
    }

  private:
    explicit SeriesLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

/// Makes the folder a series of this house, or finds that it is one.
Result<void> claim(const Context& context, const fs::path& folder) {
    const fs::path mark = folder / markName;
    const auto text = archive::readSmallFile(mark, 4096);
    if (text) {
        const auto said = codec::parseJson(*text);
        if (said && said->textAt("log_origin") == context.settings.logOrigin) return {};
        return Error{ErrorKind::Conflict,
                     "other-series",
                     "This folder holds the backups of another house" +
                         (said ? ", " + std::string(said->textAt("log_origin")) : std::string()) + ".",
                     "--into",
                     {},
                     "Give each house a folder of its own.",
                     {}};
    }
    if (text.error().kind != ErrorKind::NotFound) return text.error();
    if (!isFree(folder)) return notASeries(folder);
    TM_CHECK(makePrivateFolder(folder));
    codec::Json said;
    said.set("format", 1).set("log_origin", context.settings.logOrigin);
    TM_CHECK(archive::writeFileDurably(mark, viewOf(codec::canonicalJson(said)), 0600));
    return archive::writeFileDurably(folder / "README.txt", viewOf(seriesReadme()), 0600);
}

/// Puts files into the store; what is there already is not read.
class SeriesPlace final : public BackupPlace {
  public:
    explicit SeriesPlace(archive::Store& store) : m_store(&store) {}

    [[nodiscard]] Result<Digest> add(const std::string&, std::uint64_t size, unsigned,
                                     ByteSource& source) override {
        archive::PutExpectation expected;
        expected.size = size;
        TM_TRY(const archive::StoredObject stored, m_store->put(source, expected));
        m_bytes += stored.size;
        if (!stored.alreadyThere) m_written += stored.size;
        return stored.digest;
    }

    [[nodiscard]] Result<void> addObjects(const archive::Store& from,
                                          const std::vector<archive::ListedObject>& objects,
                                          const Taken& taken) override {
        constexpr std::size_t mostTogether = 256;
        constexpr std::uint64_t smallest = 1024ULL * 1024;  // larger ones go alone
        std::vector<archive::ListedObject> together;
        for (const auto& object : objects) {
            m_bytes += object.size;
            const auto there = m_store->sizeOf(object.digest);
            if (there && *there == object.size) {
                taken(object);
                continue;
            }
            m_written += object.size;
            together.push_back(object);
            if (object.size < smallest && together.size() < mostTogether) continue;
            TM_CHECK(put(from, together, taken));
        }
        return put(from, together, taken);
    }

    [[nodiscard]] std::uint64_t bytes() const noexcept { return m_bytes; }
    [[nodiscard]] std::uint64_t written() const noexcept { return m_written; }

  private:
    /// As many as cost one sync; each is proved while it is read.
    Result<void> put(const archive::Store& from, std::vector<archive::ListedObject>& together,
                     const Taken& taken) {
        std::vector<archive::Store::BatchItem> items;
        items.reserve(together.size());
        for (const auto& object : together) {
            archive::Store::BatchItem item;
            item.open = [&from, digest = object.digest]() -> Result<std::unique_ptr<ByteSource>> {
                TM_TRY(auto reader, from.open(digest));
                return std::unique_ptr<ByteSource>(std::move(reader));
            };
            item.expected.size = object.size;
            item.expected.digest = object.digest;
            items.push_back(std::move(item));
        }
        if (!items.empty()) {
            TM_TRY([[maybe_unused]] const auto stored, m_store->putBatch(items));
        }
        for (const auto& object : together) taken(object);
        together.clear();
        return {};
    }

    archive::Store* m_store;
    std::uint64_t m_bytes = 0;
    std::uint64_t m_written = 0;
};

/// "2026-11-22T10-15-30Z" sorts by time and is a file name everywhere.
std::string momentName(Timestamp at) {
    std::string stamp = at.iso().substr(0, 19) + "Z";
    std::replace(stamp.begin() + 10, stamp.end(), ':', '-');
    return stamp;
}

std::optional<Timestamp> momentOf(std::string name) {
    if (name.size() != 20) return std::nullopt;
    std::replace(name.begin() + 10, name.end(), '-', ':');
    const auto at = Timestamp::parse(name);
    return at ? std::optional(*at) : std::nullopt;
}

fs::path listOf(const fs::path& folder, const std::string& moment) {
    return folder / "moments" / (moment + momentEnding);
}

Result<std::vector<SavedFile>> filesOfMoment(const fs::path& folder, const std::string& moment) {
    TM_TRY(const std::string text, archive::readSmallFile(listOf(folder, moment), backupListCap));
    return readBackupList(text);
}

/// The moment asked for, or the newest.
Result<std::string> chosen(const fs::path& folder, const std::string& moment) {
    TM_TRY(const auto moments, backupMoments(folder));
    if (moments.empty()) return damagedBackup("it has no moment yet; the first backup into it was cut off.");
    if (moment.empty()) return moments.front().name;
    const bool known = std::any_of(moments.begin(), moments.end(),
                                   [&](const BackupMoment& one) { return one.name == moment; });
    if (known) return moment;
    return Error{ErrorKind::NotFound,
                 "not-found",
                 "This series has no moment " + moment + ".",
                 "--moment",
                 {},
                 "The newest is " + moments.front().name + "; the others are in its folder \"moments\".",
                 {}};
}

/// A file of the archive may be shared with the copy, because neither is ever written again.
bool linked(const fs::path& folder, const SavedFile& file, const fs::path& staging) {
    if (!file.path.text().starts_with("archive/sha256/")) return false;
    const std::string hex = file.digest.hex();
    const fs::path target = staging / file.path.text();
    std::error_code failed;
    fs::create_directories(target.parent_path(), failed);
    fs::create_hard_link(folder / "sha256" / hex.substr(0, 2) / hex, target, failed);
    return !failed;
}

/// Each listed file below `staging`, proved while it is read.
Result<void> layOut(const fs::path& folder, const std::vector<SavedFile>& files, const fs::path& staging,
                    bool mayLink, const BackupProgress& progress) {
    TM_TRY(const auto store, archive::FolderStore::openAt(folder));
    std::uint64_t all = 0;
    std::uint64_t done = 0;
    for (const SavedFile& file : files) all += file.size;
    for (const SavedFile& file : files) {
        const auto fitting = [&]() -> Result<void> {
            if (mayLink && linked(folder, file, staging)) return store->prove(file.digest);
            TM_TRY(const auto reader, store->open(file.digest));
            TM_TRY([[maybe_unused]] const RestoredFile one, unpack(staging, file.path, *reader));
            return {};
        }();
        if (!fitting &&
            (fitting.error().kind == ErrorKind::NotFound || fitting.error().kind == ErrorKind::Damaged)) {
            return damagedBackup(file.path.text() + (fitting.error().kind == ErrorKind::NotFound
                                                         ? " is missing in it."
                                                         : " does not have the digest it was saved with."));
        }
        TM_CHECK(fitting);
        done += file.size;
        if (progress) progress(done, all);
    }
    return {};
}

/// Moments beyond the newest `keep`, then the files that no moment has.
Result<void> prune(const fs::path& folder, const archive::Store& store, std::size_t keep) {
    TM_TRY(const auto moments, backupMoments(folder));
    if (keep == 0 || moments.size() <= keep) return {};
    std::error_code failed;
    for (std::size_t i = keep; i < moments.size(); ++i) fs::remove(listOf(folder, moments[i].name), failed);
    std::set<Digest> kept;
    for (std::size_t i = 0; i < keep; ++i) {
        TM_TRY(const auto files, filesOfMoment(folder, moments[i].name));
        for (const SavedFile& file : files) kept.insert(file.digest);
    }
    std::vector<Digest> loose;
    TM_CHECK(store.list(
        [&](const archive::ListedObject& object) {
            if (!kept.contains(object.digest)) loose.push_back(object.digest);
        },
        [](const std::string&) {}));
    for (const Digest& digest : loose) {
        const std::string hex = digest.hex();
        fs::remove(folder / "sha256" / hex.substr(0, 2) / hex, failed);
    }
    return {};
}

}  // namespace

Result<std::vector<BackupMoment>> backupMoments(const fs::path& folder) {
    std::error_code failed;
    if (!fs::exists(folder / markName, failed)) {
        return Error{ErrorKind::NotFound,
                     "not-found",
                     "\"" + folder.string() + "\" is no series of backups.",
                     {},
                     {},
                     "Name a backup's file, or the folder that `tickmark backup --into` wrote.",
                     {}};
    }
    std::vector<BackupMoment> moments;
    for (fs::directory_iterator at(folder / "moments", failed), end; !failed && at != end;
         at.increment(failed)) {
        if (at->path().extension() != momentEnding) continue;
        const std::string name = at->path().stem().string();
        if (const auto taken = momentOf(name)) moments.push_back({name, *taken});
    }
    std::sort(moments.begin(), moments.end(), [](const auto& a, const auto& b) { return b.name < a.name; });
    return moments;
}

Result<BackupOutcome> backupInto(Context& context, const fs::path& folder, std::size_t keep,
                                 const BackupProgress& progress) {
    TM_CHECK(claim(context, folder));
    TM_TRY(const SeriesLock lock, SeriesLock::take(folder));
    TM_CHECK(makePrivateFolder(folder / "moments"));
    const std::string moment = momentName(context.now());
    if (std::error_code ignored; fs::exists(listOf(folder, moment), ignored)) {
        return Error{
            ErrorKind::Conflict,          "exists", "A backup of this second is there already.", "--into", {},
            "Take it again in a moment.", {}};
    }
    TM_TRY(const auto store, archive::FolderStore::openAt(folder));
    SeriesPlace place(*store);
    TM_TRY(const BackupList list, fillBackup(context, place, folder / "snapshot.partial", progress));
    TM_CHECK(archive::writeFileDurably(listOf(folder, moment), viewOf(list.text), 0600));
    TM_CHECK(prune(folder, *store, keep));
    return BackupOutcome{place.bytes(), list.objects, crypto::Sha256::of(list.text), place.written(), moment};
}

Result<BackupOutcome> proveSeries(const fs::path& folder, const BackupProgress& progress) {
    TM_TRY(const std::string moment, chosen(folder, {}));
    TM_TRY(const auto files, filesOfMoment(folder, moment));
    TM_TRY(const StagedFolder staging, StagedFolder::besides(folder / "restore-proof"));
    TM_CHECK(layOut(folder, files, staging.path(), true, progress));
    TM_TRY(const CheckOutcome outcome, checkRestored(staging.path(), std::make_shared<SystemClock>()));
    if (!outcome.problems.empty()) {
        const CheckProblem& first = outcome.problems.front();
        return damagedBackup("what is restored from it does not agree with its ledger: " + first.code + " " +
                             first.subject + " " + first.message);
    }
    std::uint64_t bytes = 0;
    for (const SavedFile& file : files) bytes += file.size;
    TM_TRY(const std::string text, archive::readSmallFile(listOf(folder, moment), backupListCap));
    return BackupOutcome{bytes, static_cast<std::int64_t>(files.size()), crypto::Sha256::of(text), 0, moment};
}

Result<CheckOutcome> restoreSeries(const fs::path& folder, const std::string& moment, const fs::path& staging,
                                   std::shared_ptr<const Clock> clock) {
    TM_TRY(const std::string name, chosen(folder, moment));
    TM_TRY(const auto files, filesOfMoment(folder, name));
    TM_CHECK(layOut(folder, files, staging, false, {}));
    return checkRestored(staging, std::move(clock));
}

}  // namespace tickmark::app
