// The audit programme: what is planned, under way, past its date and done, and which clauses were looked at.
#include <algorithm>
#include <array>

#include "http/pages/AuditForms.h"
#include "http/pages/Listing.h"
#include "tickmark/app/Programme.h"

namespace tickmark::http::pages {
namespace {

using app::ProgrammeAudit;
using app::ProgrammeView;
using domain::ProgrammePhase;

constexpr std::size_t shownAuditees = 100;
constexpr std::size_t shownAudits = 10;
constexpr std::array<ProgrammePhase, 5> allPhases{ProgrammePhase::Planned, ProgrammePhase::Overdue,
                                                  ProgrammePhase::UnderWay, ProgrammePhase::Done,
                                                  ProgrammePhase::Cancelled};

std::size_t placeOf(ProgrammePhase phase) { return static_cast<std::size_t>(phase); }

/// The list of audits of the period, narrowed further by `more` ("&phase=done").
std::string listOf(const ProgrammeView& view, const std::string& more = {}) {
    std::string query;
    if (view.from) query += "&from=" + view.from->iso();
    if (view.to) query += "&to=" + view.to->iso();
    query += more;
    return "/audits" + (query.empty() ? std::string() : "?" + query.substr(1));
}

std::string phaseQuery(ProgrammePhase phase) { return "&phase=" + std::string(domain::toText(phase)); }

void putNumber(view::Model& model, std::int64_t number, const std::string& href) {
    if (number == 0)
        model.show("NONE");
    else
        model.add("SOME").set("HREF", href).set("NUMBER", view::countText(number));
}

void putPeriod(view::Model& model, const ProgrammeView& view) {
    model.set("FROM", isoOf(view.from)).set("TO", isoOf(view.to));
    for (const std::string& code : view.catalogs)
        putOption(model, "CATALOG", "CODE", code, code, code == view.catalog);
    for (const int year : view.years) {
        const Date first = Date::of(year, 1, 1);
        const Date last = Date::of(year, 12, 31);
        model.add("YEAR")
            .set("HREF", "/audits/programme?from=" + first.iso() + "&to=" + last.iso())
            .set("WORD", std::to_string(year))
            .showIf(view.from == first && view.to == last, "CHOSEN");
    }
}

void putFigures(view::Model& model, const ProgrammeView& view) {
    const auto figure = [&](std::int64_t number, const std::string& word, const std::string& href) {
        model.add("FIGURE").set("NUMBER", view::countText(number)).say("WORD", word).set("FIGURE_HREF", href);
    };
    figure(view.all, "in this period", listOf(view));
    for (const ProgrammePhase phase : allPhases) {
        const std::int64_t number = view.counts[placeOf(phase)];
        if (phase == ProgrammePhase::Cancelled && number == 0) continue;
        figure(number, std::string(domain::titleOf(phase)), listOf(view, phaseQuery(phase)));
    }
    if (view.undated > 0) model.add("UNDATED").set("NUMBER", view::countText(view.undated));
    model.showIf(view.all == 0, "EMPTY");
}

void putAudit(view::Model& list, const ProgrammeAudit& audit, Date today) {
    view::Model& row = list.add("AUDIT");
    row.set("HREF", "/audits/" + encoded(audit.row.ref)).set("REF", audit.row.ref);
    row.set("NAME", audit.row.title).set("AUDITEE", audit.row.auditee);
    row.set("DATES", periodText(audit.row.from, audit.row.to));
    const bool onSite = audit.row.state == domain::toText(domain::AuditState::Fieldwork);
    const auto first = onSite ? audit.row.to : audit.row.from;
    const auto day = first ? first : (onSite ? audit.row.from : audit.row.to);
    row.say("HINT", day ? view::dueHint(*day, today) : std::string("no date yet"));
    putStatus(row, "STATUS", "audit", audit.row.state);
}

void putNext(view::Model& model, const ProgrammeView& view, Date today) {
    model.showIf(view.next.empty(), "NO_NEXT");
    if (!view.next.empty()) {
        view::Model& list = model.add("HAS_NEXT");
        for (std::size_t i = 0; i < std::min(shownAudits, view.next.size()); ++i)
            putAudit(list, view.next[i], today);
        if (view.next.size() > shownAudits) {
            list.add("MORE")
                .set("HREF", "/audits?phase=planned")
                .set("NUMBER", view::countText(static_cast<std::int64_t>(view.next.size())));
        }
    }
    const std::int64_t overdue = view.counts[placeOf(ProgrammePhase::Overdue)];
    model.showIf(overdue == 0, "NO_OVERDUE");
    if (overdue == 0) return;
    view::Model& list = model.add("HAS_OVERDUE");
    std::size_t shown = 0;
    for (const ProgrammeAudit& audit : view.audits) {
        if (audit.phase != ProgrammePhase::Overdue || shown == shownAudits) continue;
        putAudit(list, audit, today);
        ++shown;
    }
    if (overdue > static_cast<std::int64_t>(shown)) {
        list.add("MORE")
            .set("HREF", listOf(view, phaseQuery(ProgrammePhase::Overdue)))
            .set("NUMBER", view::countText(overdue));
    }
}

void putAuditees(view::Model& model, const ProgrammeView& view) {
    if (view.auditees.empty()) return;
    view::Model& part = model.add("HAS_AUDITEES");
    for (const ProgrammePhase phase : allPhases)
        part.add("PHASE").say("WORD", std::string(domain::titleOf(phase)));
    for (std::size_t i = 0; i < std::min(shownAuditees, view.auditees.size()); ++i) {
        const app::ProgrammeAuditee& auditee = view.auditees[i];
        const std::string narrowed = "&auditee=" + encoded(auditee.auditee);
        view::Model& row = part.add("AUDITEE_ROW");
        row.set("AUDITEE", auditee.auditee).set("HREF", listOf(view, narrowed));
        row.set("LAST", isoOf(auditee.last));
        for (const ProgrammePhase phase : allPhases) {
            view::Model& cell = row.add("CELL").say("WORD", std::string(domain::titleOf(phase)));
            putNumber(cell, auditee.counts[placeOf(phase)], listOf(view, narrowed + phaseQuery(phase)));
        }
    }
    if (view.auditees.size() > shownAuditees) {
        part.add("MORE_AUDITEES")
            .set("SHOWN", std::to_string(shownAuditees))
            .set("NUMBER", view::countText(static_cast<std::int64_t>(view.auditees.size())))
            .set("HREF", listOf(view));
    }
}

void putClause(view::Model& part, const ProgrammeView& view, const app::ProgrammeClause& clause) {
    view::Model& row = part.add("CLAUSE");
    row.set("CODE", clause.code).say("NAME", clause.title).set("ROWS", view::countText(clause.rows));
    row.set("OPEN_ROWS", view::countText(clause.planned)).set("LAST", isoOf(clause.last));
    row.showIf(!clause.group && clause.rows == 0, "IS_NEVER");
    putNumber(row, clause.audits,
              listOf(view, "&catalog=" + encoded(view.catalog) + "&clause=" + encoded(clause.code)));
}

void putClauses(view::Model& model, const ProgrammeView& view, const std::string& asked) {
    model.showIf(!view.readsPapers, "NO_PAPERS");
    if (view.clauses.empty()) return;
    view::Model& part = model.add("HAS_CLAUSES");
    part.say("HEADLINE", view::countText(view.covered) + " of " + view::countText(view.covered + view.never) +
                             " clauses of " + view.catalogTitle + " were looked at");
    std::string address = "/audits/programme?catalog=" + encoded(view.catalog);
    if (view.from) address += "&from=" + view.from->iso();
    if (view.to) address += "&to=" + view.to->iso();
    const auto chip = [&](const std::string& code, const std::string& word, std::int64_t number) {
        part.add("CHIP")
            .set("HREF", address + (code.empty() ? "" : "&clauses=" + code) + "#clauses")
            .say("WORD", word)
            .set("NUMBER", view::countText(number))
            .showIf(asked == code, "CHOSEN");
    };
    chip("", "All", static_cast<std::int64_t>(view.clauses.size()));
    chip("covered", "Looked at", view.covered);
    chip("never", "Never", view.never);
    for (const app::ProgrammeClause& clause : view.clauses) {
        const bool leaf = !clause.group;
        if (asked == "covered" && !(leaf && clause.rows > 0)) continue;
        if (asked == "never" && !(leaf && clause.rows == 0)) continue;
        putClause(part, view, clause);
    }
}

Result<Response> showProgramme(WebApp& web, Request& request, const PathParameters&) {
    app::ProgrammeQuestion question;
    question.from = dayOf(request.queryValue("from"));
    question.to = dayOf(request.queryValue("to"));
    question.catalog = std::string(request.queryValue("catalog"));
    const domain::Actor& actor = callerOf(request).actor;
    const std::string asked(request.queryValue("clauses"));
    Frame frame;
    frame.title = view::said("Audit programme");
    frame.section = "/audits";
    frame.trail = {{"/audits", "Audits"}};
    frame.trailEnd = view::said("Programme");
    const auto view = app::showProgramme(*web.context, actor, question);
    if (!view && view.error().kind != ErrorKind::Invalid) return view.error();
    if (!view) {
        frame.error = &view.error();
        frame.status = statusOf(view.error());
    }
    ProgrammeView typed;
    typed.from = question.from;
    typed.to = question.to;
    const ProgrammeView& shown = view ? *view : typed;
    return page(web, request, frame, "pages/programme.html", [&](view::Model& model) {
        model.showIf(actor.role == domain::Role::LeadAuditor, "MAY_CREATE");
        putPeriod(model, shown);
        if (!view) return;
        putFigures(model, shown);
        putNext(model, shown, web.context->today());
        putAuditees(model, shown);
        putClauses(model, shown, asked);
    });
}

}  // namespace

Result<void> addProgrammePage(Router& router, WebApp& web) {
    return addPage(router, web, "/audits/programme", "page.programme", "LA AU IM TM", showProgramme);
}

}  // namespace tickmark::http::pages
