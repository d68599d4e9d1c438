// A management review with everything around it, and what becomes of its decisions.
#include "app/Access.h"
#include "app/ImprovementAccess.h"
#include "app/ReviewAccess.h"
#include "app/ReviewInputs.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

using domain::ManagementReview;
using domain::ReviewState;

bool isDecided(const ManagementReview& review) {
    return review.state == ReviewState::Approved || review.state == ReviewState::Closed;
}

/// The first line, cut between characters where a title ends.
std::string titleFrom(const std::string& text) {
    constexpr std::size_t most = 190;
    std::string line = text.substr(0, text.find('\n'));
    if (line.size() <= most) return line;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return line.substr(0, end) + "…";
}

Result<void> readHistory(storage::ReadSession& session, ReviewView& view) {
    TM_TRY(const auto rows, storage::eventsOf(session, "review", view.review.ref.text()));
    for (const auto& row : rows) {
        TM_TRY(auto event, ledger::Event::parse(row.leaf));
        view.history.push_back({static_cast<std::int64_t>(row.position), std::move(event)});
    }
    return {};
}

}  // namespace

Result<domain::ImprovementItem> followUpDecision(Context& context, const domain::Actor& actor,
                                                 const domain::ReviewRef& ref, std::int64_t rev,
                                                 std::int64_t number) {
    TM_CHECK(mustWriteReviews(actor));
    domain::ImprovementItem made;
    TM_TRY([[maybe_unused]] const ManagementReview changed,
           changeReview(context, ref, rev, [&](ReviewChange& change) -> Result<ledger::Event> {
               ManagementReview& review = change.review;
               if (!isDecided(review)) {
                   return refused("not-approved",
                                  "The minutes of " + ref.text() +
                                      " are not approved; only approved decisions become items.",
                                  "Let top management approve the minutes first.");
               }
               if (number < 1 || static_cast<std::size_t>(number) > review.decisions.size()) {
                   return notFound("decision " + std::to_string(number) + " of " + ref.text());
               }
               auto& decision = review.decisions[static_cast<std::size_t>(number) - 1];
               if (!decision.item.empty()) {
                   return refused("already-item", "This decision is followed up by " + decision.item + ".");
               }
               TM_TRY(const domain::Party owner, storage::findParty(change.session, decision.owner));
               ImprovementDraft draft;
               draft.source = domain::ImprovementSource::ManagementReview;
               draft.sourceRef = ref.text();
               draft.title = titleFrom(decision.text);
               draft.description = decision.text;
               draft.owner = owner.account;
               draft.due = decision.due;
               TM_TRY(made, insertImprovement(context, actor, change.session, draft, nullptr));
               decision.item = made.ref.text();
               ledger::Event event = eventOf(context, actor, "review.follow-up");
               event.facts.set("decision", number).set("improvement", decision.item);
               return event;
           }));
    return made;
}

Result<ReviewView> showReview(Context& context, const domain::Actor& actor, const domain::ReviewRef& ref) {
    TM_CHECK(mustReadReviews(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<ReviewView> {
        ReviewView view;
        TM_TRY(view.review, storage::findReview(session, ref));
        const ManagementReview& review = view.review;
        if (review.inputs.empty()) {
            TM_TRY(view.inputs, reviewInputs(context, session, review));
        } else {
            TM_TRY(view.inputs, codec::parseJson(review.inputs));
        }
        TM_CHECK(readHistory(session, view));
        std::vector<domain::PartyId> people{review.createdBy, review.approvedBy};
        people.insert(people.end(), review.writers.begin(), review.writers.end());
        for (const auto& decision : review.decisions) people.push_back(decision.owner);
        TM_TRY(view.parties, partiesOf(session, people));
        view.steps = domain::stepsOf(review, {actor, false, {}, context.today()});
        view.mayEdit = domain::mayWrite(review, actor);
        view.mayFollowUp = mayWriteReviews(actor) && isDecided(review);
        view.maySeal = mayWriteReviews(actor) && review.state == ReviewState::Approved;
        return view;
    });
}

Result<storage::Page<storage::ReviewRow>> listReviews(Context& context, const domain::Actor& actor,
                                                      const storage::PageRequest& page) {
    TM_CHECK(mustReadReviews(actor));
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::listReviews(session, page); });
}

}  // namespace tickmark::app
