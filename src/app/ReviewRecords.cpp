// Inputs of a management review from the records of the improvement practice: policies, objectives, feedback,
// service reviews.
#include <algorithm>
#include <array>

#include "app/ReviewInputs.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/storage/Feedback.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/Objectives.h"
#include "tickmark/storage/Policy.h"

namespace tickmark::app {
namespace {

using codec::Json;
using domain::ReviewTopic;

constexpr std::int64_t year = 365;  // days

/// The period that the review looks back on: as it says, or the year that ends with its day.
struct Period {
    Date from{};
    Date to{};
    [[nodiscard]] bool has(const std::optional<Date>& day) const { return day && *day >= from && *day <= to; }
    [[nodiscard]] std::string words() const { return from.iso() + " to " + to.iso(); }
};

Period periodOf(const ReviewScene& scene) {
    const Date to = std::min(scene.review.to.value_or(scene.day), scene.day);
    return {scene.review.from.value_or(to.plusDays(-year)), to};
}

/// The objective's value by its KPI's figures of that time, or as it was entered.
Result<std::optional<double>> valueThen(const ReviewScene& scene, const domain::Objective& objective) {
    if (objective.kpi.empty()) return objective.current;
    TM_TRY(const domain::Kpi kpi, storage::kpiByRef(scene.session, domain::KpiRef(objective.kpi)));
    TM_TRY(const std::vector<double> values, valuesThen(scene, kpi));
    return values.empty() ? std::optional<double>() : values.back();
}

std::string withUnit(const std::string& number, const std::string& unit) {
    return number.empty() ? "" : number + " " + unit;
}

Result<void> putObjective(const ReviewScene& scene, const domain::Objective& objective, TopicTable& table) {
    TM_TRY(const std::string then,
           stateThen(scene, "objective", objective.ref.text(),
                     domain::toText(domain::ObjectiveState::Proposed), domain::toText(objective.state)));
    const auto state = domain::objectiveStateFrom(then).value_or(objective.state);
    if (state == domain::ObjectiveState::Proposed) return {};
    TM_TRY(const auto value, valueThen(scene, objective));
    const auto covered = domain::progressOf(objective, value);
    table.row({objective.ref.text(), objective.title, withUnit(decimal(objective.target), objective.unit),
               objective.targetOn ? objective.targetOn->iso() : "", withUnit(decimal(value), objective.unit),
               covered ? std::to_string(*covered) + " %" : "not measured",
               std::string(domain::titleOf(state))});
    return {};
}

struct Received {
    std::int64_t all = 0;
    std::int64_t open = 0;
    std::int64_t items = 0;
};

Result<void> countFeedback(const ReviewScene& scene, const domain::Feedback& one, Received& counts) {
    TM_TRY(const std::string then,
           stateThen(scene, "feedback", one.ref.text(), domain::toText(domain::FeedbackState::New),
                     domain::toText(one.state)));
    const auto state = domain::feedbackStateFrom(then).value_or(one.state);
    ++counts.all;
    if (state == domain::FeedbackState::New || state == domain::FeedbackState::Acknowledged) ++counts.open;
    if (state == domain::FeedbackState::Improving) ++counts.items;
    return {};
}

Result<std::vector<domain::ServiceReview>> reviewsHeld(const ReviewScene& scene,
                                                       domain::ServiceReviewSide side) {
    TM_TRY(auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listServiceReviews(scene.session, {}, page);
           }));
    const Period period = periodOf(scene);
    std::vector<domain::ServiceReview> held;
    for (domain::ServiceReview& review : rows) {
        if (review.side != side || !period.has(review.date) || Date::of(review.createdAt) > scene.day)
            continue;
        if (review.state != domain::ServiceReviewState::Planned) held.push_back(std::move(review));
    }
    return held;
}

std::int64_t openPoints(const domain::ServiceReview& review) {
    return std::count_if(review.points.begin(), review.points.end(),
                         [](const auto& point) { return point.decision == domain::PointDecision::Open; });
}

std::int64_t pointItems(const domain::ServiceReview& review) {
    return std::count_if(review.points.begin(), review.points.end(),
                         [](const auto& point) { return !point.item.empty(); });
}

}  // namespace

