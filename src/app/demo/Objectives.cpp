#include "app/demo/Objectives.h"

#include "tickmark/app/Objectives.h"

namespace tickmark::app::demo {
namespace {

constexpr std::int32_t year = 365;

Result<void> loadOne(Context& context, Cast& cast, const char* kpi, const char* title, double baseline,
                     double target) {
    ObjectiveDraft draft;
    draft.title = title;
    draft.statement = "Set for the service desk after the internal audit.";
    draft.process = "Incident management";
    draft.service = "Service desk";
    draft.owner = "po-01";
    draft.kpi = kpi;
    draft.baseline = baseline;
    draft.target = target;
    draft.startOn = context.today();
    draft.targetOn = context.today().plusDays(year);
    TM_TRY(const domain::Objective proposed, proposeObjective(context, cast.as("im-01"), draft));
    TM_TRY([[maybe_unused]] const domain::Objective approved,
           moveObjective(context, cast.as("tm-01"), proposed.ref, proposed.rev,
                         domain::ObjectiveEvent::Approve, {}));
    return {};
}

}  // namespace

Result<void> loadObjectives(Context& context, Cast& cast) {
    TM_CHECK(loadOne(context, cast, "K-0001", "Incidents are resolved in the time agreed", 42, 70));
    TM_CHECK(loadOne(context, cast, "K-0002", "Callers wait half as long", 145.7, 72));
    return loadOne(context, cast, "K-0003", "What is closed stays closed", 1.36, 1);
}

}  // namespace tickmark::app::demo
