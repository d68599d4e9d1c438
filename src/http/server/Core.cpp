#include "http/server/Core.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>
#include <random>

namespace tickmark::http {
namespace {

std::string hexOf(std::uint64_t number) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    return {digits.data(), end};
}

}  // namespace

Core::Core(ServerOptions options, Router router)
    : m_options(std::move(options)), m_router(std::move(router)), m_life(hexOf(std::random_device{}())) {}

std::string Core::nextId() {
    return m_life + '-' + hexOf(m_lastId.fetch_add(1, std::memory_order_relaxed) + 1);
}

void Core::log(std::string_view requestId, std::string_view text) const noexcept {
    if (!m_options.hooks.log) return;
    try {
        m_options.hooks.log(requestId, text);
    } catch (...) {  // NOLINT(bugprone-empty-catch): a log that fails has nowhere to say so
    }
}

std::uint64_t Core::mostStreaming() const noexcept { return std::max(1U, m_options.threads * 3U / 4U); }

}  // namespace tickmark::http
