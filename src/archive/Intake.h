// Takes one source in: counts and checks what arrives, hashes and writes the very same buffers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "archive/StagedFile.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::archive {

/// The step in which sources are read, hashed and written. Sources that fit in one step need no threads.
constexpr std::size_t intakeStep = std::size_t{1} << 20;

/// A buffer whose memory is not touched before it is used.
using Buffer = std::unique_ptr<std::uint8_t[]>;
[[nodiscard]] inline Buffer makeBuffer(std::size_t size) {
    return std::make_unique_for_overwrite<std::uint8_t[]>(size);
}

/// Reads a source as far as its expectation allows, and reports progress.
class CheckedSource {
  public:
    CheckedSource(ByteSource& source, const PutExpectation& expected) noexcept
        : m_source(source), m_expected(expected) {}

    /// Reads until the buffer is full or the source ends; fewer bytes than asked for mean the end. Errors:
    /// the source's own, TooLarge "over-cap", Invalid "too-long", and at the end Invalid "truncated".
    [[nodiscard]] Result<std::size_t> fill(std::span<std::uint8_t> buffer);
    /// Errors: Invalid "digest-mismatch".
    [[nodiscard]] Result<void> compare(const Digest& digest) const;

    [[nodiscard]] std::uint64_t taken() const noexcept { return m_taken; }
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

  private:
    [[nodiscard]] Result<void> checkCount() const;
    [[nodiscard]] Result<void> end();
    void report(bool last);

    ByteSource& m_source;
    const PutExpectation& m_expected;
    std::uint64_t m_taken = 0;
    std::uint64_t m_reported = 0;
    bool m_ended = false;
};

/// Refuses before a byte is read what was declared larger than allowed.
[[nodiscard]] Result<void> checkDeclared(const PutExpectation& expected);
/// Errors: Invalid "digest-mismatch".
[[nodiscard]] Result<void> compareDigest(const PutExpectation& expected, const Digest& digest);

/// Stages a source whole: written, counted, compared, not yet synced, still open.
[[nodiscard]] Result<StagedObject> stage(StagingArea& area, ByteSource& source,
                                         const PutExpectation& expected);

/// Goes on with a source of which the first intakeStep bytes lie in `first` (which is full) and more may
/// follow.
[[nodiscard]] Result<StagedObject> stageLarge(StagingArea& area, CheckedSource& source, Buffer first);

/// Writes content that is in memory whole and has this digest.
[[nodiscard]] Result<StagedObject> stageSmall(StagingArea& area, ByteView content, const Digest& digest);

}  // namespace tickmark::archive
