#include "cli/Progress.h"

#include <unistd.h>

#include <iostream>

#include "cli/Command.h"

namespace tickmark::cli {
namespace {

constexpr auto quietTime = std::chrono::seconds(1);
constexpr auto redrawTime = std::chrono::milliseconds(100);

}  // namespace

Progress::Progress(std::string label)
    : m_label(std::move(label)),
      m_watched(isatty(STDERR_FILENO) != 0),
      m_started(std::chrono::steady_clock::now()),
      m_last(m_started) {}

Progress::~Progress() {
    if (m_drawn) std::cerr << "\r\033[K" << std::flush;
}

void Progress::show(std::uint64_t done, std::uint64_t all) {
    if (!m_watched) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_started < quietTime || now - m_last < redrawTime) return;
    m_last = now;
    m_drawn = true;
    std::cerr << "\r\033[K" << m_label << "  ";
    if (all > 0)
        std::cerr << done * 100 / all << " %  " << sizeText(done) << " of " << sizeText(all);
    else
        std::cerr << sizeText(done);
    std::cerr << std::flush;
}

}  // namespace tickmark::cli
