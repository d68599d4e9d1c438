// An upload that is looked at and forgotten.
#pragma once

#include <cstdint>
#include <filesystem>
#include <utility>

#include "tickmark/app/Context.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::http {

/// Bytes on the data directory's disk under no name: the file is unlinked before the first byte is written,
/// so nothing stays behind, whatever happens to the process.
class StagedFile {
  public:
    /// Takes the source whole. Errors: the source's own; TooLarge "over-cap"; Environment "disk-full" when
    /// the reserve of the settings would be touched; Environment "file-io".
    [[nodiscard]] static Result<StagedFile> take(const app::Context& context, ByteSource& source,
                                                 std::uint64_t cap);
    StagedFile(StagedFile&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) {}
    StagedFile& operator=(StagedFile&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;
    ~StagedFile();

    /// Opens the same bytes as long as this lives.
    [[nodiscard]] std::filesystem::path path() const;

  private:
    explicit StagedFile(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor = -1;
};

}  // namespace tickmark::http
