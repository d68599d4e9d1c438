// The idea bank.
#include "http/api/Answers.h"
#include "http/api/Rows.h"
#include "tickmark/app/Ideas.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/ideas";

Json describe(const app::Idea& idea) {
    Json item = Json::object();
    item.set("code", idea.code)
        .set("process", idea.process)
        .set("process_title", app::ideaProcessTitle(idea.process))
        .set("title", idea.title)
        .set("description", idea.description)
        .set("kpi", Json::object()
                        .set("name", idea.kpi)
                        .set("unit", idea.unit)
                        .set("direction", idea.direction)
                        .set("rule", idea.rule))
        .set("built_in", idea.by.empty())
        .set("may_withdraw", idea.mayWithdraw);
    setText(item, "by", idea.by);
    return item;
}

Result<Response> listIdeas(Call& call) {
    QueryReader query(call.request);
    app::IdeaFilter filter;
    filter.process = query.text("process");
    filter.q = query.text("q");
    TM_CHECK(query.finish());
    TM_TRY(const auto ideas, app::listIdeas(call.context(), call.actor(), filter));
    Json items = Json::array();
    for (const app::Idea& idea : ideas) items.push(describe(idea));
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> addIdea(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::Idea idea;
    idea.process = reader.text("process");
    idea.title = reader.text("title");
    idea.description = reader.text("description");
    idea.kpi = reader.text("kpi");
    idea.unit = reader.text("unit");
    idea.direction = reader.text("direction");
    idea.rule = reader.text("rule");
    TM_CHECK(reader.finish());
    TM_TRY(const app::Idea added, app::addIdea(call.context(), call.actor(), std::move(idea)));
    Response response = documentAnswer(describe(added));
    response.status = 201;
    return response;
}

Result<Response> withdrawIdea(Call& call) {
    TM_CHECK(app::withdrawIdea(call.context(), call.actor(), call.path("ref")));
    return noContent();
}

}  // namespace

std::vector<ApiRow> ideaRows() {
    const std::string all(base);
    const std::string people = "LA AU PO AO IM TM";
    return {
        {"GET", all, "ideas.list", people, "The idea bank", listIdeas, {"process", "q"}},
        {"POST", all, "ideas.add", people, "Add an idea of one's own", addIdea},
        {"DELETE", all + "/{ref}", "ideas.withdraw", people, "Withdraw an idea of one's own", withdrawIdea},
    };
}

}  // namespace tickmark::http::api
