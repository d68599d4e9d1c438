#include "storage/DurableFile.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace tickmark::storage {
namespace {

Error ioError() {
    return environment("database-io", "A file could not be written to disk for good.",
                       "Check the disk, then try again.");
}

}  // namespace

Result<void> syncPath(const std::filesystem::path& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return ioError();
    const bool synced = fsync(descriptor) == 0;
    close(descriptor);
    if (!synced) return ioError();
    return {};
}

Result<void> publishFile(const std::filesystem::path& part, const std::filesystem::path& target) {
    TM_CHECK(syncPath(part));
    if (link(part.c_str(), target.c_str()) != 0) {
        if (errno != EEXIST) return ioError();
        return Error{.kind = ErrorKind::Conflict,
                     .type = "exists",
                     .message = "There is a file of that name already.",
                     .fix = "Choose another name, or remove the file."};
    }
    unlink(part.c_str());
    const auto folder = target.parent_path();
    return syncPath(folder.empty() ? std::filesystem::path(".") : folder);
}

}  // namespace tickmark::storage
