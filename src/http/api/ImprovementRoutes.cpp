// The improvement register: list, record, edit, move, report, exchange as CSV.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/EventInput.h"
#include "http/api/ImprovementInput.h"
#include "http/api/ListText.h"
#include "http/api/Rows.h"
#include "http/download/TableDownload.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/improvements";
constexpr std::uint64_t importCap = 64U * 1024U * 1024U;

Response changed(const domain::ImprovementItem& item) {
    return changeAnswer(item.ref.text(), domain::toText(item.state), item.rev);
}

void putRow(ListText& list, const storage::ImprovementRow& row) {
    list.openItem();
    list.text("ref", row.ref);
    list.text("title", row.title);
    list.text("source", row.source);
    list.text("state", row.state);
    list.textIf("process", row.process);
    list.textIf("service", row.service);
    list.textIf("objective", row.objective);
    list.textIf("kpi", row.kpi);
    list.person("owner", row.ownerAccount, row.ownerName);
    list.textIf("finding", row.findingRef);
    list.number("score", row.score);
    list.textIf("priority", domain::priorityOf(row.score));
    list.number("progress", row.progress);
    list.textIf("due", row.due);
    list.number("rev", row.rev);
    list.closeItem();
}

Result<Response> listImprovements(Call& call) {
    QueryReader query(call.request);
    const ImprovementQuery asked = readImprovementQuery(query);
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    using Found = storage::Page<storage::ImprovementRow>;
    TM_TRY(const Found found,
           call.context().database->read([&](storage::ReadSession& session) -> Result<Found> {
               TM_TRY(const auto filter, resolved(session, scope, asked));
               return storage::listImprovements(session, scope, filter, page);
           }));
    ListText list;
    for (const storage::ImprovementRow& row : found.rows) putRow(list, row);
    return jsonResponse(std::move(list).finish(found.next));
}

Result<Response> countImprovements(Call& call) {
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    TM_TRY(const auto counts, call.context().database->read([&](storage::ReadSession& session) {
        return storage::countImprovements(session, scope);
    }));
    Json states = Json::object();
    for (const auto& one : counts.byState) states.set(one.state, one.number);
    Json document = Json::object();
    document.set("by_state", std::move(states)).set("overdue", counts.overdue);
    return documentAnswer(document);
}

std::vector<std::string_view> withFormat(std::vector<std::string_view> parameters) {
    parameters.emplace_back("format");
    return parameters;
}

Result<Response> exportImprovements(Call& call) {
    QueryReader query(call.request);
    const ImprovementQuery asked = readImprovementQuery(query);
    TM_TRY(const app::TableFormat format, tableFormat(query.text("format")));
    TM_CHECK(query.finish());
    const storage::Scope scope = app::scopeOf(call.context(), call.actor());
    TM_TRY(const auto filter, call.context().database->read([&](storage::ReadSession& session) {
        return resolved(session, scope, asked);
    }));
    TM_TRY(std::string table, app::exportImprovements(call.context(), call.actor(), filter, format));
    return tableDownload(std::move(table), "improvements", format);
}

Result<Response> importImprovements(Call& call) {
    QueryReader query(call.request);
    const bool dry = query.flag("dry_run");
    TM_CHECK(query.finish());
    if (call.request.mediaType() != "text/csv") {
        return invalid("media-type", "Content-Type", "This address does not read that kind of body.",
                       "Send Content-Type: text/csv.");
    }
    TM_TRY(const std::string csv, call.request.bodyText(importCap));
    TM_TRY(const auto outcome, app::importImprovements(call.context(), call.actor(), csv, dry));
    Json document = Json::object();
    document.set("created", outcome.created).set("refs", texts(outcome.refs)).set("dry_run", outcome.dryRun);
    Response response = documentAnswer(document);
    response.status = outcome.dryRun ? 200 : 201;
    return response;
}

Result<Response> recordImprovement(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ImprovementDraft draft, readImprovementDraft(body));
    TM_TRY(const auto made, app::recordImprovement(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> improveFinding(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto made,
           app::improveFinding(call.context(), call.actor(), call.ref<domain::FindingRef>(), rev));
    return creationAnswer(base, made.ref.text(), domain::toText(made.state), made.rev);
}

Result<Response> showImprovement(Call& call) {
    TM_TRY(const app::ImprovementView view,
           app::showImprovement(call.context(), call.actor(), call.ref<domain::ImprovementRef>()));
    return documentAnswer(describe(view), view.item.rev);
}

Result<Response> editImprovement(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ImprovementDraft draft, readImprovementDraft(body));
    TM_TRY(const auto item, app::editImprovement(call.context(), call.actor(),
                                                 call.ref<domain::ImprovementRef>(), rev, draft));
    return changed(item);
}

Result<Response> reportImprovement(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    TM_TRY(const app::ImprovementReport report, readImprovementReport(body));
    TM_TRY(const auto item, app::reportImprovement(call.context(), call.actor(),
                                                   call.ref<domain::ImprovementRef>(), rev, report));
    return changed(item);
}

Result<Response> moveImprovement(Call& call) {
    TM_TRY(const auto step, readStep(call.request, domain::improvementEventFrom));
    TM_TRY(const auto item,
           app::changeImprovementState(call.context(), call.actor(), call.ref<domain::ImprovementRef>(),
                                       step.rev, step.event, step.reason));
    return changed(item);
}

Result<Response> attachEvidence(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const auto versions, readVersions(call.request));
    TM_TRY(const auto item,
           app::attachEvidenceToImprovement(call.context(), call.actor(), call.ref<domain::ImprovementRef>(),
                                            rev, versions));
    return changed(item);
}

}  // namespace

std::vector<ApiRow> improvementRows() {
    const std::string all(base);
    const std::string one = all + "/{ref}";
    const std::string readers = "LA AU PO AO IM TM XA";
    const std::string recorders = "LA AU PO AO IM TM";
    const std::string workers = "PO AO IM";
    std::vector<std::string_view> listed = improvementFilterParameters();
    listed.insert(listed.end(), {"limit", "after"});
    ApiRow import{"POST",     all + "/imports",        "improvements.import",
                  "IM",       "Import items from CSV", importImprovements,
                  {"dry_run"}};
    import.bodyCap = importCap;
    return {
        {"GET", all, "improvements.list", readers, "Improvement items that the caller may see",
         listImprovements, std::move(listed)},
        {"POST", all, "improvements.create", recorders, "Record an improvement item", recordImprovement},
        {"GET", all + "/counts", "improvements.count", readers, "How many stand at which step",
         countImprovements},
        {"GET", all + "/export", "improvements.export", readers, "The register as CSV or XLSX",
         exportImprovements, withFormat(improvementFilterParameters())},
        std::move(import),
        {"GET", one, "improvements.show", readers, "One item with its steps and history", showImprovement},
        {"PUT", one, "improvements.edit", recorders, "Edit goals and plan", editImprovement},
        {"PUT", one + "/report", "improvements.report", workers, "Report progress, result and lesson",
         reportImprovement},
        {"POST", one + "/events", "improvements.move", workers, "Take an item to its next step",
         moveImprovement},
        {"POST", one + "/evidence", "improvements.attach", recorders, "Point at the changed documents",
         attachEvidence},
        {"POST", "/api/v1/findings/{ref}/improvement", "findings.improve", "LA AU PO IM",
         "Make an improvement item of a finding", improveFinding},
    };
}

}  // namespace tickmark::http::api
