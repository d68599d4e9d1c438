// Planning and holding service reviews, and deciding about the points that were raised.
#include "tickmark/app/ServiceReviews.h"

#include <functional>

#include "app/FeedbackAccess.h"
#include "app/ImprovementAccess.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::PointDecision;
using domain::ServiceReview;
using domain::ServiceReviewPoint;
using domain::ServiceReviewState;
using Deed = std::function<Result<ledger::Event>(storage::WriteSession&, ServiceReview&)>;

bool keeps(const domain::Actor& actor) {
    return actor.role == domain::Role::ProcessOwner || actor.role == domain::Role::ImprovementManager;
}

Result<void> mustKeep(const domain::Actor& actor, const std::string& deed) {
    if (keeps(actor)) return {};
    return forbidden("Only a process owner or the improvement manager can " + deed + ".");
}

std::string pointField(std::size_t index, const char* member) {
    return "points[" + std::to_string(index) + "]." + member;
}

Result<domain::PartyId> ownerOf(storage::ReadSession& session, const std::string& field,
                                const std::string& account) {
    TM_TRY(const domain::PartyId id, partyNamed(session, field, account));
    if (!id.stored()) return id;
    TM_TRY(const domain::Party party, storage::findParty(session, id));
    if (canOwn(party.role)) return id;
    return invalid("owner-role", field, "\"" + account + "\" cannot own a point that may become an item.",
                   "Name a process owner, an action owner or the improvement manager.");
}

Result<void> kpisExist(storage::ReadSession& session, const ServiceReview& review) {
    for (std::size_t i = 0; i < review.levels.size(); ++i) {
        const std::string& kpi = review.levels[i].kpi;
        if (kpi.empty()) continue;
        const auto known = storage::kpiByRef(session, domain::KpiRef(kpi));
        if (known) continue;
        if (known.error().kind != ErrorKind::NotFound) return known.error();
        return invalid("unknown-kpi", "levels[" + std::to_string(i) + "].kpi", "There is no KPI " + kpi + ".",
                       "Name one of the list of KPIs, or leave it empty.");
    }
    return {};
}

/// Decided points keep their number and their words: items name them.
Result<void> mergePoints(storage::ReadSession& session, const std::vector<PointDraft>& drafts,
                         std::vector<ServiceReviewPoint>& points) {
    std::vector<ServiceReviewPoint> merged;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        TM_TRY(const auto owner, ownerOf(session, pointField(i, "owner"), drafts[i].owner));
        merged.push_back({drafts[i].text, owner, drafts[i].due, PointDecision::Open, {}, {}});
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        const ServiceReviewPoint& stored = points[i];
        if (stored.decision == PointDecision::Open) continue;
        const bool same = i < merged.size() && trim(merged[i].text) == stored.text &&
                          merged[i].owner == stored.owner && merged[i].due == stored.due;
        if (!same) {
            return refused("point-decided",
                           "Point " + std::to_string(i + 1) + " is decided and is not changed any more.",
                           "Leave it as it is, and write new points after it.");
        }
        merged[i] = stored;
    }
    points = std::move(merged);
    return {};
}

Result<void> fill(storage::ReadSession& session, const ServiceReviewDraft& draft, ServiceReview& review) {
    review.service = draft.service;
    review.side = draft.side;
    review.counterpart = draft.counterpart;
    review.date = draft.date;
    review.from = draft.from;
    review.to = draft.to;
    review.attendees = draft.attendees;
    review.levels = draft.levels;
    TM_CHECK(mergePoints(session, draft.points, review.points));
    TM_CHECK(domain::validate(review));
    return kpisExist(session, review);
}

Result<ServiceReview> changeReview(Context& context, const domain::ServiceReviewRef& ref, std::int64_t rev,
                                   const Deed& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<ServiceReview> {
        TM_TRY(ServiceReview review, storage::findServiceReview(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, review.rev));
        TM_TRY(ledger::Event event, deed(session, review));
        review.changedAt = context.now();
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, review, std::move(event)));
        return review;
    });
}

Result<ServiceReviewPoint*> pointToDecide(ServiceReview& review, std::int64_t number) {
    if (number < 1 || static_cast<std::size_t>(number) > review.points.size())
        return notFound("point " + std::to_string(number) + " of " + review.ref.text());
    if (review.state != ServiceReviewState::Held) {
        return refused("not-held", "Points are decided while the review is held; " + review.ref.text() +
                                       " is " + lower(domain::titleOf(review.state)) + ".");
    }
    ServiceReviewPoint& point = review.points[static_cast<std::size_t>(number) - 1];
    if (point.decision == PointDecision::Open) return &point;
    return refused("point-decided", "Point " + std::to_string(number) + " is decided already.");
}

ledger::Event decided(const Context& context, const domain::Actor& actor, std::int64_t number,
                      const ServiceReviewPoint& point) {
    ledger::Event event = eventOf(context, actor, "service-review.decide");
    event.facts.set("point", number).set("decision", domain::toText(point.decision));
    if (!point.item.empty()) event.facts.set("improvement", point.item);
    if (!point.reason.empty()) event.facts.set("reason", point.reason);
    return event;
}

Result<std::string> accountOf(storage::ReadSession& session, domain::PartyId id) {
    if (!id.stored()) return std::string();
    TM_TRY(const domain::Party party, storage::findParty(session, id));
    return !party.disabled && canOwn(party.role) ? party.account : std::string();
}

}  // namespace

