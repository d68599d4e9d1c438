// Which requests the files of a folder would answer.
#include "http/pages/Page.h"
#include "http/pages/Parts.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"

namespace tickmark::http::pages {
namespace {

struct Asked {
    std::string audit{};
    std::string names{};
};

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        if (end > at) lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

void putAudits(WebApp& web, const Request& request, view::Model& model, const std::string& chosen) {
    storage::AuditFilter filter;
    filter.states = {domain::AuditState::Planned, domain::AuditState::Fieldwork,
                     domain::AuditState::Reporting, domain::AuditState::FollowUp};
    const auto scope = app::scopeOf(*web.context, callerOf(request).actor);
    const auto audits = web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listAudits(session, scope, filter, page);
        });
    });
    if (!audits) return;
    for (const auto& audit : *audits)
        putOption(model, "AUDIT", "REF", audit.ref, audit.title, audit.ref == chosen);
}

void putMatching(view::Model& model, const domain::Matching& matching, const std::string& audit) {
    view::Model& part = model.add("HAS_MATCHING");
    const auto all = static_cast<std::int64_t>(matching.files.size());
    const auto without = static_cast<std::int64_t>(matching.unmatched().size());
    part.set("MATCHED", view::countText(all - without)).set("ALL", view::countText(all));
    part.set("AUDIT_REF", audit);
    for (const domain::FileMatch& match : matching.files) {
        view::Model& row = part.add("FILE").set("NAME", match.file);
        for (const std::string& ref : match.requests) row.add("REQUEST").set("REF", ref);
        for (const std::string& code : match.strangers) row.add("STRANGER").set("CODE", code);
        row.showIf(match.requests.empty(), "NONE");
    }
    if (matching.unanswered.empty()) return;
    view::Model& open = part.add("HAS_UNANSWERED");
    for (const std::string& ref : matching.unanswered) open.add("OPEN_REQUEST").set("REF", ref);
}

Response matchingPage(WebApp& web, Request& request, const Asked& asked, const domain::Matching* matching,
                      const Error* error) {
    Frame frame;
    frame.title = view::said("Match files to requests");
    frame.section = "/requests";
    frame.trail = {{"/requests", "Requests"}};
    frame.trailEnd = view::said("Matching");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/requests-matching.html", [&](view::Model& model) {
        putAudits(web, request, model, asked.audit);
        putUploadScripts(model, request);
        model.set("NAMES", asked.names);
        if (matching != nullptr) putMatching(model, *matching, asked.audit);
    });
}

Result<Response> showForm(WebApp& web, Request& request, const PathParameters&) {
    return matchingPage(web, request, {std::string(request.queryValue("audit")), {}}, nullptr, nullptr);
}

Result<Response> propose(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    const Asked asked{form.text("audit"), form.text("names")};
    const auto matching =
        app::proposeMatching(*web.context, callerOf(request).actor, asked.audit, linesOf(asked.names));
    if (!matching) return matchingPage(web, request, asked, nullptr, &matching.error());
    return matchingPage(web, request, asked, &*matching, nullptr);
}

}  // namespace

Result<void> addMatchingPages(Router& router, WebApp& web) {
    const std::string givers = "LA AU PO AO";
    TM_CHECK(addPage(router, web, "/requests/matching", "page.requests-matching", givers, showForm));
    return addForm(router, web, "/requests/matching", "form.requests-matching", givers, propose);
}

}  // namespace tickmark::http::pages
