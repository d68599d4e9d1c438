#include "bundle/FileDigest.h"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <chrono>

#include "bundle/OutputFile.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Bytes.h"

namespace tickmark::bundle {
namespace {

constexpr std::size_t step = std::size_t{512} << 10U;

/// Fills the buffer from the file. Errors: Environment "file-io".
Result<void> readBack(int descriptor, std::uint64_t offset, std::span<std::uint8_t> buffer) {
    while (!buffer.empty()) {
        const ssize_t count = ::pread(descriptor, buffer.data(), buffer.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return writeError(count == 0 ? EIO : errno);
        offset += static_cast<std::uint64_t>(count);
        buffer = buffer.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

}  // namespace

FileDigest::FileDigest(int descriptor) : m_descriptor(descriptor) {
    m_thread = std::jthread([this] { run(); });
}

FileDigest::~FileDigest() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
}

void FileDigest::reached(std::uint64_t end) {
    {
        const std::lock_guard lock(m_mutex);
        m_reached = std::max(m_reached, end);
    }
    m_changed.notify_all();
}

/// Waits until more than `more` bytes are there, or the file is whole; nothing when nobody wants the digest.
std::optional<std::uint64_t> FileDigest::waitFor(std::uint64_t more) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_stop || m_whole || m_reached > more; });
    if (m_stop) return std::nullopt;
    return m_reached;
}

Result<Digest> FileDigest::hashAll() {
    crypto::Sha256 hash;
    Bytes buffer(step);
    std::uint64_t done = 0;
    while (true) {
        const auto end = waitFor(done);
        if (!end) return refused("cancelled", "The work was cancelled.");
        if (*end == done) return hash.finish();
        const auto piece = std::span(buffer).first(std::min<std::uint64_t>(step, *end - done));
        TM_CHECK(readBack(m_descriptor, done, piece));
        hash.update(piece);
        done += piece.size();
        m_hashed = done;
    }
}

void FileDigest::run() {
    auto result = hashAll();
    {
        const std::lock_guard lock(m_mutex);
        m_result = std::move(result);
    }
    m_changed.notify_all();
}

Result<Digest> FileDigest::finish(std::uint64_t size, const std::function<bool()>& goesOn) {
    std::unique_lock lock(m_mutex);
    m_reached = size;
    m_whole = true;
    m_changed.notify_all();
    while (
        !m_changed.wait_for(lock, std::chrono::milliseconds(50), [this] { return m_result.has_value(); })) {
        lock.unlock();
        if (!goesOn()) return refused("cancelled", "The work was cancelled.");
        lock.lock();
    }
    return *std::move(m_result);
}

}  // namespace tickmark::bundle
