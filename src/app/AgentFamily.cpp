// Which program signed in, told roughly: enough to recognise one's own, not enough to follow anybody.
#include <array>

#include "tickmark/app/Accounts.h"

namespace tickmark::app {
namespace {

struct Sign {
    std::string_view mark{};
    std::string_view word{};
};

/// The first that fits: browsers name those they descend from, so the more special come first.
constexpr std::array<Sign, 6> families{{{"Edg/", "Edge"},
                                        {"OPR/", "Opera"},
                                        {"Firefox/", "Firefox"},
                                        {"Chrome/", "Chrome"},
                                        {"Safari/", "Safari"},
                                        {"curl/", "curl"}}};
constexpr std::array<Sign, 6> systems{{{"Android", "Android"},
                                       {"iPhone", "iPhone"},
                                       {"iPad", "iPad"},
                                       {"Windows", "Windows"},
                                       {"Mac OS X", "macOS"},
                                       {"Linux", "Linux"}}};

template <std::size_t size>
std::string_view firstIn(const std::array<Sign, size>& signs, std::string_view text) {
    for (const Sign& sign : signs) {
        if (text.find(sign.mark) != std::string_view::npos) return sign.word;
    }
    return {};
}

}  // namespace

std::string agentFamily(std::string_view userAgent) {
    const std::string_view family = firstIn(families, userAgent);
    if (family.empty()) return "another program";
    const std::string_view system = firstIn(systems, userAgent);
    if (system.empty()) return std::string(family);
    return std::string(family) + " on " + std::string(system);
}

}  // namespace tickmark::app
