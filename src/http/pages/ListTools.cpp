#include "http/pages/ListTools.h"

#include <algorithm>
#include <array>

#include "http/pages/BulkSteps.h"
#include "tickmark/app/SavedFilters.h"

namespace tickmark::http::pages {
namespace {

using app::BulkKind;
using domain::Role;

constexpr std::array<ListFace, 5> faces{{
    {"findings", "/findings", BulkKind::Finding, "finding", "findings", "finding"},
    {"actions", "/actions", BulkKind::Action, "action", "actions", "action"},
    {"requests", "/requests", BulkKind::Request, "request", "requests", "request"},
    {"evidence", "/evidence", BulkKind::Evidence, "version", "versions", "evidence"},
    {"improvements", "/improvements", BulkKind::Improvement, "improvement", "improvements", "improvement"},
}};

/// Words for the names of filters; a name that is not here stands as it is.
constexpr std::array<std::pair<std::string_view, std::string_view>, 31> filterWords{{
    {"q", "Words"},
    {"state", "State"},
    {"class", "Class"},
    {"audit", "Audit"},
    {"clause", "Clause"},
    {"owner", "Owner"},
    {"assignee", "Assignee"},
    {"finding", "Finding"},
    {"due_before", "Due before"},
    {"open", "Open only"},
    {"mine", "Mine only"},
    {"all", "With finished ones"},
    {"overdue", "Overdue only"},
    {"serves_none", "Serves no objective"},
    {"source", "Source"},
    {"process", "Process"},
    {"service", "Service"},
    {"objective", "Objective"},
    {"sha256", "SHA-256"},
    {"counted", "Counted in trends"},
    {"cause", "Cause"},
    {"branch", "Branch"},
    {"closure", "Closure"},
    {"effect", "Effect"},
    {"audited_from", "Audited from"},
    {"audited_to", "Audited until"},
    {"undated", "Audit without a day"},
    {"closed_in", "Closed in"},
    {"repeats", "Repeats an earlier one"},
    {"check_by", "Effectiveness check until"},
    {"by_due", "With a close date, earliest first"},
}};

bool isFilter(const NameValue& pair) {
    return !pair.value.empty() && pair.name != "after" && pair.name != "filter";
}

std::string addressOf(const ListFace& face, const std::string& query) {
    return std::string(face.path) + (query.empty() ? "?filter=none" : "?" + query);
}

std::string filterTextWithout(const Request& request, const NameValue* left) {
    std::string text;
    for (const NameValue& pair : request.query) {
        if (!isFilter(pair) || &pair == left) continue;
        text.append(text.empty() ? "" : "&")
            .append(encoded(pair.name))
            .append("=")
            .append(encoded(pair.value));
    }
    return text;
}

/// "State: Issued", "Open only".
std::string chipText(const ListFace& face, const NameValue& pair) {
    const auto known = std::find_if(filterWords.begin(), filterWords.end(),
                                    [&](const auto& word) { return word.first == pair.name; });
    std::string label = view::said(known == filterWords.end() ? std::string_view(pair.name) : known->second);
    if (pair.value == "1") return label;
    if (pair.name == "state") return label + ": " + view::said(view::statusOf(face.thing, pair.value).word);
    if (pair.name == "class") return label + ": " + view::said(view::statusOf("class", pair.value).word);
    return label + ": " + pair.value;
}

std::string countText(const ListFace& face, const ListCount& count) {
    const std::string number = view::countText(static_cast<std::int64_t>(count.rows));
    if (count.more) return view::said("More than {} {}", {number, view::said(face.many)});
    return number + " " + view::said(count.rows == 1 ? face.one : face.many);
}

void putSaved(WebApp& web, const Request& request, view::Model& part, const ListFace& face,
              const std::string& now) {
    const auto kept = app::savedFilters(*web.context, callerOf(request).actor, std::string(face.list));
    if (!kept || kept->empty()) return;
    view::Model& saved = part.add("HAS_SAVED");
    saved.set("ALL_HREF", addressOf(face, "")).showIf(now.empty(), "ALL_ON");
    for (const app::SavedFilter& one : *kept) {
        view::Model& row = saved.add("SAVED");
        row.set("HREF", addressOf(face, one.query)).set("NAME", one.name);
        row.showIf(one.query == now && !now.empty(), "ON").showIf(one.standard, "STANDARD");
        if (!one.own) row.add("BY").set("KEEPER", one.keeper);
    }
}

}  // namespace

const ListFace* listFace(std::string_view list) noexcept {
    for (const ListFace& face : faces) {
        if (face.list == list) return &face;
    }
    return nullptr;
}

const ListFace& listFace(BulkKind kind) noexcept {
    for (const ListFace& face : faces) {
        if (face.kind == kind) return face;
    }
    return faces.front();
}

std::string filterText(const Request& request) { return filterTextWithout(request, nullptr); }

bool mayChangeMany(Role role) noexcept {
    return role == Role::LeadAuditor || role == Role::Auditor || role == Role::ProcessOwner ||
           role == Role::ActionOwner || role == Role::ImprovementManager;
}

Result<std::vector<app::BulkItem>> matchingItems(WebApp& web, const Request& request, BulkKind kind,
                                                 std::size_t most, bool& more) {
    switch (kind) {
        case BulkKind::Finding:
            return matchingFindings(web, request, most, more);
        case BulkKind::Action:
            return matchingActions(web, request, most, more);
        case BulkKind::Request:
            return matchingRequests(web, request, most, more);
        case BulkKind::Evidence:
            return matchingEvidence(web, request, most, more);
        case BulkKind::Improvement:
            return matchingImprovements(web, request, most, more);
        case BulkKind::Audit:
        case BulkKind::Lesson:
            break;
    }
    return invalid("unknown-word", "kind", "There is no list of that kind to choose all of.",
                   "Tick the rows one by one.");
}

std::optional<Response> standardFilter(WebApp& web, const Request& request, std::string_view list) {
    const ListFace* face = listFace(list);
    if (face == nullptr || !request.query.empty()) return std::nullopt;
    const auto kept = app::savedFilters(*web.context, callerOf(request).actor, std::string(list));
    if (!kept) return std::nullopt;
    for (const app::SavedFilter& one : *kept) {
        if (one.standard && !one.query.empty()) return redirectResponse(addressOf(*face, one.query));
    }
    return std::nullopt;
}

ListCount countOf(WebApp& web, const Request& request, BulkKind kind, std::size_t shown, bool hasNext) {
    if (!hasNext && request.queryValue("after").empty()) return {shown, false};
    ListCount count;
    const auto items = matchingItems(web, request, kind, app::largestBulk, count.more);
    if (!items) return {shown, hasNext};
    count.rows = items->size();
    return count;
}

void putListTools(WebApp& web, const Request& request, view::Model& model, const ListFace& face,
                  const ListCount& count) {
    view::Model& part = model.include("TOOLS", "parts/list-tools.html");
    const std::string now = filterText(request);
    putSaved(web, request, part, face, now);
    part.set("NUMBER_OF", std::to_string(count.rows))
        .set("COUNT", countText(face, count))
        .set("CSRF", callerOf(request).csrf);
    part.set("LIST", std::string(face.list)).set("QUERY", now);
    part.set("MANAGE_HREF", "/filters?list=" + std::string(face.list));
    part.showIf(callerOf(request).actor.role != Role::CertificationAuditor, "MAY_SHARE");
    if (now.empty()) return;
    view::Model& chips = part.add("HAS_CHIPS");
    chips.set("CLEAR_HREF", addressOf(face, ""));
    for (const NameValue& pair : request.query) {
        if (!isFilter(pair)) continue;
        chips.add("CHIP")
            .set("HREF", addressOf(face, filterTextWithout(request, &pair)))
            .set("LABEL", chipText(face, pair));
    }
}

void putPick(const Request& request, view::Model& row, const std::string& ref, std::int64_t rev) {
    if (!mayChangeMany(callerOf(request).actor.role)) return;
    row.add("PICK").set("ITEM", ref + ":" + std::to_string(rev)).set("PICK_REF", ref);
}

void putBulk(WebApp& web, const Request& request, view::Model& rows, const ListFace& face,
             const ListCount& count) {
    const Role role = callerOf(request).actor.role;
    if (!mayChangeMany(role)) return;
    rows.show("MAY_PICK");
    view::Model& part = rows.include("BULK", "parts/bulk.html");
    part.set("KIND", std::string(app::toText(face.kind))).set("CSRF", callerOf(request).csrf);
    part.set("FILTER", filterText(request));
    if (!count.more && count.rows <= app::largestBulk)
        part.add("ALL_MATCHING").set("ALL_WORDS", view::said("All {} that match", {countText(face, count)}));
    for (const BulkStep& step : bulkSteps(face.kind, role)) {
        putOption(part, "STEP", "CODE", step.code, view::said(step.label), false);
    }
    part.showIf(app::takes(face.kind, app::BulkDeed::Assign), "ASSIGNS");
    part.showIf(app::takes(face.kind, app::BulkDeed::Due), "DATES");
    part.showIf(app::takes(face.kind, app::BulkDeed::Attach), "ATTACHES");
    putPeople(web, request, part, {}, [](Role) { return true; });
}

}  // namespace tickmark::http::pages
