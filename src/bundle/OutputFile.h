// A file that appears under its name only when it is whole and durable.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Opened in the target's folder without a name where the file system can do that (nothing is left even by a
/// crash), otherwise under a temporary name that is removed unless publish() succeeds.
class OutputFile {
  public:
    /// Errors: Environment "file-io".
    [[nodiscard]] static Result<OutputFile> createFor(const std::filesystem::path& target);
    ~OutputFile();
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;

    [[nodiscard]] int descriptor() const noexcept { return m_descriptor; }
    /// Syncs, gives the file its name (an existing one is never replaced) and syncs the folder. Errors:
    /// Conflict "bundle-file", Environment "file-io" / "disk-full".
    [[nodiscard]] Result<void> publish();
    /// As publish(), but takes the place of the file that has the name: as a whole, or not at all.
    [[nodiscard]] Result<void> publishInPlace();

  private:
    explicit OutputFile(std::filesystem::path target) : m_target(std::move(target)) {}
    [[nodiscard]] Result<void> nameTemporarily();
    [[nodiscard]] Result<void> linkTo(const std::filesystem::path& name);
    [[nodiscard]] Result<void> syncFolder() const;

    std::filesystem::path m_target;
    std::filesystem::path m_temporary{};  ///< empty when the file has no name yet
    int m_descriptor = -1;
};

/// Environment "disk-full" or "file-io" by errno.
[[nodiscard]] Error writeError(int code);

}  // namespace tickmark::bundle
