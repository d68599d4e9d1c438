#include "tickmark/archive/PartFiles.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>

#include "archive/FileCalls.h"

namespace tickmark::archive {
namespace {

constexpr std::string_view suffix = ".part";
/// How much is written before the kernel is told to begin writing it out, so that a sync has little to wait
/// for.
constexpr std::uint64_t startEvery = 8ULL * 1024 * 1024;

bool isName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
}

Result<void> checkName(std::string_view name) {
    if (isName(name)) return {};
    return internal("A part file was asked for by a name that is none.");
}

std::string fileName(std::string_view name) { return std::string(name).append(suffix); }

Error gone() {
    return Error{ErrorKind::NotFound,
                 "part-missing",
                 "The bytes that arrived earlier are no longer here.",
                 {},
                 {},
                 "Hand the file over from its beginning."};
}

Error shorter() {
    return Error{ErrorKind::Damaged,
                 "part-damaged",
                 "Some of the bytes that arrived earlier are lost.",
                 {},
                 {},
                 "Hand the file over from its beginning."};
}

Result<FdHandle> openFolderOf(const std::filesystem::path& folder) {
    int code = 0;
    FdHandle opened = openIn(AT_FDCWD, folder.c_str(), O_RDONLY | O_DIRECTORY, 0, code);
    if (!opened.open()) return ioError(Place::File, code, "open the folder of unfinished files");
    return opened;
}

}  // namespace

PartFile::PartFile(PartFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_length(other.m_length),
      m_started(other.m_started) {}

PartFile& PartFile::operator=(PartFile&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    m_length = other.m_length;
    m_started = other.m_started;
    return *this;
}

PartFile::~PartFile() {
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<void> PartFile::write(ByteView bytes) {
    TM_CHECK(writeAll(Place::File, m_descriptor, bytes));
    m_length += bytes.size();
    if (m_length - m_started < startEvery) return {};
    // Only a hint: what comes of it is found by the sync.
    ::sync_file_range(m_descriptor, static_cast<off64_t>(m_started),
                      static_cast<off64_t>(m_length - m_started), SYNC_FILE_RANGE_WRITE);
    m_started = m_length;
    return {};
}

Result<void> PartFile::sync() const { return syncFile(Place::File, m_descriptor); }

Result<void> PartFile::cutTo(std::uint64_t length) {
    if (::ftruncate(m_descriptor, static_cast<off_t>(length)) != 0)
        return ioError(Place::File, errno, "cut an unfinished file");
    if (::lseek(m_descriptor, static_cast<off_t>(length), SEEK_SET) < 0)
        return ioError(Place::File, errno, "go to the end of an unfinished file");
    m_length = length;
    m_started = std::min(m_started, length);
    return {};
}

Result<void> PartFiles::create(std::string_view name) const {
    return withoutExceptions(Place::File, [&]() -> Result<void> {
        TM_CHECK(checkName(name));
        TM_CHECK(makeFolders(Place::File, m_folder));
        TM_TRY(const FdHandle folder, openFolderOf(m_folder));
        int code = 0;
        const FdHandle file = openIn(folder.get(), fileName(name).c_str(),
                                     O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600, code);
        if (!file.open()) {
            if (code != EEXIST) return ioError(Place::File, code, "make an unfinished file");
            return Error{ErrorKind::Conflict, "exists", "There is an unfinished file of that name already."};
        }
        return syncFile(Place::File, folder.get());
    });
}

Result<PartFile> PartFiles::open(std::string_view name, std::uint64_t durable) const {
    return withoutExceptions(Place::File, [&]() -> Result<PartFile> {
        TM_CHECK(checkName(name));
        int code = 0;
        FdHandle file = openIn(AT_FDCWD, pathOf(name).c_str(), O_WRONLY | O_NOFOLLOW, 0, code);
        if (!file.open()) {
            if (code == ENOENT) return gone();
            return ioError(Place::File, code, "open an unfinished file");
        }
        struct stat facts {};
        if (::fstat(file.get(), &facts) != 0)
            return ioError(Place::File, errno, "look at an unfinished file");
        if (facts.st_size < 0 || static_cast<std::uint64_t>(facts.st_size) < durable) return shorter();
        PartFile part(file.release(), durable);
        part.m_started = durable;
        TM_CHECK(part.cutTo(durable));
        return part;
    });
}

std::filesystem::path PartFiles::pathOf(std::string_view name) const { return m_folder / fileName(name); }

Result<void> PartFiles::remove(std::string_view name) const {
    return withoutExceptions(Place::File, [&]() -> Result<void> {
        TM_CHECK(checkName(name));
        if (::unlink(pathOf(name).c_str()) == 0 || errno == ENOENT) return {};
        return ioError(Place::File, errno, "remove an unfinished file");
    });
}

Result<std::vector<std::string>> PartFiles::names() const {
    return withoutExceptions(Place::File, [&]() -> Result<std::vector<std::string>> {
        std::vector<std::string> found;
        std::error_code failed;
        if (!std::filesystem::exists(m_folder, failed)) return found;
        TM_TRY(const FdHandle folder, openFolderOf(m_folder));
        TM_TRY(const auto all, namesIn(folder.get()));
        for (const std::string& name : all) {
            if (!name.ends_with(suffix)) continue;
            std::string bare = name.substr(0, name.size() - suffix.size());
            if (isName(bare)) found.push_back(std::move(bare));
        }
        return found;
    });
}

}  // namespace tickmark::archive
