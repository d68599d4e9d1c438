// Making a data directory beside its place and moving it there in one step.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// The path without trailing separators, so that a name beside it can be formed.
[[nodiscard]] std::filesystem::path withoutTrailingSlash(const std::filesystem::path& path);

/// True when there is nothing, or an empty folder.
[[nodiscard]] bool isFree(const std::filesystem::path& path);

/// A folder that only its owner may enter. Errors: Environment "file-io".
[[nodiscard]] Result<void> makePrivateFolder(const std::filesystem::path& folder);

/// A folder ROOT.partial that becomes ROOT, or goes with everything in it. An earlier one of that name, left
/// by a crash, is removed first.
class StagedFolder {
  public:
    [[nodiscard]] static Result<StagedFolder> besides(const std::filesystem::path& root);
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return m_staging; }
    /// Everything written below is made durable, then the folder gets its name (an empty folder of that name
    /// is replaced), then the name is made durable. Errors: Environment "file-io", "disk-full".
    [[nodiscard]] Result<void> putInPlace();

    StagedFolder(StagedFolder&& other) noexcept;
    StagedFolder& operator=(StagedFolder&&) = delete;
    StagedFolder(const StagedFolder&) = delete;
    StagedFolder& operator=(const StagedFolder&) = delete;
    ~StagedFolder();

  private:
    explicit StagedFolder(std::filesystem::path root);
    std::filesystem::path m_root;
    std::filesystem::path m_staging;
};

}  // namespace tickmark::app
