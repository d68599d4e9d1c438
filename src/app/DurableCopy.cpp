#include "app/DurableCopy.h"

#include <fcntl.h>
#include <unistd.h>

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

bool synced(const fs::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool done = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return done;
}

}  // namespace

Result<void> copyDurably(const fs::path& from, const fs::path& to) {
    std::error_code failed;
    fs::copy_file(from, to, failed);
    if (!failed && synced(to, O_RDONLY) && synced(to.parent_path(), O_RDONLY | O_DIRECTORY)) return {};
    std::error_code ignored;
    fs::remove(to, ignored);
    return environment("file-io", "The file cannot be copied into the data directory.",
                       "Check its space and its rights.");
}

}  // namespace tickmark::app
