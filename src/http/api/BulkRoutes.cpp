// One step for many things, as the pages do it.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "tickmark/app/Bulk.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

/// [{"ref","rev"}]; complaints go to the reader.
std::vector<app::BulkItem> readItems(codec::JsonReader& reader) {
    std::vector<app::BulkItem> items;
    const std::vector<Json> given = reader.arrayOr("items");
    for (std::size_t i = 0; i < given.size(); ++i) {
        codec::JsonReader part(given[i], reader.fieldName("items") + "[" + std::to_string(i) + "].");
        app::BulkItem item;
        item.ref = part.text("ref");
        item.rev = part.integer("rev");
        const auto read = part.finish();
        if (!read) {
            for (const Error& problem : read.error().parts) reader.complain(problem);
        }
        items.push_back(std::move(item));
    }
    return items;
}

Result<app::BulkOrder> readOrder(Request& request) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::BulkOrder order;
    const std::string kind = reader.text("kind");
    const std::string deed = reader.text("deed");
    const auto knownKind = app::bulkKindFrom(kind);
    const auto knownDeed = app::bulkDeedFrom(deed);
    if (!knownKind && !kind.empty()) {
        reader.complain(
            invalid("unknown-word", "kind", "\"" + kind + "\" is no kind of thing.",
                    "Name one of finding, action, request, evidence, improvement, audit, lesson."));
    }
    if (!knownDeed && !deed.empty()) {
        reader.complain(invalid("unknown-word", "deed", "\"" + deed + "\" is nothing that is done to many.",
                                "Name one of assign, due, move, attach, extend."));
    }
    order.items = readItems(reader);
    order.owner = reader.textOr("owner", "");
    order.due = dateOf(reader, "due");
    order.event = reader.textOr("event", "");
    order.evidence = reader.textsOr("evidence", {});
    order.reason = reader.textOr("reason", "");
    order.dryRun = reader.booleanOr("dry_run", false);
    TM_CHECK(reader.finish());
    if (!knownKind || !knownDeed) {
        return invalid("unknown-word", knownKind ? "deed" : "kind", "This is empty.",
                       "Name what is done to what.");
    }
    order.kind = *knownKind;
    order.deed = *knownDeed;
    return order;
}

Json describeRefusal(const Error& error) {
    Json refusal = Json::object();
    const bool hidden = error.kind == ErrorKind::Internal;
    refusal.set("type", hidden ? std::string("internal") : error.type);
    refusal.set("status", apiStatusOf(error));
    refusal.set("detail", hidden ? std::string("The server could not do this.") : error.message);
    if (hidden) return refusal;
    setText(refusal, "field", error.field);
    setText(refusal, "rule", error.rule);
    setText(refusal, "fix", error.fix);
    std::vector<std::string> parts;
    for (const Error& part : error.parts) parts.push_back(part.message);
    if (!parts.empty()) refusal.set("details", texts(parts));
    return refusal;
}

Result<Response> changeMany(Call& call) {
    TM_TRY(const app::BulkOrder order, readOrder(call.request));
    TM_TRY(const auto report, app::changeMany(call.context(), call.actor(), order));
    Json outcomes = Json::array();
    for (const app::BulkOutcome& outcome : report.outcomes) {
        Json item = Json::object();
        item.set("ref", outcome.ref).set("done", !outcome.refusal);
        if (outcome.refusal)
            item.set("refusal", describeRefusal(*outcome.refusal));
        else
            item.set("state", outcome.state).set("rev", outcome.rev);
        outcomes.push(std::move(item));
    }
    Json document = Json::object();
    document.set("dry_run", report.dryRun)
        .set("done", static_cast<std::int64_t>(report.done))
        .set("refused", static_cast<std::int64_t>(report.refused))
        .set("outcomes", std::move(outcomes));
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> bulkRows() {
    return {{"POST", "/api/v1/bulk", "bulk.change", "LA AU PO AO IM",
             "One step for up to 500 things, each judged by its own rules", changeMany}};
}

}  // namespace tickmark::http::api
