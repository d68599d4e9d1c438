#include "tickmark/app/Demo.h"

#include "app/demo/DemoCast.h"
#include "app/demo/Goals.h"
#include "app/demo/Measures.h"
#include "app/demo/Register.h"
#include "app/demo/Review.h"
#include "app/demo/ServiceDesk.h"
#include "app/demo/ServiceReviews.h"
#include "app/demo/SingleAudits.h"

namespace tickmark::app {
namespace {

constexpr unsigned accountsMode = 0600;

std::string accountsText(const std::vector<DemoAccount>& accounts) {
    std::string text =
        "# Accounts of the demonstration. Delete this file once you have changed the passwords.\n";
    for (const DemoAccount& account : accounts) {
        text += account.account + "  " + account.password.reveal() + "  " + account.name + "\n";
    }
    return text;
}

}  // namespace

Result<DemoOutcome> loadDemo(Context& context, const std::function<void(const std::string&)>& say) {
    DemoOutcome outcome;
    demo::Cast cast(context);
    say("Making accounts");
    TM_TRY(outcome.accounts, cast.create());
    // Written at once: the passwords are known nowhere else, even if loading fails later.
    TM_CHECK(archive::writeFileDurably(context.directory.root / demo::accountsFile,
                                       viewOf(accountsText(outcome.accounts)), accountsMode));
    say("Loading the internal audit of the service desk");
    TM_CHECK(demo::loadServiceDesk(context, cast, outcome));
    say("Computing KPIs from the incident log");
    TM_CHECK(demo::loadMeasures(context, cast));
    say("Approving the improvement policy and objectives");
    TM_CHECK(demo::loadGoals(context, cast));
    say("Filling the improvement register");
    TM_CHECK(demo::loadRegister(context, cast));
    say("Holding a management review");
    TM_CHECK(demo::loadReview(context, cast));
    say("Holding a service review and recording feedback");
    TM_CHECK(demo::loadServiceReviews(context, cast));
    say("Loading single audits, findings and corrective action plans");
    TM_CHECK(demo::loadSingleAudits(context, cast, outcome));
    return outcome;
}

}  // namespace tickmark::app