Result<ServiceReview> planServiceReview(Context& context, const domain::Actor& actor,
                                        const ServiceReviewDraft& draft) {
    TM_CHECK(mustKeep(actor, "plan a service review"));
    return context.database->write([&](storage::WriteSession& session) -> Result<ServiceReview> {
        ServiceReview review;
        review.createdBy = actor.id;
        review.createdAt = context.now();
        review.changedAt = review.createdAt;
        TM_CHECK(fill(session, draft, review));
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::ServiceReview));
        review.ref = domain::ServiceReviewRef(ref);
        ledger::Event event = eventOf(context, actor, "service-review.plan");
        event.facts.set("service", review.service);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, review, std::move(event)));
        return review;
    });
}

Result<ServiceReview> editServiceReview(Context& context, const domain::Actor& actor,
                                        const domain::ServiceReviewRef& ref, std::int64_t rev,
                                        const ServiceReviewDraft& draft) {
    TM_CHECK(mustKeep(actor, "edit a service review"));
    return changeReview(context, ref, rev,
                        [&](storage::WriteSession& session, ServiceReview& review) -> Result<ledger::Event> {
                            if (review.state == ServiceReviewState::Closed) {
                                return refused("closed",
                                               ref.text() + " is closed; it is not changed any more.");
                            }
                            TM_CHECK(fill(session, draft, review));
                            return eventOf(context, actor, "service-review.edit");
                        });
}

Result<ServiceReview> changeServiceReviewState(Context& context, const domain::Actor& actor,
                                               const domain::ServiceReviewRef& ref, std::int64_t rev,
                                               domain::ServiceReviewEvent event) {
    TM_CHECK(mustReadFeedback(actor));
    return changeReview(
        context, ref, rev, [&](storage::WriteSession&, ServiceReview& review) -> Result<ledger::Event> {
            TM_TRY(const ServiceReviewState to,
                   domain::next(review, event, {actor, false, {}, context.today()}));
            ledger::Event entry = stepEvent(context, actor, "service-review", domain::toText(event),
                                            domain::toText(review.state), domain::toText(to), {});
            review.state = to;
            return entry;
        });
}

Result<ServiceReview> improvePoint(Context& context, const domain::Actor& actor,
                                   const domain::ServiceReviewRef& ref, std::int64_t rev,
                                   std::int64_t number) {
    TM_CHECK(mustKeep(actor, "make an improvement item of a point"));
    return changeReview(context, ref, rev,
                        [&](storage::WriteSession& session, ServiceReview& review) -> Result<ledger::Event> {
                            TM_TRY(ServiceReviewPoint* const point, pointToDecide(review, number));
                            ImprovementDraft draft;
                            draft.source = domain::ImprovementSource::ServiceReview;
                            draft.sourceRef = ref.text() + "/" + std::to_string(number);
                            draft.title = domain::titleFrom(point->text);
                            draft.description = point->text;
                            draft.service = review.service;
                            draft.due = point->due;
                            TM_TRY(draft.owner, accountOf(session, point->owner));
                            if (draft.owner.empty()) draft.owner = ownAccount(actor);
                            TM_TRY(const auto item,
                                   insertImprovement(context, actor, session, draft, nullptr));
                            point->decision = PointDecision::Item;
                            point->item = item.ref.text();
                            return decided(context, actor, number, *point);
                        });
}

Result<ServiceReview> dropPoint(Context& context, const domain::Actor& actor,
                                const domain::ServiceReviewRef& ref, std::int64_t rev, std::int64_t number,
                                const std::string& reason) {
    TM_CHECK(mustKeep(actor, "decide about a point"));
    return changeReview(context, ref, rev,
                        [&](storage::WriteSession&, ServiceReview& review) -> Result<ledger::Event> {
                            TM_TRY(ServiceReviewPoint* const point, pointToDecide(review, number));
                            TM_TRY(point->reason, cleanText("reason", reason, {1, 20'000, true}));
                            point->decision = PointDecision::NoAction;
                            return decided(context, actor, number, *point);
                        });
}

Result<ServiceReviewView> showServiceReview(Context& context, const domain::Actor& actor,
                                            const domain::ServiceReviewRef& ref) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<ServiceReviewView> {
        ServiceReviewView view;
        TM_TRY(view.review, storage::findServiceReview(session, ref));
        std::vector<domain::PartyId> people{view.review.createdBy};
        for (const ServiceReviewPoint& point : view.review.points) people.push_back(point.owner);
        TM_TRY(view.parties, partiesOf(session, people));
        TM_TRY(view.history, historyOf(session, "service-review", ref.text()));
        view.steps = domain::stepsOf(view.review, {actor, false, {}, context.today()});
        view.mayEdit = keeps(actor) && view.review.state != ServiceReviewState::Closed;
        view.mayDecide = keeps(actor) && view.review.state == ServiceReviewState::Held;
        return view;
    });
}

Result<storage::Page<ServiceReview>> listServiceReviews(Context& context, const domain::Actor& actor,
                                                        const storage::ServiceReviewFilter& filter,
                                                        const storage::PageRequest& page) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::listServiceReviews(session, filter, page); });
}

}  // namespace tickmark::app
