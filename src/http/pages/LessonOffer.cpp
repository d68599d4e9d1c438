// The part of a page that offers lessons.
#include "http/pages/LessonPages.h"
#include "http/pages/Listing.h"

namespace tickmark::http::pages {
namespace {

constexpr std::size_t shownAtOnce = 5;
constexpr std::size_t excerptLength = 240;

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const std::string& text : texts) line += (line.empty() ? "" : "; ") + text;
    return line;
}

void putOffer(WebApp& web, const Request& request, view::Model& model, const app::LessonQuestion& question,
              const std::string& like) {
    const auto offered = app::offerLessons(*web.context, callerOf(request).actor, question);
    if (!offered || offered->empty()) return;
    view::Model& part = model.include("LESSONS", "parts/lessons.html");
    for (std::size_t i = 0; i < offered->size() && i < shownAtOnce; ++i) {
        const app::OfferedLesson& each = (*offered)[i];
        part.add("LESSON")
            .set("HREF", "/lessons/" + encoded(each.lesson.ref.text()))
            .set("REF", each.lesson.ref.text())
            .set("NAME", each.lesson.title)
            .say("KIND", std::string(domain::titleOf(each.lesson.kind)))
            .set("ADVICE", excerpt(each.lesson.advice, excerptLength))
            .set("WHY", joined(each.likeness.reasons));
    }
    if (offered->size() <= shownAtOnce) return;
    const std::string more = std::to_string(offered->size() - shownAtOnce) + " more are like it";
    if (like.empty())
        part.add("MORE_PLAIN").say("MORE_WORDS", more + "; the page of the item will list them.");
    else
        part.add("MORE").say("MORE_WORDS", more).set("MORE_HREF", "/lessons?like=" + encoded(like));
}

}  // namespace

void putOffered(WebApp& web, const Request& request, view::Model& model, const std::string& like) {
    const auto question = app::lessonQuestion(*web.context, callerOf(request).actor, like);
    if (question) putOffer(web, request, model, *question, like);
}

void putOffered(WebApp& web, const Request& request, view::Model& model, const domain::LessonMatter& matter) {
    putOffer(web, request, model, {matter, {}, {}}, {});
}

void putLessonsFrom(WebApp& web, const Request& request, view::Model& model,
                    const storage::LessonFilter& origin) {
    const auto lessons = app::lessonsFrom(*web.context, callerOf(request).actor, origin);
    if (!lessons) return;
    for (const domain::Lesson& lesson : *lessons) {
        model.add("OWN_LESSON")
            .set("LESSON_HREF", "/lessons/" + encoded(lesson.ref.text()))
            .set("LESSON_REF", lesson.ref.text())
            .set("LESSON_NAME", lesson.title)
            .showIf(lesson.retraction.has_value(), "LESSON_RETRACTED");
    }
}

}  // namespace tickmark::http::pages
