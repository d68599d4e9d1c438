// Lessons as they are read: one, a list, and those that are offered when similar work begins.
#include <algorithm>

#include "app/Access.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Lessons.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

using domain::Lesson;

Result<void> mustRead(const domain::Actor& actor) {
    if (mayReadLessons(actor.role)) return {};
    return forbidden("Lessons are for those who improve: auditors, owners, improvement and top management.");
}

/// Sets what may be seen; notes what may not.
template <class Entity>
Result<void> put(Result<Entity> found, LessonOrigin& origin, bool& hidden) {
    if (found) {
        origin = {found->ref.text(), found->title};
        return {};
    }
    if (found.error().kind != ErrorKind::NotFound) return std::move(found).error();
    hidden = true;
    return {};
}

Result<void> readOrigins(storage::ReadSession& session, const storage::Scope& scope, LessonView& view) {
    const Lesson& lesson = view.lesson;
    if (lesson.improvement.stored()) {
        TM_TRY(const auto item, storage::findImprovement(session, lesson.improvement));
        TM_CHECK(put(storage::findImprovementVisible(session, item.ref, scope), view.improvement,
                     view.hiddenOrigin));
    }
    if (lesson.finding.stored()) {
        TM_TRY(const auto finding, storage::findFinding(session, lesson.finding));
        TM_CHECK(
            put(storage::findFindingVisible(session, finding.ref, scope), view.finding, view.hiddenOrigin));
    }
    if (lesson.audit.stored()) {
        TM_TRY(const auto audit, storage::findAudit(session, lesson.audit));
        TM_CHECK(put(storage::findAuditVisible(session, audit.ref, scope), view.audit, view.hiddenOrigin));
    }
    return {};
}

Result<std::vector<Lesson>> everyLesson(Context& context, const storage::LessonFilter& filter) {
    return context.database->read([&](storage::ReadSession& session) {
        return everyRow(
            [&](const storage::PageRequest& page) { return storage::listLessons(session, filter, page); });
    });
}

bool cameFrom(const Lesson& lesson, const LessonQuestion& question) {
    return (question.improvement.stored() && lesson.improvement == question.improvement) ||
           (question.finding.stored() && lesson.finding == question.finding);
}

/// Clauses are those of the finding that it answers, as far as the actor may see it.
Result<LessonQuestion> questionOfItem(storage::ReadSession& session, const storage::Scope& scope,
                                      const std::string& ref) {
    TM_TRY(const auto item, storage::findImprovementVisible(session, domain::ImprovementRef(ref), scope));
    std::vector<std::string> clauses;
    if (item.finding.stored()) {
        TM_TRY(const auto linked, storage::findFinding(session, item.finding));
        const auto finding = storage::findFindingVisible(session, linked.ref, scope);
        if (!finding && finding.error().kind != ErrorKind::NotFound) return finding.error();
        if (finding) clauses = finding->clauses;
    }
    return LessonQuestion{domain::matterOf(item, clauses), item.id, {}};
}

}  // namespace

Result<LessonView> showLesson(Context& context, const domain::Actor& actor, const domain::LessonRef& ref) {
    TM_CHECK(mustRead(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<LessonView> {
        LessonView view;
        TM_TRY(view.lesson, storage::findLesson(session, ref));
        TM_CHECK(readOrigins(session, scopeOf(context, actor), view));
        std::vector<domain::PartyId> people{view.lesson.author};
        if (view.lesson.retraction) people.push_back(view.lesson.retraction->by);
        TM_TRY(view.parties, partiesOf(session, people));
        TM_TRY(const auto rows, storage::eventsOf(session, "lesson", ref.text()));
        for (const auto& row : rows) {
            TM_TRY(auto event, ledger::Event::parse(row.leaf));
            view.history.emplace_back(static_cast<std::int64_t>(row.position), std::move(event));
        }
        const bool own = view.lesson.author == actor.id || actor.role == domain::Role::ImprovementManager;
        view.mayRetract = own && !view.lesson.retraction;
        return view;
    });
}

Result<storage::Page<Lesson>> listLessons(Context& context, const domain::Actor& actor,
                                          const storage::LessonFilter& filter,
                                          const storage::PageRequest& page) {
    TM_CHECK(mustRead(actor));
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::listLessons(session, filter, page); });
}

Result<std::vector<Lesson>> lessonsFrom(Context& context, const domain::Actor& actor,
                                        storage::LessonFilter origin) {
    if (!mayReadLessons(actor.role)) return std::vector<Lesson>();
    origin.retracted = true;
    return everyLesson(context, origin);
}

Result<LessonQuestion> lessonQuestion(Context& context, const domain::Actor& actor, const std::string& like) {
    TM_CHECK(mustRead(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<LessonQuestion> {
        const storage::Scope scope = scopeOf(context, actor);
        if (like.starts_with("II-")) return questionOfItem(session, scope, like);
        if (!like.starts_with("F-")) {
            return invalid("unknown-word", "like",
                           "\"" + like + "\" is neither an improvement item nor a finding.",
                           "Write a reference like II-0001 or F-0001.");
        }
        TM_TRY(const auto finding, storage::findFindingVisible(session, domain::FindingRef(like), scope));
        return LessonQuestion{domain::matterOf(finding), {}, finding.id};
    });
}

Result<std::vector<OfferedLesson>> offerLessons(Context& context, const domain::Actor& actor,
                                                const LessonQuestion& question) {
    TM_CHECK(mustRead(actor));
    std::vector<OfferedLesson> offered;
    if (domain::isEmpty(question.matter)) return offered;
    TM_TRY(auto lessons, everyLesson(context, {}));
    for (Lesson& lesson : lessons) {
        if (cameFrom(lesson, question)) continue;
        domain::LessonLikeness found = domain::likeness(question.matter, lesson);
        if (found.score >= domain::offeredFrom) offered.push_back({std::move(lesson), std::move(found)});
    }
    // The list is newest first and stays so among those that are alike.
    std::stable_sort(offered.begin(), offered.end(),
                     [](const OfferedLesson& one, const OfferedLesson& other) {
                         return one.likeness.score > other.likeness.score;
                     });
    return offered;
}

}  // namespace tickmark::app
