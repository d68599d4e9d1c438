// Lessons learned: list, find what is like a thing, record, look at, retract.
#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "http/api/Rows.h"
#include "tickmark/app/Lessons.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::http::api {
namespace {

using codec::Json;

constexpr std::string_view base = "/api/v1/lessons";

Json documentOf(const domain::Lesson& lesson) {
    Json item = Json::object();
    item.set("ref", lesson.ref.text())
        .set("kind", domain::toText(lesson.kind))
        .set("title", lesson.title)
        .set("advice", lesson.advice)
        .set("processes", texts(lesson.appliesTo.processes))
        .set("services", texts(lesson.appliesTo.services))
        .set("clauses", texts(lesson.appliesTo.clauses))
        .set("tags", texts(lesson.appliesTo.tags))
        .set("at", lesson.at.iso())
        .set("retracted", lesson.retraction.has_value())
        .set("rev", lesson.rev);
    setText(item, "happened", lesson.happened);
    return item;
}

Json documentOf(const app::LessonView& view) {
    Names names;
    names.add(view.parties);
    Json document = documentOf(view.lesson);
    document.set("author", names.person(view.lesson.author))
        .set("hidden_origin", view.hiddenOrigin)
        .set("may_retract", view.mayRetract);
    setText(document, "improvement", view.improvement.ref);
    setText(document, "finding", view.finding.ref);
    setText(document, "audit", view.audit.ref);
    if (view.lesson.retraction) {
        document.set("retraction", Json::object()
                                       .set("by", names.person(view.lesson.retraction->by))
                                       .set("at", view.lesson.retraction->at.iso())
                                       .set("reason", view.lesson.retraction->reason));
    }
    Json history = Json::array();
    for (const auto& [position, event] : view.history) history.push(describe(position, event));
    document.set("history", std::move(history));
    return document;
}

/// "forms, priority" as two texts.
std::vector<std::string> parted(std::string_view line) {
    std::vector<std::string> parts;
    while (!line.empty()) {
        const std::size_t end = std::min(line.find(','), line.size());
        const std::string_view part = trim(line.substr(0, end));
        if (!part.empty()) parts.emplace_back(part);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return parts;
}

/// What is looked for without a thing to compare with: a text with processes, services, clauses and tags.
domain::LessonMatter matterIn(const QueryReader& query) {
    domain::LessonMatter matter;
    matter.title = query.text("text");
    matter.about.processes = parted(query.text("processes"));
    matter.about.services = parted(query.text("services"));
    matter.about.clauses = parted(query.text("clauses"));
    matter.about.tags = parted(query.text("tags"));
    return matter;
}

Response offer(const std::vector<app::OfferedLesson>& offered) {
    Json items = Json::array();
    for (const app::OfferedLesson& each : offered) {
        Json item = documentOf(each.lesson);
        item.set("score", each.likeness.score).set("reasons", texts(each.likeness.reasons));
        items.push(std::move(item));
    }
    Json document = Json::object();
    document.set("items", std::move(items));
    return documentAnswer(document);
}

Result<Response> listLessons(Call& call) {
    QueryReader query(call.request);
    const std::string like = query.text("like");
    app::LessonQuestion question;
    question.matter = matterIn(query);
    storage::LessonFilter filter;
    const auto kinds = query.choices("kind", domain::improvementLessonKindFrom);
    if (!kinds.empty()) filter.kind = kinds.front();
    filter.tag = query.text("tag");
    filter.q = query.text("q");
    filter.retracted = query.flag("retracted");
    const storage::PageRequest page = query.page();
    TM_CHECK(query.finish());
    if (!like.empty()) {
        TM_TRY(question, app::lessonQuestion(call.context(), call.actor(), like));
    }
    if (!domain::isEmpty(question.matter)) {
        TM_TRY(const auto offered, app::offerLessons(call.context(), call.actor(), question));
        return offer(offered);
    }
    TM_TRY(const auto found, app::listLessons(call.context(), call.actor(), filter, page));
    Json items = Json::array();
    for (const domain::Lesson& lesson : found.rows) items.push(documentOf(lesson));
    Json document = Json::object();
    document.set("items", std::move(items));
    setText(document, "next", found.next);
    return documentAnswer(document);
}

Result<Response> recordLesson(Call& call) {
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    app::LessonDraft draft;
    const std::string kind = reader.text("kind");
    draft.title = reader.text("title");
    draft.advice = reader.text("advice");
    draft.happened = reader.textOr("happened", "");
    draft.appliesTo.processes = reader.textsOr("processes", {});
    draft.appliesTo.services = reader.textsOr("services", {});
    draft.appliesTo.clauses = reader.textsOr("clauses", {});
    draft.appliesTo.tags = reader.textsOr("tags", {});
    draft.improvement = reader.textOr("improvement", "");
    draft.finding = reader.textOr("finding", "");
    draft.audit = reader.textOr("audit", "");
    const auto known = domain::improvementLessonKindFrom(kind);
    if (known)
        draft.kind = *known;
    else
        reader.complain(invalid("unknown-word", "kind", "\"" + kind + "\" is no kind of lesson.",
                                "Write success or failure."));
    TM_CHECK(reader.finish());
    TM_TRY(const auto made, app::recordLesson(call.context(), call.actor(), draft));
    return creationAnswer(base, made.ref.text(), "recorded", made.rev);
}

Result<Response> showLesson(Call& call) {
    TM_TRY(const app::LessonView view,
           app::showLesson(call.context(), call.actor(), call.ref<domain::LessonRef>()));
    return documentAnswer(documentOf(view), view.lesson.rev);
}

Result<Response> retractLesson(Call& call) {
    TM_TRY(const std::int64_t rev, revisionOf(call.request));
    TM_TRY(const Json body, readJson(call.request));
    codec::JsonReader reader(body);
    const std::string reason = reader.text("reason");
    TM_CHECK(reader.finish());
    TM_TRY(const auto lesson,
           app::retractLesson(call.context(), call.actor(), call.ref<domain::LessonRef>(), rev, reason));
    return changeAnswer(lesson.ref.text(), "retracted", lesson.rev);
}

}  // namespace

std::vector<ApiRow> lessonRows() {
    const std::string all(base);
    const std::string readers = "LA AU PO AO IM TM";
    return {
        {"GET",
         all,
         "lessons.list",
         readers,
         "Lessons learned, or those that are like a thing",
         listLessons,
         {"like", "text", "processes", "services", "clauses", "tags", "kind", "tag", "q", "retracted",
          "limit", "after"}},
        {"POST", all, "lessons.record", "LA AU PO IM TM", "Record a lesson", recordLesson},
        {"GET", all + "/{ref}", "lessons.show", readers, "One lesson with where it came from", showLesson},
        {"POST", all + "/{ref}/retraction", "lessons.retract", readers,
         "Retract a lesson: it stays readable and is not offered any more", retractLesson},
    };
}

}  // namespace tickmark::http::api
