// Looking at evidence without downloading it: what kind of look a file allows, and the bytes for it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/EvidenceUse.h"

namespace tickmark::app {

/// How a version can be looked at. Decided by its media type, which was found in its bytes.
enum class PreviewKind {
    None,   ///< of a kind that has no preview, or larger than one may be
    Image,  ///< PNG, JPEG, GIF or WebP, by the browser itself
    Pages,  ///< PDF, page by page, as pictures
    Table,  ///< CSV
    Text,   ///< text, and HTML, SVG and XML as their source
    Words   ///< the words of an office file
};
[[nodiscard]] PreviewKind previewKind(const domain::EvidenceVersion& version);

inline constexpr std::uint64_t previewBytes = 64ULL * 1024 * 1024;  ///< of a file that has a preview
inline constexpr std::uint64_t imageBytes = 32ULL * 1024 * 1024;    ///< of a picture
inline constexpr std::uint64_t imagePixels = 50ULL * 1000 * 1000;   ///< of a picture
inline constexpr std::size_t previewRows = 200;                     ///< of a table
inline constexpr std::size_t previewText = 200'000;                 ///< bytes of text that are shown
inline constexpr int previewPages = 100;                            ///< of a PDF, from its first

/// One look, ready to be shown.
struct Preview {
    domain::EvidenceVersion version{};
    PreviewKind kind = PreviewKind::None;
    std::string mediaType{};                        ///< of `picture`
    std::string picture{};                          ///< Image: the file; Pages: the page as PNG
    int page = 0;                                   ///< Pages: the one that is shown, from 1
    int pages = 0;                                  ///< Pages: of the whole document
    std::string text{};                             ///< Text and Words: UTF-8 without control characters
    std::vector<std::vector<std::string>> table{};  ///< Table: the header and at most previewRows rows
    bool isCut = false;                             ///< the file has more than this shows
};

/// Reads the version as downloadEvidence does: the same right, the whole object proved against its digest,
/// quarantined when it is damaged. It is an entry of custody (evidence.download with the fact as=preview),
/// but looks of one person at one version within fifteen minutes, and after a download, are one reading and
/// one entry. `reader` is tickmark-extract (empty: beside this program). Errors: as downloadEvidence; Refused
/// "no-preview" with the reason; NotFound "no-page"; Throttled "preview-busy".
[[nodiscard]] Result<Preview> previewEvidence(Context& context, const domain::Actor& actor,
                                              const VersionName& name, int page,
                                              const std::filesystem::path& reader = {});

}  // namespace tickmark::app
