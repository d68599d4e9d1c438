// The working papers of an audit: all rows, rows from the criteria, and CSV in and out.
#include "http/pages/ChecklistPages.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "http/download/TableDownload.h"
#include "http/pages/Listing.h"

namespace tickmark::http::pages {
namespace {

using domain::ChecklistItem;

constexpr std::size_t shownRows = 100;
/// A file of 2,000 long rows fits.
constexpr FormLimits importLimits{8U * 1024U * 1024U, 100, 8U * 1024U * 1024U};

std::string codeOf(const ChecklistItem& row) {
    return row.result ? std::string(domain::toText(*row.result)) : "open";
}

Frame frameOf(const domain::Audit& audit, const std::string& title) {
    Frame frame;
    frame.title = title + " " + audit.ref.text();
    frame.section = "/audits";
    frame.trail = {{"/audits", "Audits"}, {"/audits/" + encoded(audit.ref.text()), audit.ref.text()}};
    return frame;
}

void putAudit(view::Model& model, const domain::Audit& audit) {
    model.set("AUDIT_HREF", "/audits/" + encoded(audit.ref.text()));
    model.set("AUDIT_REF", audit.ref.text()).set("AUDIT_NAME", audit.title);
    model.set("LIST_HREF", checklistAddress(audit.ref)).set("REV", std::to_string(audit.rev));
}

// ---- all rows

/// What the address narrows the rows to.
struct Asked {
    std::string result{};  ///< a result, "open", or empty
    std::string clause{};
    std::int64_t after = 0;  ///< the row's number before the page
};

Asked askedBy(const Request& request) {
    Asked asked{std::string(request.queryValue("result")), std::string(request.queryValue("clause")), 0};
    const std::string_view after = request.queryValue("after");
    static_cast<void>(std::from_chars(after.data(), after.data() + after.size(), asked.after));
    return asked;
}

void putChips(view::Model& model, const app::ChecklistView& view, const Asked& asked) {
    const std::string address = checklistAddress(view.audit.ref);
    const auto chip = [&](const std::string& code, const std::string& word, std::int64_t number) {
        model.add("CHIP")
            .set("HREF", code.empty() ? address : address + "?result=" + code)
            .say("WORD", word)
            .set("NUMBER", view::countText(number))
            .showIf(asked.result == code && asked.clause.empty(), "CHOSEN");
    };
    chip("", "All", view.progress.rows);
    chip("open", "Not looked at yet", view.progress.open());
    chip("conforming", "Conforming", view.progress.conforming);
    chip("finding", "Finding", view.progress.withFinding);
    chip("not_examined", "Not examined", view.progress.notExamined);
}

void putSample(view::Model& row, const domain::Sample& sample) {
    if (sample.size > 0) row.add("HAS_SIZE").set("SIZE", view::countText(sample.size));
    row.setIf("POPULATION", sample.population).setIf("METHOD", sample.method);
    row.showIf(sample.size == 0 && sample.population.empty() && sample.method.empty(), "NO_SAMPLE");
}

void putRow(view::Model& rows, const app::ChecklistView& view, const ChecklistItem& item) {
    view::Model& row = rows.add("ROW");
    row.set("HREF", rowAddress(view.audit.ref, item.row)).set("NUMBER", std::to_string(item.row.value));
    row.set("CLAUSE", item.clause).say("CLAUSE_TITLE", clauseTitle(view, item.clause));
    row.set("QUESTION", item.question).setIf("REASON", excerpt(item.reason, 120));
    putSample(row, item.sample);
    putStatus(row, "STATUS", "check-row", codeOf(item));
    row.set("WHO", item.by.stored() ? nameOf(view.parties, item.by) : std::string());
    if (item.at) row.add("WRITTEN").setTime("WHEN", *item.at);
    for (const domain::FindingId id : item.findings) {
        const auto known = view.findings.find(id);
        if (known == view.findings.end()) continue;
        row.add("FINDING")
            .set("FINDING_HREF", "/findings/" + encoded(known->second.ref))
            .set("FINDING_REF", known->second.ref);
    }
}

bool fits(const ChecklistItem& row, const Asked& asked) {
    return row.row.value > asked.after && (asked.result.empty() || codeOf(row) == asked.result) &&
           (asked.clause.empty() || row.clause == asked.clause);
}

void putRows(view::Model& model, const Request& request, const app::ChecklistView& view) {
    const Asked asked = askedBy(request);
    const std::string address = checklistAddress(view.audit.ref);
    view::Model& part = model.add("HAS_CHECKLIST");
    part.set("ROWS", view::countText(view.progress.rows))
        .set("SETTLED", view::countText(view.progress.settled()));
    part.set("ROWS_MAX", std::to_string(view.progress.rows));
    part.set("SETTLED_VALUE", std::to_string(view.progress.settled()));
    part.set("ALL_HREF", address).setIf("CLAUSE", asked.clause);
    putChips(part, view, asked);
    view::Model* rows = nullptr;
    std::size_t shown = 0;
    std::int64_t last = 0;
    for (const ChecklistItem& row : view.audit.checklist) {
        if (!fits(row, asked)) continue;
        if (shown == shownRows) {
            part.add("HAS_NEXT_PAGE").set("NEXT_PAGE", nextAddress(request, address, std::to_string(last)));
            break;
        }
        if (rows == nullptr) rows = &part.add("HAS_ROWS");
        putRow(*rows, view, row);
        last = row.row.value;
        ++shown;
    }
    part.showIf(shown == 0, "NO_ROWS");
}

/// Where rows come from, for those who may bring them.
void putDoors(view::Model& model, const app::ChecklistView& view, const std::string& address, bool goesOn) {
    if (view.mayRecord) model.add("MAY_IMPORT").set("IMPORT_HREF", address + "/import");
    if (!view.mayMake) return;
    model.add("MAY_ADD")
        .set("ADD_HREF", address + "/add")
        .set("ADD_CLASS", goesOn ? "button" : "button primary");
}

Result<Response> showChecklist(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(app::ChecklistView view,
           app::showChecklist(*web.context, callerOf(request).actor, auditIn(parameters)));
    auto& list = view.audit.checklist;
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return a.row.value < b.row.value; });
    Frame frame = frameOf(view.audit, "Checklist of");
    frame.trailEnd = view::said("Checklist");
    const std::string address = checklistAddress(view.audit.ref);
    return page(web, request, frame, "pages/checklist.html", [&](view::Model& model) {
        putAudit(model, view.audit);
        putStatus(model, "STATUS", "audit", domain::toText(view.audit.state));
        model.setIf("CATALOG", view.audit.catalog);
        const auto open = std::find_if(list.begin(), list.end(), [](const auto& row) { return !row.result; });
        const bool goesOn = view.mayRecord && open != list.end();
        if (goesOn) model.add("NEXT_ROW").set("NEXT_HREF", rowAddress(view.audit.ref, open->row));
        putDoors(model, view, address, goesOn);
        const bool isOpen = view.audit.state != domain::AuditState::Closed &&
                            view.audit.state != domain::AuditState::Cancelled;
        model.showIf(!isOpen, "LOCKED");
        if (list.empty()) {
            view::Model& empty = model.add("NO_CHECKLIST");
            if (view.mayMake) empty.add("MAY_BEGIN").set("ADD_HREF", address + "/add");
            return;
        }
        model.add("HAS_EXPORT").set("EXPORT_HREF", address + "/export");
        putRows(model, request, view);
    });
}

