#include "http/download/PreviewFile.h"

#include "tickmark/crypto/Sha256.h"
#include "tickmark/view/Page.h"

namespace tickmark::http {
namespace {

constexpr std::string_view shutIn =
    "sandbox; default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/// Without the style sheets of the pages: a document that has no origin may not load them.
constexpr std::string_view style =
    ":root{color-scheme:light dark}body{margin:12px;font:14px/1.5 system-ui,sans-serif}"
    "pre{margin:0;font:13px/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}"
    "table{border-collapse:collapse}th,td{border:1px solid GrayText;padding:4px 8px;text-align:left;"
    "vertical-align:top;max-width:28em;overflow-wrap:break-word;unicode-bidi:isolate}"
    "th{position:sticky;top:0;background:Canvas}";

std::string policyOfText() {
    return std::string(shutIn) + "; style-src 'sha256-" + toBase64(crypto::Sha256::of(style).bytes()) + "'";
}

void putTable(view::Model& model, const std::vector<std::vector<std::string>>& rows) {
    view::Model& table = model.add("TABLE");
    for (const std::string& cell : rows.front()) table.add("COLUMN").set("CELL", cell);
    for (std::size_t at = 1; at < rows.size(); ++at) {
        view::Model& row = table.add("ROW");
        for (const std::string& cell : rows[at]) row.add("VALUE").set("CELL", cell);
    }
}

Result<Response> textFile(const app::Preview& preview) {
    view::Model model;
    if (preview.table.empty())
        model.add("PLAIN").set("TEXT", preview.text);
    else
        putTable(model, preview.table);
    TM_TRY(const std::string inside, view::render("parts/preview-text.html", model));
    std::string html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Preview</title><style>";
    html += style;
    html += "</style></head><body>" + inside + "</body></html>\n";
    return htmlResponse(std::move(html)).set("Content-Security-Policy", policyOfText());
}

}  // namespace

Result<Response> previewFile(const app::Preview& preview) {
    const bool isPicture = preview.kind == app::PreviewKind::Image || preview.kind == app::PreviewKind::Pages;
    if (!isPicture) return textFile(preview);
    Response response;
    response.body = preview.picture;
    response.set("Content-Type", preview.mediaType)
        .set("Content-Disposition", "inline")
        .set("Content-Security-Policy", shutIn)
        .set("X-Content-Type-Options", "nosniff")
        .set("Cross-Origin-Resource-Policy", "same-origin");
    return response;
}

}  // namespace tickmark::http
