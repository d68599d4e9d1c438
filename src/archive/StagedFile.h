// One object on its way in: a file that vanishes unless it is published.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "archive/FdHandle.h"
#include "archive/StagingArea.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

class StagedFile {
  public:
    /// A new empty file, read-only for everybody else from its first moment (0400).
    [[nodiscard]] static Result<StagedFile> createIn(StagingArea& area);

    /// The same file under a second name, in the area; nothing when it lies on another filesystem or the
    /// filesystem has no second names.
    [[nodiscard]] static Result<std::optional<StagedFile>> linkIn(StagingArea& area,
                                                                  const std::filesystem::path& path);

    StagedFile() = default;
    StagedFile(StagedFile&& other) noexcept;
    StagedFile& operator=(StagedFile&& other) noexcept;
    StagedFile(const StagedFile&) = delete;
    StagedFile& operator=(const StagedFile&) = delete;
    ~StagedFile() { discard(); }

    /// Open for writing until close().
    [[nodiscard]] int fd() const noexcept { return m_fd.get(); }
    /// Compares what the filesystem holds with the bytes that were written, and sets the mode where a umask
    /// changed it.
    [[nodiscard]] Result<void> checkWhole(std::uint64_t size) const;
    /// Ends writing. Errors: what a filesystem tells only now.
    [[nodiscard]] Result<void> close();

    /// Moves it to its final name; false when that name is taken (then it is still staged).
    [[nodiscard]] Result<bool> moveTo(int folder, const char* name);

  private:
    void discard() noexcept;

    int m_folder = -1;  // the staging area's, which outlives every file in it
    std::string m_name{};
    FdHandle m_fd{};
};

/// A staged file whose content is known.
struct StagedObject {
    StagedFile file{};
    Digest digest{};
    std::uint64_t size = 0;
};

}  // namespace tickmark::archive
