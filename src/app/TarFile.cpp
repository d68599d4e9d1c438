#include "app/TarFile.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "tickmark/crypto/Sha256.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t blockSize = 1024 * 1024;
constexpr mode_t privateMode = 0600;

struct WriteCloser {
    void operator()(struct archive* handle) const noexcept { archive_write_free(handle); }
};
struct ReadCloser {
    void operator()(struct archive* handle) const noexcept { archive_read_free(handle); }
};
struct EntryCloser {
    void operator()(archive_entry* entry) const noexcept { archive_entry_free(entry); }
};

Error writeError(const fs::path& target, int code) {
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return environment("disk-full", "There is no room for the backup \"" + target.string() + "\".",
                           "Make room, or write it to another disk.");
    }
    return environment("file-io", "The backup \"" + target.string() + "\" cannot be written.",
                       "Check the folder and who may write there.");
}

Error damagedBackup(std::string why) {
    return {ErrorKind::Damaged,
            "backup-damaged",
            "The backup cannot be used: " + std::move(why),
            {},
            {},
            "Use another backup; nothing was restored.",
            {}};
}

/// The bytes of the entry that a reader stands at.
class EntrySource final : public ByteSource {
  public:
    explicit EntrySource(struct archive* handle) : m_handle(handle) {}
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
        const la_ssize_t count = archive_read_data(m_handle, buffer.data(), buffer.size());
        if (count < 0) return damagedBackup("its bytes end early or are damaged.");
        return static_cast<std::size_t>(count);
    }

  private:
    struct archive* m_handle;
};

}  // namespace

struct TarWriter::State {
    fs::path target{};
    fs::path temporary{};
    int descriptor = -1;
    std::unique_ptr<struct archive, WriteCloser> handle{};

    ~State() {
        handle.reset();
        if (descriptor >= 0) close(descriptor);
        std::error_code ignored;
        if (!temporary.empty()) fs::remove(temporary, ignored);
    }
};

TarWriter::TarWriter(std::unique_ptr<State> state) : m_state(std::move(state)) {}
TarWriter::TarWriter(TarWriter&&) noexcept = default;
TarWriter& TarWriter::operator=(TarWriter&&) noexcept = default;
TarWriter::~TarWriter() = default;

Result<TarWriter> TarWriter::create(const fs::path& target) {
    std::error_code failed;
    if (fs::exists(target, failed)) {
        return Error{ErrorKind::Conflict,
                     "exists",
                     "\"" + target.string() + "\" is there already; nothing was written.",
                     "FILE",
                     {},
                     "Choose a name that is free.",
                     {}};
    }
    auto state = std::make_unique<State>();
    state->target = target;
    const fs::path temporary = target.string() + ".partial";
    state->descriptor =
        open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, privateMode);
    if (state->descriptor < 0) return writeError(target, errno);
    state->temporary = temporary;
    state->handle.reset(archive_write_new());
    const bool ready = state->handle &&
                       archive_write_set_format_pax_restricted(state->handle.get()) == ARCHIVE_OK &&
                       archive_write_open_fd(state->handle.get(), state->descriptor) == ARCHIVE_OK;
    if (!ready) return writeError(target, EIO);
    return TarWriter(std::move(state));
}

Result<Digest> TarWriter::add(const std::string& name, std::uint64_t size, unsigned mode,
                              ByteSource& source) {
    struct archive* handle = m_state->handle.get();
    const std::unique_ptr<archive_entry, EntryCloser> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), mode);
    archive_entry_set_mtime(entry.get(), 0, 0);
    if (archive_write_header(handle, entry.get()) != ARCHIVE_OK)
        return writeError(m_state->target, archive_errno(handle));
    crypto::Sha256 hash;
    Bytes buffer(blockSize);
    std::uint64_t total = 0;
    for (;;) {
        TM_TRY(const std::size_t count, source.read(buffer));
        if (count == 0) break;
        total += count;
        if (total > size) break;
        hash.update(ByteView(buffer.data(), count));
        if (archive_write_data(handle, buffer.data(), count) != static_cast<la_ssize_t>(count)) {
            return writeError(m_state->target, archive_errno(handle));
        }
    }
    if (total != size)
        return environment("changed", name + " changed its length while it was read.",
                           "Run the backup again.");
    return hash.finish();
}

Result<std::uint64_t> TarWriter::finish() {
    if (archive_write_close(m_state->handle.get()) != ARCHIVE_OK || fsync(m_state->descriptor) != 0) {
        return writeError(m_state->target, errno);
    }
    std::error_code failed;
    const auto size = fs::file_size(m_state->temporary, failed);
    if (!failed) fs::rename(m_state->temporary, m_state->target, failed);
    if (failed) return writeError(m_state->target, failed.value());
    m_state->temporary.clear();
    const fs::path parent = fs::absolute(m_state->target).parent_path();
    const int folder = open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && fsync(folder) == 0;
    if (folder >= 0) close(folder);
    if (!synced) return writeError(m_state->target, EIO);
    return static_cast<std::uint64_t>(size);
}

Result<void> readTar(const fs::path& file,
                     const std::function<Result<void>(const TarEntry&, ByteSource&)>& each) {
    std::error_code failed;
    if (!fs::is_regular_file(file, failed)) {
        return Error{
            ErrorKind::NotFound, "file", "There is no backup \"" + file.string() + "\".", "FILE", {}, {}, {}};
    }
    const std::unique_ptr<struct archive, ReadCloser> handle(archive_read_new());
    archive_read_support_format_tar(handle.get());
    if (archive_read_open_filename(handle.get(), file.c_str(), blockSize) != ARCHIVE_OK) {
        return damagedBackup("it is no backup file.");
    }
    for (;;) {
        archive_entry* entry = nullptr;
        const int step = archive_read_next_header(handle.get(), &entry);
        if (step == ARCHIVE_EOF) return {};
        if (step != ARCHIVE_OK || archive_entry_filetype(entry) != AE_IFREG) {
            return damagedBackup("it holds something that is no plain file.");
        }
        const char* path = archive_entry_pathname(entry);
        auto name = RelativePath::parse(path == nullptr ? "" : path);
        if (!name || archive_entry_size(entry) < 0) return damagedBackup("an entry has an unsafe name.");
        EntrySource source(handle.get());
        TM_CHECK(each({*std::move(name), static_cast<std::uint64_t>(archive_entry_size(entry))}, source));
    }
}

}  // namespace tickmark::app
