// Kept filters of lists: keep, rename, share, remove.
#include <charconv>

#include "http/pages/ListTools.h"
#include "tickmark/app/SavedFilters.h"

namespace tickmark::http::pages {
namespace {

constexpr const char* everybody = "LA AU PO AO IM TM XA";

Result<std::int64_t> idOf(const PathParameters& parameters) {
    const std::string_view text = parameters.at("id");
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return notFound("saved filter");
    return id;
}

app::FilterDraft draftOf(const Form& form) {
    return {form.text("list"), form.text("name"), form.text("query"), form.text("shared") == "1",
            form.text("standard") == "1"};
}

std::string listAddress(const std::string& list, const std::string& query) {
    const ListFace* face = listFace(list);
    const std::string path(face == nullptr ? std::string_view("/") : face->path);
    return query.empty() ? path : path + "?" + query;
}

Response redirectToFilters(const std::string& list) {
    return redirectResponse("/filters?list=" + encoded(list));
}

Result<Response> show(WebApp& web, Request& request, const PathParameters&) {
    const std::string list(request.queryValue("list").empty() ? "findings" : request.queryValue("list"));
    const Caller& caller = callerOf(request);
    TM_TRY(const auto kept, app::savedFilters(*web.context, caller.actor, list));
    Frame frame;
    frame.title = view::said("Kept filters");
    frame.section = listAddress(list, {});
    return page(web, request, frame, "pages/filters.html", [&](view::Model& model) {
        model.set("LIST", list).set("LIST_HREF", listAddress(list, "filter=none"));
        model.showIf(kept.empty(), "EMPTY");
        for (const app::SavedFilter& one : kept) {
            view::Model& row = model.add("FILTER");
            row.set("NAME", one.name).set("HREF", listAddress(list, one.query)).set("KEEPER", one.keeper);
            row.showIf(!one.own, "OTHERS");
            if (!one.own) continue;
            const std::string address = "/filters/" + std::to_string(one.id);
            view::Model& own = row.add("OWN");
            own.set("ACTION", address).set("REMOVE_ACTION", address + "/removal");
            own.set("LIST_NAME", list).set("QUERY", one.query).set("CSRF", caller.csrf);
            own.showIf(one.standard, "STANDARD").showIf(one.shared, "SHARED");
            own.showIf(caller.actor.role != domain::Role::CertificationAuditor, "MAY_SHARE");
        }
    });
}

Result<Response> keep(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto kept, app::saveFilter(*web.context, callerOf(request).actor, draftOf(form)));
    return redirectResponse(listAddress(kept.list, kept.query));
}

Result<Response> change(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const std::int64_t id, idOf(parameters));
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto kept, app::changeFilter(*web.context, callerOf(request).actor, id, draftOf(form)));
    return redirectToFilters(kept.list);
}

Result<Response> remove(WebApp& web, Request& request, const PathParameters& parameters) {
    TM_TRY(const std::int64_t id, idOf(parameters));
    TM_TRY(const Form form, readForm(request));
    TM_CHECK(app::removeFilter(*web.context, callerOf(request).actor, id));
    return redirectToFilters(app::isFilterList(form.text("list")) ? form.text("list") : "findings");
}

}  // namespace

Result<void> addFilterPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/filters", "page.filters", everybody, show));
    TM_CHECK(addForm(router, web, "/filters", "form.filter-keep", everybody, keep));
    TM_CHECK(addForm(router, web, "/filters/{id}", "form.filter-change", everybody, change));
    return addForm(router, web, "/filters/{id}/removal", "form.filter-remove", everybody, remove);
}

}  // namespace tickmark::http::pages
