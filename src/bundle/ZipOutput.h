// A zip as it grows: bytes behind one another, with early writing to the disk and the digest behind it.
#pragma once

#include <cstdint>
#include <string_view>

#include "bundle/FileDigest.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Writes behind one another from `start` on; what stands before is taken as it is. Small writes are
/// gathered. Errors of all: Environment "file-io" / "disk-full".
class ZipOutput {
  public:
    /// The descriptor must be open for reading and writing and stay open.
    ZipOutput(int descriptor, std::uint64_t start);

    [[nodiscard]] std::uint64_t position() const noexcept { return m_flushed + m_buffer.size(); }
    [[nodiscard]] Result<void> append(ByteView bytes);
    /// Writes over bytes that were appended before. They must not be settled.
    [[nodiscard]] Result<void> patch(std::uint64_t offset, ByteView bytes);
    /// Everything up to here will stay as it is, so that it may be hashed.
    void settle();
    [[nodiscard]] Result<void> flush();
    /// Of the whole file; flush() must have been called. See FileDigest::finish().
    [[nodiscard]] Result<Digest> digest(const std::function<bool()>& goesOn) {
        return m_digest.finish(m_flushed, goesOn);
    }
    [[nodiscard]] std::uint64_t hashed() const noexcept { return m_digest.hashed(); }

  private:
    [[nodiscard]] Result<void> write(ByteView bytes);
    void startWriteback();

    int m_descriptor;
    Bytes m_buffer{};
    std::uint64_t m_flushed;       ///< where the buffer begins
    std::uint64_t m_settled;       ///< before this nothing changes any more
    std::uint64_t m_startedWrite;  ///< before this the kernel was told to write to the disk
    FileDigest m_digest;
};

}  // namespace tickmark::bundle
