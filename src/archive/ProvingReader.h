// Reads a stored object and proves it on the way.
#pragma once

#include "archive/ObjectFolders.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::archive {

class ProvingReader final : public ObjectReader {
  public:
    ProvingReader(OpenObject object, const Digest& digest);

    [[nodiscard]] std::uint64_t size() const override { return m_size; }
    /// The read that would return 0 compares digest and size first: Damaged "object-damaged".
    [[nodiscard]] Result<std::size_t> read(std::span<std::uint8_t> buffer) override;

  private:
    [[nodiscard]] Result<std::size_t> readOn(std::span<std::uint8_t> buffer);
    [[nodiscard]] Result<std::size_t> atEnd();

    enum class Verdict { Open, Whole, Damaged, Unreadable };

    FdHandle m_fd;
    std::uint64_t m_size = 0;
    std::uint64_t m_taken = 0;
    Digest m_digest;
    crypto::Sha256 m_hash{};
    Verdict m_verdict = Verdict::Open;
};

/// Reads the object to its end in big steps.
[[nodiscard]] Result<void> proveObject(OpenObject object, const Digest& digest);

}  // namespace tickmark::archive
