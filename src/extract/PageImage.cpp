#include "tickmark/extract/PageImage.h"

#include <png.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-image.h>
#include <poppler/cpp/poppler-page-renderer.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "extract/Readers.h"

namespace tickmark::extract {
namespace {

constexpr double usualResolution = 110;

void keepSilent(const std::string&, void*) {}

/// Dots per inch at which the page fits the limits.
double resolutionFor(const poppler::rectf& size, const PageLimits& limits) {
    const double width = std::max(size.width(), 1.0) / 72;
    const double height = std::max(size.height(), 1.0) / 72;
    return std::min({usualResolution, limits.width / width, limits.height / height});
}

Result<std::string> pngOf(const poppler::image& image) {
    png_image out{};
    out.version = PNG_IMAGE_VERSION;
    out.width = static_cast<png_uint_32>(image.width());
    out.height = static_cast<png_uint_32>(image.height());
    out.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    const char* const pixels = image.const_data();
    const int stride = image.bytes_per_row();
    if (png_image_write_to_memory(&out, nullptr, &size, 0, pixels, stride, nullptr) == 0)
        return brokenDocument("a PDF");
    std::string png(size, '\0');
    if (png_image_write_to_memory(&out, png.data(), &size, 0, pixels, stride, nullptr) == 0)
        return brokenDocument("a PDF");
    png.resize(size);
    return png;
}

Result<std::unique_ptr<poppler::document>> opened(std::string_view bytes, const PageLimits& limits) {
    if (bytes.size() > limits.input || bytes.size() > static_cast<std::size_t>(INT_MAX)) {
        return Error{ErrorKind::TooLarge,
                     "document-too-large",
                     "The file is too large for a preview.",
                     {},
                     {},
                     {},
                     {}};
    }
    poppler::set_debug_error_function(keepSilent, nullptr);
    std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return brokenDocument("a PDF");
    if (document->is_locked()) {
        return invalid("locked-document", {}, "The PDF wants a password before it shows its pages.",
                       "Hand in a copy without a password.");
    }
    return document;
}

}  // namespace

Result<PageImage> pageImage(std::string_view bytes, int number, const PageLimits& limits) {
    TM_TRY(const auto document, opened(bytes, limits));
    PageImage result;
    result.pages = document->pages();
    if (number < 1 || number > result.pages) {
        return Error{ErrorKind::NotFound,
                     "no-page",
                     "The document has no page " + std::to_string(number) + ".",
                     {},
                     {},
                     {},
                     {}};
    }
    const std::unique_ptr<poppler::page> page(document->create_page(number - 1));
    if (!page) return brokenDocument("a PDF");
    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing |
                              poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(poppler::image::format_rgb24);
    const double resolution = resolutionFor(page->page_rect(), limits);
    const poppler::image image = renderer.render_page(page.get(), resolution, resolution);
    // Rounded up by a pixel at most; anything else is not what was asked for.
    const bool fits = image.is_valid() && image.width() <= std::max(limits.width, limits.height) + 1 &&
                      image.height() <= std::max(limits.width, limits.height) + 1;
    if (!fits) return brokenDocument("a PDF");
    TM_TRY(result.png, pngOf(image));
    return result;
}

}  // namespace tickmark::extract
