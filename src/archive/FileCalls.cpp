#include "archive/FileCalls.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace tickmark::archive {

FdHandle openIn(int folder, const char* name, int flags, mode_t mode, int& code) noexcept {
    int fd = -1;
    do {
        fd = ::openat(folder, name, flags | O_CLOEXEC, mode);  // NOLINT(cppcoreguidelines-pro-type-vararg)
    } while (fd < 0 && errno == EINTR);
    code = fd < 0 ? errno : 0;
    return FdHandle(fd);
}

Result<FdHandle> openFolder(Place place, int folder, const char* name) {
    int code = 0;
    FdHandle fd = openIn(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, code);
    if (!fd.open()) return ioError(place, code, "open one of its folders");
    return fd;
}

Result<std::size_t> readSome(Place place, int fd, std::span<std::uint8_t> buffer) {
    ssize_t count = 0;
    do {
        count = ::read(fd, buffer.data(), buffer.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) return ioError(place, errno, "read the file");
    return static_cast<std::size_t>(count);
}

Result<void> writeAll(Place place, int fd, ByteView bytes) {
    // The kernel caches what one write brings in pieces of memory as large as the write. On a virtual machine
    // large free pieces have been given back to the host, and fetching them again cost four times the copying
    // (measured: dd of 2 GiB with steps of 64 KiB 0.8 s of system time, with 256 KiB and more 3.9 s).
    constexpr std::size_t step = std::size_t{64} * 1024;
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), std::min(step, bytes.size()));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return ioError(place, count == 0 ? EIO : errno, "write the file");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> syncFile(Place place, int fd) {
    if (::fsync(fd) != 0) return ioError(place, errno, "make the file durable");
    return {};
}

Result<void> syncFilesystem(int fd) {
    if (::syncfs(fd) != 0) return ioError(Place::Archive, errno, "make the files durable");
    return {};
}

Result<void> lockExclusively(int fd) {
    while (::flock(fd, LOCK_EX) != 0) {
        if (errno != EINTR) return ioError(Place::Archive, errno, "lock one of its folders");
    }
    return {};
}

bool tryLockExclusively(int fd) noexcept { return ::flock(fd, LOCK_EX | LOCK_NB) == 0; }

Result<std::vector<std::string>> namesIn(int folder) {
    // A descriptor of its own, because reading moves the position and closedir closes.
    TM_TRY(FdHandle again, openFolder(Place::Archive, folder, "."));
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(again.get()), &::closedir);
    if (!stream) return ioError(Place::Archive, errno, "list one of its folders");
    static_cast<void>(again.release());  // the stream owns it now
    std::vector<std::string> names;
    errno = 0;
    while (const dirent* entry =
               ::readdir(stream.get())) {  // NOLINT(concurrency-mt-unsafe): a stream of our own
        const std::string_view name = static_cast<const char*>(entry->d_name);
        if (name != "." && name != "..") names.emplace_back(name);
        errno = 0;
    }
    if (errno != 0) return ioError(Place::Archive, errno, "list one of its folders");
    std::sort(names.begin(), names.end());
    return names;
}

namespace {

Result<void> syncFolderAt(Place place, const std::filesystem::path& path) {
    int code = 0;
    const FdHandle folder =
        openIn(AT_FDCWD, path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY, 0, code);
    if (!folder.open()) return ioError(place, code, "open the folder above it");
    return syncFile(place, folder.get());
}

}  // namespace

Result<void> makeFolders(Place place, const std::filesystem::path& path) {
    std::vector<std::filesystem::path> missing;
    std::error_code code;
    for (std::filesystem::path each = path; !each.empty() && !std::filesystem::exists(each, code);
         each = each.parent_path()) {
        if (each.has_filename()) missing.push_back(each);
    }
    std::reverse(missing.begin(), missing.end());
    for (const std::filesystem::path& each : missing) {
        if (::mkdir(each.c_str(), 0700) != 0 && errno != EEXIST) {
            return ioError(place, errno, "make its folder");
        }
        TM_CHECK(syncFolderAt(place, each.parent_path()));
    }
    return {};
}

Result<bool> moveWithoutReplacing(int fromFolder, const char* from, int toFolder, const char* to) {
    constexpr std::string_view doing = "put the file into its place";
    if (::renameat2(fromFolder, from, toFolder, to, RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) return false;
    if (errno != EINVAL && errno != ENOSYS) return ioError(Place::Archive, errno, doing);
    // A filesystem without that flag: a second name for the file never replaces anything either.
    if (::linkat(fromFolder, from, toFolder, to, 0) != 0) {
        if (errno == EEXIST) return false;
        return ioError(Place::Archive, errno, doing);
    }
    if (::unlinkat(fromFolder, from, 0) != 0) {
        const int code = errno;
        ::unlinkat(toFolder, to, 0);
        return ioError(Place::Archive, code, doing);
    }
    return true;
}

}  // namespace tickmark::archive
