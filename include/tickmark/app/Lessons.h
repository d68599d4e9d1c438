// Lessons learned: record, look at, list, retract, and offer when similar work begins.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Lesson.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Lessons.h"

namespace tickmark::app {

/// LA AU PO AO IM TM.
[[nodiscard]] bool mayReadLessons(domain::Role role) noexcept;
/// LA AU PO IM TM.
[[nodiscard]] bool mayRecordLessons(domain::Role role) noexcept;

/// References as people write them; empty where it did not come from such a thing.
struct LessonDraft {
    domain::LessonKind kind = domain::LessonKind::Success;
    std::string title{};
    std::string happened{};
    std::string advice{};
    domain::LessonScope appliesTo{};
    std::string improvement{};
    std::string finding{};
    std::string audit{};
};
/// What it came from must be visible to the actor. Event "lesson.record". Errors: Forbidden; Invalid with a
/// part for each field, or "unknown-reference".
[[nodiscard]] Result<domain::Lesson> recordLesson(Context& context, const domain::Actor& actor,
                                                  const LessonDraft& draft);
/// Its author and IM, with a reason. It is not offered any more and stays readable. Event "lesson.retract".
/// Errors: Forbidden, NotFound, Stale; Refused "retracted"; Invalid "reason".
[[nodiscard]] Result<domain::Lesson> retractLesson(Context& context, const domain::Actor& actor,
                                                   const domain::LessonRef& ref, std::int64_t rev,
                                                   const std::string& reason);

/// What it came from, as far as the actor may see it.
struct LessonOrigin {
    std::string ref{};
    std::string title{};
};
struct LessonView {
    domain::Lesson lesson{};
    LessonOrigin improvement{};
    LessonOrigin finding{};
    LessonOrigin audit{};
    bool hiddenOrigin = false;  ///< it came from something that the actor may not see
    std::vector<domain::Party> parties{};
    bool mayRetract = false;
    std::vector<std::pair<std::int64_t, ledger::Event>> history{};  ///< by position, oldest first
};
[[nodiscard]] Result<LessonView> showLesson(Context& context, const domain::Actor& actor,
                                            const domain::LessonRef& ref);
/// Newest first. Errors: Forbidden, Invalid "page".
[[nodiscard]] Result<storage::Page<domain::Lesson>> listLessons(Context& context, const domain::Actor& actor,
                                                                const storage::LessonFilter& filter,
                                                                const storage::PageRequest& page);
/// Every lesson that came from an improvement item, a finding or an audit, retracted ones too, newest first.
/// Nothing for who may not read lessons. The actor may see the thing itself.
[[nodiscard]] Result<std::vector<domain::Lesson>> lessonsFrom(Context& context, const domain::Actor& actor,
                                                              storage::LessonFilter origin);

/// What is looked for, and what it is about itself: a lesson that came from it is not offered.
struct LessonQuestion {
    domain::LessonMatter matter{};
    domain::ImprovementId improvement{};
    domain::FindingId finding{};
};
/// The question of an improvement item ("II-0001") or a finding ("F-0001") that the actor may see. Errors:
/// NotFound; Invalid "unknown-word" field "like" for a reference of another form.
[[nodiscard]] Result<LessonQuestion> lessonQuestion(Context& context, const domain::Actor& actor,
                                                    const std::string& like);

struct OfferedLesson {
    domain::Lesson lesson{};
    domain::LessonLikeness likeness{};
};
/// Every lesson that is like enough (domain::offeredFrom) and not retracted; the most alike first, then the
/// newest. Nothing for an empty matter. Errors: Forbidden.
[[nodiscard]] Result<std::vector<OfferedLesson>> offerLessons(Context& context, const domain::Actor& actor,
                                                              const LessonQuestion& question);

}  // namespace tickmark::app
