// The auditee's answer to a finding, written in a form.
#include <algorithm>
#include <charconv>

#include "http/pages/Conflict.h"
#include "http/pages/Listing.h"
#include "http/pages/Page.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::pages {
namespace {

std::string addressOf(const domain::FindingRef& ref) { return "/findings/" + encoded(ref.text()); }
domain::FindingRef refOf(const PathParameters& parameters) {
    return domain::FindingRef{std::string(parameters.at("ref"))};
}

constexpr std::size_t whyRows = 5;
constexpr std::size_t spareCauses = 2;
constexpr std::size_t spareBones = 4;

/// The rows of a cause's form: what is written so far and some empty ones.
void putCauses(view::Model& model, const domain::Response& response) {
    for (std::size_t i = 0; i < std::max(whyRows, response.whys.size() + 1); ++i) {
        model.add("WHY")
            .set("NUMBER", std::to_string(i + 1))
            .set("TEXT", i < response.whys.size() ? response.whys[i] : "");
    }
    for (std::size_t i = 0; i < response.fishbone.size() + spareBones; ++i) {
        const bool written = i < response.fishbone.size();
        model.add("BONE")
            .set("BRANCH", written ? response.fishbone[i].branch : "")
            .set("TEXT", written ? response.fishbone[i].cause : "");
    }
    for (std::size_t i = 0; i < response.rootCauses.size() + spareCauses; ++i) {
        model.add("CAUSE")
            .set("CODE", "RC-" + std::to_string(i + 1))
            .set("TEXT", i < response.rootCauses.size() ? response.rootCauses[i].text : "");
    }
}

/// A row with a branch and no cause, or the other way round, is kept, so that the answer names it.
std::vector<domain::FishboneCause> fishboneOf(const Form& form) {
    const auto branches = form.all("branch");
    const auto causes = form.all("branch_cause");
    std::vector<domain::FishboneCause> fishbone;
    for (std::size_t i = 0; i < std::max(branches.size(), causes.size()); ++i) {
        domain::FishboneCause cause{i < branches.size() ? branches[i] : "",
                                    i < causes.size() ? causes[i] : ""};
        if (!cause.branch.empty() || !cause.cause.empty()) fishbone.push_back(std::move(cause));
    }
    return fishbone;
}

constexpr std::size_t sparePlaces = 3;

std::string countText(std::int64_t count) { return count == 0 ? std::string() : std::to_string(count); }

/// The places where it was looked for, and some empty rows.
void putPlaces(view::Model& model, const domain::Response& response) {
    for (std::size_t i = 0; i < response.extentPlaces.size() + sparePlaces; ++i) {
        const domain::ExtentPlace place =
            i < response.extentPlaces.size() ? response.extentPlaces[i] : domain::ExtentPlace{};
        view::Model& row = model.add("PLACE");
        row.set("NUMBER", std::to_string(i + 1)).set("TEXT", place.place).set("LOOKED_AT", place.lookedAt);
        row.set("SAMPLE", countText(place.sample)).set("POPULATION", countText(place.population));
        row.set("FOUND", countText(place.found)).set("PROOF", place.evidence).set("ANSWER", place.answer);
        for (const auto kind : {domain::ExtentKind::Site, domain::ExtentKind::Process,
                                domain::ExtentKind::Service, domain::ExtentKind::Population}) {
            putOption(row, "KIND", "CODE", std::string(domain::toText(kind)),
                      view::said(domain::titleOf(kind)), kind == place.kind);
        }
    }
}

/// Rows in which nothing is written are not kept. Errors: Invalid naming the count that is no number.
Result<std::vector<domain::ExtentPlace>> placesOf(const Form& form) {
    const auto at = [&form](const char* name, std::size_t row) {
        const auto values = form.all(name);
        return row < values.size() ? std::string(trim(values[row])) : std::string();
    };
    std::vector<domain::ExtentPlace> places;
    for (std::size_t i = 0; i < form.all("place").size(); ++i) {
        domain::ExtentPlace place;
        place.kind = domain::extentKindFrom(at("place_kind", i)).value_or(domain::ExtentKind::Process);
        place.place = at("place", i);
        place.lookedAt = at("looked_at", i);
        place.evidence = at("place_evidence", i);
        place.answer = at("place_answer", i);
        const auto count = [&](const char* name, std::int64_t& value) -> Result<void> {
            const std::string text = at(name, i);
            if (text.empty()) return {};
            std::int64_t number = 0;
            const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
            if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) {
                return invalid("validation", "extent_places[" + std::to_string(i) + "]." + (name + 6),
                               "\"" + text + "\" of place " + std::to_string(i + 1) + " is no whole number.",
                               "Write how many, like 40.");
            }
            value = number;
            return {};
        };
        TM_CHECK(count("place_sample", place.sample));
        TM_CHECK(count("place_population", place.population));
        TM_CHECK(count("place_found", place.found));
        if (!(place == domain::ExtentPlace{place.kind, {}, {}, 0, 0, 0, {}, {}})) places.push_back(place);
    }
    return places;
}

