#include "tickmark/foundation/RelativePath.h"

namespace tickmark {
namespace {

Error badPath(std::string message) { return invalid("path", "", std::move(message)); }

}  // namespace

Result<RelativePath> RelativePath::parse(std::string_view text) {
    if (text.empty()) return badPath("A path must not be empty.");
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20U || byte == 0x7FU) return badPath("A path must not hold a control character.");
        if (c == '\\' || c == ':') return badPath("A path must not hold a backslash or a colon.");
    }
    std::string_view rest = text;
    while (true) {
        const auto slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        if (segment.empty() || segment == "." || segment == "..") {
            return badPath("A path must not hold an empty, '.' or '..' segment.");
        }
        if (slash == std::string_view::npos) break;
        rest = rest.substr(slash + 1);
    }
    return RelativePath(std::string(text));
}

}  // namespace tickmark
