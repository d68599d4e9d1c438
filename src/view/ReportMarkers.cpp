#include "view/ReportMarkers.h"

#include <algorithm>

namespace tickmark::view {
namespace {

bool isName(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

MarkerKind kindOf(char sign) {
    if (sign == '#') return MarkerKind::Open;
    if (sign == '/') return MarkerKind::Close;
    if (sign == '>') return MarkerKind::Include;
    if (sign == '!') return MarkerKind::Comment;
    if (sign == '%') return MarkerKind::Pragma;
    if (sign == '=') return MarkerKind::Delimiters;
    return MarkerKind::Text;
}

void read(std::string_view inside, Marker& marker) {
    marker.kind = inside.empty() ? MarkerKind::Broken : kindOf(inside.front());
    if (marker.kind == MarkerKind::Broken) return;
    if (marker.kind != MarkerKind::Text) inside.remove_prefix(1);
    const bool named = marker.kind == MarkerKind::Text || marker.kind == MarkerKind::Open ||
                       marker.kind == MarkerKind::Close || marker.kind == MarkerKind::Include;
    const auto colon = named ? inside.find(':') : std::string_view::npos;
    marker.name = std::string(inside.substr(0, colon));
    if (colon != std::string_view::npos) marker.modifiers = std::string(inside.substr(colon));
    if (named && !isName(marker.name)) marker.kind = MarkerKind::Broken;
}

}  // namespace

std::vector<Marker> markersIn(std::string_view text) {
    std::vector<Marker> markers;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (std::size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
        Marker marker;
        line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                                    text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        counted = at;
        marker.begin = at;
        marker.line = line;
        const auto end = text.find("}}", at + 2);
        if (end == std::string_view::npos) {
            marker.kind = MarkerKind::Broken;
            marker.name = std::string(text.substr(at, 20));
            marker.end = text.size();
            markers.push_back(std::move(marker));
            break;
        }
        marker.end = end + 2;
        read(text.substr(at + 2, end - at - 2), marker);
        at = marker.end;
        markers.push_back(std::move(marker));
    }
    return markers;
}

std::string partFile(std::string_view include) {
    std::string file(include);
    for (char& c : file) {
        if (c == '_') c = '-';
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return file + ".html";
}

}  // namespace tickmark::view
