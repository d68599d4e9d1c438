#include "http/pages/PreviewPanel.h"

#include <algorithm>
#include <charconv>

#include "http/download/PreviewFile.h"
#include "tickmark/app/Preview.h"

namespace tickmark::http::pages {
namespace {

using app::PreviewKind;

/// The whole number from 1 that the text is, or 0.
int numberFrom(std::string_view text) {
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::max(number, 0) : 0;
}

int pageAsked(const Request& request) {
    const std::string_view text = request.queryValue("page");
    return text.empty() ? 1 : numberFrom(text);
}

std::string noteOf(const app::Preview& preview) {
    if (preview.kind == PreviewKind::Pages && preview.isCut)
        return "The preview shows the first " + std::to_string(app::previewPages) + " pages of " +
               view::countText(preview.pages) + ".";
    if (preview.kind == PreviewKind::Words) return "The words of the document, without its looks.";
    if (!preview.table.empty() && preview.isCut)
        return "The first " + view::countText(static_cast<std::int64_t>(preview.table.size()) - 1) +
               " rows. Nothing is computed: a formula is shown as its text.";
    if (!preview.table.empty()) return "Nothing is computed: a formula is shown as its text.";
    return preview.isCut ? "The first part of the file." : "";
}

void putTurn(view::Model& panel, const app::Preview& preview, const std::string& own) {
    if (preview.kind != PreviewKind::Pages) return;
    const int last = std::min(preview.pages, app::previewPages);
    view::Model& turn = panel.add("TURN");
    turn.set("PAGE_NUMBER", std::to_string(preview.page)).set("PAGE_COUNT", view::countText(preview.pages));
    const auto page = [&](int number) { return own + "&page=" + std::to_string(number) + "#preview"; };
    turn.setIf("EARLIER", preview.page > 1 ? page(preview.page - 1) : std::string());
    turn.setIf("LATER", preview.page < last ? page(preview.page + 1) : std::string());
}

Result<Response> showPreview(WebApp& web, Request& request, const PathParameters& parameters) {
    app::VersionName name{domain::EvidenceRef(std::string(parameters.at("ref"))), 0};
    name.number = numberFrom(parameters.at("number"));
    if (name.number < 1) return notFound("this version of the evidence");
    TM_TRY(const app::Preview preview,
           app::previewEvidence(*web.context, callerOf(request).actor, name, pageAsked(request)));
    return previewFile(preview);
}

}  // namespace

bool putPreview(WebApp& web, const Request& request, view::Model& model,
                const domain::EvidenceVersion& version) {
    if (app::previewKind(version) == PreviewKind::None) return false;
    const std::string evidence = "/evidence/" + encoded(version.ref.text());
    const std::string number = std::to_string(version.number);
    const std::string own = evidence + "?preview=" + number;
    if (numberFrom(request.queryValue("preview")) != version.number) {
        model.add("LOOK").set("LOOK_HREF", own + "#preview");
        return false;
    }
    view::Model& panel = model.include("PREVIEW", "parts/preview.html");
    panel.set("NUMBER", number).set("CLOSE_HREF", evidence + "#v" + number);
    const auto preview = app::previewEvidence(*web.context, callerOf(request).actor,
                                              {version.ref, version.number}, pageAsked(request));
    if (!preview) {
        panel.add("REFUSAL").say("MESSAGE", preview.error().message).say("FIX", preview.error().fix);
        return false;
    }
    const bool isPicture = preview->kind == PreviewKind::Image || preview->kind == PreviewKind::Pages;
    const std::string page = preview->kind == PreviewKind::Pages ? std::to_string(preview->page) : "";
    view::Model& shown = panel.add(isPicture ? "PICTURE" : "FRAME");
    shown.set("PREVIEW_SRC", evidence + "/v/" + number + "/preview" + (page.empty() ? "" : "?page=" + page));
    shown.say("PREVIEW_ALT", (page.empty() ? "Content of " : "Page " + page + " of ") + version.originalName);
    panel.sayIf("NOTE", noteOf(*preview));
    putTurn(panel, *preview, own);
    return !isPicture;
}

Result<void> addPreviewPages(Router& router, WebApp& web) {
    return addPage(router, web, "/evidence/{ref}/v/{number}/preview", "page.evidence-preview",
                   "LA AU PO AO IM TM XA", showPreview);
}

}  // namespace tickmark::http::pages
