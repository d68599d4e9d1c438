// The improvement register as a table, as a board by step, and by due date.
#include "http/pages/ImprovementPages.h"

#include <algorithm>
#include <array>

#include "http/api/References.h"
#include "http/download/TableDownload.h"
#include "http/pages/ListFilters.h"
#include "http/pages/ListTools.h"
#include "http/pages/Listing.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

using domain::ImprovementSource;
using domain::ImprovementState;
using storage::ImprovementRow;

constexpr std::array allStates{
    ImprovementState::Identified,   ImprovementState::GoalsSet,     ImprovementState::Analysed,
    ImprovementState::Planned,      ImprovementState::Implementing, ImprovementState::Evaluating,
    ImprovementState::Standardised, ImprovementState::OnHold,       ImprovementState::Closed,
    ImprovementState::Rejected,     ImprovementState::Cancelled};
constexpr std::size_t boardColumns = 8;  ///< the states of `allStates` that are open

std::vector<NameValue> filterFields(const Request& request) {
    std::vector<NameValue> fields;
    for (const NameValue& pair : request.query) {
        if (pair.name != "after" && !pair.value.empty()) fields.push_back(pair);
    }
    return fields;
}

void putFilters(view::Model& model, const Request& request) {
    putAsked(model, request, {"process", "service", "owner", "objective"});
    model.showIf(request.queryValue("serves_none") == "1", "SERVES_NONE_ON");
    model.showIf(request.queryValue("overdue") == "1", "OVERDUE_ON");
    model.showIf(request.queryValue("open") == "1", "OPEN_ON");
    for (const ImprovementState state : allStates) {
        const std::string code(domain::toText(state));
        putOption(model, "STATE", "CODE", code, view::said(domain::titleOf(state)),
                  request.queryValue("state") == code);
    }
    for (int i = 0; i <= static_cast<int>(ImprovementSource::ManagementReview); ++i) {
        const auto source = static_cast<ImprovementSource>(i);
        const std::string code(domain::toText(source));
        putOption(model, "SOURCE", "CODE", code, view::said(domain::titleOf(source)),
                  request.queryValue("source") == code);
    }
}

/// The export takes the filter of the table along.
std::string exportAddress(const Request& request, std::string_view format) {
    std::string address = "/improvements/export?format=" + std::string(format);
    for (const NameValue& pair : filterFields(request))
        address += "&" + encoded(pair.name) + "=" + encoded(pair.value);
    return address;
}

void putViews(view::Model& model, const Request& request) {
    model.showIf(mayRecordImprovement(callerOf(request).actor.role), "MAY_RECORD");
    model.showIf(callerOf(request).actor.role == domain::Role::ImprovementManager, "MAY_IMPORT");
}

Result<Response> listImprovements(WebApp& web, Request& request, const PathParameters&) {
    if (auto standard = standardFilter(web, request, "improvements")) return *std::move(standard);
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    using Listed = storage::Page<ImprovementRow>;
    std::int64_t count = 0;
    const auto listed = web.context->database->read([&](storage::ReadSession& session) -> Result<Listed> {
        TM_TRY(const auto filter, improvementFilterOf(session, request));
        TM_TRY(count, storage::countImprovements(session, scope, filter));
        return storage::listImprovements(session, scope, filter,
                                         {50, std::string(request.queryValue("after"))});
    });
    TM_TRY(const auto counts, web.context->database->read([&](storage::ReadSession& session) {
        return storage::countImprovements(session, scope);
    }));
    Frame frame;
    frame.title = view::said("Improvements");
    frame.section = "/improvements";
    if (!listed) {
        frame.error = &listed.error();
        frame.status = statusOf(listed.error());
    }
    return page(web, request, frame, "pages/improvements.html", [&](view::Model& model) {
        putViews(model, request);
        putFilters(model, request);
        model.set("EXPORT_HREF", exportAddress(request, "csv"))
            .set("EXPORT_SHEET_HREF", exportAddress(request, "xlsx"))
            .set("OVERDUE_COUNT", view::countText(counts.overdue));
        const ListFace& face = listFace(app::BulkKind::Improvement);
        putListTools(web, request, model, face, exactly(count));
        const bool empty = !listed || listed->rows.empty();
        if (empty) {
            model.add("EMPTY");
            return;
        }
        view::Model& rows = model.add("HAS_ROWS");
        putBulk(web, request, rows, face, exactly(count));
        for (const ImprovementRow& item : listed->rows) {
            view::Model& row = rows.add("ROW");
            putPick(request, row, item.ref, item.rev);
            putImprovementRow(row, item, scope.today);
            const auto source = domain::improvementSourceFrom(item.source);
            row.say("SOURCE", source ? std::string(domain::titleOf(*source)) : item.source);
            row.set("PROCESS", item.process).set("PROGRESS", std::to_string(item.progress));
            row.setIf("FINDING", item.findingRef);
        }
        if (!listed->next.empty()) {
            model.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, "/improvements", listed->next));
        }
    });
}

