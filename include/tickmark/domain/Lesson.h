// What an organization learned: what happened, what to do next time, and to what it applies, so that it can
// be offered when similar work begins (ISO 9001:2015 clause 7.1.6 asks to keep what experience taught).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Improvement.h"

namespace tickmark::domain {

using LessonId = Id<struct LessonTag>;
using LessonRef = Ref<struct LessonRefTag>;
using LessonKind = ImprovementLessonKind;

/// What a lesson applies to. Comparing leaves out case (ASCII).
struct LessonScope {
    std::vector<std::string> processes{};
    std::vector<std::string> services{};
    std::vector<std::string> clauses{};  ///< "8.6.1"
    std::vector<std::string> tags{};     ///< free words
    bool operator==(const LessonScope&) const = default;
};

/// Why it is not offered any more. A retracted lesson stays readable.
struct LessonRetraction {
    PartyId by{};
    Timestamp at{};
    std::string reason{};
    bool operator==(const LessonRetraction&) const = default;
};

struct Lesson {
    LessonId id{};
    LessonRef ref{};  ///< "L-0001"
    LessonKind kind = LessonKind::Success;
    std::string title{};
    std::string happened{};
    std::string advice{};  ///< what to do
    LessonScope appliesTo{};
    ImprovementId improvement{};  ///< where it came from, as far as it came from one of these three
    FindingId finding{};
    AuditId audit{};
    PartyId author{};
    Timestamp at{};
    std::optional<LessonRetraction> retraction{};
    std::int64_t rev = 0;
    bool operator==(const Lesson&) const = default;
};

/// Cleans the texts in place and reports every broken rule at once, as those of Validation.h.
[[nodiscard]] Result<void> validate(Lesson& lesson);

/// The lesson that an item leaves when it is closed: title, process and service are the item's, clauses are
/// those of the finding that it answers; tags that say the same again are left out. The item has a lesson.
[[nodiscard]] Lesson lessonOf(const ImprovementItem& item, const std::vector<std::string>& clauses);

/// What lessons are looked for: a new item, a finding, or a text with tags.
struct LessonMatter {
    std::string title{};
    LessonScope about{};
};
[[nodiscard]] LessonMatter matterOf(const ImprovementItem& item, const std::vector<std::string>& clauses);
[[nodiscard]] LessonMatter matterOf(const Finding& finding);
/// Nothing to compare with.
[[nodiscard]] bool isEmpty(const LessonMatter& matter) noexcept;

/// How alike a lesson is to a matter, with the reasons for people.
struct LessonLikeness {
    std::int64_t score = 0;
    std::vector<std::string> reasons{};  ///< "process Incident management", "words priority, closing"
};
/// 3 for the same process, 2 for the same service, 3 for the same clause (else 1 when a clause of one side
/// contains one of the other, as 8.6 contains 8.6.1), 2 for each common tag (at most 6), 1 for each word of
/// the matter's title that stands in the lesson's title, what happened or what to do (at most 3). A free tag
/// of one side that is the process, service or clause of the other counts as that. Words have four letters or
/// more, common ones do not count, and the endings s, es, ed, ing are cut off; case is left out.
[[nodiscard]] LessonLikeness likeness(const LessonMatter& matter, const Lesson& lesson);
/// Offered from this score on.
inline constexpr std::int64_t offeredFrom = 3;

}  // namespace tickmark::domain
