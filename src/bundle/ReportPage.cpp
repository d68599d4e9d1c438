#include "bundle/ReportPage.h"

#include "bundle/ReportPageParts.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle {
namespace page {
namespace {

/// Nothing may be loaded and nothing may run; of styles only the one whose digest stands here counts.
std::string policy() {
    const Digest digest = crypto::Sha256::of(styleSheet());
    return "default-src 'none'; style-src 'sha256-" + toBase64(digest.bytes()) +
           "'; base-uri 'none'; form-action 'none'";
}

}  // namespace

void begin(Markup& out, const std::string& title) {
    out.raw("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n");
    out.raw("<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
    out.raw(policy()).raw("\"/>\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    out.element("title", title);
    out.raw("<style>").raw(styleSheet()).raw("</style>\n</head>\n").open("body").open("main");
}

void end(Markup& out, const Content& content) {
    out.close("main").open("footer");
    out.element("p", "Written by " + content.product + " from the state of " + momentOf(content.snapshotAt) +
                         ". This page shows what data/manifest.json says; the manifest counts.");
    out.close("footer").raw("</body>\n</html>\n");
}

}  // namespace page

std::string reportPage(const Content& content) {
    page::Writing writing(content);
    Markup& out = writing.out;
    const std::string title = content.bundle.title.empty() ? content.audit.title : content.bundle.title;
    page::begin(out, content.bundle.ref.text() + " " + title);
    page::summary(writing);
    page::charts(writing);
    page::findings(writing);
    page::improvements(writing);
    page::measurements(writing);
    page::requests(writing);
    page::evidence(writing);
    page::howToVerify(writing);
    page::end(out, content);
    return out.take();
}

}  // namespace tickmark::bundle
