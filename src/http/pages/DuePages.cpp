// My due list, and how I am reminded: a calendar feed at a secret address, a daily digest by mail.
#include "http/pages/People.h"
#include "tickmark/app/DueList.h"
#include "tickmark/app/Reminders.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t shownOfAKind = 200;

void putItem(view::Model& row, const app::DueItem& item, Date today) {
    row.set("HREF", item.path()).set("REF", item.ref).set("WHAT", item.title).say("VERB", item.verb);
    if (!item.audit.empty())
        row.add("IN_AUDIT").set("AUDIT", item.audit).set("AUDIT_HREF", "/audits/" + encoded(item.audit));
    putDue(row, item.due, today);
}

void putKind(view::Model& model, const app::DueList& list, app::DueKind kind) {
    const auto& count = list.countOf(kind);
    if (count.all == 0) return;
    view::Model& group = model.add("GROUP");
    group.say("NAME", std::string(app::titleOf(kind))).set("ALL", view::countText(count.all));
    group.set("OVERDUE", view::countText(count.overdue));
    std::int64_t shown = 0;
    for (const app::DueItem& item : list.items) {
        if (item.kind != kind) continue;
        putItem(group.add("ITEM"), item, list.today);
        ++shown;
    }
    if (count.all == shown) return;
    group.add("MORE").say("TEXT", view::countText(count.all - shown) + " later ones are not shown.");
}

void putReminders(view::Model& model, const app::ReminderView& view, const std::string& typed) {
    model.set("MAIL", typed);
    model.showIf(!view.mailConfigured, "NO_MAIL_SERVER");
    if (view.feedSince)
        model.add("HAS_FEED").setTime("SINCE", *view.feedSince);
    else
        model.show("NO_FEED");
}

Result<Response> duePage(WebApp& web, Request& request, const std::string* typed, const Error* error) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::DueList list, app::dueList(*web.context, actor, shownOfAKind));
    TM_TRY(const app::ReminderView reminders, app::showReminders(*web.context, actor));
    Frame frame;
    frame.title = view::said("My due list");
    frame.section = "/";
    frame.trail = {{"/", "Home"}};
    frame.trailEnd = frame.title;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    if (request.queryValue("kept") == "1") frame.notice = view::said("Kept.");
    return page(web, request, frame, "pages/due.html", [&](view::Model& model) {
        const auto count = list.count();
        model.set("OVERDUE", view::countText(count.overdue)).set("SOON", view::countText(count.soon));
        model.set("ALL", view::countText(count.all)).showIf(count.all == 0, "NOTHING");
        for (const app::DueKind kind : app::dueKinds) putKind(model, list, kind);
        putReminders(model, reminders, typed == nullptr ? reminders.mail : *typed);
    });
}

Result<Response> showDue(WebApp& web, Request& request, const PathParameters&) {
    return duePage(web, request, nullptr, nullptr);
}

Result<Response> setMail(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const std::string typed = form.text("mail");
    const auto kept = app::setMailAddress(*web.context, callerOf(request).actor, typed);
    if (!kept) return duePage(web, request, &typed, &kept.error());
    return redirectResponse("/due?kept=1");
}

/// Where this browser reaches the server, unless the settings know better.
std::string serverAddress(const WebApp& web, const Request& request) {
    if (!web.context->settings.publicUrl.empty()) return web.context->settings.publicUrl;
    return (request.secure ? "https://" : "http://") + std::string(request.header("host"));
}

Result<Response> renewFeed(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    TM_TRY(const Secret secret, app::renewFeed(*web.context, callerOf(request).actor));
    SecretPage shown;
    shown.heading = "Calendar feed";
    shown.words =
        "Subscribe to this address in your calendar. Whoever knows it reads what is due for you, so keep it "
        "to yourself; a new one ends it.";
    shown.section = "/";
    shown.back = "/due";
    return secretPage(web, request, shown,
                      Secret(serverAddress(web, request) + "/calendar/" + secret.reveal() + ".ics"));
}

Result<Response> revokeFeed(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    const auto revoked = app::revokeFeed(*web.context, callerOf(request).actor);
    if (!revoked && revoked.error().kind != ErrorKind::NotFound)
        return duePage(web, request, nullptr, &revoked.error());
    return redirectResponse("/due?kept=1");
}

Result<Response> sendFeed(WebApp& web, Request& request, const PathParameters& parameters) {
    constexpr std::string_view ending = ".ics";
    std::string_view name = parameters.at("file");
    if (!name.ends_with(ending)) return notFound("calendar feed");
    name.remove_suffix(ending.size());
    TM_TRY(std::string text, app::readFeed(*web.context, Secret(std::string(name)), request.remoteAddress));
    Response response = textResponse(std::move(text));
    response.set("Content-Type", "text/calendar; charset=utf-8")
        .set("Content-Disposition", contentDisposition("inline", "tickmark.ics"))
        .set("Cache-Control", "private, no-store")
        .set("Referrer-Policy", "no-referrer");
    return response;
}

}  // namespace

Result<void> addDuePages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/due", "page.due", "all", showDue));
    TM_CHECK(addForm(router, web, "/due/mail", "form.due-mail", "all", setMail));
    TM_CHECK(addForm(router, web, "/due/calendar", "form.due-calendar", "all", renewFeed));
    TM_CHECK(addForm(router, web, "/due/calendar/revoke", "form.due-calendar-revoke", "all", revokeFeed));
    return addPage(router, web, "/calendar/{file}", "page.calendar-feed", "public", sendFeed);
}

}  // namespace tickmark::http::pages
