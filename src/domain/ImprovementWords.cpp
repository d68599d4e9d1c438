#include "domain/EnumText.h"
#include "tickmark/domain/Improvement.h"

namespace tickmark::domain {
namespace {

using Source = ImprovementSource;
using State = ImprovementState;
using Event = ImprovementEvent;
using Phase = ImprovementPhase;
using Lesson = ImprovementLessonKind;

constexpr EnumWords<Source, 10> sources{{
    {Source::Audit, "audit", "Audit"},
    {Source::ServiceReview, "service_review", "Service review"},
    {Source::CustomerFeedback, "customer_feedback", "Customer feedback"},
    {Source::EmployeeFeedback, "employee_feedback", "Employee feedback"},
    {Source::Incident, "incident", "Incident"},
    {Source::Problem, "problem", "Problem"},
    {Source::Kpi, "kpi", "KPI"},
    {Source::Risk, "risk", "Risk"},
    {Source::Idea, "idea", "Idea"},
    {Source::ManagementReview, "management_review", "Management review"},
}};
static_assert(isComplete(sources, Source::ManagementReview));

constexpr EnumWords<State, 11> states{{
    {State::Identified, "identified", "Identified"},
    {State::GoalsSet, "goals_set", "Goals set"},
    {State::Analysed, "analysed", "Analysed"},
    {State::Planned, "planned", "Planned"},
    {State::Implementing, "implementing", "Implementing"},
    {State::Evaluating, "evaluating", "Evaluating"},
    {State::Standardised, "standardised", "Standardised"},
    {State::Closed, "closed", "Closed"},
    {State::Rejected, "rejected", "Rejected"},
    {State::OnHold, "on_hold", "On hold"},
    {State::Cancelled, "cancelled", "Cancelled"},
}};
static_assert(isComplete(states, State::Cancelled));

constexpr EnumWords<Event, 12> events{{
    {Event::SetGoals, "set-goals", "Set the goals"},
    {Event::Analyse, "analyse", "Conclude the analysis"},
    {Event::ApprovePlan, "approve-plan", "Approve the plan"},
    {Event::Start, "start", "Start implementing"},
    {Event::Evaluate, "evaluate", "Evaluate the result"},
    {Event::Replan, "return-to-planning", "Return to planning"},
    {Event::Standardise, "standardise", "Standardise"},
    {Event::Close, "close", "Close"},
    {Event::Reject, "reject", "Reject"},
    {Event::Hold, "hold", "Put on hold"},
    {Event::Resume, "resume", "Resume"},
    {Event::Cancel, "cancel", "Cancel"},
}};
static_assert(isComplete(events, Event::Cancel));

constexpr EnumWords<Phase, 4> phases{{
    {Phase::Plan, "plan", "Plan"},
    {Phase::Do, "do", "Do"},
    {Phase::Check, "check", "Check"},
    {Phase::Act, "act", "Act"},
}};
static_assert(isComplete(phases, Phase::Act));

constexpr EnumWords<Lesson, 2> lessons{{
    {Lesson::Success, "success", "Success"},
    {Lesson::Failure, "failure", "Failure"},
}};
static_assert(isComplete(lessons, Lesson::Failure));

}  // namespace

std::string_view toText(Source value) noexcept { return textIn(sources, value); }
std::string_view titleOf(Source value) noexcept { return titleIn(sources, value); }
std::optional<Source> improvementSourceFrom(std::string_view text) noexcept { return valueIn(sources, text); }

std::string_view toText(State value) noexcept { return textIn(states, value); }
std::string_view titleOf(State value) noexcept { return titleIn(states, value); }
std::optional<State> improvementStateFrom(std::string_view text) noexcept { return valueIn(states, text); }

std::string_view toText(Event value) noexcept { return textIn(events, value); }
std::string_view titleOf(Event value) noexcept { return titleIn(events, value); }
std::optional<Event> improvementEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

std::string_view toText(Phase value) noexcept { return textIn(phases, value); }
std::string_view titleOf(Phase value) noexcept { return titleIn(phases, value); }

std::string_view toText(Lesson value) noexcept { return textIn(lessons, value); }
std::string_view titleOf(Lesson value) noexcept { return titleIn(lessons, value); }
std::optional<Lesson> improvementLessonKindFrom(std::string_view text) noexcept {
    return valueIn(lessons, text);
}

}  // namespace tickmark::domain
