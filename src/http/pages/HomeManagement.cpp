// The home of top management: what is past its date, whether plans work, objectives, policy and reviews.
#include "http/pages/HomePanels.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Policy.h"
#include "tickmark/app/Reviews.h"

namespace tickmark::http::pages {
namespace {

Result<void> putPolicy(const Home& home) {
    TM_TRY(const auto policy, app::showPolicy(*home.web.context, home.actor()));
    view::Model& part =
        panel(home.model, "SIDE", "Improvement policy", "/improvement-policy", "All versions");
    if (!policy.inForce) {
        putNone(part,
                "No policy is in force. The improvement manager writes it, top management approves it.");
        return {};
    }
    const domain::PolicyVersion& version = *policy.inForce;
    const bool late = version.reviewOn && *version.reviewOn < home.today;
    sideRow(part, version.title, "/improvement-policy/" + encoded(version.ref.text()),
            version.reviewOn
                ? view::said(late ? "Its review was due on {}, {}" : "In force; to be reviewed by {}, {}",
                             {version.reviewOn->iso(), view::dueHint(version.reviewOn, home.today)})
                : view::said("In force; no day of review is set"));
    return {};
}

Result<void> putReviews(const Home& home) {
    TM_TRY(const auto reviews, app::everyRow([&](const storage::PageRequest& page) {
               return app::listReviews(*home.web.context, home.actor(), page);
           }));
    view::Model& part = panel(home.model, "SIDE", "Management reviews to come", "/reviews", "All reviews");
    std::size_t shown = 0;
    for (const auto& row : reviews) {
        const domain::ManagementReview& review = row.review;
        if (review.state == domain::ReviewState::Closed || review.state == domain::ReviewState::Cancelled)
            continue;
        ++shown;
        view::Model& line =
            sideRow(part, review.title, "/reviews/" + encoded(review.ref.text()),
                    review.day ? review.day->iso() + " " + view::dueHint(review.day, home.today)
                               : view::said("no day"));
        putStatus(line.add("STATE"), "STATUS", "review", domain::toText(review.state));
    }
    if (shown == 0) putNone(part, "No review is planned or open.");
    return {};
}

}  // namespace

Result<void> putManagement(const Home& home) {
    const std::string today = home.today.iso();
    TM_CHECK(putTiles(
        home, {{"/findings?open=1&class=major&due_before=" + today,
                "major past its date",
                "majors past their date",
                {},
                "late",
                "i-triangle-full"},
               {"/findings?open=1&due_before=" + today,
                "finding past its date",
                "findings past their date",
                {},
                "late",
                "i-clock"},
               {"/findings?counted=1&effect=worked", "plan worked", "plans worked", {}, {}, {}},
               {"/findings?counted=1&effect=failed", "plan did not work", "plans did not work", {}, {}, {}},
               {"/improvements?open=1", "improvement at work", "improvements at work", {}, {}, {}}}));
    TM_CHECK(putObjectives(home));
    TM_CHECK(putCharts(home, true));
    TM_CHECK(putPolicy(home));
    return putReviews(home);
}

}  // namespace tickmark::http::pages
