// The lesson that a closed item leaves.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/domain/Lesson.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// Inserts it in the transaction that closes the item. Event "lesson.record".
[[nodiscard]] Result<domain::Lesson> insertLessonOf(Context& context, const domain::Actor& actor,
                                                    storage::WriteSession& session,
                                                    const domain::ImprovementItem& item);

}  // namespace tickmark::app
