// Recording and retracting lessons, by hand and when an item is closed.
#include "tickmark/app/Lessons.h"

#include "app/Access.h"
#include "app/LessonAccess.h"
#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::Lesson;
using domain::Role;

Error unknownOrigin(const char* field, const std::string& ref) {
    return invalid("unknown-reference", field, "There is no " + std::string(field) + " \"" + ref + "\".",
                   "Check the spelling, or leave it empty.");
}

/// The id of what is named, within what the actor may see; nothing for an empty name.
template <class Entity>
Result<decltype(Entity::id)> originOf(const char* field, const std::string& ref, Result<Entity> found) {
    if (found) return found->id;
    if (found.error().kind == ErrorKind::NotFound) return unknownOrigin(field, ref);
    return std::move(found).error();
}

Result<void> setOrigin(storage::ReadSession& session, const storage::Scope& scope, const LessonDraft& draft,
                       Lesson& lesson) {
    if (!draft.improvement.empty()) {
        TM_TRY(lesson.improvement, originOf("improvement", draft.improvement,
                                            storage::findImprovementVisible(
                                                session, domain::ImprovementRef(draft.improvement), scope)));
    }
    if (!draft.finding.empty()) {
        TM_TRY(lesson.finding,
               originOf("finding", draft.finding,
                        storage::findFindingVisible(session, domain::FindingRef(draft.finding), scope)));
    }
    if (!draft.audit.empty()) {
        TM_TRY(lesson.audit,
               originOf("audit", draft.audit,
                        storage::findAuditVisible(session, domain::AuditRef(draft.audit), scope)));
    }
    return {};
}

Result<Lesson> insertLesson(Context& context, const domain::Actor& actor, storage::WriteSession& session,
                            Lesson lesson, const std::string& improvement) {
    lesson.author = actor.id;
    lesson.at = context.now();
    TM_CHECK(domain::validate(lesson));
    TM_TRY(const std::string next, storage::nextRef(session, storage::RefSeries::Lesson));
    lesson.ref = domain::LessonRef(next);
    ledger::Event event = eventOf(context, actor, "lesson.record");
    event.facts.set("kind", domain::toText(lesson.kind));
    if (!improvement.empty()) event.facts.set("improvement", improvement);
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, lesson, std::move(event)));
    return lesson;
}

}  // namespace

bool mayReadLessons(Role role) noexcept {
    return role != Role::CertificationAuditor && role != Role::Administrator;
}

bool mayRecordLessons(Role role) noexcept { return mayReadLessons(role) && role != Role::ActionOwner; }

Result<Lesson> insertLessonOf(Context& context, const domain::Actor& actor, storage::WriteSession& session,
                              const domain::ImprovementItem& item) {
    std::vector<std::string> clauses;
    if (item.finding.stored()) {
        TM_TRY(const domain::Finding finding, storage::findFinding(session, item.finding));
        clauses = finding.clauses;
    }
    return insertLesson(context, actor, session, domain::lessonOf(item, clauses), item.ref.text());
}

Result<Lesson> recordLesson(Context& context, const domain::Actor& actor, const LessonDraft& draft) {
    if (!mayRecordLessons(actor.role)) {
        return forbidden("Lessons are recorded by auditors, process owners, improvement and top management.");
    }
    return context.database->write([&](storage::WriteSession& session) -> Result<Lesson> {
        Lesson lesson;
        lesson.kind = draft.kind;
        lesson.title = draft.title;
        lesson.happened = draft.happened;
        lesson.advice = draft.advice;
        lesson.appliesTo = draft.appliesTo;
        TM_CHECK(setOrigin(session, scopeOf(context, actor), draft, lesson));
        return insertLesson(context, actor, session, std::move(lesson), draft.improvement);
    });
}

Result<Lesson> retractLesson(Context& context, const domain::Actor& actor, const domain::LessonRef& ref,
                             std::int64_t rev, const std::string& reason) {
    if (!mayReadLessons(actor.role)) return forbidden("Lessons are for those who improve.");
    return context.database->write([&](storage::WriteSession& session) -> Result<Lesson> {
        TM_TRY(Lesson lesson, storage::findLesson(session, ref));
        if (actor.role != Role::ImprovementManager && lesson.author != actor.id) {
            return forbidden("Whoever recorded a lesson retracts it, or the improvement manager.");
        }
        TM_CHECK(mustBeCurrent(ref.text(), rev, lesson.rev));
        if (lesson.retraction) return refused("retracted", ref.text() + " is retracted already.");
        TM_TRY(std::string why, cleanText("reason", reason, {1, 2'000, true}));
        lesson.retraction = domain::LessonRetraction{actor.id, context.now(), why};
        ledger::Event event = eventOf(context, actor, "lesson.retract");
        event.facts.set("reason", why);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, lesson, std::move(event)));
        return lesson;
    });
}

}  // namespace tickmark::app
