#include "bundle/LinkTarget.h"

#include <vector>

namespace tickmark::bundle {
namespace {

bool hasScheme(std::string_view href) {
    const auto colon = href.find(':');
    return colon != std::string_view::npos && href.substr(0, colon).find('/') == std::string_view::npos;
}

unsigned hexDigit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10U;
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
    return 16U;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool encoded = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) < 16U &&
                             hexDigit(text[i + 2]) < 16U;
        if (!encoded) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(hexDigit(text[i + 1]) * 16U + hexDigit(text[i + 2]));
        i += 2;
    }
    return out;
}

/// Appends the segments of a path; false when it climbs above the top.
bool walk(std::vector<std::string_view>& at, std::string_view path) {
    while (!path.empty()) {
        const auto slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (segment == "..") {
            if (at.empty()) return false;
            at.pop_back();
        } else if (segment != ".") {
            at.push_back(segment);
        }
    }
    return true;
}

}  // namespace

std::optional<std::string> linkTarget(std::string_view from, std::string_view href) {
    href = href.substr(0, href.find_first_of("?#"));
    if (href.empty() || href.front() == '/' || hasScheme(href)) return std::nullopt;
    std::vector<std::string_view> segments;
    const auto folder = from.rfind('/');
    if (folder != std::string_view::npos && !walk(segments, from.substr(0, folder))) return std::nullopt;
    if (!walk(segments, href)) return std::nullopt;
    std::string path;
    for (const std::string_view segment : segments)
        path.append(path.empty() ? "" : "/").append(decoded(segment));
    return path;
}

}  // namespace tickmark::bundle
