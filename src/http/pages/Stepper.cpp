#include "http/pages/Stepper.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "tickmark/view/Words.h"

namespace tickmark::http::pages {
namespace {

using domain::FindingState;

/// The way of a finding when nothing goes back, by the kind of its class.
std::vector<FindingState> wayOf(domain::FindingKind kind, FindingState now) {
    switch (kind) {
        case domain::FindingKind::Nonconformity:
            return {FindingState::Draft,        FindingState::Issued,      FindingState::Responded,
                    FindingState::PlanAccepted, FindingState::Implemented, FindingState::Verified,
                    FindingState::Closed};
        case domain::FindingKind::Suggestion:
            // Either is a way to the end; the one that was not taken is not shown.
            return {FindingState::Draft, FindingState::Issued, FindingState::Acknowledged,
                    now == FindingState::NoAction ? FindingState::NoAction : FindingState::Converted,
                    FindingState::Closed};
        case domain::FindingKind::Conformity:
            return {FindingState::Draft, FindingState::Issued, FindingState::Closed};
    }
    return {};
}

/// The day on which the finding last reached a state, or empty.
std::string dayOf(const app::FindingView& view, FindingState state) {
    const auto reached = [&](const app::FindingView::HistoryLine& line) {
        const bool recorded = state == FindingState::Draft && line.event.kind == "finding.record";
        return line.event.subject == "finding" &&
               (recorded || line.event.facts.textAt("to") == domain::toText(state));
    };
    const auto last = std::find_if(view.history.rbegin(), view.history.rend(), reached);
    return last == view.history.rend() ? std::string() : Date::of(last->event.at).iso();
}

bool wasReached(const app::FindingView& view, FindingState state) {
    return state == FindingState::Draft || !dayOf(view, state).empty();
}

/// Where the finding stands on its way. A returned one stands where its response is awaited; one that was
/// withdrawn or discarded left its way after what it had reached, and stands at the end.
std::vector<FindingState> shownStates(const app::FindingView& view) {
    const domain::FindingClass* scheme = domain::findingClass(view.finding.classCode);
    const FindingState now = view.finding.state;
    std::vector<FindingState> way =
        wayOf(scheme == nullptr ? domain::FindingKind::Nonconformity : scheme->kind,
              wasReached(view, FindingState::NoAction) ? FindingState::NoAction : now);
    if (now == FindingState::Returned) {
        std::replace(way.begin(), way.end(), FindingState::Responded, now);
    } else if (std::find(way.begin(), way.end(), now) == way.end()) {
        std::erase_if(way, [&](FindingState state) { return !wasReached(view, state); });
        way.push_back(now);
    }
    return way;
}

/// What is said below a state that is not reached: who takes the step to it.
std::string awaitedFrom(const app::FindingView& view, FindingState next) {
    for (const domain::FindingStep& step : view.steps) {
        if (step.to == next) return view::said("by {}", {view::said(domain::roleNames(step.roles))});
    }
    return {};
}

}  // namespace

void putStepper(view::Model& model, const app::FindingView& view) {
    view::Model& part = model.include("STEPPER", "parts/stepper.html");
    const std::vector<FindingState> way = shownStates(view);
    const auto now = std::find(way.begin(), way.end(), view.finding.state);
    for (auto at = way.begin(); at != way.end(); ++at) {
        view::Model& row = part.add("STATE");
        row.say("WORD", std::string(domain::titleOf(*at)));
        const bool passed = at < now || (at == now && domain::isFinal(*at));
        const view::Status status = view::statusOf("finding", domain::toText(*at));
        row.set("CLASS", passed ? "done" : (at == now ? "now" : "later"));
        row.set("GLYPH", at == now ? std::string(status.glyph) : "i-tick");
        row.showIf(at == now, "CURRENT").showIf(at > now, "LATER").showIf(at <= now, "REACHED");
        row.set("NUMBER", std::to_string(at - way.begin() + 1));
        row.set("NOTE", at > now ? awaitedFrom(view, *at) : dayOf(view, *at));
    }
}

}  // namespace tickmark::http::pages
