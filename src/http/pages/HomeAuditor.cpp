// The home of lead auditors and auditors: numbers, audits with their next steps, charts.
#include "http/pages/ChartParts.h"
#include "http/pages/HomePanels.h"
#include "http/pages/Listing.h"
#include "tickmark/app/AuditLines.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::http::pages {
namespace {

void putCount(view::Model& row, const app::AuditLine& line, const char* code, const char* word) {
    view::Model& cell = row.add("COUNT").say("WORD", word);
    const auto at = line.openByClass.find(code);
    if (at == line.openByClass.end() || at->second == 0) {
        cell.show("NONE");
        return;
    }
    cell.add("SOME")
        .set("HREF", "/findings?audit=" + encoded(line.audit.ref) + "&class=" + code + "&open=1")
        .set("NUMBER", view::countText(at->second));
}

void putAuditLine(view::Model& part, const app::AuditLine& line, Date today) {
    view::Model& row = part.add("AUDIT_ROW");
    row.set("HREF", "/audits/" + encoded(line.audit.ref)).set("REF", line.audit.ref);
    row.set("NAME", line.audit.title).set("NOTE", line.audit.auditee);
    putStatus(row, "STATUS", "audit", line.audit.state);
    putCount(row, line, "major", "Major");
    putCount(row, line, "minor", "Minor");
    putCount(row, line, "observation", "Obs.");
    row.say("WHOSE", line.whose);
    if (line.stepState.empty()) {
        row.add("TEXT").say("STEP", line.step);
    } else {
        row.add("LINKED")
            .say("STEP", line.step)
            .set("HREF", "/findings?audit=" + encoded(line.audit.ref) + "&state=" + line.stepState);
    }
    putDue(row, line.by, today);
}

Result<void> putAudits(const Home& home) {
    constexpr std::size_t most = 12;
    TM_TRY(const auto lines, app::auditLines(*home.web.context, home.actor(), most));
    if (lines.empty()) return {};
    view::Model& part = home.model.add("AUDITS");
    part.say("HEADLINE", lines.size() == 1 ? "My audit and its next step" : "My audits and their next steps");
    for (const auto& line : lines) putAuditLine(part, line, home.today);
    return {};
}

}  // namespace

Result<void> putCharts(const Home& home, bool all) {
    TM_TRY(const auto charts, app::findingCharts(*home.web.context, home.actor()));
    putAgeing(home.model.add("AGEING"), charts);
    if (!all) return {};
    view::Model& part = home.model.add("CHARTS");
    putClausePareto(part, charts);
    putFlow(part, charts);
    return {};
}

Result<void> putBookedChecks(const Home& home) {
    constexpr std::size_t most = 5;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    TM_TRY(const auto checks, home.web.context->database->read([&](storage::ReadSession& session) {
        return storage::bookedChecks(session, scope, most);
    }));
    view::Model& part = panel(home.model, "SIDE", "Effectiveness checks to come");
    if (checks.empty())
        putNone(part, "None is booked. Accepting a plan books the check that shows whether it worked.");
    for (const auto& check : checks) {
        sideRow(part, check.ref + " " + excerpt(check.title, 70), "/findings/" + encoded(check.ref),
                check.day.iso() + " " + view::dueHint(check.day, home.today));
    }
    return {};
}

Result<void> putAuditor(const Home& home) {
    const std::string today = home.today.iso();
    TM_CHECK(
        putTiles(home, {{"/audits?underway=1", "audit under way", "audits under way", {}, {}, {}},
                        {"/findings?open=1", "finding open", "findings open", {}, {}, {}},
                        {"/findings?open=1&class=major", "major", "majors", {}, {}, "i-triangle-full"},
                        {"/findings?repeats=1", "repeat finding", "repeat findings", {}, {}, {}},
                        {"/findings?state=responded", "response to judge", "responses to judge", {}, {}, {}},
                        {"/findings?open=1&due_before=" + today,
                         "past its date",
                         "past their date",
                         {},
                         "late",
                         "i-clock"}}));
    TM_CHECK(putAudits(home));
    TM_CHECK(putCharts(home, true));
    return putBookedChecks(home);
}

}  // namespace tickmark::http::pages
