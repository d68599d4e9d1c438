#include "tickmark/storage/Lessons.h"

#include "storage/Lists.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::storage {
namespace {

using domain::Lesson;

/// The word anywhere, with what LIKE reads as a sign taken for itself.
std::string anywhere(std::string_view word) {
    std::string pattern = "%";
    for (const char letter : word) {
        if (letter == '%' || letter == '_' || letter == '\\') pattern += '\\';
        pattern += letter;
    }
    return pattern + "%";
}

void whereWords(Query& query, const std::string& typed) {
    const std::string text = lower(typed);
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) query.where("l.words LIKE ? ESCAPE '\\'", {Value(anywhere(text.substr(at, end - at)))});
        at = end + 1;
    }
}

void narrow(Query& query, const LessonFilter& filter) {
    if (filter.kind) query.where("l.kind = ?", {textValue(domain::toText(*filter.kind))});
    if (!filter.retracted) query.where("l.retracted = 0");
    if (filter.improvement) query.where("l.improvement = ?", {Value(filter.improvement->value)});
    if (filter.finding) query.where("l.finding = ?", {Value(filter.finding->value)});
    if (filter.audit) query.where("l.audit = ?", {Value(filter.audit->value)});
    const std::string tag = lower(trim(filter.tag));
    if (!tag.empty())
        query.where("l.id IN (SELECT t.lesson FROM lesson_tag t WHERE t.tag = ?)", {Value(tag)});
    whereWords(query, filter.q);
}

}  // namespace

Result<LedgerPosition> save(WriteSession& session, Lesson& lesson, ledger::Event event) {
    return saveEntity(session, lesson, std::move(event));
}

Result<Lesson> findLesson(ReadSession& session, const domain::LessonRef& ref) {
    return findByRef<Lesson>(session, ref.text(), "lesson");
}

Result<Page<Lesson>> listLessons(ReadSession& session, const LessonFilter& filter, const PageRequest& page) {
    return guarded([&]() -> Result<Page<Lesson>> {
        TM_TRY(const Cursor cursor, openPage(page, false));
        Query query("SELECT l.record FROM lesson l");
        narrow(query, filter);
        newestFirst(query, "l.id", cursor, page);
        return pageById<Lesson>(session, query, page,
                                [](const Statement& row) { return ledger::decode<Lesson>(row.text(0)); });
    });
}

}  // namespace tickmark::storage
