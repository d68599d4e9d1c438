#include "storage/Copy.h"

#include <sqlite3.h>

#include "storage/DurableFile.h"
#include "storage/SqlFailure.h"

namespace tickmark::storage {
namespace {

// sqlite: the online backup API; with the source's transaction open it copies exactly that snapshot.
void copyPages(Connection& source, const std::filesystem::path& part) {
    Connection target(part, ConnectionUse::Copy, 0);
    sqlite3_backup* backup = sqlite3_backup_init(target.handle(), "main", source.handle(), "main");
    if (backup == nullptr) throwSqlFailure(target.handle(), SQLITE_ERROR);
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE) throw SqlFailure(stepped, "the copy was not finished");
    if (finished != SQLITE_OK) throwSqlFailure(target.handle(), finished);
}

void removeCopy(const std::filesystem::path& part) {
    std::error_code ignored;
    for (const char* tail : {"", "-journal", "-wal", "-shm"}) {
        std::filesystem::remove(part.string() + tail, ignored);
    }
}

}  // namespace

Result<void> copyDatabase(Connection& source, const std::filesystem::path& target) {
    std::error_code ignored;
    if (std::filesystem::exists(target, ignored)) {
        return Error{.kind = ErrorKind::Conflict,
                     .type = "exists",
                     .message = "There is a file of that name already.",
                     .fix = "Choose another name, or remove the file."};
    }
    const std::filesystem::path part = target.string() + ".part";
    removeCopy(part);
    auto copied = guarded([&]() -> Result<void> {
        copyPages(source, part);
        return publishFile(part, target);
    });
    if (!copied) removeCopy(part);
    return copied;
}

}  // namespace tickmark::storage
