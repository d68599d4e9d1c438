// Large sources: the calling thread reads, one thread hashes, one writes, all on the same buffers.
#pragma once

#include "archive/BufferRing.h"
#include "archive/Intake.h"

namespace tickmark::archive {

class IntakePipeline {
  public:
    /// `fd` is the empty file to write.
    explicit IntakePipeline(int fd) noexcept : m_fd(fd) {}

    /// Moves everything; `first` holds the first intakeStep bytes. Returns the digest of what was written.
    [[nodiscard]] Result<Digest> run(CheckedSource& source, Buffer first);

  private:
    [[nodiscard]] static Result<void> readAll(CheckedSource& source, BufferRing& ring);
    void hashAll(BufferRing& ring);
    void writeEverything(BufferRing& ring) const;
    [[nodiscard]] Result<void> startWriteback(std::uint64_t from, std::uint64_t to) const;

    int m_fd;
    Digest m_digest{};
};

}  // namespace tickmark::archive