Result<std::vector<ImprovementRow>> openItems(WebApp& web, const storage::Scope& scope,
                                              const Request& request) {
    using Rows = std::vector<ImprovementRow>;
    return web.context->database->read([&](storage::ReadSession& session) -> Result<Rows> {
        TM_TRY(storage::ImprovementFilter filter, improvementFilterOf(session, request));
        filter.openOnly = true;
        return app::everyRow([&](const storage::PageRequest& asked) {
            return storage::listImprovements(session, scope, filter, asked);
        });
    });
}

/// Plan, Do, Check or Act, as the board groups the seven steps; nothing for what is on hold.
std::string phaseOfStep(int step) {
    constexpr int lastOfPlan = 4;
    constexpr int carryOut = 5;
    constexpr int compare = 6;
    if (step == 0) return "Aside";
    return step <= lastOfPlan ? "Plan" : step == carryOut ? "Do" : step == compare ? "Check" : "Act";
}

Result<Response> showBoard(WebApp& web, Request& request, const PathParameters&) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    TM_TRY(auto items, openItems(web, scope, request));
    std::stable_sort(items.begin(), items.end(),
                     [](const ImprovementRow& a, const ImprovementRow& b) { return a.score > b.score; });
    Frame frame;
    frame.title = view::said("Improvements by step");
    frame.section = "/improvements";
    frame.trail = {{"/improvements", "Improvements"}};
    frame.trailEnd = view::said("Board");
    return page(web, request, frame, "pages/improvement-board.html", [&](view::Model& model) {
        putViews(model, request);
        putAsked(model, request, {"objective"});
        for (std::size_t i = 0; i < boardColumns; ++i) {
            const ImprovementState state = allStates[i];
            view::Model& column = model.add("COLUMN");
            const int step = domain::stepNumber(state);
            column.say("WORD", (step == 0 ? std::string() : std::to_string(step) + " ") +
                                   std::string(domain::titleOf(state)));
            std::size_t count = 0;
            for (const ImprovementRow& item : items) {
                if (item.state != domain::toText(state)) continue;
                putImprovementRow(column.add("CARD"), item, scope.today);
                ++count;
            }
            column.say("PHASE", phaseOfStep(step));
            column.set("LIST_HREF", "/improvements?state=" + std::string(domain::toText(state)) +
                                        (request.queryValue("objective").empty()
                                             ? std::string()
                                             : "&objective=" + encoded(request.queryValue("objective"))));
            column.set("COUNT", std::to_string(count)).showIf(count == 0, "NOTHING");
        }
    });
}

Result<Response> showCalendar(WebApp& web, Request& request, const PathParameters&) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    TM_TRY(auto items, openItems(web, scope, request));
    std::stable_sort(items.begin(), items.end(),
                     [](const ImprovementRow& a, const ImprovementRow& b) { return a.due < b.due; });
    Frame frame;
    frame.title = view::said("Improvements by due date");
    frame.section = "/improvements";
    frame.trail = {{"/improvements", "Improvements"}};
    frame.trailEnd = view::said("Calendar");
    return page(web, request, frame, "pages/improvement-calendar.html", [&](view::Model& model) {
        putViews(model, request);
        putAsked(model, request, {"objective"});
        model.showIf(items.empty(), "EMPTY");
        std::string month = "none yet";
        view::Model* section = nullptr;
        for (const ImprovementRow& item : items) {
            const std::string own = item.due.substr(0, 7);
            if (section == nullptr || own != month) {
                section = &model.add("MONTH");
                section->say("WORD", own.empty() ? "Without a due date" : own);
                month = own;
            }
            putImprovementRow(section->add("ROW"), item, scope.today);
        }
    });
}

