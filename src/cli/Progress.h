// A progress bar on standard error for work that takes longer than a second, when a person watches.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tickmark::cli {

/// Draws "label  42 %  1.2 GiB of 2.9 GiB" over itself; draws nothing in the first second or without a
/// terminal. Removes its line when it goes.
class Progress {
  public:
    explicit Progress(std::string label);
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();
    /// `all` 0 means unknown.
    void show(std::uint64_t done, std::uint64_t all);

  private:
    std::string m_label;
    bool m_watched;
    bool m_drawn = false;
    std::chrono::steady_clock::time_point m_started;
    std::chrono::steady_clock::time_point m_last;
};

}  // namespace tickmark::cli
