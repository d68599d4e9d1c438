#include "http/api/Answers.h"
#include "http/api/Describe.h"
#include "tickmark/app/Improvements.h"

namespace tickmark::http::api {

using codec::Json;

namespace {

Json describe(const domain::ImprovementLesson& lesson) {
    Json item = Json::object();
    item.set("kind", domain::toText(lesson.kind))
        .set("insight", lesson.insight)
        .set("applies_to", texts(lesson.appliesTo));
    setText(item, "context", lesson.context);
    return item;
}

void setGoal(Json& document, const domain::ImprovementItem& item) {
    setText(document, "objective", item.objective);
    setText(document, "kpi", item.kpi);
    setText(document, "unit", item.unit);
    setText(document, "baseline", item.baseline);
    setText(document, "target", item.target);
    setText(document, "result", item.result);
    if (const auto met = domain::targetMet(item)) document.set("target_met", *met);
}

void setJudgement(Json& document, const domain::ImprovementItem& item) {
    const std::int64_t score = domain::priorityScore(item);
    document.set("value", item.value).set("effort", item.effort).set("score", score);
    setText(document, "priority", std::string(domain::priorityOf(score)));
    if (const auto phase = domain::phaseOf(item)) document.set("phase", domain::toText(*phase));
    document.set("step", domain::stepNumber(item.state));
}

Json describeExtensions(const domain::ImprovementItem& item, const Names& names) {
    Json extensions = Json::array();
    for (const domain::ExtensionRequest& asked : item.extensions) {
        Json entry = Json::object();
        entry.set("asked", asked.asked.iso())
            .set("reason", asked.reason)
            .set("by", names.person(asked.by))
            .set("at", asked.at.iso());
        if (asked.approved) {
            entry.set("approved", *asked.approved).set("decided_by", names.person(asked.decidedBy));
        }
        setText(entry, "note", asked.decisionNote);
        extensions.push(std::move(entry));
    }
    return extensions;
}

Json rightsOf(const app::ImprovementView& view) {
    Json rights = Json::object();
    rights.set("edit", view.mayEdit).set("report", view.mayReport).set("attach", view.mayAttach);
    rights.set("assign", view.mayAssign)
        .set("ask_extension", view.mayAskExtension)
        .set("decide_extension", view.mayDecideExtension);
    return rights;
}

}  // namespace

Json describe(const app::ImprovementView& view) {
    const domain::ImprovementItem& item = view.item;
    Names names;
    names.add(view.parties);
    names.add(view.evidence);
    Json document = Json::object();
    document.set("ref", item.ref.text())
        .set("title", item.title)
        .set("source", domain::toText(item.source))
        .set("state", domain::toText(item.state))
        .set("state_title", domain::titleOf(item.state))
        .set("owner", names.person(item.owner))
        .set("round", item.round)
        .set("progress", item.progress)
        .set("evidence", names.versions(item.evidence))
        .set("hidden_evidence", static_cast<std::int64_t>(view.hiddenEvidence))
        .set("created_by", names.person(item.createdBy))
        .set("created_at", item.createdAt.iso())
        .set("changed_at", item.changedAt.iso())
        .set("rev", item.rev);
    setJudgement(document, item);
    setGoal(document, item);
    setText(document, "source_ref", item.sourceRef);
    setText(document, "finding", view.findingRef);
    setText(document, "finding_title", view.findingTitle);
    setText(document, "description", item.description);
    setText(document, "process", item.process);
    setText(document, "service", item.service);
    setText(document, "cost", item.cost);
    setText(document, "analysis", item.analysis);
    setText(document, "plan", item.plan);
    setText(document, "outcome", item.outcome);
    setDate(document, "due", item.due);
    if (item.approval) {
        document.set("approved_by", names.person(item.approval->by))
            .set("approved_at", item.approval->at.iso());
    }
    if (item.lesson) document.set("lesson", describe(*item.lesson));
    Json evidence = Json::array();
    for (const auto& version : view.evidence) evidence.push(describe(version, names));
    Json history = Json::array();
    for (const auto& line : view.history) history.push(describe(line.position, line.event));
    document.set("extensions", describeExtensions(item, names));
    document.set("evidence_versions", std::move(evidence))
        .set("steps", describeSteps(view.steps))
        .set("rights", rightsOf(view))
        .set("history", std::move(history));
    return document;
}

}  // namespace tickmark::http::api
