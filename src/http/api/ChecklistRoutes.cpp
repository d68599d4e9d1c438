// The working papers of an audit: look, make, write rows, exchange as CSV.
#include <algorithm>
#include <charconv>

#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "http/download/TableDownload.h"
#include "tickmark/app/Checklist.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::uint64_t importCap = 16U * 1024U * 1024U;

/// A row's number in the path; anything else is a row that is not there.
Result<domain::ChecklistRowId> rowIn(const Call& call) {
    const std::string text = call.path("row");
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || number < 1)
        return notFound("row " + text + " of the checklist");
    return domain::ChecklistRowId{number};
}

Json sampleOf(const domain::Sample& sample) {
    Json item = Json::object();
    item.set("population", sample.population)
        .set("method", sample.method)
        .set("size", sample.size)
        .set("looked_at", sample.lookedAt);
    return item;
}

Json rowJson(const app::ChecklistView& view, const domain::ChecklistItem& row, const Names& names) {
    Json item = Json::object();
    item.set("row", row.row.value).set("clause", row.clause).set("question", row.question);
    setText(item, "note", row.note);
    item.set("sample", sampleOf(row.sample));
    if (row.result) item.set("result", domain::toText(*row.result));
    setText(item, "reason", row.reason);
    Json findings = Json::array();
    for (const domain::FindingId id : row.findings) {
        if (const auto known = view.findings.find(id); known != view.findings.end())
            findings.push(known->second.ref);
    }
    Json evidence = Json::array();
    for (const domain::EvidenceVersionId id : row.evidence) {
        if (const auto known = view.evidence.find(id); known != view.evidence.end())
            evidence.push(known->second);
    }
    item.set("findings", std::move(findings)).set("evidence", std::move(evidence));
    if (row.by.stored()) item.set("by", names.person(row.by));
    if (row.at) item.set("at", row.at->iso());
    item.set("rev", app::revisionOf(row));
    return item;
}

Json progressJson(const domain::ChecklistProgress& progress) {
    Json item = Json::object();
    item.set("rows", progress.rows)
        .set("open", progress.open())
        .set("conforming", progress.conforming)
        .set("finding", progress.withFinding)
        .set("not_examined", progress.notExamined);
    return item;
}

Result<Response> showChecklist(Call& call) {
    TM_TRY(const auto view, app::showChecklist(call.context(), call.actor(), call.ref<domain::AuditRef>()));
    Names names;
    names.add(view.parties);
    Json rows = Json::array();
    for (const domain::ChecklistItem& row : view.audit.checklist) rows.push(rowJson(view, row, names));
    Json document = Json::object();
    document.set("audit", view.audit.ref.text())
        .set("rev", view.audit.rev)
        .set("progress", progressJson(view.progress))
        .set("items", std::move(rows));
    return documentAnswer(document, view.audit.rev);
}

Result<Response> showRow(Call& call) {
    TM_TRY(const domain::ChecklistRowId number, rowIn(call));
    TM_TRY(const auto view, app::showChecklist(call.context(), call.actor(), call.ref<domain::AuditRef>()));
    const domain::ChecklistItem* row = domain::rowOf(view.audit.checklist, number);
    if (row == nullptr) return notFound("row " + call.path("row") + " of the checklist");
    Names names;
    names.add(view.parties);
    return documentAnswer(rowJson(view, *row, names), app::revisionOf(*row));
}

app::CheckInput checkIn(codec::JsonReader& reader) {
    app::CheckInput input;
    input.clause = reader.textOr("clause", "");
    input.question = reader.text("question");
    input.note = reader.textOr("note", "");
    if (const Json* sample = reader.member("sample")) {
        codec::JsonReader inner(*sample, "sample.");
        input.sample.population = inner.textOr("population", "");
        input.sample.method = inner.textOr("method", "");
        input.sample.size = inner.integerOr("size", 0);
        input.sample.lookedAt = inner.textOr("looked_at", "");
        if (auto done = inner.finish(); !done) reader.complain(std::move(done).error());
    }
    if (const std::string word = reader.textOr("result", ""); !word.empty()) {
        input.result = domain::checkResultFrom(word);
        if (!input.result) {
            reader.complain(invalid("unknown-word", reader.fieldName("result"),
                                    "\"" + word + "\" is not a result of a row.",
                                    "Send conforming, finding or not_examined, or leave it out."));
        }
    }
    input.reason = reader.textOr("reason", "");
    input.findings = reader.textsOr("findings", {});
    input.evidence = reader.textsOr("evidence", {});
    return input;
}

