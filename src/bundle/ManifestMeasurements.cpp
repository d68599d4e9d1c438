// Improvements, KPIs and their series, in the manifest and in the file of measurements.
#include "bundle/EntryNames.h"
#include "bundle/ManifestParts.h"
#include "tickmark/bundle/Content.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Measuring.h"

namespace tickmark::bundle {

using codec::Json;

namespace {

Json lessonJson(const domain::ImprovementLesson& lesson) {
    return Members()
        .always("kind", toText(lesson.kind))
        .text("context", lesson.context)
        .text("insight", lesson.insight)
        .texts("applies_to", lesson.appliesTo)
        .take();
}

Json evidenceNames(const std::vector<domain::EvidenceVersionId>& versions, const ContentIndex& index) {
    Json names = Json::array();
    for (const auto version : versions) names.push(index.versionName(version));
    return names;
}

Json improvementJson(const domain::ImprovementItem& item, const ContentIndex& index) {
    Members members;
    members.always("ref", item.ref.text())
        .always("source", toText(item.source))
        .text("source_ref", item.sourceRef)
        .text("finding", index.findingRef(item.finding))
        .always("state", toText(item.state))
        .always("title", item.title)
        .text("description", item.description)
        .text("process", item.process)
        .text("service", item.service)
        .text("objective", item.objective)
        .text("owner", index.account(item.owner));
    if (item.value > 0) members.number("value", item.value);
    if (item.effort > 0) members.number("effort", item.effort);
    members.text("cost", item.cost)
        .date("due", item.due)
        .text("kpi", item.kpi)
        .text("unit", item.unit)
        .text("baseline", item.baseline)
        .text("target", item.target)
        .text("analysis", item.analysis)
        .text("plan", item.plan);
    if (item.approval) {
        members.text("approved_by", index.account(item.approval->by))
            .moment("approved_at", item.approval->at);
    }
    members.number("round", item.round)
        .number("progress", item.progress)
        .text("result", item.result)
        .text("outcome", item.outcome);
    if (item.lesson) members.always("lesson", lessonJson(*item.lesson));
    return members.always("evidence", evidenceNames(item.evidence, index))
        .text("created_by", index.account(item.createdBy))
        .moment("created_at", item.createdAt)
        .moment("changed_at", item.changedAt)
        .number("rev", item.rev)
        .take();
}

/// What the manifest and the file of measurements say alike of a series.
Members seriesHead(const domain::KpiSeries& series, const ContentIndex& index) {
    Members members;
    members.always("ref", series.ref.text())
        .always("evidence", index.versionName(series.evidence))
        .always("evidence_sha256", series.digest.hex());
    if (series.rule) members.always("rule", ledger::jsonOf(*series.rule));
    members.text("withdrawn", series.withdrawn);
    return members;
}

Json kpiJson(const domain::Kpi& kpi, const Content& content, const ContentIndex& index) {
    Json list = Json::array();
    for (const auto* series : inOrderOfReference(content.series)) {
        if (series->kpi != kpi.id) continue;
        const auto points = static_cast<std::int64_t>(series->points.size());
        list.push(seriesHead(*series, index).number("points", points).take());
    }
    Members members;
    members.always("ref", kpi.ref.text())
        .always("name", kpi.name)
        .text("unit", kpi.unit)
        .text("direction", kpi.direction ? toText(*kpi.direction) : std::string_view())
        .text("source", kpi.source)
        .text("process", kpi.process)
        .text("service", kpi.service);
    if (kpi.baseline) members.always("baseline", *kpi.baseline);
    if (kpi.target) members.always("target", *kpi.target);
    members.date("live_on", kpi.liveOn).text("owner", index.account(kpi.owner));
    if (kpi.rule) members.always("rule", ledger::jsonOf(*kpi.rule));
    return members.always("series", std::move(list))
        .moment("created_at", kpi.createdAt)
        .number("rev", kpi.rev)
        .take();
}

Json pointsJson(const std::vector<domain::Measurement>& points) {
    Json array = Json::array();
    for (const auto& point : points) array.push(ledger::jsonOf(point));
    return array;
}

Json seriesJson(const domain::KpiSeries& series, const ContentIndex& index) {
    Members members = seriesHead(series, index);
    members.always("kpi", index.kpiRef(series.kpi)).always("points", pointsJson(series.points));
    if (series.rule) members.number("rows_read", series.rowsRead).number("left_out", series.leftOut);
    if (series.comparison) members.always("comparison", ledger::jsonOf(*series.comparison));
    return members.text("note", series.note)
        .text("by", index.account(series.by))
        .moment("at", series.createdAt)
        .take();
}

}  // namespace

std::string measurementsText(const Content& content) {
    if (content.kpis.empty()) return {};
    const ContentIndex index(content);
    Json all = Json::array();
    for (const auto* series : inOrderOfReference(content.series)) all.push(seriesJson(*series, index));
    return codec::canonicalJson(Members()
                                    .always("format", "tickmark-measurements")
                                    .always("bundle", content.bundle.ref.text())
                                    .always("series", std::move(all))
                                    .take());
}

void addImprovements(Members& manifest, const Content& content, const ContentIndex& index) {
    Json items = Json::array();
    for (const auto* item : inOrderOfReference(content.improvements)) {
        items.push(improvementJson(*item, index));
    }
    manifest.list("improvements", std::move(items));
    if (content.kpis.empty()) return;
    Json kpis = Json::array();
    for (const auto* kpi : inOrderOfReference(content.kpis)) kpis.push(kpiJson(*kpi, content, index));
    manifest.list("kpis", std::move(kpis));
    manifest.always("measurements", Members()
                                        .always("path", entry::measurements)
                                        .always("sha256", crypto::Sha256::of(measurementsText(content)).hex())
                                        .take());
}

}  // namespace tickmark::bundle
