#include "bundle/ZipWriter.h"

#include <unistd.h>
#include <zip.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>

#include "bundle/OutputFile.h"
#include "bundle/ZipLayout.h"
#include "bundle/ZipRecords.h"

namespace tickmark::bundle {
namespace {

/// The first error of any source or of the target: libzip passes on numbers only.
struct FirstError {
    bool set = false;
    Error error{};
    void keep(Error found) {
        if (!set) error = std::move(found);
        set = true;
    }
};

std::int64_t answerError(zip_error_t& failure, void* data, std::uint64_t size) {
    return zip_error_to_data(&failure, data, size);
}

std::int64_t answerStat(void* data, std::uint64_t size) {
    auto* stat = static_cast<zip_stat_t*>(data);
    zip_stat_init(stat);
    stat->size = size;
    stat->valid |= ZIP_STAT_SIZE;
    return sizeof(zip_stat_t);
}

/// One member as libzip asks for it.
class MemberSource {
  public:
    MemberSource(const ZipMember& member, const ZipProgress& progress, std::uint64_t& done, FirstError& first)
        : m_member(member), m_progress(progress), m_done(done), m_first(first) {
        zip_error_init(&m_failure);
    }

    static zip_int64_t answer(void* state, void* data, zip_uint64_t size, zip_source_cmd_t command) {
        return static_cast<MemberSource*>(state)->handle(data, size, command);
    }

  private:
    std::int64_t handle(void* data, std::uint64_t size, zip_source_cmd_t command) {
        const int code = command;
        if (code == ZIP_SOURCE_OPEN) return open();
        if (code == ZIP_SOURCE_READ) return read({static_cast<std::uint8_t*>(data), size});
        if (code == ZIP_SOURCE_CLOSE) m_source.reset();
        if (code == ZIP_SOURCE_STAT) return answerStat(data, m_member.size);
        if (code == ZIP_SOURCE_ERROR) return answerError(m_failure, data, size);
        if (code == ZIP_SOURCE_SUPPORTS) return ZIP_SOURCE_SUPPORTS_READABLE;
        return 0;
    }

    std::int64_t fail(Error error) {
        m_first.keep(std::move(error));
        zip_error_set(&m_failure, ZIP_ER_READ, EIO);
        return -1;
    }

    std::int64_t open() {
        auto source = m_member.open();
        if (!source) return fail(std::move(source).error());
        m_source = *std::move(source);
        m_read = 0;
        return 0;
    }

    std::int64_t read(std::span<std::uint8_t> buffer) {
        const auto count = m_source->read(buffer);
        if (!count) return fail(count.error());
        m_read += *count;
        m_done += *count;
        if (m_read > m_member.size || (*count == 0 && m_read != m_member.size)) {
            Error error;
            error.kind = ErrorKind::Damaged;
            error.type = "object-damaged";
            error.message = "A file no longer has the size it was received with.";
            return fail(std::move(error));
        }
        if (m_progress && !m_progress(m_done))
            return fail(refused("cancelled", "The sealing was cancelled."));
        return static_cast<std::int64_t>(*count);
    }

    const ZipMember& m_member;
    const ZipProgress& m_progress;
    std::uint64_t& m_done;
    FirstError& m_first;
    zip_error_t m_failure{};
    std::unique_ptr<ByteSource> m_source{};
    std::uint64_t m_read = 0;
};

/// The file as libzip writes it, in large steps although libzip gives small ones.
class TargetFile {
  public:
    TargetFile(int descriptor, FirstError& first) : m_descriptor(descriptor), m_first(first) {
        zip_error_init(&m_failure);
        m_buffer.reserve(step);
    }

    static zip_int64_t answer(void* state, void* data, zip_uint64_t size, zip_source_cmd_t command) {
        return static_cast<TargetFile*>(state)->handle(data, size, command);
    }

  private:
    static constexpr std::size_t step = 256 * 1024;

