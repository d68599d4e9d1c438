#include <fcntl.h>
#include <sys/stat.h>

#include <utility>

#include "archive/BatchIntake.h"
#include "archive/FileCalls.h"
#include "archive/Intake.h"
#include "archive/Listing.h"
#include "archive/ObjectFolders.h"
#include "archive/ProvingReader.h"
#include "archive/Publication.h"
#include "archive/StagingArea.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::archive {

namespace {

struct StagedFiles final : public StagedBatch {
    FilesystemSync::Mark before = 0;  ///< taken before the first write
    std::vector<StagedObject> objects{};
};

}  // namespace

struct FolderStore::State {
    State(FdHandle rootFolder, FdHandle objectsFolder, FdHandle tmpFolder, FdHandle syncedFolder)
        : root(std::move(rootFolder)),
          objects(std::move(objectsFolder)),
          staging(std::move(tmpFolder)),
          filesystem(std::move(syncedFolder)) {}

    FdHandle root;
    ObjectFolders objects;
    StagingAreas staging;
    FilesystemSync filesystem;
};

FolderStore::FolderStore(std::unique_ptr<State> state) : m_state(std::move(state)) {}
FolderStore::~FolderStore() = default;

Result<std::unique_ptr<FolderStore>> FolderStore::openAt(const std::filesystem::path& root) {
    return withoutExceptions(Place::Archive, [&]() -> Result<std::unique_ptr<FolderStore>> {
        for (const char* name : {"sha256", "tmp"}) TM_CHECK(makeFolders(Place::Archive, root / name));
        int code = 0;
        FdHandle rootFolder = openIn(AT_FDCWD, root.c_str(), O_RDONLY | O_DIRECTORY, 0, code);
        if (!rootFolder.open()) return ioError(Place::Archive, code, "open its folder");
        TM_TRY(FdHandle objects, openFolder(Place::Archive, rootFolder.get(), "sha256"));
        TM_TRY(FdHandle tmp, openFolder(Place::Archive, rootFolder.get(), "tmp"));
        TM_TRY(FdHandle synced, openFolder(Place::Archive, rootFolder.get(), "."));
        auto state = std::make_unique<State>(std::move(rootFolder), std::move(objects), std::move(tmp),
                                             std::move(synced));
        TM_CHECK(state->staging.removeStale());
        return std::unique_ptr<FolderStore>(new FolderStore(std::move(state)));
    });
}

Result<StoredObject> FolderStore::put(ByteSource& source, const PutExpectation& expected) {
    return withoutExceptions(Place::Archive, [&]() -> Result<StoredObject> {
        const FilesystemSync::Mark before = m_state->filesystem.mark();
        std::vector<StagedObject> staged(1);
        TM_TRY(staged.front(), stage(m_state->staging.at(0), source, expected));
        TM_CHECK(syncFile(Place::Archive, staged.front().file.fd()));
        TM_CHECK(staged.front().file.close());
        Publication publication(m_state->objects, m_state->filesystem, before);
        TM_TRY(const std::vector<StoredObject> stored, publication.publish(staged));
        return stored.front();
    });
}

Result<StoredObject> Store::adopt(const std::filesystem::path& file, const Digest& digest,
                                  std::uint64_t size) {
    TM_TRY(const auto source, openFile(file));
    PutExpectation expected;
    expected.size = size;
    expected.digest = digest;
    return put(*source, expected);
}

Result<StoredObject> FolderStore::adopt(const std::filesystem::path& file, const Digest& digest,
                                        std::uint64_t size) {
    auto adopted = withoutExceptions(Place::Archive, [&]() -> Result<std::optional<StoredObject>> {
        const FilesystemSync::Mark before = m_state->filesystem.mark();
        TM_TRY(auto link, StagedFile::linkIn(m_state->staging.at(0), file));
        if (!link) return std::optional<StoredObject>{};
        std::vector<StagedObject> staged(1);
        staged.front() = StagedObject{*std::move(link), digest, size};
        TM_CHECK(staged.front().file.checkWhole(size));
        TM_CHECK(syncFile(Place::Archive, staged.front().file.fd()));
        TM_CHECK(staged.front().file.close());
        Publication publication(m_state->objects, m_state->filesystem, before);
        TM_TRY(const std::vector<StoredObject> stored, publication.publish(staged));
        return std::optional<StoredObject>(stored.front());
    });
    if (!adopted) return std::move(adopted).error();
    return *adopted ? Result<StoredObject>(**adopted) : Store::adopt(file, digest, size);
}

Result<std::vector<StoredObject>> Store::putBatch(std::vector<BatchItem>& items) {
    TM_TRY(auto staged, stageBatch(items));
    return publishBatch(std::move(staged));
}

Result<std::unique_ptr<StagedBatch>> FolderStore::stageBatch(std::vector<BatchItem>& items) {
    return withoutExceptions(Place::Archive, [&]() -> Result<std::unique_ptr<StagedBatch>> {
        auto batch = std::make_unique<StagedFiles>();
        if (items.empty()) return std::unique_ptr<StagedBatch>(std::move(batch));
        batch->before = m_state->filesystem.mark();
        BatchIntake intake(m_state->staging, items);
        TM_TRY(batch->objects, intake.run());
        return std::unique_ptr<StagedBatch>(std::move(batch));
    });
}

Result<std::vector<StoredObject>> FolderStore::publishBatch(std::unique_ptr<StagedBatch> batch) {
    return withoutExceptions(Place::Archive, [&]() -> Result<std::vector<StoredObject>> {
        auto* files = dynamic_cast<StagedFiles*>(batch.get());
        if (files == nullptr) return internal("A batch was published that this archive did not stage.");
        if (files->objects.empty()) return std::vector<StoredObject>{};
        TM_CHECK(m_state->filesystem.sync(files->before));
        Publication publication(m_state->objects, m_state->filesystem, files->before);
        return publication.publish(files->objects);
    });
}

Result<std::unique_ptr<ObjectReader>> FolderStore::open(const Digest& digest) const {
    return withoutExceptions(Place::Archive, [&]() -> Result<std::unique_ptr<ObjectReader>> {
        TM_TRY(OpenObject object, m_state->objects.open(digest));
        return std::unique_ptr<ObjectReader>(std::make_unique<ProvingReader>(std::move(object), digest));
    });
}

Result<std::uint64_t> FolderStore::sizeOf(const Digest& digest) const {
    return withoutExceptions(Place::Archive, [&] { return m_state->objects.sizeOf(digest); });
}

Result<void> FolderStore::prove(const Digest& digest) const {
    return withoutExceptions(Place::Archive, [&]() -> Result<void> {
        TM_TRY(OpenObject object, m_state->objects.open(digest));
        return proveObject(std::move(object), digest);
    });
}

Result<void> FolderStore::list(const std::function<void(const ListedObject&)>& each,
                               const std::function<void(const std::string&)>& foreign) const {
    return withoutExceptions(Place::Archive, [&] { return listStore(m_state->root.get(), {each, foreign}); });
}

}  // namespace tickmark::archive
