// The room that everything takes, and how it grew.
#include <filesystem>

#include "app/Access.h"
#include "tickmark/app/Upkeep.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

struct FolderSize {
    std::uint64_t bytes = 0;
    std::int64_t files = 0;
};

/// What cannot be read is not counted: a file may go while it is looked at.
FolderSize sizeOf(const fs::path& folder) {
    FolderSize size;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code ignored;
        if (!at->is_regular_file(ignored)) continue;
        const auto bytes = at->file_size(ignored);
        if (ignored) continue;
        size.bytes += bytes;
        ++size.files;
    }
    return size;
}

std::uint64_t databaseBytes(const Context& context) {
    std::uint64_t bytes = 0;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::error_code failed;
        const auto size = fs::file_size(context.directory.database().string() + suffix, failed);
        if (!failed) bytes += size;
    }
    return bytes;
}

}  // namespace

Result<StorageView> showStorage(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "see the storage"));
    constexpr std::size_t monthOfSamples = 30;
    StorageView view;
    view.databaseBytes = databaseBytes(context);
    const FolderSize bundles = sizeOf(context.directory.bundles());
    view.bundleBytes = bundles.bytes;
    view.bundleFiles = bundles.files;
    for (const fs::path& folder : {context.directory.uploads(), context.directory.archive() / "tmp"}) {
        const FolderSize staging = sizeOf(folder);
        view.stagingBytes += staging.bytes;
        view.stagingFiles += staging.files;
    }
    view.reserveBytes = context.settings.diskReserve;
    std::error_code failed;
    const auto space = fs::space(context.directory.archive(), failed);
    if (!failed) {
        view.freeBytes = space.available;
        view.diskBytes = space.capacity;
    }
    TM_CHECK(context.database->read([&](storage::ReadSession& session) -> Result<void> {
        TM_TRY(view.archive, storage::archiveSizes(session));
        TM_TRY(view.samples, storage::storageSamples(session, monthOfSamples));
        return {};
    }));
    return view;
}

Result<void> sampleStorage(Context& context) {
    const FolderSize bundles = sizeOf(context.directory.bundles());
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        TM_TRY(const auto archive, storage::archiveSizes(session));
        return storage::saveStorageSample(session, {context.today(), databaseBytes(context),
                                                    archive.objectBytes, archive.objects, bundles.bytes});
    });
}

}  // namespace tickmark::app
