// Improvement items after their plan was approved: another owner, more time.
#include "app/Access.h"
#include "app/AssignChecks.h"
#include "app/ImprovementAccess.h"
#include "tickmark/app/Assign.h"
#include "tickmark/domain/ImprovementSteps.h"
#include "tickmark/domain/Validation.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

using domain::ImprovementItem;

Result<void> mustBeOpenItem(const ImprovementItem& item) {
    if (!domain::isFinal(item.state)) return {};
    return refused("final", item.ref.text() + " is " + lower(domain::titleOf(item.state)) +
                                "; its owner and its date stay.");
}

Result<void> mustManage(const domain::Actor& actor, std::string_view deed) {
    if (actor.role == domain::Role::ImprovementManager) return {};
    return forbidden("Only the improvement manager can " + std::string(deed) + ".");
}

Result<void> moveDue(const domain::Actor& actor, ImprovementItem& item, Date due) {
    if (!domain::mayWorkOn(item, actor)) {
        return forbidden("Only the owner of " + item.ref.text() +
                         " or the improvement manager can set its date.");
    }
    if (!domain::isPlanOpen(item)) {
        return refused("plan-approved",
                       "The plan of " + item.ref.text() +
                           " is approved; its date moves only through an "
                           "extension.",
                       "Ask for more time with a reason; the improvement manager decides.");
    }
    item.due = due;
    return {};
}

bool waits(const ImprovementItem& item) {
    return !item.extensions.empty() && !item.extensions.back().approved;
}

}  // namespace

Result<ImprovementItem> assignImprovement(Context& context, const domain::Actor& actor,
                                          const domain::ImprovementRef& ref, std::int64_t rev,
                                          const Handover& handover) {
    TM_CHECK(mustGiveSomething(handover));
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            ImprovementItem& item = change.item;
            TM_CHECK(mustBeOpenItem(item));
            ledger::Event event = eventOf(context, actor, "improvement.assign");
            TM_TRY(const std::string reason, reasonOf(handover, !domain::isPlanOpen(item)));
            if (handover.owner) {
                TM_CHECK(mustManage(actor, "give an improvement item to somebody else"));
                TM_TRY(item.owner, improvementOwner(change.session, *handover.owner));
                event.facts.set("owner", *handover.owner);
            }
            if (handover.due) {
                TM_CHECK(moveDue(actor, item, *handover.due));
                event.facts.set("due", handover.due->iso());
            }
            TM_CHECK(domain::validate(item));
            if (!reason.empty()) event.facts.set("reason", reason);
            return event;
        });
}

Result<ImprovementItem> requestImprovementExtension(Context& context, const domain::Actor& actor,
                                                    const domain::ImprovementRef& ref, std::int64_t rev,
                                                    Date asked, const std::string& reason) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            ImprovementItem& item = change.item;
            const bool manages = actor.role == domain::Role::ImprovementManager;
            if (item.owner != actor.id && !manages) {
                return forbidden("Only the owner of " + ref.text() +
                                 " or the improvement manager can ask for more time.");
            }
            TM_CHECK(mustBeOpenItem(item));
            if (domain::isPlanOpen(item)) {
                return refused("plan-open", "The plan of " + ref.text() + " is not approved yet.",
                               "Write the date into the plan.");
            }
            if (waits(item)) {
                return refused("extension-open",
                               "An extension of " + ref.text() + " is waiting for a decision already.",
                               "The improvement manager decides it on the item's page.");
            }
            if (item.due && asked <= *item.due) {
                return invalid("extension", "asked", "The new date must lie after " + item.due->iso() + ".",
                               "Choose a later day.");
            }
            TM_TRY(const std::string words, cleanText("reason", reason, {1, 2000, true}));
            item.extensions.push_back({asked, words, actor.id, context.now(), {}, {}, {}});
            ledger::Event event = eventOf(context, actor, "improvement.request-extension");
            event.facts.set("asked", asked.iso()).set("reason", words);
            return event;
        });
}

Result<ImprovementItem> decideImprovementExtension(Context& context, const domain::Actor& actor,
                                                   const domain::ImprovementRef& ref, std::int64_t rev,
                                                   bool approve, const std::string& note) {
    return changeImprovement(
        context, actor, ref, rev, [&](ImprovementChange& change) -> Result<ledger::Event> {
            ImprovementItem& item = change.item;
            TM_CHECK(mustManage(actor, "decide an extension"));
            TM_CHECK(mustBeOpenItem(item));
            if (!waits(item)) {
                return refused("no-extension", "No extension of " + ref.text() + " waits for a decision.");
            }
            domain::ExtensionRequest& extension = item.extensions.back();
            TM_TRY(extension.decisionNote, cleanText("note", note, {approve ? 0U : 1U, 2000, true}));
            extension.approved = approve;
            extension.decidedBy = actor.id;
            if (approve) item.due = extension.asked;
            ledger::Event event = eventOf(
                context, actor, approve ? "improvement.approve-extension" : "improvement.refuse-extension");
            event.facts.set("asked", extension.asked.iso());
            if (!extension.decisionNote.empty()) event.facts.set("reason", extension.decisionNote);
            return event;
        });
}

}  // namespace tickmark::app
