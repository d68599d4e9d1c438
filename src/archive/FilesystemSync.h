// Syncs of one filesystem that several threads ask for at the same time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>

#include "archive/FdHandle.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

/// A sync covers everybody who asked before it began, so threads that ask at the same time share one.
///
/// The kernel tells a failed write once to each descriptor that syncs (syncfs(2)). One descriptor serves all
/// here, so who wrote before a failure that another one was told of must be told too: everybody takes a mark
/// before the first write and brings it along.
class FilesystemSync {
  public:
    using Mark = std::uint64_t;

    /// `folder` lies on the filesystem.
    explicit FilesystemSync(FdHandle folder) noexcept : m_folder(std::move(folder)) {}

    [[nodiscard]] Mark mark();
    /// Everything written before the call is durable. Errors: Environment "archive-io" / "disk-full" when
    /// anything on the filesystem could not be written since the mark.
    [[nodiscard]] Result<void> sync(Mark since);

  private:
    FdHandle m_folder;
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::uint64_t m_begun = 0;
    std::uint64_t m_ended = 0;  ///< less than m_begun while one runs
    Mark m_failures = 0;
    std::optional<Error> m_error{};
};

}  // namespace tickmark::archive
