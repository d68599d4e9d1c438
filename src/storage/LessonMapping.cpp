#include <set>

#include "storage/Mapping.h"
#include "storage/Values.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::storage {
namespace {

constexpr std::array<SideTable, 1> lessonTables{{{"lesson_tag", "lesson, tag", "tag"}}};

}  // namespace

const TableShape Mapping<domain::Lesson>::shape{
    "lesson", "lesson", "kind, title, words, retracted, improvement, finding, audit, author", lessonTables};
std::string Mapping<domain::Lesson>::ref(const domain::Lesson& lesson) { return lesson.ref.text(); }
Row Mapping<domain::Lesson>::columns(const domain::Lesson& lesson) {
    return {textValue(domain::toText(lesson.kind)),
            textValue(lesson.title),
            textValue(lower(lesson.title + "\n" + lesson.happened + "\n" + lesson.advice)),
            numberValue(lesson.retraction ? 1 : 0),
            idValue(lesson.improvement),
            idValue(lesson.finding),
            idValue(lesson.audit),
            idValue(lesson.author)};
}
std::vector<SideRows> Mapping<domain::Lesson>::sides(const domain::Lesson& lesson) {
    std::set<std::string> tags;
    const domain::LessonScope& scope = lesson.appliesTo;
    for (const auto* list : {&scope.processes, &scope.services, &scope.clauses, &scope.tags}) {
        for (const std::string& tag : *list) tags.insert(lower(tag));
    }
    SideRows rows;
    for (const std::string& tag : tags) rows.push_back({textValue(tag)});
    return {rows};
}

}  // namespace tickmark::storage
