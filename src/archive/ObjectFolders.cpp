#include "archive/ObjectFolders.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "archive/FileCalls.h"

namespace tickmark::archive {

namespace {

std::string pathOf(const Digest& digest) {
    const std::string hex = digest.hex();
    return hex.substr(0, 2) + "/" + hex;
}

Error objectMissing(const Digest& digest) {
    return {ErrorKind::NotFound,
            "object-missing",
            "The archive holds no file with the SHA-256 " + digest.hex() + ".",
            {},
            {},
            "Restore the archive from a backup, or receive the file again.",
            {}};
}

}  // namespace

std::string prefixOf(std::uint8_t firstByte) { return toHex({&firstByte, 1}); }

Error objectDamaged(const Digest& digest, std::string_view why) {
    return {ErrorKind::Damaged,
            "object-damaged",
            "The stored file with the SHA-256 " + digest.hex() + " is damaged: " + std::string(why) + ".",
            {},
            {},
            "Do not rely on this file; restore it from a backup.",
            {}};
}

Result<OpenObject> ObjectFolders::open(const Digest& digest) const {
    int code = 0;
    // O_NONBLOCK, so that a pipe lying under an object's name cannot hold us up; it means nothing for plain
    // files.
    FdHandle fd =
        openIn(m_objects.get(), pathOf(digest).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, code);
    if (code == ENOENT) return objectMissing(digest);
    if (code == ELOOP) return objectDamaged(digest, "a link lies in its place");
    if (code == EACCES || code == EPERM || code == EIO) return objectDamaged(digest, "it cannot be read");
    if (!fd.open()) return ioError(Place::Archive, code, "open a stored file");
    struct stat facts {};
    if (::fstat(fd.get(), &facts) != 0) return ioError(Place::Archive, errno, "look at a stored file");
    if (!S_ISREG(facts.st_mode)) return objectDamaged(digest, "something else lies in its place");
    return OpenObject{std::move(fd), static_cast<std::uint64_t>(facts.st_size)};
}

Result<std::uint64_t> ObjectFolders::sizeOf(const Digest& digest) const {
    struct stat facts {};
    if (::fstatat(m_objects.get(), pathOf(digest).c_str(), &facts, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno == ENOENT) return objectMissing(digest);
        return ioError(Place::Archive, errno, "look at a stored file");
    }
    if (!S_ISREG(facts.st_mode)) return objectDamaged(digest, "something else lies in its place");
    return static_cast<std::uint64_t>(facts.st_size);
}

Result<FdHandle> ObjectFolders::folderFor(std::uint8_t firstByte) {
    const std::string name = prefixOf(firstByte);
    if (::mkdirat(m_objects.get(), name.c_str(), 0700) != 0 && errno != EEXIST) {
        return ioError(Place::Archive, errno, "make a folder");
    }
    return openFolder(Place::Archive, m_objects.get(), name.c_str());
}

Result<void> ObjectFolders::syncEntryOf(std::uint8_t firstByte) {
    if (m_durable.at(firstByte)) return {};
    TM_CHECK(syncFile(Place::Archive, m_objects.get()));
    m_durable.at(firstByte) = true;
    return {};
}

}  // namespace tickmark::archive