Result<Json> policiesInput(const ReviewScene& scene) {
    TopicTable table(ReviewTopic::Policies, "day",
                     {"Policy", "Version", "Holds from", "Reviewed by", "State"});
    TM_TRY(const auto versions, storage::policyVersions(scene.session));
    for (const domain::PolicyVersion& version : versions) {
        TM_TRY(const std::string then,
               stateThen(scene, "policy", version.ref.text(), domain::toText(domain::PolicyState::Draft),
                         domain::toText(version.state)));
        const auto state = domain::policyStateFrom(then).value_or(version.state);
        if (state != domain::PolicyState::Approved) continue;
        const bool late = version.reviewOn && *version.reviewOn < scene.day;
        table.row({version.title, std::to_string(version.version),
                   version.effectiveOn ? version.effectiveOn->iso() : "",
                   version.reviewOn ? version.reviewOn->iso() : "",
                   late ? "Approved, its review is overdue" : "Approved"});
    }
    return table.take();
}

Result<Json> objectivesInput(const ReviewScene& scene) {
    TopicTable table(ReviewTopic::Objectives, "mixed",
                     {"Objective", "Title", "Target", "By", "Value", "Way covered", "State"});
    table.note(
        "States by the audit trail; figures of KPIs that were recorded and lie in time by this day; values "
        "that were entered, targets and days as they stand now.");
    TM_TRY(auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listObjectives(scene.session, {}, page);
           }));
    std::reverse(rows.begin(), rows.end());
    for (const auto& row : rows) {
        if (Date::of(row.objective.createdAt) > scene.day) continue;
        TM_CHECK(putObjective(scene, row.objective, table));
    }
    return table.take();
}

Result<Json> otherPartiesInput(const ReviewScene& scene) {
    TopicTable table(ReviewTopic::OtherParties, "mixed",
                     {"Review", "Other party", "Service", "Held", "Levels met", "Open points"});
    table.note("Service reviews with suppliers held from " + periodOf(scene).words() +
               ", as they stand now.");
    TM_TRY(const auto held, reviewsHeld(scene, domain::ServiceReviewSide::Supplier));
    for (const domain::ServiceReview& review : held) {
        const auto met = std::count_if(review.levels.begin(), review.levels.end(),
                                       [](const domain::ServiceLevel& level) { return level.met; });
        table.row({review.ref.text(), review.counterpart, review.service, review.date->iso(),
                   std::to_string(met) + " of " + std::to_string(review.levels.size()),
                   std::to_string(openPoints(review))});
    }
    return table.take();
}

namespace {

/// The feedback of one side and kind that was there on the day.
Result<Received> receivedFrom(const ReviewScene& scene, const std::vector<domain::Feedback>& all,
                              domain::FeedbackSide side, domain::FeedbackKind kind) {
    const Period period = periodOf(scene);
    Received counts;
    for (const domain::Feedback& one : all) {
        if (one.from != side || one.kind != kind || !period.has(one.received)) continue;
        if (Date::of(one.createdAt) > scene.day) continue;
        TM_CHECK(countFeedback(scene, one, counts));
    }
    return counts;
}

Result<void> putPoints(const ReviewScene& scene, TopicTable& table) {
    TM_TRY(const auto held, reviewsHeld(scene, domain::ServiceReviewSide::Customer));
    if (held.empty()) return {};
    Received points;
    for (const domain::ServiceReview& review : held) {
        points.all += static_cast<std::int64_t>(review.points.size());
        points.open += openPoints(review);
        points.items += pointItems(review);
    }
    table.row({"Points of " + std::to_string(held.size()) +
                   (held.size() == 1 ? " service review" : " service reviews"),
               std::to_string(points.all), std::to_string(points.open), std::to_string(points.items)});
    return {};
}

}  // namespace

Result<Json> feedbackInput(const ReviewScene& scene) {
    using domain::FeedbackKind;
    using domain::FeedbackSide;
    const Period period = periodOf(scene);
    TM_TRY(const auto all, everyRow([&](const storage::PageRequest& page) {
               return storage::listFeedback(scene.session, {}, page);
           }));
    TopicTable table(ReviewTopic::Feedback, "mixed", {"What", "Received", "Open", "Became items"});
    table.note("Received from " + period.words() +
               ": feedback with its states by the audit trail, points of service reviews with customers as "
               "they stand now.");
    for (const FeedbackSide side : {FeedbackSide::Customer, FeedbackSide::Employee, FeedbackSide::Supplier}) {
        for (const FeedbackKind kind :
             {FeedbackKind::Complaint, FeedbackKind::Suggestion, FeedbackKind::Praise}) {
            TM_TRY(const Received counts, receivedFrom(scene, all, side, kind));
            if (counts.all == 0) continue;
            table.row({std::string(domain::titleOf(side)) + ": " + std::string(domain::titleOf(kind)),
                       std::to_string(counts.all), std::to_string(counts.open),
                       std::to_string(counts.items)});
        }
    }
    TM_CHECK(putPoints(scene, table));
    return table.take();
}

}  // namespace tickmark::app
