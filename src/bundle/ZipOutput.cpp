#include "bundle/ZipOutput.h"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>

#include "bundle/OutputFile.h"

namespace tickmark::bundle {
namespace {

constexpr std::size_t gathered = std::size_t{1} << 20U;
constexpr std::size_t largeWrite = std::size_t{128} << 10U;  ///< worth a call of its own
constexpr std::uint64_t writebackStep = 8ULL << 20U;

Result<void> writeAt(int descriptor, std::uint64_t offset, ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return writeError(count == 0 ? EIO : errno);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

}  // namespace

ZipOutput::ZipOutput(int descriptor, std::uint64_t start)
    : m_descriptor(descriptor),
      m_flushed(start),
      m_settled(start),
      m_startedWrite(start),
      m_digest(descriptor) {
    m_buffer.reserve(gathered + largeWrite);
    m_digest.reached(start);
}

Result<void> ZipOutput::write(ByteView bytes) {
    TM_CHECK(writeAt(m_descriptor, m_flushed, bytes));
    m_flushed += bytes.size();
    m_digest.reached(std::min(m_settled, m_flushed));
    startWriteback();
    return {};
}

// The disk works while the rest is still being read, so that the final sync has little left to wait for. A
// file system that cannot do it loses nothing but time.
void ZipOutput::startWriteback() {
    if (m_flushed - m_startedWrite < writebackStep) return;
    static_cast<void>(::sync_file_range(m_descriptor, static_cast<off_t>(m_startedWrite),
                                        static_cast<off_t>(m_flushed - m_startedWrite),
                                        SYNC_FILE_RANGE_WRITE));
    m_startedWrite = m_flushed;
}

Result<void> ZipOutput::flush() {
    if (!m_buffer.empty()) {
        TM_CHECK(write(m_buffer));
        m_buffer.clear();
    }
    m_digest.reached(std::min(m_settled, m_flushed));
    return {};
}

Result<void> ZipOutput::append(ByteView bytes) {
    if (bytes.size() >= largeWrite) {
        TM_CHECK(flush());
        return write(bytes);
    }
    m_buffer.insert(m_buffer.end(), bytes.begin(), bytes.end());
    if (m_buffer.size() >= gathered) return flush();
    return {};
}

Result<void> ZipOutput::patch(std::uint64_t offset, ByteView bytes) {
    if (offset < m_flushed) {
        TM_CHECK(flush());
        return writeAt(m_descriptor, offset, bytes);
    }
    std::copy(bytes.begin(), bytes.end(), m_buffer.begin() + static_cast<std::ptrdiff_t>(offset - m_flushed));
    return {};
}

void ZipOutput::settle() {
    m_settled = position();
    m_digest.reached(std::min(m_settled, m_flushed));
}

}  // namespace tickmark::bundle
