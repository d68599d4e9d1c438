// Recording feedback and deciding what becomes of it.
#include "tickmark/app/Feedback.h"

#include "app/FeedbackAccess.h"
#include "app/ImprovementAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {

using domain::Feedback;
using domain::FeedbackEvent;

namespace {

Result<domain::ImprovementItem> itemOf(Context& context, const domain::Actor& actor,
                                       storage::WriteSession& session, const Feedback& feedback) {
    ImprovementDraft draft;
    draft.source = domain::sourceOf(feedback);
    draft.sourceRef = feedback.ref.text();
    draft.title = domain::titleFrom(feedback.text);
    draft.description = feedback.text;
    draft.process = feedback.process;
    draft.service = feedback.service;
    draft.owner = ownAccount(actor);
    return insertImprovement(context, actor, session, draft, nullptr);
}

}  // namespace

Result<void> mustReadFeedback(const domain::Actor& actor) {
    if (actor.role != domain::Role::CertificationAuditor && actor.role != domain::Role::Administrator)
        return {};
    return forbidden(
        "Feedback and service reviews are for those who improve: auditors, owners, improvement and top "
        "management.");
}

Result<std::vector<RecordedEvent>> historyOf(storage::ReadSession& session, std::string_view subject,
                                             const std::string& ref) {
    std::vector<RecordedEvent> history;
    TM_TRY(const auto rows, storage::eventsOf(session, subject, ref));
    for (const auto& row : rows) {
        TM_TRY(auto event, ledger::Event::parse(row.leaf));
        history.push_back({static_cast<std::int64_t>(row.position), std::move(event)});
    }
    return history;
}

std::string ownAccount(const domain::Actor& actor) {
    return canOwn(actor.role) && actor.id.stored() ? actor.account : std::string();
}

Result<Feedback> recordFeedback(Context& context, const domain::Actor& actor, const FeedbackDraft& draft) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<Feedback> {
        Feedback feedback;
        feedback.from = draft.from;
        feedback.kind = draft.kind;
        feedback.severity = draft.severity;
        feedback.givenBy = draft.givenBy;
        feedback.received = draft.received;
        feedback.channel = draft.channel;
        feedback.service = draft.service;
        feedback.process = draft.process;
        feedback.text = draft.text;
        feedback.createdBy = actor.id;
        feedback.createdAt = context.now();
        feedback.changedAt = feedback.createdAt;
        TM_CHECK(domain::validate(feedback, context.today()));
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Feedback));
        feedback.ref = domain::FeedbackRef(ref);
        ledger::Event event = eventOf(context, actor, "feedback.record");
        event.facts.set("from", domain::toText(feedback.from)).set("kind", domain::toText(feedback.kind));
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, feedback, std::move(event)));
        return feedback;
    });
}

Result<Feedback> changeFeedbackState(Context& context, const domain::Actor& actor,
                                     const domain::FeedbackRef& ref, std::int64_t rev, FeedbackEvent event,
                                     const std::string& reason) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<Feedback> {
        TM_TRY(Feedback feedback, storage::findFeedback(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, feedback.rev));
        TM_TRY(const auto to, domain::next(feedback, event, {actor, false, reason, context.today()}));
        ledger::Event entry = stepEvent(context, actor, "feedback", domain::toText(event),
                                        domain::toText(feedback.state), domain::toText(to), reason);
        feedback.state = to;
        feedback.changedAt = context.now();
        if (event == FeedbackEvent::Answer) feedback.answer = reason;
        if (event == FeedbackEvent::Dismiss) feedback.reason = reason;
        TM_CHECK(domain::validate(feedback, context.today()));
        if (event == FeedbackEvent::Improve) {
            TM_TRY(const auto item, itemOf(context, actor, session, feedback));
            feedback.item = item.ref.text();
            entry.facts.set("improvement", feedback.item);
        }
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, feedback, std::move(entry)));
        return feedback;
    });
}

Result<FeedbackView> showFeedback(Context& context, const domain::Actor& actor,
                                  const domain::FeedbackRef& ref) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<FeedbackView> {
        FeedbackView view;
        TM_TRY(view.feedback, storage::findFeedback(session, ref));
        TM_TRY(view.parties, partiesOf(session, {view.feedback.createdBy}));
        TM_TRY(view.history, historyOf(session, "feedback", ref.text()));
        view.steps = domain::stepsOf(view.feedback, {actor, false, {}, context.today()});
        return view;
    });
}

Result<storage::Page<Feedback>> listFeedback(Context& context, const domain::Actor& actor,
                                             const storage::FeedbackFilter& filter,
                                             const storage::PageRequest& page) {
    TM_CHECK(mustReadFeedback(actor));
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::listFeedback(session, filter, page); });
}

}  // namespace tickmark::app