    std::int64_t handle(void* data, std::uint64_t size, zip_source_cmd_t command) {
        const int code = command;
        if (code == ZIP_SOURCE_WRITE) return write({static_cast<const std::uint8_t*>(data), size});
        if (code == ZIP_SOURCE_SEEK_WRITE) return seek(data, size);
        if (code == ZIP_SOURCE_TELL_WRITE) return static_cast<std::int64_t>(m_flushed + m_buffer.size());
        if (code == ZIP_SOURCE_COMMIT_WRITE) return flush() ? 0 : -1;
        if (code == ZIP_SOURCE_STAT) return answerStat(data, 0);
        if (code == ZIP_SOURCE_ERROR) return answerError(m_failure, data, size);
        if (code == ZIP_SOURCE_SUPPORTS) return ZIP_SOURCE_SUPPORTS_WRITABLE;
        return 0;
    }

    bool flush() {
        ByteView rest(m_buffer);
        while (!rest.empty()) {
            const ssize_t count =
                ::pwrite(m_descriptor, rest.data(), rest.size(), static_cast<off_t>(m_flushed));
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) {
                m_first.keep(writeError(errno));
                zip_error_set(&m_failure, ZIP_ER_WRITE, errno);
                return false;
            }
            rest = rest.subspan(static_cast<std::size_t>(count));
            m_flushed += static_cast<std::uint64_t>(count);
        }
        m_buffer.clear();
        return true;
    }

    std::int64_t write(ByteView bytes) {
        m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
        if (m_buffer.size() >= step && !flush()) return -1;
        m_size = std::max(m_size, m_flushed + m_buffer.size());
        return static_cast<std::int64_t>(bytes.size());
    }

    std::int64_t seek(void* data, std::uint64_t size) {
        const std::uint64_t here = m_flushed + m_buffer.size();
        const std::int64_t place = zip_source_seek_compute_offset(here, m_size, data, size, &m_failure);
        if (place < 0 || !flush()) return -1;
        m_flushed = static_cast<std::uint64_t>(place);
        return 0;
    }

    int m_descriptor;
    FirstError& m_first;
    zip_error_t m_failure{};
    Bytes m_buffer{};
    std::uint64_t m_flushed = 0;  ///< where the buffer begins
    std::uint64_t m_size = 0;
};

struct Discard {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
using ArchiveHandle = std::unique_ptr<zip_t, Discard>;

bool addMember(zip_t* archive, const ZipMember& member, MemberSource& state) {
    zip_source_t* source = zip_source_function(archive, &MemberSource::answer, &state);
    if (source == nullptr) return false;
    const zip_int64_t added = zip_file_add(archive, member.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (added < 0) {
        zip_source_free(source);
        return false;
    }
    const auto index = static_cast<zip_uint64_t>(added);
    return zip_set_file_compression(archive, index, ZIP_CM_STORE, 0) == 0 &&
           zip_file_set_dostime(archive, index, zip::fixedTime, zip::fixedDate, 0) == 0 &&
           zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, zip::plainFile) == 0;
}

}  // namespace

Result<void> writeZip(int descriptor, const std::vector<ZipMember>& members, const ZipProgress& progress) {
    FirstError first;
    std::uint64_t done = 0;
    TargetFile target(descriptor, first);
    zip_error_t failure;
    zip_error_init(&failure);
    zip_source_t* file = zip_source_function_create(&TargetFile::answer, &target, &failure);
    if (file == nullptr) return environment("memory", "There is not enough memory to write the bundle.");
    ArchiveHandle archive(zip_open_from_source(file, ZIP_CREATE | ZIP_TRUNCATE, &failure));
    if (archive == nullptr) {
        zip_source_free(file);
        return environment("memory", "There is not enough memory to write the bundle.");
    }
    std::vector<std::unique_ptr<MemberSource>> sources;
    for (const ZipMember& member : members) {
        sources.push_back(std::make_unique<MemberSource>(member, progress, done, first));
        if (!addMember(archive.get(), member, *sources.back())) {
            return internal("An entry could not be added to the bundle.");
        }
    }
    if (zip_close(archive.get()) != 0) {
        return first.set ? std::move(first.error)
                         : environment("file-io", "The bundle could not be written.");
    }
    static_cast<void>(archive.release());  // closing freed it
    return {};
}

}  // namespace tickmark::bundle
