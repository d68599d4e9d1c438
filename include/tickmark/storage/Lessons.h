// Lessons learned: rows and queries. Everybody who works here may read every lesson; what it came from keeps
// its own visibility.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Lesson.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// See save(Party). Subject "lesson".
[[nodiscard]] Result<LedgerPosition> save(WriteSession& session, domain::Lesson& lesson, ledger::Event event);
[[nodiscard]] Result<domain::Lesson> findLesson(ReadSession& session, const domain::LessonRef& ref);

struct LessonFilter {
    std::optional<domain::LessonKind> kind{};
    std::string
        tag{};        ///< a process, service, clause or free tag that it applies to; case (ASCII) is left out
    std::string q{};  ///< every word must occur in the title, what happened or what to do
    bool retracted = false;  ///< also those that were retracted
    std::optional<domain::ImprovementId> improvement{};
    std::optional<domain::FindingId> finding{};
    std::optional<domain::AuditId> audit{};
};
/// Newest first.
[[nodiscard]] Result<Page<domain::Lesson>> listLessons(ReadSession& session, const LessonFilter& filter,
                                                       const PageRequest& page);

}  // namespace tickmark::storage
