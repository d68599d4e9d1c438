// One search over everything that the caller may see.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Search.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

/// The text without marks, and where they stood: start and length in bytes of UTF-8.
void setMarked(Json& item, const std::string& name, std::string_view text) {
    std::string plain;
    Json matches = Json::array();
    std::size_t begin = 0;
    for (const char letter : text) {
        if (letter == storage::matchBegins) {
            begin = plain.size();
        } else if (letter == storage::matchEnds) {
            matches.push(Json::object()
                             .set("start", static_cast<std::int64_t>(begin))
                             .set("length", static_cast<std::int64_t>(plain.size() - begin)));
        } else {
            plain += letter;
        }
    }
    item.set(name, plain).set(name + "_matches", std::move(matches));
}

Json describe(const app::SearchGroup& group) {
    Json hits = Json::array();
    for (const storage::SearchHit& hit : group.hits) {
        Json item = Json::object();
        item.set("ref", hit.ref);
        setMarked(item, "title", hit.title);
        setMarked(item, "passage", hit.passage);
        hits.push(std::move(item));
    }
    Json document = Json::object();
    document.set("kind", storage::toText(group.kind)).set("hits", std::move(hits));
    setText(document, "next", group.next);
    return document;
}

Result<Response> searchAll(Call& call) {
    QueryReader query(call.request);
    const std::string typed = query.text("q");
    const std::string kindName = query.text("kind");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    const auto kind = storage::searchKindFrom(kindName);
    if (!kindName.empty() && !kind) {
        return invalid("search-kind", "kind", "\"" + kindName + "\" is nothing that is searched.",
                       "Use finding, action, evidence, improvement or lesson.");
    }
    TM_TRY(const auto groups, app::search(call.context(), call.actor(), typed, kind, page));
    Json items = Json::array();
    for (const auto& group : groups) items.push(describe(group));
    Json document = Json::object();
    document.set("groups", std::move(items));
    return documentAnswer(document);
}

}  // namespace

std::vector<ApiRow> searchRows() {
    return {{"GET",
             "/api/v1/search",
             "search.all",
             "LA AU PO AO IM TM XA",
             "Search findings, actions, evidence, improvement items and lessons",
             searchAll,
             {"q", "kind", "limit", "after"}}};
}

}  // namespace tickmark::http::api
