// One row of the working papers: looked at, written, removed.
#include <algorithm>
#include <array>
#include <charconv>

#include "http/pages/ChecklistPages.h"
#include "http/pages/Conflict.h"
#include "http/pages/Listing.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::http::pages {
namespace {

using domain::ChecklistItem;
using domain::ChecklistRowId;
using domain::CheckResult;

constexpr std::size_t offeredVersions = 100;
constexpr std::array<CheckResult, 3> allResults{CheckResult::Conforming, CheckResult::Finding,
                                                CheckResult::NotExamined};

/// A row as the form shows it: stored, or typed when something was wrong.
struct Written {
    ChecklistItem row{};
    std::string size{};
    std::string findings{};
    std::string evidence{};
};

/// What one showing of a row is made from.
struct RowPage {
    app::ChecklistView view{};
    ChecklistItem stored{};
    Written written{};
    const Error* error = nullptr;
};

std::string spaced(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

Written writtenIn(const app::ChecklistView& view, const ChecklistItem& row) {
    Written written{row, row.sample.size == 0 ? "" : std::to_string(row.sample.size), {}, {}};
    std::vector<std::string> refs;
    for (const domain::FindingId id : row.findings) {
        if (const auto known = view.findings.find(id); known != view.findings.end())
            refs.push_back(known->second.ref);
    }
    written.findings = spaced(refs);
    std::vector<std::string> names;
    for (const domain::EvidenceVersionId id : row.evidence) {
        if (const auto known = view.evidence.find(id); known != view.evidence.end())
            names.push_back(known->second);
    }
    written.evidence = spaced(names);
    return written;
}

Result<RowPage> readRow(WebApp& web, Request& request, const PathParameters& parameters) {
    RowPage shown;
    TM_TRY(shown.view, app::showChecklist(*web.context, callerOf(request).actor, auditIn(parameters)));
    const std::string_view text = parameters.at("row");
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    const ChecklistItem* row =
        whole ? domain::rowOf(shown.view.audit.checklist, ChecklistRowId{number}) : nullptr;
    if (row == nullptr) return notFound("row " + std::string(text) + " of the checklist");
    shown.stored = *row;
    shown.written = writtenIn(shown.view, *row);
    return shown;
}

void putVersions(WebApp& web, const Request& request, view::Model& form, domain::AuditId audit) {
    const storage::Scope scope = app::scopeOf(*web.context, callerOf(request).actor);
    storage::EvidenceFilter filter;
    filter.audit = audit;
    const auto found = web.context->database->read([&](storage::ReadSession& session) {
        return storage::listEvidence(session, scope, filter, {offeredVersions, {}});
    });
    if (!found) return;
    for (const storage::EvidenceRow& row : found->rows)
        putOption(form, "VERSION", "CODE", row.ref + "/v" + std::to_string(row.number), row.title, false);
}

void putFields(view::Model& model, const Written& written) {
    const ChecklistItem& row = written.row;
    model.set("QUESTION", row.question).set("SIZE", written.size);
    model.set("POPULATION", row.sample.population).set("METHOD", row.sample.method);
    model.set("LOOKED_AT", row.sample.lookedAt).set("REASON", row.reason).set("NOTE", row.note);
    model.set("FINDINGS", written.findings).set("EVIDENCE", written.evidence);
}

void putForm(WebApp& web, const Request& request, view::Model& model, const RowPage& shown) {
    view::Model& form = model.add("FORM");
    putFields(form, shown.written);
    putOption(form, "RESULT", "CODE", "", view::said("Not looked at yet"), !shown.written.row.result);
    for (const CheckResult result : allResults) {
        putOption(form, "RESULT", "CODE", std::string(domain::toText(result)),
                  view::said(domain::titleOf(result)), shown.written.row.result == result);
    }
    putVersions(web, request, form, shown.view.audit.id);
}

void putText(view::Model& model, const ChecklistItem& row) {
    view::Model& read = model.add("READ");
    read.set("QUESTION", row.question)
        .setIf("POPULATION", row.sample.population)
        .setIf("METHOD", row.sample.method);
    if (row.sample.size > 0) read.add("HAS_SIZE").set("SIZE", view::countText(row.sample.size));
    read.setIf("LOOKED_AT", row.sample.lookedAt).setIf("REASON", row.reason).setIf("NOTE", row.note);
}

void putLinks(view::Model& model, const RowPage& shown) {
    view::Model* part = nullptr;
    const auto section = [&]() -> view::Model& {
        if (part == nullptr) part = &model.add("HAS_LINKS");
        return *part;
    };
    for (const domain::FindingId id : shown.stored.findings) {
        const auto known = shown.view.findings.find(id);
        if (known == shown.view.findings.end()) continue;
        view::Model& row = section().add("FINDING");
        row.set("FINDING_HREF", "/findings/" + encoded(known->second.ref));
        row.set("FINDING_REF", known->second.ref).set("FINDING_NAME", known->second.title);
        putStatus(row, "CLASS_STATUS", "class", known->second.classCode);
        putStatus(row, "STATUS", "finding", known->second.state);
    }
    for (const domain::EvidenceVersionId id : shown.stored.evidence) {
        const auto known = shown.view.evidence.find(id);
        if (known == shown.view.evidence.end()) continue;
        section()
            .add("FILE")
            .set("FILE_REF", known->second)
            .set("FILE_HREF", "/evidence/" + encoded(known->second.substr(0, known->second.find('/'))));
    }
}

std::vector<Difference> differencesOf(const Written& theirs, const Written& yours) {
    const auto resultOf = [](const ChecklistItem& row) {
        return row.result ? view::said(domain::titleOf(*row.result)) : view::said("Not looked at yet");
    };
    return {{"What is to be looked at", theirs.row.question, yours.row.question},
            {"Population", theirs.row.sample.population, yours.row.sample.population},
            {"How it was chosen", theirs.row.sample.method, yours.row.sample.method},
            {"Size", theirs.size, yours.size},
            {"What was looked at", theirs.row.sample.lookedAt, yours.row.sample.lookedAt},
            {"Evidence versions", theirs.evidence, yours.evidence},
            {"Result", resultOf(theirs.row), resultOf(yours.row)},
            {"Findings", theirs.findings, yours.findings},
            {"Why it was not examined", theirs.row.reason, yours.row.reason},
            {"Notes", theirs.row.note, yours.row.note}};
}

/// The next open row after this one, else the first open one.
const ChecklistItem* nextOpen(const RowPage& shown) {
    const ChecklistItem* first = nullptr;
    for (const ChecklistItem& row : shown.view.audit.checklist) {
        if (row.result || row.row == shown.stored.row) continue;
        if (row.row > shown.stored.row) return &row;
        if (first == nullptr) first = &row;
    }
    return first;
}

void putHead(view::Model& model, const RowPage& shown) {
    const domain::Audit& audit = shown.view.audit;
    const ChecklistItem& row = shown.stored;
    model.set("LIST_HREF", checklistAddress(audit.ref)).set("AUDIT_REF", audit.ref.text());
    model.setIf("CLAUSE", row.clause);
    if (!row.clause.empty()) model.say("CLAUSE_TITLE", clauseTitle(shown.view, row.clause));
    putStatus(model, "STATUS", "check-row", row.result ? domain::toText(*row.result) : "open");
    if (row.by.stored() && row.at) {
        model.add("WRITTEN").set("WHO", nameOf(shown.view.parties, row.by)).setTime("WHEN", *row.at);
    }
    if (!shown.view.mayRecord) return;
    model.add("MAY_RECORD")
        .set("RECORD_HREF",
             "/findings/new?audit=" + encoded(audit.ref.text()) + "&row=" + std::to_string(row.row.value));
    if (const ChecklistItem* next = nextOpen(shown))
        model.add("NEXT_ROW").set("NEXT_HREF", rowAddress(audit.ref, next->row));
}

Response rowPage(WebApp& web, Request& request, const RowPage& shown) {
    const domain::Audit& audit = shown.view.audit;
    const std::string address = rowAddress(audit.ref, shown.stored.row);
    const std::string number = std::to_string(shown.stored.row.value);
    Frame frame;
    frame.title = view::said("Row " + number + " of the checklist of " + audit.ref.text());
    frame.section = "/audits";
    frame.trail = {{"/audits", "Audits"},
                   {"/audits/" + encoded(audit.ref.text()), audit.ref.text()},
                   {checklistAddress(audit.ref), "Checklist"}};
    frame.trailEnd = number;
    frame.error = shown.error;
    frame.status = shown.error == nullptr ? 200 : statusOf(*shown.error);
    return page(web, request, frame, "pages/checklist-row.html", [&](view::Model& model) {
        model.say("HEADLINE", "Row " + number + " of the checklist");
        model.set("ROW_REV", std::to_string(app::revisionOf(shown.stored))).set("ACTION", address);
        putHead(model, shown);
        if (shown.error != nullptr && shown.error->kind == ErrorKind::Stale)
            putConflict(model, differencesOf(writtenIn(shown.view, shown.stored), shown.written));
        if (shown.view.mayRecord)
            putForm(web, request, model, shown);
        else
            putText(model, shown.stored);
        putLinks(model, shown);
        if (shown.view.mayMake && shown.stored.findings.empty())
            model.add("MAY_REMOVE").set("REMOVE_ACTION", address + "/removal");
    });
}

Result<Response> showRow(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const RowPage shown, readRow(web, request, parameters));
    return rowPage(web, request, shown);
}

// ---- writing

/// What the form said, also where it could not be understood.
struct Given {
    Written written{};
    app::CheckInput input{};
    std::optional<Error> problem{};
};

Given givenIn(const Form& form, const ChecklistItem& stored) {
    Given given;
    app::CheckInput& input = given.input;
    input.clause = stored.clause;
    input.question = form.text("question");
    input.note = form.text("note");
    input.sample = {form.text("population"), form.text("method"), 0, form.text("looked_at")};
    input.reason = form.text("reason");
    input.findings = form.words("findings");
    input.evidence = form.words("evidence");
    const std::string size = form.text("size");
    const auto read = std::from_chars(size.data(), size.data() + size.size(), input.sample.size);
    if (!size.empty() && (read.ec != std::errc{} || read.ptr != size.data() + size.size())) {
        given.problem = invalid("number", "size", "\"" + size + "\" is not a whole number.",
                                "Write how many were looked at, like 25.");
    }
    const std::string result = form.text("result");
    input.result = domain::checkResultFrom(result);
    if (!input.result && !result.empty()) {
        given.problem =
            invalid("enum", "result", "There is no result \"" + result + "\".", "Choose one of the results.");
    }
    given.written.row = stored;
    given.written.row.question = input.question;
    given.written.row.note = input.note;
    given.written.row.sample = input.sample;
    given.written.row.reason = input.reason;
    given.written.row.result = input.result;
    given.written.size = size;
    given.written.findings = form.text("findings");
    given.written.evidence = form.text("evidence");
    return given;
}

Result<Response> write(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readLongForm(request, checklistForm));
    TM_TRY(RowPage shown, readRow(web, request, parameters));
    Given given = givenIn(form, shown.stored);
    if (!given.problem) {
        auto done = app::recordCheck(*web.context, callerOf(request).actor, shown.view.audit.ref,
                                     shown.stored.row, form.revision(), given.input);
        if (done) return redirectResponse(checklistAddress(shown.view.audit.ref));
        if (!shown.view.mayRecord) return std::move(done).error();
        given.problem = std::move(done).error();
        if (given.problem->kind == ErrorKind::Stale) given.problem = besideForm(*std::move(given.problem));
    }
    shown.written = std::move(given.written);
    shown.error = &*given.problem;
    return rowPage(web, request, shown);
}

Result<Response> remove(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const RowPage shown, readRow(web, request, parameters));
    TM_TRY([[maybe_unused]] const auto audit,
           app::removeCheck(*web.context, callerOf(request).actor, shown.view.audit.ref, shown.stored.row,
                            form.revision(), form.text("reason")));
    return redirectResponse(checklistAddress(shown.view.audit.ref));
}

}  // namespace

Result<void> addChecklistRowPages(Router& router, WebApp& web) {
    const std::string one = "/audits/{ref}/checklist/{row}";
    TM_CHECK(addPage(router, web, one, "page.checklist-row", "LA AU XA", showRow));
    Route route;
    route.method = "POST";
    route.pattern = one;
    route.name = "form.checklist-write";
    route.needsCsrf = true;
    route.bodyCap = checklistForm.bytes;
    route.roles = "LA AU";
    TM_CHECK(addRow(router, web, std::move(route), write));
    return addForm(router, web, one + "/removal", "form.checklist-remove", "LA", remove);
}

}  // namespace tickmark::http::pages
