#include "bundle/AppendedFile.h"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <system_error>

#include "bundle/OutputFile.h"

namespace tickmark::bundle {
namespace {

Error cancelled() { return refused("cancelled", "The work was cancelled."); }

/// Copies the first `size` bytes inside the kernel, which shares the blocks where the file system can.
class PrefixCopy {
  public:
    PrefixCopy(int from, int to, std::uint64_t size) : m_from(from), m_to(to), m_size(size) {}

    Result<void> run(const AppendOptions& options) {
        while (m_done < m_size) {
            TM_TRY(const std::uint64_t count, step());
            m_done += count;
            if (options.progress && !options.progress(m_done, m_size)) return cancelled();
        }
        return {};
    }

  private:
    static constexpr std::uint64_t longestStep = 16ULL << 20U;

    Result<std::uint64_t> step() {
        const std::uint64_t wanted = std::min(longestStep, m_size - m_done);
        auto from = static_cast<off_t>(m_done);
        auto to = static_cast<off_t>(m_done);
        if (m_inKernel) {
            const ssize_t count = ::copy_file_range(m_from, &from, m_to, &to, wanted, 0);
            if (count > 0) return static_cast<std::uint64_t>(count);
            // Not every pair of file systems can; those copy through memory.
            const bool unable = count == 0 || errno == EXDEV || errno == EINVAL || errno == ENOSYS ||
                                errno == EOPNOTSUPP || errno == EPERM;
            if (!unable && errno != EINTR) return writeError(errno);
            m_inKernel = !unable;
            return std::uint64_t{0};
        }
        return throughMemory(wanted);
    }

    Result<std::uint64_t> throughMemory(std::uint64_t wanted) {
        m_buffer.resize(std::min<std::uint64_t>(wanted, 1U << 20U));
        const ssize_t taken = ::pread(m_from, m_buffer.data(), m_buffer.size(), static_cast<off_t>(m_done));
        if (taken <= 0) return environment("file-io", "The bundle cannot be read.");
        const ssize_t put =
            ::pwrite(m_to, m_buffer.data(), static_cast<std::size_t>(taken), static_cast<off_t>(m_done));
        if (put <= 0) return writeError(put == 0 ? EIO : errno);
        return static_cast<std::uint64_t>(put);
    }

    int m_from;
    int m_to;
    std::uint64_t m_size;
    std::uint64_t m_done = 0;
    bool m_inKernel = true;
    Bytes m_buffer{};
};

bool isSameFile(const std::filesystem::path& in, const std::filesystem::path& out) {
    std::error_code missing;
    return std::filesystem::equivalent(in, out, missing) && !missing;
}

Result<void> checkNewLayout(const OutputFile& output) {
    TM_TRY(const auto file, FileBytes::open("/proc/self/fd/" + std::to_string(output.descriptor())));
    TM_TRY(const ZipLayout layout, readZipLayout(file));
    auto faults = layout.faults;
    if (faults.empty()) faults = orderOf(layout.entries).faults;
    if (faults.empty()) return {};
    return internal("The new file breaks a rule at " + faults.front().place + ": " + faults.front().message);
}

}  // namespace

Result<AppendedBundle> writeAddition(const AppendableBundle& bundle, const std::filesystem::path& in,
                                     const std::filesystem::path& out, const Addition& addition,
                                     const AppendOptions& options) {
    std::vector<ZipEntry> entries = bundle.layout().entries;
    std::uint64_t kept = bundle.layout().directory;
    if (addition.replacesLast) {
        kept = entries.back().offset;
        entries.pop_back();
    }
    TM_TRY(OutputFile output, OutputFile::createFor(out));
    TM_CHECK(PrefixCopy(bundle.file().descriptor(), output.descriptor(), kept).run(options));
    AppendedBundle made;
    {
        ZipOutput zip(output.descriptor(), kept);
        TM_CHECK(appendMembers(zip, entries, addition.members));
        TM_CHECK(appendDirectory(zip, entries));
        made.size = zip.position();
        TM_TRY(made.digest,
               zip.digest([&] { return !options.progress || options.progress(zip.hashed(), made.size); }));
    }
    TM_CHECK(checkNewLayout(output));
    TM_CHECK(checkWithLibzip(output.descriptor(), entries));
    for (const SmallMember& member : addition.members) made.entries.push_back(member.name);
    TM_CHECK(isSameFile(in, out) ? output.publishInPlace() : output.publish());
    return made;
}

}  // namespace tickmark::bundle