// ---- more rows

/// What was typed, when something was wrong with it.
struct Added {
    std::set<std::string> chosen{};
    app::CheckInput own{};
    const Error* error = nullptr;
};

void putClauses(view::Model& model, const app::ChecklistView& view, const Added& added) {
    if (view.clauses.empty()) {
        model.add("NO_CLAUSES")
            .add("EDIT_LINK")
            .set("EDIT_HREF", "/audits/" + encoded(view.audit.ref.text()) + "/edit");
        return;
    }
    std::set<std::string> taken;
    for (const ChecklistItem& row : view.audit.checklist) taken.insert(row.clause);
    view::Model& part = model.add("HAS_CLAUSES");
    part.set("CATALOG", view.audit.catalog);
    for (const domain::Clause& clause : view.clauses) {
        view::Model& line = part.add("CLAUSE");
        view::Model& shown = line.add(taken.contains(clause.code) ? "TAKEN" : "FREE");
        const bool group = std::any_of(view.clauses.begin(), view.clauses.end(),
                                       [&](const auto& other) { return other.parent == clause.code; });
        shown.set("CODE", clause.code).say("CLAUSE_NAME", clause.title).showIf(group, "GROUP");
        shown.showIf(added.chosen.contains(clause.code), "ON");
    }
}

Response addPageOf(WebApp& web, Request& request, const app::ChecklistView& view, const Added& added) {
    Frame frame = frameOf(view.audit, "Add rows to the checklist of");
    frame.trail.emplace_back(checklistAddress(view.audit.ref), "Checklist");
    frame.trailEnd = view::said("Add rows");
    frame.error = added.error;
    frame.status = added.error == nullptr ? 200 : statusOf(*added.error);
    return page(web, request, frame, "pages/checklist-add.html", [&](view::Model& model) {
        putAudit(model, view.audit);
        model.set("ACTION", checklistAddress(view.audit.ref)).set("CANCEL", checklistAddress(view.audit.ref));
        putClauses(model, view, added);
        model.set("OWN_CLAUSE", added.own.clause).set("QUESTION", added.own.question);
        model.set("POPULATION", added.own.sample.population).set("METHOD", added.own.sample.method);
    });
}

Result<Response> showAdd(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::ChecklistView view,
           app::showChecklist(*web.context, callerOf(request).actor, auditIn(parameters)));
    if (!view.mayMake) return redirectResponse(checklistAddress(view.audit.ref));
    return addPageOf(web, request, view, {});
}

