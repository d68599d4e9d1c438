#include "http/api/ImprovementInput.h"

#include "http/api/References.h"

namespace tickmark::http::api {

using codec::Json;

Result<app::ImprovementDraft> readImprovementDraft(const Json& body) {
    codec::JsonReader reader(body);
    app::ImprovementDraft draft;
    draft.source = choiceOf(reader, "source", domain::improvementSourceFrom, domain::ImprovementSource::Idea);
    draft.sourceRef = reader.textOr("source_ref", "");
    draft.title = reader.text("title");
    draft.description = reader.textOr("description", "");
    draft.process = reader.textOr("process", "");
    draft.service = reader.textOr("service", "");
    draft.objective = reader.textOr("objective", "");
    draft.owner = reader.textOr("owner", "");
    draft.value = reader.integerOr("value", 0);
    draft.effort = reader.integerOr("effort", 0);
    draft.cost = reader.textOr("cost", "");
    draft.due = dateOf(reader, "due");
    draft.kpi = reader.textOr("kpi", "");
    draft.unit = reader.textOr("unit", "");
    draft.baseline = reader.textOr("baseline", "");
    draft.target = reader.textOr("target", "");
    draft.analysis = reader.textOr("analysis", "");
    draft.plan = reader.textOr("plan", "");
    TM_CHECK(reader.finish());
    return draft;
}

namespace {

Result<domain::ImprovementLesson> readLesson(const Json& body) {
    codec::JsonReader reader(body, "lesson.");
    domain::ImprovementLesson lesson;
    lesson.kind =
        choiceOf(reader, "kind", domain::improvementLessonKindFrom, domain::ImprovementLessonKind::Success);
    lesson.context = reader.textOr("context", "");
    lesson.insight = reader.text("insight");
    lesson.appliesTo = reader.textsOr("applies_to", {});
    TM_CHECK(reader.finish());
    return lesson;
}

}  // namespace

Result<app::ImprovementReport> readImprovementReport(const Json& body) {
    codec::JsonReader reader(body);
    app::ImprovementReport report;
    report.progress = reader.integerOr("progress", 0);
    report.result = reader.textOr("result", "");
    report.outcome = reader.textOr("outcome", "");
    const Json* lesson = reader.member("lesson");
    if (lesson != nullptr && lesson->members() == nullptr) {
        reader.complain(invalid("wrong-type", "lesson", "This must be an object.",
                                "Send kind, context, insight and applies_to in it, or leave it out."));
    }
    TM_CHECK(reader.finish());
    if (lesson != nullptr) {
        TM_TRY(report.lesson, readLesson(*lesson));
    }
    return report;
}

std::vector<std::string_view> improvementFilterParameters() {
    return {"state",   "source",     "process",   "service", "objective", "kpi",        "owner",
            "finding", "due_before", "due_after", "open",    "overdue",   "serves_none"};
}

ImprovementQuery readImprovementQuery(QueryReader& query) {
    ImprovementQuery asked;
    asked.filter.states = query.choices("state", domain::improvementStateFrom);
    const auto sources = query.choices("source", domain::improvementSourceFrom);
    if (!sources.empty()) asked.filter.source = sources.front();
    asked.filter.process = query.text("process");
    asked.filter.service = query.text("service");
    asked.filter.objective = query.text("objective");
    asked.filter.kpi = query.text("kpi");
    asked.filter.dueBefore = query.date("due_before");
    asked.filter.dueAfter = query.date("due_after");
    asked.filter.openOnly = query.flag("open");
    asked.filter.overdue = query.flag("overdue");
    asked.filter.servesNone = query.flag("serves_none");
    asked.owner = query.text("owner");
    asked.finding = query.text("finding");
    return asked;
}

Result<storage::ImprovementFilter> resolved(storage::ReadSession& session, const storage::Scope& scope,
                                            const ImprovementQuery& asked) {
    storage::ImprovementFilter filter = asked.filter;
    TM_TRY(filter.finding, findingNamed(session, scope, asked.finding));
    TM_TRY(filter.owner, partyNamed(session, "owner", asked.owner));
    return filter;
}

}  // namespace tickmark::http::api