Response changed(const domain::Audit& audit) {
    return changeAnswer(audit.ref.text(), domain::toText(audit.state), audit.rev);
}

/// Either {"clauses": […]} of the catalog, or one row as it is written.
Result<Response> addRows(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const auto ref = call.ref<domain::AuditRef>();
    if (reader.has("clauses")) {
        const std::vector<std::string> clauses = reader.textsOr("clauses", {});
        TM_CHECK(reader.finish());
        TM_TRY(const auto audit, app::addClauses(call.context(), call.actor(), ref, rev, clauses));
        return changed(audit);
    }
    const app::CheckInput input = checkIn(reader);
    TM_CHECK(reader.finish());
    TM_TRY(const auto audit, app::addCheck(call.context(), call.actor(), ref, rev, input));
    return changed(audit);
}

Result<Response> writeRow(Call& call) {
    TM_TRY(const domain::ChecklistRowId row, rowIn(call));
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const app::CheckInput input = checkIn(reader);
    TM_CHECK(reader.finish());
    TM_TRY(const auto audit,
           app::recordCheck(call.context(), call.actor(), call.ref<domain::AuditRef>(), row, rev, input));
    return changed(audit);
}

Result<Response> removeRow(Call& call) {
    TM_TRY(const domain::ChecklistRowId row, rowIn(call));
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_TRY(const auto audit,
           app::removeCheck(call.context(), call.actor(), call.ref<domain::AuditRef>(), row, rev, reason));
    return changed(audit);
}

Result<Response> exportChecklist(Call& call) {
    TM_TRY(const auto view, app::showChecklist(call.context(), call.actor(), call.ref<domain::AuditRef>()));
    return tableDownload(app::checklistCsv(view), "checklist", app::TableFormat::Csv);
}

Result<Response> importChecklist(Call& call) {
    QueryReader query(call.request);
    const bool dry = query.flag("dry_run");
    TM_CHECK(query.finish());
    if (call.request.mediaType() != "text/csv") {
        return invalid("media-type", "Content-Type", "This address does not read that kind of body.",
                       "Send Content-Type: text/csv.");
    }
    TM_TRY(const std::string csv, call.request.bodyText(importCap));
    TM_TRY(const auto outcome,
           app::importChecklist(call.context(), call.actor(), call.ref<domain::AuditRef>(), csv, dry));
    Json document = Json::object();
    document.set("changed", outcome.created).set("rows", texts(outcome.refs)).set("dry_run", outcome.dryRun);
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> checklistRows() {
    const std::string all = "/api/v1/audits/{ref}/checklist";
    const std::string one = all + "/{row}";
    ApiRow import{"POST",
                  all + "/imports",
                  "checklist.import",
                  "LA AU",
                  "Change and add rows from CSV, all or nothing",
                  importChecklist,
                  {"dry_run"}};
    import.bodyCap = importCap;
    return {
        {"GET", all, "checklist.show", "LA AU XA", "The working papers of an audit", showChecklist},
        {"POST", all, "checklist.add", "LA", "Add rows for clauses, or one row", addRows},
        {"GET", all + "/export", "checklist.export", "LA AU XA", "The working papers as CSV",
         exportChecklist},
        std::move(import),
        {"GET", one, "checklist.row", "LA AU XA", "One row of the working papers", showRow},
        {"PUT", one, "checklist.write", "LA AU", "Write what was looked at and how the row ended", writeRow},
        {"POST", one + "/removal", "checklist.remove", "LA", "Take a row away, with a reason", removeRow},
    };
}

}  // namespace tickmark::http::api