Result<Response> exportTable(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const app::TableFormat format, tableFormat(request.queryValue("format")));
    TM_TRY(const auto filter, web.context->database->read([&](storage::ReadSession& session) {
        return improvementFilterOf(session, request);
    }));
    TM_TRY(std::string table, app::exportImprovements(*web.context, callerOf(request).actor, filter, format));
    return tableDownload(std::move(table), "improvements", format);
}

}  // namespace

Result<storage::ImprovementFilter> improvementFilterOf(storage::ReadSession& session,
                                                       const Request& request) {
    storage::ImprovementFilter filter;
    if (const auto state = domain::improvementStateFrom(request.queryValue("state")))
        filter.states = {*state};
    filter.source = domain::improvementSourceFrom(request.queryValue("source"));
    filter.process = std::string(request.queryValue("process"));
    filter.service = std::string(request.queryValue("service"));
    filter.objective = std::string(request.queryValue("objective"));
    filter.servesNone = request.queryValue("serves_none") == "1";
    filter.overdue = request.queryValue("overdue") == "1";
    filter.openOnly = request.queryValue("open") == "1";
    TM_TRY(filter.owner, api::partyNamed(session, "owner", std::string(request.queryValue("owner"))));
    return filter;
}

Result<std::vector<app::BulkItem>> matchingImprovements(WebApp& web, const Request& request, std::size_t most,
                                                        bool& more) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    return web.context->database->read(
        [&](storage::ReadSession& session) -> Result<std::vector<app::BulkItem>> {
            TM_TRY(const auto filter, improvementFilterOf(session, request));
            TM_TRY(const auto rows, app::everyRow(
                                        [&](const storage::PageRequest& asked) {
                                            return storage::listImprovements(session, scope, filter, asked);
                                        },
                                        most + 1, more));
            return itemsOf(rows, most, more);
        });
}

std::string improvementAddress(std::string_view ref) { return "/improvements/" + encoded(ref); }

std::string scoreText(std::int64_t score) {
    if (score <= 0) return view::said("not judged");
    const std::string cents = std::to_string(score % 100);
    return std::to_string(score / 100) + "." + (cents.size() < 2 ? "0" : "") + cents + " " +
           view::said(domain::priorityOf(score));
}

bool mayRecordImprovement(domain::Role role) noexcept {
    return role != domain::Role::CertificationAuditor && role != domain::Role::Administrator;
}

void putImprovementRow(view::Model& row, const ImprovementRow& item, Date today) {
    row.set("HREF", improvementAddress(item.ref)).set("REF", item.ref).set("NAME", item.title);
    row.set("OWNER_NAME", item.ownerName.empty() ? view::said("nobody") : item.ownerName);
    row.set("SCORE", scoreText(item.score));
    putDue(row, dayOf(item.due), today);
    const auto state = domain::improvementStateFrom(item.state);
    if (state && domain::isFinal(*state)) row.set("HINT", "").set("HINT_TONE", "");
    putStatus(row, "STATUS", "improvement", item.state);
}

Result<void> addImprovementLists(Router& router, WebApp& web) {
    const std::string readers(improvementReaders);
    TM_CHECK(addPage(router, web, "/improvements", "page.improvements", readers, listImprovements));
    TM_CHECK(addPage(router, web, "/improvements/board", "page.improvement-board", readers, showBoard));
    TM_CHECK(
        addPage(router, web, "/improvements/calendar", "page.improvement-calendar", readers, showCalendar));
    return addPage(router, web, "/improvements/export", "page.improvement-export", readers, exportTable);
}

}  // namespace tickmark::http::pages
