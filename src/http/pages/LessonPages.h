// Lessons on the pages where similar work begins.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/app/Lessons.h"

namespace tickmark::http::pages {

/// Fills {{>LESSONS}} with the lessons that are like an item ("II-0001") or a finding ("F-0001"), at most
/// five and a link to the rest. Nothing where none is, where the caller may not read lessons, and when they
/// cannot be read: the page itself is worth more.
void putOffered(WebApp& web, const Request& request, view::Model& model, const std::string& like);
/// The same for what is only about to be recorded.
void putOffered(WebApp& web, const Request& request, view::Model& model, const domain::LessonMatter& matter);
/// Section OWN_LESSON for each lesson that came from a thing: LESSON_HREF, LESSON_REF, LESSON_NAME and
/// LESSON_RETRACTED.
void putLessonsFrom(WebApp& web, const Request& request, view::Model& model,
                    const storage::LessonFilter& origin);

}  // namespace tickmark::http::pages
