// One step for many rows of a list: what would happen, then what happened.
#include <charconv>

#include "http/pages/BulkSteps.h"
#include "http/pages/ListTools.h"
#include "tickmark/http/server/Form.h"

namespace tickmark::http::pages {
namespace {

constexpr std::string_view changers = "LA AU PO AO IM";

std::string addressOf(const ListFace& face, const std::string& ref) {
    // A version of evidence is shown with its siblings.
    return std::string(face.path) + "/" + encoded(ref.substr(0, ref.find('/')));
}

/// "F-0001:7"
Result<app::BulkItem> itemOf(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    app::BulkItem item;
    if (colon != std::string::npos) {
        item.ref = text.substr(0, colon);
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data() + colon + 1, end, item.rev);
        if (read.ec == std::errc{} && read.ptr == end) return item;
    }
    return invalid("item", "item", "A row was named in a way that is not understood.",
                   "Go back to the list and choose the rows there.");
}

/// What was chosen: the ticked rows, all of the page, or all that fit the filter.
Result<std::vector<app::BulkItem>> chosen(WebApp& web, const Request& request, const Form& form,
                                          app::BulkKind kind) {
    std::vector<app::BulkItem> items;
    const std::string which = form.text("which");
    if (which == "matching") {
        Request asked;
        asked.context = request.context;
        TM_TRY(asked.query, parseUrlEncoded(form.text("filter")));
        bool more = false;
        TM_TRY(items, matchingItems(web, asked, kind, app::largestBulk, more));
        if (!more) return items;
        return invalid("too-many", "which",
                       "More than " + std::to_string(app::largestBulk) +
                           " fit the filter; one step takes at most that many.",
                       "Narrow the filter, or do it in several steps.");
    }
    for (const std::string& text : form.all(which == "page" ? "shown" : "item")) {
        TM_TRY(app::BulkItem item, itemOf(text));
        items.push_back(std::move(item));
    }
    return items;
}

Result<app::BulkOrder> orderOf(WebApp& web, const Request& request, const Form& form, const ListFace& face) {
    app::BulkOrder order;
    order.kind = face.kind;
    order.dryRun = form.text("sure") != "1";
    TM_CHECK(readBulkStep(form.text("do"), order));
    order.owner = form.text("owner");
    order.reason = form.text("reason");
    order.evidence = form.words("evidence");
    TM_TRY(order.due, form.date("due"));
    TM_TRY(order.items, chosen(web, request, form, face.kind));
    return order;
}

std::string backTo(const ListFace& face, const Form& form) {
    const std::string filter = form.text("filter");
    return std::string(face.path) + (filter.empty() ? "" : "?" + filter);
}

std::string plural(const ListFace& face, std::size_t number) {
    return view::countText(static_cast<std::int64_t>(number)) + " " +
           view::said(number == 1 ? face.one : face.many);
}

void putRefused(view::Model& row, const ListFace& face, const std::string& ref, const Error& refusal) {
    const bool hidden = refusal.kind == ErrorKind::Internal;
    row.set("REF", ref).say("WHY", hidden ? "The server could not do this." : refusal.message);
    row.sayIf("FIX", refusal.fix);
    for (const Error& part : refusal.parts) row.add("PART").say("TEXT", part.message);
    if (refusal.kind == ErrorKind::NotFound)
        row.show("NO_LINK");
    else
        row.add("LINK").set("HREF", addressOf(face, ref));
}

void putOutcomes(view::Model& model, const ListFace& face, const app::BulkReport& report) {
    view::Model* refused = nullptr;
    view::Model* done = nullptr;
    for (const app::BulkOutcome& outcome : report.outcomes) {
        if (outcome.refusal) {
            if (refused == nullptr) refused = &model.add("HAS_REFUSED");
            putRefused(refused->add("REFUSED"), face, outcome.ref, *outcome.refusal);
            continue;
        }
        if (done == nullptr) done = &model.add("HAS_DONE");
        view::Model& row = done->add("DONE");
        row.set("REF", outcome.ref).set("HREF", addressOf(face, outcome.ref));
        if (face.thing != "lesson") putStatus(row, "STATUS", face.thing, outcome.state);
    }
}

/// What the first form said, said again with the rows that can go.
void putConfirm(view::Model& model, const Request& request, const Form& form, const app::BulkOrder& order,
                const app::BulkReport& report) {
    if (!report.dryRun || report.done == 0) return;
    view::Model& confirm = model.add("CONFIRM");
    confirm.set("CSRF", callerOf(request).csrf);
    confirm.set("KIND", std::string(app::toText(order.kind))).set("DO", form.text("do"));
    confirm.set("OWNER", order.owner).set("DUE", order.due ? order.due->iso() : "");
    confirm.set("REASON", order.reason).set("EVIDENCE", form.text("evidence"));
    confirm.set("FILTER", form.text("filter"));
    confirm.set("BUTTON", view::said("Do it for {}", {plural(listFace(order.kind), report.done)}));
    for (std::size_t i = 0; i < report.outcomes.size(); ++i) {
        if (report.outcomes[i].refusal) continue;
        const app::BulkItem& item = order.items[i];
        confirm.add("ITEM").set("ITEM", item.ref + ":" + std::to_string(item.rev));
    }
}

std::string headline(const ListFace& face, const app::BulkReport& report) {
    const std::string done = plural(face, report.done);
    const std::string all = view::countText(static_cast<std::int64_t>(report.outcomes.size()));
    if (report.dryRun) return view::said("It would change {} of {}", {done, all});
    return view::said("Changed {} of {}", {done, all});
}

Response refusedPage(WebApp& web, Request& request, const ListFace& face, const Form& form,
                     const Error& error) {
    Frame frame;
    frame.title = view::said("Change several at once");
    frame.section = std::string(face.path);
    frame.error = &error;
    frame.status = statusOf(error);
    return page(web, request, frame, "pages/bulk.html", [&](view::Model& model) {
        model.say("HEADLINE", "Nothing was changed").set("BACK", backTo(face, form));
    });
}

Result<Response> bulk(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const auto kind = app::bulkKindFrom(form.text("kind"));
    const ListFace* face = kind ? &listFace(*kind) : nullptr;
    if (face == nullptr || face->kind != *kind) {
        return invalid("unknown-word", "kind", "There is no list of that kind.",
                       "Choose the rows in their list.");
    }
    const auto order = orderOf(web, request, form, *face);
    if (!order) return refusedPage(web, request, *face, form, order.error());
    const auto report = app::changeMany(*web.context, callerOf(request).actor, *order);
    if (!report) return refusedPage(web, request, *face, form, report.error());
    Frame frame;
    frame.title = headline(*face, *report);
    frame.section = std::string(face->path);
    return page(web, request, frame, "pages/bulk.html", [&](view::Model& model) {
        model.set("HEADLINE", headline(*face, *report)).set("BACK", backTo(*face, form));
        view::Model& told = model.add("TOLD");
        told.say("STEP", bulkStepLabel(*order)).setIf("REASON_TEXT", order->reason);
        told.showIf(report->dryRun, "DRY").showIf(!report->dryRun, "REAL");
        putConfirm(told, request, form, *order, *report);
        putOutcomes(told, *face, *report);
    });
}

}  // namespace

Result<void> addBulkPages(Router& router, WebApp& web) {
    return addForm(router, web, "/bulk", "form.bulk", std::string(changers), bulk);
}

}  // namespace tickmark::http::pages
