// The SHA-256 of a file that is still being written, taken from what really lies in the file.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::bundle {

/// Follows the writer on a thread of its own: reads back what will not change any more and hashes it.
class FileDigest {
  public:
    /// The descriptor must be readable and stay open.
    explicit FileDigest(int descriptor);
    ~FileDigest();
    FileDigest(const FileDigest&) = delete;
    FileDigest& operator=(const FileDigest&) = delete;

    /// Every byte before `end` is in the file for good.
    void reached(std::uint64_t end);
    /// Bytes hashed so far.
    [[nodiscard]] std::uint64_t hashed() const noexcept { return m_hashed; }
    /// The digest of the first `size` bytes, which are in the file for good. Asks `goesOn` now and then while
    /// it waits. Errors: Environment "file-io"; Refused "cancelled" when `goesOn` says no.
    [[nodiscard]] Result<Digest> finish(std::uint64_t size, const std::function<bool()>& goesOn);

  private:
    void run();
    [[nodiscard]] Result<Digest> hashAll();
    [[nodiscard]] std::optional<std::uint64_t> waitFor(std::uint64_t more);

    int m_descriptor;
    std::mutex m_mutex{};
    std::condition_variable m_changed{};
    std::uint64_t m_reached = 0;
    bool m_whole = false;  ///< nothing comes behind m_reached
    bool m_stop = false;
    std::optional<Result<Digest>> m_result{};
    std::atomic<std::uint64_t> m_hashed = 0;
    std::jthread m_thread{};
};

}  // namespace tickmark::bundle
