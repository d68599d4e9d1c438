// The system calls on files that the archive needs, with interruptions handled and error numbers made
// refusals.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/FdHandle.h"
#include "archive/IoError.h"
#include "tickmark/foundation/Bytes.h"

namespace tickmark::archive {

/// openat(2) with O_CLOEXEC. The error number stays visible where the caller decides by it.
[[nodiscard]] FdHandle openIn(int folder, const char* name, int flags, mode_t mode, int& code) noexcept;

/// A folder below `folder`, opened for reading; never through a symbolic link.
[[nodiscard]] Result<FdHandle> openFolder(Place place, int folder, const char* name);

/// Reads up to buffer.size() bytes; 0 is the end.
[[nodiscard]] Result<std::size_t> readSome(Place place, int fd, std::span<std::uint8_t> buffer);

/// Writes all bytes at the current position.
[[nodiscard]] Result<void> writeAll(Place place, int fd, ByteView bytes);

/// fsync(2), once. A failure is final: the kernel may have dropped the pages, so a second call would lie.
[[nodiscard]] Result<void> syncFile(Place place, int fd);

/// syncfs(2), once, of the filesystem that holds `fd`. Reports what failed since `fd` was opened, so open it
/// before the writes it is to answer for (Linux 5.8 and later).
[[nodiscard]] Result<void> syncFilesystem(int fd);

/// Waits for an exclusive advisory lock (flock(2)) on this open file; it ends with the descriptor or the
/// process.
[[nodiscard]] Result<void> lockExclusively(int fd);
/// The same without waiting; false when somebody else holds it.
[[nodiscard]] bool tryLockExclusively(int fd) noexcept;

/// The names in a folder, sorted, without "." and "..".
[[nodiscard]] Result<std::vector<std::string>> namesIn(int folder);

/// Makes a folder and its missing parents (0700), each made durable in its parent.
[[nodiscard]] Result<void> makeFolders(Place place, const std::filesystem::path& path);

/// Gives a file its final name without ever replacing one that is there. True when it was moved, false when
/// the name was taken (then the file stays where it was).
[[nodiscard]] Result<bool> moveWithoutReplacing(int fromFolder, const char* from, int toFolder,
                                                const char* to);

}  // namespace tickmark::archive
