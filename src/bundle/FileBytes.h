// A bundle's file, read at given places and never beyond its end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// An open file. readAt() may be called from several threads.
class FileBytes {
  public:
    /// Errors: NotFound "file", Environment "file-io" (also when it is no plain file).
    [[nodiscard]] static Result<FileBytes> open(const std::filesystem::path& path);
    /// Takes over an open descriptor.
    [[nodiscard]] static Result<FileBytes> adopt(int descriptor);
    ~FileBytes();
    FileBytes(FileBytes&& other) noexcept;
    FileBytes& operator=(FileBytes&& other) noexcept;

    [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
    /// Stays the object's own.
    [[nodiscard]] int descriptor() const noexcept { return m_descriptor; }
    /// Fills the buffer with the bytes from `offset`. Errors: Environment "file-io", also when the file ends
    /// before.
    [[nodiscard]] Result<void> readAt(std::uint64_t offset, std::span<std::uint8_t> buffer) const;

  private:
    FileBytes(int descriptor, std::uint64_t size) : m_descriptor(descriptor), m_size(size) {}
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

}  // namespace tickmark::bundle
