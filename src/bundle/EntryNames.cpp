#include "bundle/EntryNames.h"

#include <algorithm>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::bundle::entry {
namespace {

int groupOf(std::string_view name) noexcept {
    if (name == mimetype) return 0;
    if (isMeta(name)) return 1;
    return isPayload(name) ? 3 : 2;
}

std::optional<std::string> brokenSegmentRule(std::string_view segment) {
    if (segment.empty()) return "a name must not have an empty segment";
    if (segment == "." || segment == "..") return "a name must not climb with '.' or '..'";
    if (segment.front() == ' ') return "a segment must not begin with a space";
    if (segment.back() == ' ' || segment.back() == '.') return "a segment must not end with a space or dot";
    return std::nullopt;
}

}  // namespace

bool comesBefore(std::string_view a, std::string_view b) noexcept {
    const int left = groupOf(a);
    const int right = groupOf(b);
    return left != right ? left < right : a < b;
}

std::optional<std::string> brokenNameRule(std::string_view name) {
    if (name.empty() || name.size() > 255) return "a name must have 1 to 255 bytes";
    for (const char c : name) {
        if (c < ' ' || c > '~') return "a name must be printable ASCII";
        if (std::string_view("\\:*?\"<>|%").find(c) != std::string_view::npos) {
            return std::string("a name must not hold '") + c + "'";
        }
    }
    std::string_view rest = name;
    while (true) {
        const auto slash = rest.find('/');
        if (auto broken = brokenSegmentRule(rest.substr(0, slash))) return broken;
        if (slash == std::string_view::npos) return std::nullopt;
        rest = rest.substr(slash + 1);
    }
}

std::optional<std::uint64_t> limitOf(std::string_view name) noexcept {
    constexpr std::uint64_t kibi = 1024;
    constexpr std::uint64_t mebi = 1024 * kibi;
    if (name == mimetype) return 64;
    if (name == signature) return mebi;
    if (name == asicManifest || name == payloadManifest || name == tagManifest) return 4 * mebi;
    if (name == manifest) return 16 * mebi;
    if (name == trail || name == entryProofs) return 64 * mebi;
    if (name == bagIt || name == bagInfo || name == root) return 64 * kibi;
    if (name == checkpoint || name == seal || name == sealProof) return 64 * kibi;
    return std::nullopt;
}

bool isKnown(std::string_view name) noexcept {
    return name == root || name.starts_with(evidenceFolder) ||
           std::find(required.begin(), required.end(), name) != required.end();
}

std::string shown(std::string_view name) {
    constexpr std::size_t longest = 120;
    std::string text;
    for (const char c : name.substr(0, longest)) {
        if (c >= ' ' && c <= '~') {
            text += c;
        } else {
            const auto byte = static_cast<std::uint8_t>(c);
            text += "\\x" + toHex(ByteView(&byte, 1));
        }
    }
    return name.size() > longest ? text + "..." : text;
}

}  // namespace tickmark::bundle::entry
