#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <string>

#include "archive/FileCalls.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

namespace {

class FileSource final : public ByteSource {
  public:
    explicit FileSource(FdHandle fd) noexcept : m_fd(std::move(fd)) {}
    Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        return readSome(Place::File, m_fd.get(), buffer);
    }

  private:
    FdHandle m_fd;
};

/// The last name alone: enough for the person who named the file, and it gives no folder away.
std::string nameOf(const std::filesystem::path& path) { return path.filename().string(); }

/// A plain file, or a pipe or device where the caller named one.
Result<FdHandle> openForReading(const std::filesystem::path& path) {
    int code = 0;
    FdHandle fd = openIn(AT_FDCWD, path.c_str(), O_RDONLY | O_NOCTTY, 0, code);
    if (code == ENOENT || code == ENOTDIR) {
        return Error{ErrorKind::NotFound,
                     "file",
                     "There is no file " + nameOf(path) + ".",
                     {},
                     {},
                     "Check the name and the folder.",
                     {}};
    }
    if (!fd.open()) return ioError(Place::File, code, "open " + nameOf(path));
    struct stat facts {};
    if (::fstat(fd.get(), &facts) != 0) return ioError(Place::File, errno, "look at " + nameOf(path));
    if (S_ISDIR(facts.st_mode)) {
        return environment("file-io", nameOf(path) + " is a folder, not a file.", "Name the files in it.");
    }
    return fd;
}

/// A file beside the target that is removed again unless it took the target's name.
class Replacement {
  public:
    Replacement(int folder, std::string name) : m_folder(folder), m_name(std::move(name)) {}
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;
    ~Replacement() {
        if (!m_name.empty()) ::unlinkat(m_folder, m_name.c_str(), 0);
    }

    Result<void> write(ByteView bytes, mode_t mode) {
        int code = 0;
        FdHandle fd = openIn(m_folder, m_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600, code);
        if (!fd.open()) {
            m_name.clear();  // not ours to remove
            return ioError(Place::File, code, "make a temporary file");
        }
        TM_CHECK(writeAll(Place::File, fd.get(), bytes));
        if (::fchmod(fd.get(), mode) != 0) return ioError(Place::File, errno, "set the file's permissions");
        TM_CHECK(syncFile(Place::File, fd.get()));
        if (code = fd.close(); code != 0) return ioError(Place::File, code, "finish the file");
        return {};
    }

    Result<void> moveTo(const std::string& name) {
        if (::renameat(m_folder, m_name.c_str(), m_folder, name.c_str()) != 0) {
            return ioError(Place::File, errno, "put the file into its place");
        }
        m_name.clear();
        return {};
    }

  private:
    int m_folder;
    std::string m_name;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> openFile(const std::filesystem::path& path) {
    return withoutExceptions(Place::File, [&]() -> Result<std::unique_ptr<ByteSource>> {
        TM_TRY(FdHandle fd, openForReading(path));
        static_cast<void>(::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL));  // only a hint
        return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(std::move(fd)));
    });
}

Result<void> writeFileDurably(const std::filesystem::path& path, ByteView bytes, unsigned mode) {
    return withoutExceptions(Place::File, [&]() -> Result<void> {
        const std::filesystem::path parent = path.parent_path();
        int code = 0;
        const FdHandle folder =
            openIn(AT_FDCWD, parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY, 0, code);
        if (!folder.open()) return ioError(Place::File, code, "open the folder of " + nameOf(path));
        constexpr std::size_t randomness = 8;
        Replacement replacement(folder.get(), ".tickmark-" + toHex(crypto::randomBytes(randomness)) + ".tmp");
        TM_CHECK(replacement.write(bytes, mode));
        TM_CHECK(replacement.moveTo(nameOf(path)));
        return syncFile(Place::File, folder.get());
    });
}

Result<std::string> readSmallFile(const std::filesystem::path& path, std::uint64_t cap) {
    return withoutExceptions(Place::File, [&]() -> Result<std::string> {
        TM_TRY(const FdHandle fd, openForReading(path));
        std::string text;
        std::array<std::uint8_t, std::size_t{64} * 1024> buffer{};
        for (;;) {
            TM_TRY(const std::size_t count, readSome(Place::File, fd.get(), buffer));
            if (count == 0) return text;
            if (count > cap - text.size()) {
                return Error{ErrorKind::TooLarge,
                             "over-cap",
                             nameOf(path) + " is larger than " + std::to_string(cap) + " bytes.",
                             {},
                             "This file may have at most " + std::to_string(cap) + " bytes.",
                             "Check that it is the right file.",
                             {}};
            }
            text += textOf(ByteView(buffer).first(count));
        }
    });
}

}  // namespace tickmark::archive
