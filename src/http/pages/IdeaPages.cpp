// The idea bank: look, filter by process, add, withdraw.
#include "http/pages/Page.h"
#include "tickmark/app/Ideas.h"
#include "tickmark/app/Improvements.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* people = "LA AU PO AO IM TM";

void putIdea(view::Model& row, const app::Idea& idea) {
    row.set("CODE", idea.code).set("NAME", idea.title).set("WORDS", idea.description);
    row.say("PROCESS", std::string(app::ideaProcessTitle(idea.process))).set("KPI", idea.kpi);
    row.set("UNIT", idea.unit).set("RULE", idea.rule);
    row.say("DIRECTION", idea.direction == "higher_is_better" ? "higher is better" : "lower is better");
    row.setIf("BY", idea.by);
    row.set("ADOPT", "/ideas/" + encoded(idea.code) + "/adopt");
    if (idea.mayWithdraw) row.add("MAY_WITHDRAW").set("ACTION", "/ideas/" + encoded(idea.code) + "/withdraw");
}

void putTyped(view::Model& model, const app::Idea& typed) {
    model.set("TITLE", typed.title).set("DESCRIPTION", typed.description).set("KPI", typed.kpi);
    model.set("UNIT", typed.unit).set("RULE", typed.rule);
    model.showIf(typed.direction != "lower_is_better", "HIGHER")
        .showIf(typed.direction == "lower_is_better", "LOWER");
    for (const std::string_view code : app::ideaProcesses)
        putOption(model, "NEW_PROCESS", "CODE", std::string(code), std::string(app::ideaProcessTitle(code)),
                  code == typed.process);
}

Result<Response> ideaPage(WebApp& web, Request& request, const app::Idea& typed, const Error* error) {
    const domain::Actor& actor = callerOf(request).actor;
    app::IdeaFilter filter;
    filter.process = std::string(request.queryValue("process"));
    filter.q = std::string(request.queryValue("q"));
    auto ideas = app::listIdeas(*web.context, actor, filter);
    if (!ideas && error == nullptr) error = &ideas.error();
    Frame frame;
    frame.title = view::said("Ideas to improve");
    frame.section = "/ideas";
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/ideas.html", [&](view::Model& model) {
        model.set("Q", filter.q);
        for (const std::string_view code : app::ideaProcesses)
            putOption(model, "PROCESS_CHOICE", "CODE", std::string(code),
                      std::string(app::ideaProcessTitle(code)), code == filter.process);
        const bool none = !ideas || ideas->empty();
        model.showIf(none, "NOTHING");
        if (!none) {
            model.set("COUNT", view::countText(static_cast<std::int64_t>(ideas->size())));
            for (const app::Idea& idea : *ideas) putIdea(model.add("IDEA"), idea);
        }
        putTyped(model, typed);
    });
}

Result<Response> showIdeas(WebApp& web, Request& request, const PathParameters&) {
    return ideaPage(web, request, {}, nullptr);
}

Result<Response> addIdea(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::Idea typed;
    typed.process = form.text("process");
    typed.title = form.text("title");
    typed.description = form.text("description");
    typed.kpi = form.text("kpi");
    typed.unit = form.text("unit");
    typed.direction = form.text("direction");
    typed.rule = form.text("rule");
    const auto added = app::addIdea(*web.context, callerOf(request).actor, typed);
    if (!added) return ideaPage(web, request, typed, &added.error());
    return redirectResponse("/ideas?process=" + encoded(added->process));
}

Result<Response> adoptIdea(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    TM_TRY(const auto item,
           app::adoptIdea(*web.context, callerOf(request).actor, std::string(parameters.at("ref"))));
    return redirectResponse("/improvements/" + encoded(item.ref.text()));
}

Result<Response> withdrawIdea(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY([[maybe_unused]] const Form form, readForm(request));
    TM_CHECK(app::withdrawIdea(*web.context, callerOf(request).actor, std::string(parameters.at("ref"))));
    return redirectResponse("/ideas");
}

}  // namespace

Result<void> addIdeaPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/ideas", "page.ideas", people, showIdeas));
    TM_CHECK(addForm(router, web, "/ideas", "form.idea-add", people, addIdea));
    TM_CHECK(addForm(router, web, "/ideas/{ref}/adopt", "form.idea-adopt", people, adoptIdea));
    return addForm(router, web, "/ideas/{ref}/withdraw", "form.idea-withdraw", people, withdrawIdea);
}

}  // namespace tickmark::http::pages
