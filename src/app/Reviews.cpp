// Planning, writing, holding and approving management reviews.
#include "tickmark/app/Reviews.h"

#include <algorithm>

#include "app/Access.h"
#include "app/ImprovementAccess.h"
#include "app/ReviewAccess.h"
#include "app/ReviewInputs.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::ManagementReview;
using domain::ReviewEvent;
using domain::ReviewState;
using domain::Role;

constexpr domain::RoleSet readers{Role::LeadAuditor, Role::ImprovementManager, Role::TopManagement};
constexpr domain::RoleSet writers{Role::ImprovementManager, Role::TopManagement};

/// Whoever answers for a decision must be able to carry the item that it becomes.
Result<domain::PartyId> decisionOwner(storage::ReadSession& session, std::size_t index,
                                      const std::string& account) {
    const std::string field = "decisions[" + std::to_string(index) + "].owner";
    TM_TRY(const domain::PartyId id, partyNamed(session, field, account));
    if (!id.stored()) return id;
    TM_TRY(const domain::Party party, storage::findParty(session, id));
    if (canOwn(party.role)) return id;
    return invalid("owner-role", field,
                   "\"" + account + "\" cannot carry out a decision here: it is the account of a " +
                       std::string(domain::roleName(party.role)) + ".",
                   "Name a process owner, an action owner or the improvement manager.");
}

Result<void> fill(storage::ReadSession& session, const ReviewDraft& draft, ManagementReview& review) {
    review.title = draft.title;
    review.day = draft.day;
    review.from = draft.from;
    review.to = draft.to;
    review.chair = draft.chair;
    review.participants = draft.participants;
    review.notes = draft.notes;
    std::erase_if(review.notes, [](const domain::ReviewNote& note) { return trim(note.text).empty(); });
    review.conclusions = draft.conclusions;
    review.decisions.clear();
    for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
        const DecisionDraft& wish = draft.decisions[i];
        TM_TRY(const domain::PartyId owner, decisionOwner(session, i, wish.owner));
        review.decisions.push_back({wish.text, owner, wish.due, {}});
    }
    return domain::validate(review);
}

void noteWriter(ManagementReview& review, domain::PartyId person) {
    auto& all = review.writers;
    if (std::find(all.begin(), all.end(), person) == all.end()) all.push_back(person);
}

/// What a step changes beside the state.
Result<void> applyStep(Context& context, const domain::Actor& actor, ReviewEvent event,
                       const std::string& reason, ReviewChange& change) {
    ManagementReview& review = change.review;
    switch (event) {
        case ReviewEvent::Hold: {
            TM_TRY(const codec::Json inputs, reviewInputs(context, change.session, review));
            review.inputs = codec::canonicalJson(inputs);
            review.inputsDigest = crypto::Sha256::of(review.inputs);
            review.heldAt = context.now();
            break;
        }
        case ReviewEvent::Submit:
            noteWriter(review, actor.id);
            review.comment.clear();
            break;
        case ReviewEvent::Approve:
            review.approvedBy = actor.id;
            review.approvedAt = context.now();
            break;
        case ReviewEvent::Return:
        case ReviewEvent::Cancel:
            review.comment = reason;
            break;
        case ReviewEvent::Close:
            break;
    }
    return {};
}

}  // namespace

bool mayWriteReviews(const domain::Actor& actor) noexcept { return writers.has(actor.role); }

Result<void> mustReadReviews(const domain::Actor& actor) {
    if (readers.has(actor.role)) return {};
    return forbidden("Management reviews are read by " + domain::roleNames(readers) + ".");
}

Result<void> mustWriteReviews(const domain::Actor& actor) {
    if (mayWriteReviews(actor)) return {};
    return forbidden("Only " + domain::roleNames(writers) + " can write management reviews.");
}

Result<ManagementReview> changeReview(Context& context, const domain::ReviewRef& ref, std::int64_t rev,
                                      const std::function<Result<ledger::Event>(ReviewChange&)>& deed) {
    return context.database->write([&](storage::WriteSession& session) -> Result<ManagementReview> {
        TM_TRY(ManagementReview review, storage::findReview(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, review.rev));
        ReviewChange change{session, std::move(review)};
        TM_TRY(ledger::Event event, deed(change));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, change.review, std::move(event)));
        return std::move(change.review);
    });
}

Result<ManagementReview> planReview(Context& context, const domain::Actor& actor, const ReviewDraft& draft) {
    TM_CHECK(mustWriteReviews(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<ManagementReview> {
        ManagementReview review;
        review.createdBy = actor.id;
        review.createdAt = context.now();
        review.writers = {actor.id};
        TM_CHECK(fill(session, draft, review));
        TM_TRY(const std::string next, storage::nextRef(session, storage::RefSeries::Review));
        review.ref = domain::ReviewRef(next);
        ledger::Event event = eventOf(context, actor, "review.plan");
        event.facts.set("day", review.day->iso());
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, review, std::move(event)));
        return review;
    });
}

Result<ManagementReview> editReview(Context& context, const domain::Actor& actor,
                                    const domain::ReviewRef& ref, std::int64_t rev,
                                    const ReviewDraft& draft) {
    TM_CHECK(mustWriteReviews(actor));
    return changeReview(context, ref, rev, [&](ReviewChange& change) -> Result<ledger::Event> {
        ManagementReview& review = change.review;
        if (!domain::mayWrite(review, actor)) {
            return refused(
                "minutes-submitted",
                ref.text() + " is not written any more: its minutes are submitted, or it is final.",
                "Top management can return submitted minutes.");
        }
        if (review.state == ReviewState::Held && draft.day != review.day) {
            return refused("day-fixed",
                           "The day of " + ref.text() + " is fixed: its inputs are frozen as of " +
                               review.day->iso() + ".",
                           "Leave the date as it is.");
        }
        TM_CHECK(fill(change.session, draft, review));
        noteWriter(review, actor.id);
        return eventOf(context, actor, "review.edit");
    });
}

Result<ManagementReview> changeReviewState(Context& context, const domain::Actor& actor,
                                           const domain::ReviewRef& ref, std::int64_t rev, ReviewEvent event,
                                           const std::string& reason) {
    TM_CHECK(mustReadReviews(actor));
    return changeReview(context, ref, rev, [&](ReviewChange& change) -> Result<ledger::Event> {
        const domain::StepInput input{actor, false, reason, context.today()};
        TM_TRY(const ReviewState to, domain::next(change.review, event, input));
        ledger::Event entry = stepEvent(context, actor, "review", domain::toText(event),
                                        domain::toText(change.review.state), domain::toText(to), reason);
        TM_CHECK(applyStep(context, actor, event, reason, change));
        if (event == ReviewEvent::Hold) entry.facts.set("inputs_sha256", change.review.inputsDigest.hex());
        change.review.state = to;
        return entry;
    });
}

}  // namespace tickmark::app
