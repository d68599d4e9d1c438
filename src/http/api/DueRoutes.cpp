// What is due for the caller, and how the caller is reminded of it.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/DueList.h"
#include "tickmark/app/Reminders.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json itemJson(const app::DueItem& item, Date today) {
    Json row = Json::object();
    row.set("kind", app::toText(item.kind))
        .set("ref", item.ref)
        .set("title", item.title)
        .set("verb", item.verb)
        .set("audit", item.audit)
        .set("due", item.due.iso())
        .set("overdue", item.due < today)
        .set("page", item.path());
    return row;
}

Result<Response> showDue(Call& call) {
    TM_TRY(const app::DueList list, app::dueList(call.context(), call.actor()));
    Json items = Json::array();
    for (const app::DueItem& item : list.items) items.push(itemJson(item, list.today));
    Json counts = Json::object();
    for (const app::DueKind kind : app::dueKinds) {
        const auto& count = list.countOf(kind);
        counts.set(app::toText(kind), Json::object().set("all", count.all).set("overdue", count.overdue));
    }
    Json document = Json::object();
    document.set("today", list.today.iso())
        .set("overdue", list.count().overdue)
        .set("within_seven_days", list.count().soon)
        .set("counts", std::move(counts))
        .set("more", list.more())
        .set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> showReminders(Call& call) {
    TM_TRY(const app::ReminderView view, app::showReminders(call.context(), call.actor()));
    Json document = Json::object();
    document.set("mail", view.mail).set("mail_configured", view.mailConfigured);
    if (view.feedSince) document.set("calendar_since", view.feedSince->iso());
    return documentAnswer(document);
}

Result<Response> setReminders(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string mail = reader.text("mail");
    TM_CHECK(reader.finish());
    TM_CHECK(app::setMailAddress(call.context(), call.actor(), mail));
    return showReminders(call);
}

Result<Response> renewCalendar(Call& call) {
    TM_TRY(const Secret secret, app::renewFeed(call.context(), call.actor()));
    Json document = Json::object();
    document.set("path", "/calendar/" + secret.reveal() + ".ics");
    const std::string& server = call.context().settings.publicUrl;
    if (!server.empty()) document.set("url", server + "/calendar/" + secret.reveal() + ".ics");
    Response response = documentAnswer(document);
    response.status = 201;
    response.set("Cache-Control", "no-store");
    return response;
}

Result<Response> revokeCalendar(Call& call) {
    TM_CHECK(app::revokeFeed(call.context(), call.actor()));
    return noContent();
}

}  // namespace

std::vector<ApiRow> dueRows() {
    const std::string reminders = "/api/v1/reminders";
    return {
        {"GET", "/api/v1/due", "due.show", "all", "What has a date and waits for the caller", showDue},
        {"GET", reminders, "reminders.show", "all", "How the caller is reminded", showReminders},
        {"PUT", reminders, "reminders.set", "all", "Where the caller's daily digest goes", setReminders},
        {"POST", reminders + "/calendar", "reminders.calendar-renew", "all",
         "A new secret address for the caller's calendar feed", renewCalendar},
        {"DELETE", reminders + "/calendar", "reminders.calendar-revoke", "all",
         "End the caller's calendar feed", revokeCalendar},
    };
}

}  // namespace tickmark::http::api
