// Where objects grow before they are published: ROOT/tmp/stage-<16 hex digits>/<number>.part.
//
// Each open store that writes has such folders, one for each thread that makes files (threads that make files
// in the same folder wait for each other), and holds a flock(2) on each for as long as it lives. The kernel
// drops the lock when the process ends, however it ends; so a folder whose lock can be had was left by a
// crash, and a folder of a living process (another command on the same archive) is never touched. Making and
// locking a folder happens under a lock on ROOT/tmp, as does the removal, so a folder is never seen between
// the two.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "archive/FdHandle.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::archive {

class StagingArea {
  public:
    /// `tmp` is ROOT/tmp and outlives the area.
    explicit StagingArea(const FdHandle& tmp) noexcept : m_tmp(tmp) {}
    StagingArea(const StagingArea&) = delete;
    StagingArea& operator=(const StagingArea&) = delete;
    /// Removes its own folder, which is empty by then.
    ~StagingArea();

    /// Removes what crashed processes left: files named <number>.part in folders named stage-<16 hex digits>
    /// that nobody holds. Anything else stays.
    [[nodiscard]] Result<void> removeStale() const;

    /// The descriptor of its own folder, made at the first call.
    [[nodiscard]] Result<int> folder();
    /// A name that no other file in that folder has.
    [[nodiscard]] std::string nextName();

    [[nodiscard]] static bool isFolderName(std::string_view name) noexcept;
    [[nodiscard]] static bool isFileName(std::string_view name) noexcept;

  private:
    [[nodiscard]] Result<void> make();
    void removeIfStale(const std::string& name) const;

    const FdHandle& m_tmp;
    std::mutex m_making{};
    FdHandle m_folder{};
    std::string m_name{};
    std::atomic<std::uint64_t> m_next{0};
};

/// The areas of one store.
class StagingAreas {
  public:
    static constexpr std::size_t count = 4;

    explicit StagingAreas(FdHandle tmp) noexcept : m_tmp(std::move(tmp)) {}
    [[nodiscard]] StagingArea& at(std::size_t thread) noexcept { return m_areas[thread % count]; }
    [[nodiscard]] Result<void> removeStale() const { return m_areas.front().removeStale(); }

  private:
    FdHandle m_tmp;
    std::array<StagingArea, count> m_areas{StagingArea(m_tmp), StagingArea(m_tmp), StagingArea(m_tmp),
                                           StagingArea(m_tmp)};
};

}  // namespace tickmark::archive
