// Filters of lists that people keep under a name.
#include <charconv>

#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/SavedFilters.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

Json describe(const app::SavedFilter& filter) {
    Json item = Json::object();
    item.set("id", filter.id)
        .set("list", filter.list)
        .set("name", filter.name)
        .set("query", filter.query)
        .set("shared", filter.shared)
        .set("default", filter.standard)
        .set("own", filter.own)
        .set("keeper", filter.keeper);
    return item;
}

Result<std::int64_t> idOf(const Call& call) {
    const std::string text = call.path("id");
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return notFound("saved filter");
    return id;
}

Result<app::FilterDraft> readDraft(Request& request, bool isNew) {
    TM_TRY(const Json body, readJson(request));
    codec::JsonReader reader(body);
    app::FilterDraft draft;
    if (isNew) draft.list = reader.text("list");
    draft.name = reader.text("name");
    draft.query = reader.textOr("query", "");
    draft.shared = reader.booleanOr("shared", false);
    draft.standard = reader.booleanOr("default", false);
    TM_CHECK(reader.finish());
    return draft;
}

Result<Response> listFilters(Call& call) {
    TM_TRY(const auto kept,
           app::savedFilters(call.context(), call.actor(), std::string(call.request.queryValue("list"))));
    Json items = Json::array();
    for (const app::SavedFilter& filter : kept) items.push(describe(filter));
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> saveFilter(Call& call) {
    TM_TRY(const app::FilterDraft draft, readDraft(call.request, true));
    TM_TRY(const auto filter, app::saveFilter(call.context(), call.actor(), draft));
    Response response = documentAnswer(describe(filter));
    response.status = 201;
    response.set("Location", "/api/v1/filters/" + std::to_string(filter.id));
    return response;
}

Result<Response> changeFilter(Call& call) {
    TM_TRY(const std::int64_t id, idOf(call));
    TM_TRY(const app::FilterDraft draft, readDraft(call.request, false));
    TM_TRY(const auto filter, app::changeFilter(call.context(), call.actor(), id, draft));
    return documentAnswer(describe(filter));
}

Result<Response> removeFilter(Call& call) {
    TM_TRY(const std::int64_t id, idOf(call));
    TM_CHECK(app::removeFilter(call.context(), call.actor(), id));
    return noContent();
}

}  // namespace

std::vector<ApiRow> filterRows() {
    const std::string all = "/api/v1/filters";
    const std::string one = all + "/{id}";
    const std::string everybody = "LA AU PO AO IM TM XA";
    return {
        {"GET", all, "filters.list", everybody, "Filters kept for a list", listFilters, {"list"}},
        {"POST", all, "filters.save", everybody, "Keep a filter under a name", saveFilter},
        {"PUT", one, "filters.change", everybody, "Rename, share or change a kept filter", changeFilter},
        {"DELETE", one, "filters.remove", everybody, "Remove a kept filter", removeFilter},
    };
}

}  // namespace tickmark::http::api
