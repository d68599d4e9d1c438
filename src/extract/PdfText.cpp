// PDF (ISO 32000), read by poppler.
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-global.h>
#include <poppler/cpp/poppler-page.h>

#include <climits>
#include <memory>
#include <string>

#include "extract/Readers.h"

namespace tickmark::extract {
namespace {

/// The outcome says what there is to say.
void keepSilent(const std::string&, void*) {}

}  // namespace

Result<void> readPdf(std::string_view bytes, Words& words) {
    if (bytes.size() > static_cast<std::size_t>(INT_MAX)) return brokenDocument("a PDF");
    poppler::set_debug_error_function(keepSilent, nullptr);
    const std::unique_ptr<poppler::document> document(
        poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document) return brokenDocument("a PDF");
    if (document->is_locked()) {
        return invalid("locked-document", {}, "The PDF wants a password before it shows its text.",
                       "Hand in a copy without a password.");
    }
    for (int number = 0; number < document->pages() && !words.isFull(); ++number) {
        const std::unique_ptr<poppler::page> page(document->create_page(number));
        if (!page) continue;
        const poppler::byte_array text = page->text().to_utf8();
        words.add({text.data(), text.size()});
        words.newLine();
    }
    return {};
}

}  // namespace tickmark::extract
