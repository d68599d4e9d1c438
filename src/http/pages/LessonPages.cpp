// Lessons: the list, one lesson, recording and retracting.
#include "http/pages/LessonPages.h"

#include <utility>

#include "http/pages/Listing.h"

namespace tickmark::http::pages {
namespace {

using domain::Lesson;
using domain::LessonKind;

constexpr const char* readers = "LA AU PO AO IM TM";
constexpr const char* recorders = "LA AU PO IM TM";
constexpr std::size_t excerptLength = 160;

std::string addressOf(const Lesson& lesson) { return "/lessons/" + encoded(lesson.ref.text()); }

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const std::string& text : texts) line += (line.empty() ? "" : ", ") + text;
    return line;
}

std::string scopeText(const domain::LessonScope& scope) {
    std::vector<std::string> all;
    for (const auto* list : {&scope.processes, &scope.services, &scope.clauses, &scope.tags})
        all.insert(all.end(), list->begin(), list->end());
    return joined(all);
}

void putKinds(view::Model& model, std::optional<LessonKind> chosen) {
    for (const LessonKind kind : {LessonKind::Success, LessonKind::Failure}) {
        putOption(model, "KIND", "CODE", std::string(domain::toText(kind)), view::said(domain::titleOf(kind)),
                  chosen == kind);
    }
}

/// The rows of the list, whether filtered or offered.
struct Listed {
    std::vector<app::OfferedLesson> lessons{};
    std::string next{};
};

Result<Listed> lessonsAsked(WebApp& web, Request& request, const storage::LessonFilter& filter) {
    const domain::Actor& actor = callerOf(request).actor;
    const std::string like(request.queryValue("like"));
    Listed listed;
    if (!like.empty()) {
        TM_TRY(const auto question, app::lessonQuestion(*web.context, actor, like));
        TM_TRY(listed.lessons, app::offerLessons(*web.context, actor, question));
        return listed;
    }
    const storage::PageRequest wanted{50, std::string(request.queryValue("after"))};
    TM_TRY(auto found, app::listLessons(*web.context, actor, filter, wanted));
    for (Lesson& lesson : found.rows) listed.lessons.push_back({std::move(lesson), {}});
    listed.next = std::move(found.next);
    return listed;
}

void putRow(view::Model& row, const app::OfferedLesson& each) {
    const Lesson& lesson = each.lesson;
    row.set("HREF", addressOf(lesson)).set("REF", lesson.ref.text()).set("NAME", lesson.title);
    row.say("KIND", std::string(domain::titleOf(lesson.kind))).set("AT", Date::of(lesson.at).iso());
    row.set("ADVICE", excerpt(lesson.advice, excerptLength)).say("APPLIES_TO", scopeText(lesson.appliesTo));
    row.setIf("WHY", joined(each.likeness.reasons)).showIf(lesson.retraction.has_value(), "RETRACTED");
}

Result<Response> showLessons(WebApp& web, Request& request, const PathParameters&) {
    storage::LessonFilter filter;
    filter.kind = domain::improvementLessonKindFrom(request.queryValue("kind"));
    filter.tag = std::string(request.queryValue("tag"));
    filter.q = std::string(request.queryValue("q"));
    filter.retracted = request.queryValue("retracted") == "1";
    const auto listed = lessonsAsked(web, request, filter);
    Frame frame;
    frame.title = view::said("Lessons");
    frame.section = "/lessons";
    frame.error = listed ? nullptr : &listed.error();
    frame.status = listed ? 200 : statusOf(listed.error());
    return page(web, request, frame, "pages/lessons.html", [&](view::Model& model) {
        putAsked(model, request, {"q", "tag", "like"});
        putKinds(model, filter.kind);
        model.showIf(filter.retracted, "RETRACTED_ON");
        model.showIf(app::mayRecordLessons(callerOf(request).actor.role), "MAY_RECORD");
        if (!listed || listed->lessons.empty()) {
            model.show("EMPTY");
            return;
        }
        view::Model& table = model.add("HAS_ROWS");
        for (const auto& each : listed->lessons) putRow(table.add("ROW"), each);
        if (!listed->next.empty()) model.setIf("NEXT_PAGE", nextAddress(request, "/lessons", listed->next));
    });
}

void putScope(view::Model& model, const domain::LessonScope& scope) {
    const std::pair<const char*, const std::vector<std::string>*> parts[] = {{"Processes", &scope.processes},
                                                                             {"Services", &scope.services},
                                                                             {"Clauses", &scope.clauses},
                                                                             {"Tags", &scope.tags}};
    for (const auto& [name, list] : parts) {
        if (list->empty()) continue;
        view::Model& row = model.add("SCOPE").say("SCOPE_NAME", name);
        for (const std::string& tag : *list)
            row.add("TAG").set("TAG_NAME", tag).set("TAG_HREF", "/lessons?tag=" + encoded(tag));
    }
}

void putOrigins(view::Model& model, const app::LessonView& view) {
    const std::pair<const char*, const app::LessonOrigin*> origins[] = {
        {"/improvements/", &view.improvement}, {"/findings/", &view.finding}, {"/audits/", &view.audit}};
    bool any = view.hiddenOrigin;
    for (const auto& [folder, origin] : origins) {
        if (origin->ref.empty()) continue;
        any = true;
        model.add("ORIGIN")
            .set("ORIGIN_HREF", folder + encoded(origin->ref))
            .set("ORIGIN_REF", origin->ref)
            .set("ORIGIN_NAME", origin->title);
    }
    model.showIf(view.hiddenOrigin, "HIDDEN").showIf(!any, "NO_ORIGIN");
}

