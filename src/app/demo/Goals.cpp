// What the organisation of the demonstration wants, and by when.
#include "app/demo/Goals.h"

#include "tickmark/app/Objectives.h"
#include "tickmark/app/Policy.h"

namespace tickmark::app::demo {
namespace {

constexpr const char* manager = "im-01";
constexpr const char* top = "tm-01";
constexpr std::int32_t halfYear = 182;  // days
constexpr std::int32_t year = 365;

constexpr const char* firstText =
    "We improve the services that people rely on.\n"
    "Whoever sees something that could be better says so, and gets an answer.";
constexpr const char* secondText =
    "We improve the services that people rely on.\n"
    "Whoever sees something that could be better says so, and gets an answer within ten working days.\n"
    "Before we change how we work we write down what we measure, where we stand and where we want to be; "
    "afterwards we measure again and keep the figures with the files they come from.\n"
    "An improvement is finished when its result is met and the way of working is written down. What did not "
    "work is kept as a lesson, without blame.\n"
    "Top management sets objectives every year, gives people the time to pursue them, and looks at this "
    "policy at least once a year.";

Result<void> approvePolicy(Context& context, Cast& cast, const PolicyDraft& draft) {
    TM_TRY(domain::PolicyVersion version, draftPolicy(context, cast.as(manager), draft));
    const auto go = [&](const char* account, domain::PolicyEvent event) -> Result<void> {
        TM_TRY(version, movePolicy(context, cast.as(account), version.ref, version.rev, event, {}));
        return {};
    };
    TM_CHECK(go(manager, domain::PolicyEvent::Submit));
    return go(top, domain::PolicyEvent::Approve);
}

Result<void> loadPolicy(Context& context, Cast& cast) {
    const Date today = context.today();
    TM_CHECK(
        approvePolicy(context, cast, {"Improvement policy", firstText, {}, today, today.plusDays(halfYear)}));
    return approvePolicy(
        context, cast,
        {"Improvement policy", secondText,
         "Answers have a deadline; measuring before and after is required; lessons are kept.", today,
         today.plusDays(year)});
}

struct Aim {
    const char* title = "";
    const char* statement = "";
    const char* kpi = "";
    double target = 0;
    std::int32_t days = 0;
};

constexpr double shareInTime = 70;  // %
constexpr double hoursToResolve = 40;
constexpr double shareReopened = 1;  // %

Result<void> loadObjectives(Context& context, Cast& cast) {
    const Aim aims[] = {
        {"Incidents are resolved in the time we promise",
         "People plan their day by what we promise; a broken promise costs more than a longer one.", "K-0001",
         shareInTime, year},
        {"Half of all incidents are resolved within 40 hours",
         "Waiting for a day and a half keeps people from their work.", "K-0002", hoursToResolve, halfYear},
        {"What is closed stays closed", "Whoever calls a second time has lost twice.", "K-0003",
         shareReopened, year}};
    for (const Aim& aim : aims) {
        ObjectiveDraft draft;
        draft.title = aim.title;
        draft.statement = aim.statement;
        draft.process = "Incident management";
        draft.service = "Service desk";
        draft.owner = "po-01";
        draft.kpi = aim.kpi;
        draft.target = aim.target;
        draft.startOn = context.today();
        draft.targetOn = context.today().plusDays(aim.days);
        TM_TRY(const domain::Objective made, proposeObjective(context, cast.as(manager), draft));
        TM_TRY([[maybe_unused]] const domain::Objective approved,
               moveObjective(context, cast.as(top), made.ref, made.rev, domain::ObjectiveEvent::Approve, {}));
    }
    return {};
}

}  // namespace

Result<void> loadGoals(Context& context, Cast& cast) {
    TM_CHECK(loadPolicy(context, cast));
    return loadObjectives(context, cast);
}

}  // namespace tickmark::app::demo