/// The answer of this round, or the one before as a start.
domain::Response latest(const domain::Finding& finding) {
    if (finding.responses.empty()) return {};
    return finding.responses.back();
}

Response responsePage(WebApp& web, Request& request, const app::FindingView& view,
                      const domain::Response& response, std::int64_t rev, const Error* error,
                      const std::vector<Difference>* conflict = nullptr) {
    const domain::FindingRef& ref = view.finding.ref;
    Frame frame;
    frame.title = view::said("Respond to " + ref.text());
    frame.section = "/findings";
    frame.trail = {{"/findings", "Findings"}, {addressOf(ref), ref.text()}};
    frame.trailEnd = view::said("Response");
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/response.html", [&](view::Model& model) {
        model.set("REF", ref.text())
            .set("NAME", view.finding.title)
            .set("ROUND", std::to_string(view.finding.round));
        if (conflict != nullptr) putConflict(model, *conflict);
        model.set("REV", std::to_string(rev))
            .set("CORRECTION", response.correction)
            .set("EXTENT", response.extent);
        model.set("METHOD", response.causeMethod);
        putPlaces(model, response);
        putCauses(model, response);
    });
}

std::string fishboneText(const domain::Response& response) {
    std::vector<std::string> lines;
    for (const auto& one : response.fishbone) lines.push_back(one.branch + ": " + one.cause);
    return joinedLines(lines);
}

std::string causesText(const domain::Response& response) {
    std::vector<std::string> lines;
    for (const auto& one : response.rootCauses) lines.push_back(one.code + " " + one.text);
    return joinedLines(lines);
}

/// One place a line: what was looked at, in figures, its evidence and answer.
std::string placesText(const domain::Response& response) {
    std::vector<std::string> lines;
    for (const auto& one : response.extentPlaces) {
        std::string line = view::said(domain::titleOf(one.kind)) + " " + one.place;
        for (const std::string& part : {one.lookedAt, countText(one.sample), countText(one.population),
                                        countText(one.found), one.evidence, one.answer}) {
            if (!part.empty()) line += " · " + part;
        }
        lines.push_back(std::move(line));
    }
    return joinedLines(lines);
}

std::vector<Difference> differencesOf(const domain::Response& theirs, const domain::Response& yours) {
    return {{"Correction", theirs.correction, yours.correction},
            {"Where else?", placesText(theirs), placesText(yours)},
            {"Extent", theirs.extent, yours.extent},
            {"Method of finding the cause", theirs.causeMethod, yours.causeMethod},
            {"Why", joinedLines(theirs.whys), joinedLines(yours.whys)},
            {"Fishbone: possible causes by branch", fishboneText(theirs), fishboneText(yours)},
            {"Root causes", causesText(theirs), causesText(yours)}};
}

/// The form again with what was typed, beside what somebody else saved meanwhile.
Result<Response> staleResponse(WebApp& web, Request& request, const domain::FindingRef& ref,
                               const domain::Response& yours, const Error& error) {
    TM_TRY(const auto now, app::showFinding(*web.context, callerOf(request).actor, ref));
    const std::vector<Difference> fields = differencesOf(latest(now.finding), yours);
    const Error beside = besideForm(error);
    return responsePage(web, request, now, yours, now.finding.rev, &beside, &fields);
}

Result<Response> showResponse(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    if (!view.mayRespond) return redirectResponse(addressOf(ref));
    return responsePage(web, request, view, latest(view.finding), view.finding.rev, nullptr);
}

Result<Response> respond(WebApp& web, Request& request, const PathParameters& parameters) {
    const auto ref = refOf(parameters);
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto view, app::showFinding(*web.context, callerOf(request).actor, ref));
    domain::Response response = latest(view.finding);
    response.correction = form.text("correction");
    response.extent = form.text("extent");
    response.causeMethod = form.text("cause_method");
    response.fishbone = fishboneOf(form);
    response.whys.clear();
    response.rootCauses.clear();
    for (std::string& why : form.all("why")) {
        if (!why.empty()) response.whys.push_back(std::move(why));
    }
    for (std::string& cause : form.all("cause")) {
        const std::string code = "RC-" + std::to_string(response.rootCauses.size() + 1);
        if (!cause.empty()) response.rootCauses.push_back({code, std::move(cause)});
    }
    auto places = placesOf(form);
    if (!places) return responsePage(web, request, view, response, form.revision(), &places.error());
    response.extentPlaces = *std::move(places);
    auto saved = app::saveResponse(*web.context, callerOf(request).actor, ref, form.revision(), response);
    if (!saved && saved.error().kind == ErrorKind::Stale)
        return staleResponse(web, request, ref, response, saved.error());
    if (!saved) return responsePage(web, request, view, response, form.revision(), &saved.error());
    return redirectResponse(addressOf(ref));
}

}  // namespace

Result<void> addResponseForms(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/findings/{ref}/response", "page.finding-response", "PO", showResponse));
    return addForm(router, web, "/findings/{ref}/response", "form.finding-response", "PO", respond);
}

}  // namespace tickmark::http::pages
