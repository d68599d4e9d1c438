#include "http/pages/HomeParts.h"

#include <array>

#include "http/pages/ListFilters.h"
#include "http/pages/Listing.h"

namespace tickmark::http::pages {

Result<void> putTile(WebApp& web, const domain::Actor& actor, view::Model& tiles, const Tile& tile) {
    std::int64_t number = 0;
    if (tile.number) {
        number = *tile.number;
    } else {
        TM_TRY(number, numberBehind(web, actor, tile.href));
    }
    view::Model& shown = tiles.add("TILE");
    shown.set("HREF", tile.href).set("NUMBER", view::countText(number));
    shown.say("WORD", number == 1 ? tile.one : tile.many).set("TONE", number > 0 ? tile.tone : "");
    if (!tile.glyph.empty() && number > 0) shown.add("HAS_GLYPH").set("GLYPH", tile.glyph);
    return {};
}

std::string addressOf(const app::WaitingItem& item) {
    if (item.thing == "policy") return "/improvement-policy/" + encoded(item.ref);
    return "/" + item.thing + "s/" + encoded(item.ref);
}

void putWaitingRow(view::Model& list, const app::WaitingItem& item, Date today) {
    constexpr std::size_t letters = 90;
    view::Model& row = list.add("WAITING");
    row.set("HREF", addressOf(item)).set("REF", item.ref).set("WHAT", excerpt(item.title, letters));
    row.say("VERB", item.verb);
    if (!item.audit.empty())
        row.add("HAS_AUDIT").set("AUDIT", item.audit).set("AUDIT_HREF", "/audits/" + encoded(item.audit));
    if (!item.finding.empty())
        row.add("HAS_FINDING")
            .set("FINDING", item.finding)
            .set("FINDING_HREF", "/findings/" + encoded(item.finding));
    putStatus(row, "STATUS", item.thing, item.state);
    row.showIf(!item.due.has_value(), "NO_DUE");
    putDue(row, item.due, today);
}

void putKinds(view::Model& model, const app::WaitingView& waiting, const std::string& kind, bool past) {
    struct Kind {
        const char* code = "";
        const char* word = "";
        std::int64_t number = 0;
    };
    const auto& counts = past ? waiting.past : waiting.all;
    const std::array<Kind, 7> kinds{{{"", "Everything", counts.all()},
                                     {"finding", "Findings", counts.findings},
                                     {"action", "Actions", counts.actions},
                                     {"request", "Requests", counts.requests},
                                     {"improvement", "Improvements", counts.improvements},
                                     {"approval", "Approvals", counts.approvals},
                                     {"bundle", "Bundles", counts.bundles}}};
    for (const Kind& one : kinds) {
        if (one.number == 0 && *one.code != '\0' && kind != one.code) continue;
        std::string href = "/waiting";
        if (*one.code != '\0') href += "?kind=" + std::string(one.code);
        if (past) href += std::string(*one.code == '\0' ? "?" : "&") + "past=1";
        model.add("CHIP")
            .set("HREF", href)
            .say("WORD", one.word)
            .set("NUMBER", view::countText(one.number))
            .showIf(kind == one.code, "CHOSEN");
    }
}

std::string sentenceNumber(std::int64_t number) {
    constexpr std::array words{"Nothing", "One",   "Two",  "Three", "Four",   "Five",  "Six",
                               "Seven",   "Eight", "Nine", "Ten",   "Eleven", "Twelve"};
    if (number >= 0 && number < static_cast<std::int64_t>(words.size()))
        return view::said(words.at(static_cast<std::size_t>(number)));
    return view::countText(number);
}

namespace {

/// The digits of a text as a number; nothing else in it counts.
std::size_t firstOf(std::string_view text) {
    std::size_t first = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') first = first * 10 + static_cast<std::size_t>(c - '0');
    }
    return first;
}

std::int64_t countOf(const app::WaitingView::Counts& counts, std::string_view kind) {
    if (kind.empty()) return counts.all();
    if (kind == "finding") return counts.findings;
    if (kind == "action") return counts.actions;
    if (kind == "request") return counts.requests;
    if (kind == "improvement") return counts.improvements;
    return kind == "approval" ? counts.approvals : counts.bundles;
}

std::string addressFrom(const app::WaitingQuestion& question, std::size_t next) {
    std::string address = "/waiting?from=" + std::to_string(next);
    if (question.past) address += "&past=1";
    if (!question.kind.empty()) address += "&kind=" + question.kind;
    return address;
}

Result<Response> showWaiting(WebApp& web, Request& request, const PathParameters&) {
    constexpr std::size_t shown = 100;
    app::WaitingQuestion question;
    question.kind = std::string(request.queryValue("kind"));
    question.past = request.queryValue("past") == "1";
    question.most = shown;
    question.first = firstOf(request.queryValue("from").substr(0, 6));
    const auto found = app::waitingFor(*web.context, callerOf(request).actor, question);
    Frame frame;
    frame.title = view::said("What waits for you");
    frame.section = "/";
    frame.trail = {{"/", "Home"}};
    frame.trailEnd = view::said("Waiting");
    if (!found) {
        frame.error = &found.error();
        frame.status = statusOf(found.error());
    }
    return page(web, request, frame, "pages/waiting.html", [&](view::Model& model) {
        if (!found) return;
        putKinds(model, *found, question.kind, question.past);
        const auto& counts = question.past ? found->past : found->all;
        const std::string& kind = question.kind;
        const std::int64_t count = countOf(counts, kind);
        putCount(model, count, "thing waits", "things wait");
        model.showIf(found->items.empty(), "NOTHING").showIf(question.past, "PAST_ON");
        model.set("KIND", kind);
        if (found->items.empty()) return;
        view::Model& list = model.add("HAS_WAITING");
        for (const auto& item : found->items) putWaitingRow(list, item, web.context->today());
        const std::size_t next = question.first + found->items.size();
        if (static_cast<std::int64_t>(next) < count)
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", addressFrom(question, next));
    });
}

}  // namespace

Result<void> addWaitingPage(Router& router, WebApp& web) {
    return addPage(router, web, "/waiting", "page.waiting", "all", showWaiting);
}

}  // namespace tickmark::http::pages