Result<Response> add(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = auditIn(parameters);
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const Form form, readLongForm(request, checklistForm));
    Added added;
    Result<domain::Audit> done = [&]() -> Result<domain::Audit> {
        if (form.text("deed") == "row") {
            added.own.clause = form.text("clause");
            added.own.question = form.text("question");
            added.own.sample.population = form.text("population");
            added.own.sample.method = form.text("method");
            return app::addCheck(*web.context, actor, ref, form.revision(), added.own);
        }
        const std::vector<std::string> chosen = form.all("clause");
        added.chosen.insert(chosen.begin(), chosen.end());
        return app::addClauses(*web.context, actor, ref, form.revision(), chosen);
    }();
    if (done) return redirectResponse(checklistAddress(ref));
    TM_TRY(const app::ChecklistView view, app::showChecklist(*web.context, actor, ref));
    if (!view.mayMake) return std::move(done).error();
    added.error = &done.error();
    return addPageOf(web, request, view, added);
}

// ---- CSV

Response importPageOf(WebApp& web, Request& request, const app::ChecklistView& view, const std::string& csv,
                      const Error* error, const std::string& notice) {
    Frame frame = frameOf(view.audit, "Import the checklist of");
    frame.trail.emplace_back(checklistAddress(view.audit.ref), "Checklist");
    frame.trailEnd = view::said("Import");
    frame.error = error;
    frame.notice = notice;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/checklist-import.html", [&](view::Model& model) {
        putAudit(model, view.audit);
        model.set("ACTION", checklistAddress(view.audit.ref) + "/import").set("ROWS", csv);
    });
}

Result<Response> showImport(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::ChecklistView view,
           app::showChecklist(*web.context, callerOf(request).actor, auditIn(parameters)));
    if (!view.mayRecord) return redirectResponse(checklistAddress(view.audit.ref));
    return importPageOf(web, request, view, {}, nullptr, {});
}

Result<Response> importCsv(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = auditIn(parameters);
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const Form form, readLongForm(request, importLimits));
    const std::string csv = form.text("csv");
    const bool dry = form.text("try") == "1";
    const auto done = app::importChecklist(*web.context, actor, ref, csv, dry);
    if (done && !dry) return redirectResponse(checklistAddress(ref));
    TM_TRY(const app::ChecklistView view, app::showChecklist(*web.context, actor, ref));
    if (!done) return importPageOf(web, request, view, csv, &done.error(), {});
    return importPageOf(web, request, view, csv, nullptr,
                        "In order: " + view::countText(done->created) +
                            " rows would be changed or added. Nothing was imported yet.");
}

Result<Response> exportCsv(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const app::ChecklistView view,
           app::showChecklist(*web.context, callerOf(request).actor, auditIn(parameters)));
    return tableDownload(app::checklistCsv(view), "checklist", app::TableFormat::Csv);
}

Result<void> addLarge(Router& router, WebApp& web, std::string pattern, std::string name,
                      const std::string& roles, std::uint64_t cap, PageHandler handler) {
    Route route;
    route.method = "POST";
    route.pattern = std::move(pattern);
    route.name = std::move(name);
    route.needsCsrf = true;
    route.bodyCap = cap;
    route.roles = roles;
    return addRow(router, web, std::move(route), std::move(handler));
}

}  // namespace

domain::AuditRef auditIn(const PathParameters& parameters) {
    return domain::AuditRef{std::string(parameters.at("ref"))};
}
std::string checklistAddress(const domain::AuditRef& audit) {
    return "/audits/" + encoded(audit.text()) + "/checklist";
}
std::string rowAddress(const domain::AuditRef& audit, domain::ChecklistRowId row) {
    return checklistAddress(audit) + "/" + std::to_string(row.value);
}
std::string clauseTitle(const app::ChecklistView& view, const std::string& code) {
    const auto found = std::find_if(view.clauses.begin(), view.clauses.end(),
                                    [&](const auto& clause) { return clause.code == code; });
    return found == view.clauses.end() ? std::string() : found->title;
}
Result<Form> readLongForm(Request& request, const FormLimits& limits) {
    TM_TRY(auto fields, readCheckedForm(request, limits));
    return Form(std::move(fields));
}

Result<void> addChecklistPages(Router& router, WebApp& web) {
    const std::string all = "/audits/{ref}/checklist";
    const std::string readers = "LA AU XA";
    TM_CHECK(addPage(router, web, all, "page.checklist", readers, showChecklist));
    TM_CHECK(addLarge(router, web, all, "form.checklist-add", "LA", checklistForm.bytes, add));
    TM_CHECK(addPage(router, web, all + "/add", "page.checklist-add", "LA", showAdd));
    TM_CHECK(addPage(router, web, all + "/import", "page.checklist-import", "LA AU", showImport));
    TM_CHECK(addLarge(router, web, all + "/import", "form.checklist-import", "LA AU", importLimits.bytes,
                      importCsv));
    TM_CHECK(addPage(router, web, all + "/export", "page.checklist-export", readers, exportCsv));
    return addChecklistRowPages(router, web);
}

}  // namespace tickmark::http::pages
