// One page of a PDF as a picture, for previews. Runs in a process of its own, as DocumentText does.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tickmark/foundation/Result.h"

namespace tickmark::extract {

struct PageLimits {
    std::size_t input = 64UL * 1024 * 1024;  ///< bytes of the file
    int width = 1000;                        ///< pixels at most; the page is made smaller to fit
    int height = 1400;
};

struct PageImage {
    std::string png{};
    int pages = 0;  ///< of the whole document
};

/// Page `number`, from 1, as PNG. Nothing in the document is run and nothing it refers to is fetched. Errors:
/// Invalid "broken-document", "locked-document"; NotFound "no-page"; TooLarge "document-too-large".
[[nodiscard]] Result<PageImage> pageImage(std::string_view bytes, int number, const PageLimits& limits);

}  // namespace tickmark::extract
