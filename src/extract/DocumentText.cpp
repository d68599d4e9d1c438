#include "tickmark/extract/DocumentText.h"

#include "extract/Family.h"
#include "extract/Readers.h"

namespace tickmark::extract {
namespace {

Result<void> read(Family family, std::string_view bytes, const TextLimits& limits, Words& words) {
    switch (family) {
        case Family::Plain:
            return readPlain(bytes, words);
        case Family::Html:
            return readHtml(bytes, words);
        case Family::Xml:
            return readXml(bytes, words);
        case Family::Pdf:
            return readPdf(bytes, words);
        case Family::Office:
            return readOffice(bytes, limits, words);
        case Family::None:
            break;
    }
    return invalid("no-text", {}, "Files of this kind hold no words that are read.");
}

}  // namespace

Error brokenDocument(std::string_view what) {
    return invalid("broken-document", {}, "The file does not read as " + std::string(what) + ".",
                   "Open it with the program that wrote it and save it again.");
}

Result<DocumentText> documentText(std::string_view bytes, std::string_view mediaType,
                                  const TextLimits& limits) {
    if (bytes.size() > limits.input) {
        return Error{ErrorKind::TooLarge,
                     "document-too-large",
                     "The file is over " + std::to_string(limits.input / (1024UL * 1024)) + " MiB.",
                     {},
                     {},
                     {},
                     {}};
    }
    Words words(limits.output);
    TM_CHECK(read(familyOf(mediaType), bytes, limits, words));
    return words.take();
}

}  // namespace tickmark::extract
