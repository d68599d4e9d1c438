// One search over findings, actions, evidence with its words, improvement items and lessons.
#include "http/pages/Page.h"
#include "tickmark/app/Search.h"

namespace tickmark::http::pages {
namespace {

using storage::SearchKind;

constexpr std::size_t hitsOfEach = 10;
constexpr std::size_t hitsOfOne = 50;

struct KindWords {
    std::string_view title;
    std::string_view folder;
};

KindWords wordsOf(SearchKind kind) {
    switch (kind) {
        case SearchKind::Finding:
            return {"Findings", "/findings/"};
        case SearchKind::Evidence:
            return {"Evidence", "/evidence/"};
        case SearchKind::Action:
            return {"Actions", "/actions/"};
        case SearchKind::Improvement:
            return {"Improvements", "/improvements/"};
        case SearchKind::Lesson:
            return {"Lessons", "/lessons/"};
    }
    return {};
}

/// The text in pieces: what matched is marked, the rest stands as it is.
void putPieces(view::Model& model, std::string_view section, std::string_view text) {
    bool marked = false;
    while (!text.empty()) {
        const char stop = marked ? storage::matchEnds : storage::matchBegins;
        const std::size_t end = text.find(stop);
        const std::string_view piece = text.substr(0, end);
        if (!piece.empty()) model.add(section).setIf(marked ? "FOUND" : "PLAIN", std::string(piece));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
        marked = !marked;
    }
}

/// Evidence is shown with all its versions on one page: "E-0117/v1" leads to E-0117.
std::string hrefOf(SearchKind kind, const std::string& ref) {
    return std::string(wordsOf(kind).folder) + encoded(ref.substr(0, ref.find('/')));
}

void putGroup(view::Model& model, const app::SearchGroup& group, const std::string& typed) {
    view::Model& shown = model.add("GROUP");
    shown.say("NAME", std::string(wordsOf(group.kind).title));
    shown.showIf(group.hits.empty(), "NONE");
    for (const storage::SearchHit& hit : group.hits) {
        view::Model& row = shown.add("HIT");
        row.set("HREF", hrefOf(group.kind, hit.ref)).set("REF", hit.ref);
        putPieces(row, "TITLE_PIECE", hit.title);
        if (hit.passage != hit.title) putPieces(row, "PIECE", hit.passage);
    }
    if (group.next.empty()) return;
    shown.add("MORE").set("HREF", "/search?q=" + encoded(typed) +
                                      "&kind=" + std::string(storage::toText(group.kind)) +
                                      "&after=" + encoded(group.next));
}

Result<Response> searchPage(WebApp& web, Request& request, const PathParameters&) {
    const std::string typed(request.queryValue("q"));
    const auto kind = storage::searchKindFrom(request.queryValue("kind"));
    const storage::PageRequest wanted{kind ? hitsOfOne : hitsOfEach,
                                      std::string(request.queryValue("after"))};
    const bool asked = !typed.empty();
    auto groups = asked ? app::search(*web.context, callerOf(request).actor, typed, kind, wanted)
                        : Result<std::vector<app::SearchGroup>>(std::vector<app::SearchGroup>());
    Frame frame;
    frame.title = view::said(typed.empty() ? "Search" : "Search: " + typed);
    frame.section = "/search";
    frame.error = groups ? nullptr : &groups.error();
    frame.status = groups ? 200 : statusOf(groups.error());
    return page(web, request, frame, "pages/search.html", [&](view::Model& model) {
        model.set("Q", typed).set("KIND", kind ? std::string(storage::toText(*kind)) : "");
        model.showIf(kind.has_value(), "ONE_KIND");
        if (!groups) return;
        for (const app::SearchGroup& group : *groups) putGroup(model, group, typed);
    });
}

}  // namespace

Result<void> addSearchPages(Router& router, WebApp& web) {
    return addPage(router, web, "/search", "page.search", "LA AU PO AO IM TM XA", searchPage);
}

}  // namespace tickmark::http::pages
