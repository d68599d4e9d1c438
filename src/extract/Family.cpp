#include "extract/Family.h"

#include <array>

#include "tickmark/extract/DocumentText.h"

namespace tickmark::extract {
namespace {

constexpr std::array<std::string_view, 6> officeTypes{
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation"};

}  // namespace

Family familyOf(std::string_view mediaType) {
    mediaType = mediaType.substr(0, mediaType.find(';'));
    for (const std::string_view office : officeTypes) {
        if (mediaType == office) return Family::Office;
    }
    if (mediaType == "application/pdf") return Family::Pdf;
    if (mediaType == "text/html" || mediaType == "application/xhtml+xml") return Family::Html;
    if (mediaType == "application/xml" || mediaType == "text/xml" || mediaType == "image/svg+xml")
        return Family::Xml;
    if (mediaType.starts_with("text/") || mediaType == "application/json" || mediaType == "message/rfc822")
        return Family::Plain;
    return Family::None;
}

// Apart from the readers, so that the server asks without loading them.
bool hasText(std::string_view mediaType) { return familyOf(mediaType) != Family::None; }

}  // namespace tickmark::extract
