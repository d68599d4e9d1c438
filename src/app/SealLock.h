// Keeps the cleaning up of unfinished bundles away from a sealing that is still at work in another process.
#pragma once

#include <filesystem>
#include <functional>

#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// A lock on the folder of bundles itself, so that no file is needed for it; the kernel lets go of it when
/// the process dies.
class SealLock {
  public:
    /// Held while a bundle is written and entered. Errors: Environment "file-io".
    [[nodiscard]] static Result<SealLock> shared(const std::filesystem::path& folder);
    /// The turn to seal: held alone from the decision which earlier bundles a new one names until it is
    /// entered, so that of two sealings at once, in whatever process, the later one knows the earlier one.
    /// Taken on another folder than the locks around it: signing a finished bundle does not wait for a
    /// sealing. `goOn` is asked while it waits. Errors: Environment "file-io"; Refused "cancelled".
    [[nodiscard]] static Result<SealLock> turn(const std::filesystem::path& folder,
                                               const std::function<bool()>& goOn);
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