void putHistory(view::Model& model, domain::Role role, const app::LessonView& view) {
    for (const auto& [position, event] : view.history) {
        view::Model& row = model.add("EVENT");
        row.setLogged("EVENT_AT", event.at).set("WHO", event.actor);
        row.say("WHAT", event.kind == "lesson.retract" ? "Retracted" : "Recorded");
        row.setIf("REASON", std::string(event.facts.textAt("reason")));
        putPosition(row, role, position);
    }
}

Result<Response> showLesson(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::LessonRef ref{std::string(parameters.at("ref"))};
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const auto view, app::showLesson(*web.context, actor, ref));
    const Lesson& lesson = view.lesson;
    Frame frame;
    frame.title = ref.text() + " " + lesson.title;
    frame.section = "/lessons";
    frame.trail = {{"/lessons", "Lessons"}};
    frame.trailEnd = ref.text();
    return page(web, request, frame, "pages/lesson.html", [&](view::Model& model) {
        model.set("REF", ref.text()).set("NAME", lesson.title).set("REV", std::to_string(lesson.rev));
        model.say("KIND", std::string(domain::titleOf(lesson.kind))).setTime("AT", lesson.at);
        model.set("AUTHOR", nameOf(view.parties, lesson.author)).set("ADVICE", lesson.advice);
        model.setIf("HAPPENED", lesson.happened).showIf(view.mayRetract, "MAY_RETRACT");
        if (lesson.retraction) {
            model.add("RETRACTION")
                .set("WHO", nameOf(view.parties, lesson.retraction->by))
                .setLogged("WHEN", lesson.retraction->at)
                .set("REASON", lesson.retraction->reason);
        }
        putScope(model, lesson.appliesTo);
        putOrigins(model, view);
        putHistory(model, actor.role, view);
    });
}

Result<Response> formPage(WebApp& web, Request& request, const app::LessonDraft& typed, const Error* error) {
    Frame frame;
    frame.title = view::said("Record a lesson");
    frame.section = "/lessons";
    frame.trail = {{"/lessons", "Lessons"}};
    frame.trailEnd = frame.title;
    frame.error = error;
    frame.status = error == nullptr ? 200 : statusOf(*error);
    return page(web, request, frame, "pages/lesson-form.html", [&](view::Model& model) {
        putKinds(model, typed.kind);
        model.set("NAME", typed.title).set("HAPPENED", typed.happened).set("ADVICE", typed.advice);
        model.set("PROCESSES", joinedLines(typed.appliesTo.processes))
            .set("SERVICES", joinedLines(typed.appliesTo.services))
            .set("CLAUSES", joinedLines(typed.appliesTo.clauses))
            .set("TAGS", joinedLines(typed.appliesTo.tags));
        model.set("IMPROVEMENT", typed.improvement).set("FINDING", typed.finding).set("AUDIT", typed.audit);
    });
}

Result<Response> showNew(WebApp& web, Request& request, const PathParameters&) {
    app::LessonDraft draft;
    draft.improvement = std::string(request.queryValue("improvement"));
    draft.finding = std::string(request.queryValue("finding"));
    draft.audit = std::string(request.queryValue("audit"));
    return formPage(web, request, draft, nullptr);
}

Result<Response> record(WebApp& web, Request& request, const PathParameters&) {
    TM_TRY(const Form form, readForm(request));
    app::LessonDraft typed;
    if (const auto kind = domain::improvementLessonKindFrom(form.text("kind"))) typed.kind = *kind;
    typed.title = form.text("title");
    typed.happened = form.text("happened");
    typed.advice = form.text("advice");
    typed.appliesTo.processes = linesOf(form.text("processes"));
    typed.appliesTo.services = linesOf(form.text("services"));
    typed.appliesTo.clauses = linesOf(form.text("clauses"));
    typed.appliesTo.tags = linesOf(form.text("tags"));
    typed.improvement = form.text("improvement");
    typed.finding = form.text("finding");
    typed.audit = form.text("audit");
    const auto made = app::recordLesson(*web.context, callerOf(request).actor, typed);
    if (!made) return formPage(web, request, typed, &made.error());
    return redirectResponse(addressOf(*made));
}

Result<Response> retract(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::LessonRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const Form form, readForm(request));
    TM_TRY(const auto lesson, app::retractLesson(*web.context, callerOf(request).actor, ref, form.revision(),
                                                 form.text("reason")));
    return redirectResponse(addressOf(lesson));
}

}  // namespace

Result<void> addLessonPages(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/lessons", "page.lessons", readers, showLessons));
    TM_CHECK(addForm(router, web, "/lessons", "form.lesson-record", recorders, record));
    TM_CHECK(addPage(router, web, "/lessons/new", "page.lesson-new", recorders, showNew));
    TM_CHECK(addPage(router, web, "/lessons/{ref}", "page.lesson", readers, showLesson));
    return addForm(router, web, "/lessons/{ref}/retract", "form.lesson-retract", readers, retract);
}

}  // namespace tickmark::http::pages
