// Files that arrive in pieces, until the archive takes them: FOLDER/<name>.part.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

/// One unfinished file, open for writing at its end. Errors of all: Environment "disk-full" / "file-io".
class PartFile {
  public:
    PartFile(PartFile&& other) noexcept;
    PartFile& operator=(PartFile&& other) noexcept;
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile();

    /// Appends; the bytes are not durable yet.
    [[nodiscard]] Result<void> write(ByteView bytes);
    /// Makes everything written so far durable. A failure is final: nothing may be acknowledged after it.
    [[nodiscard]] Result<void> sync() const;
    /// Forgets everything behind this length.
    [[nodiscard]] Result<void> cutTo(std::uint64_t length);

  private:
    friend class PartFiles;
    PartFile(int descriptor, std::uint64_t length) : m_descriptor(descriptor), m_length(length) {}

    int m_descriptor = -1;
    std::uint64_t m_length = 0;
    std::uint64_t m_started = 0;  ///< up to where the kernel was told to begin writing out
};

/// The folder of all unfinished files (0700, files 0600). Names are given by the caller: lower-case letters
/// and digits only; any other name is Internal.
class PartFiles {
  public:
    explicit PartFiles(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// A new empty file whose name is durable; makes the folder when it is missing. Errors: Conflict
    /// "exists"; Environment "disk-full" / "file-io".
    [[nodiscard]] Result<void> create(std::string_view name) const;
    /// Opens a file of which so many bytes are known to be durable and cuts off what may stand behind them.
    /// Errors: NotFound "part-missing" when it is not there, Damaged "part-damaged" when it is shorter.
    [[nodiscard]] Result<PartFile> open(std::string_view name, std::uint64_t durable) const;
    /// Where its bytes lie, for reading.
    [[nodiscard]] std::filesystem::path pathOf(std::string_view name) const;
    /// Removes it; one that is not there is no error.
    [[nodiscard]] Result<void> remove(std::string_view name) const;
    /// The names of all files, sorted; none when the folder is missing.
    [[nodiscard]] Result<std::vector<std::string>> names() const;

  private:
    std::filesystem::path m_folder;
};

}  // namespace tickmark::archive
