// Keeps the cleaning up of unfinished bundles away from a sealing that is still at work in another process.
#pragma once

#include <filesystem>

#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// A lock on the folder of bundles itself, so that no file is needed for it; the kernel lets go of it when
/// the process dies.
class SealLock {
  public:
    /// Held while a bundle is written and entered. Errors: Environment "file-io".
    [[nodiscard]] static Result<SealLock> shared(const std::filesystem::path& folder);
    /// For cleaning up; not `held()` while anybody seals.
    [[nodiscard]] static Result<SealLock> tryAlone(const std::filesystem::path& folder);
    [[nodiscard]] bool held() const noexcept { return m_descriptor >= 0; }

    SealLock(SealLock&& other) noexcept;
    SealLock& operator=(SealLock&&) = delete;
    SealLock(const SealLock&) = delete;
    SealLock& operator=(const SealLock&) = delete;
    ~SealLock();

  private:
    explicit SealLock(int descriptor) : m_descriptor(descriptor) {}
    int m_descriptor;
};

}  // namespace tickmark::app
