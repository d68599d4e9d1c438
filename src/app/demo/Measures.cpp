// KPIs of the service desk, computed from the same log that its audit rests on.
#include "app/demo/Measures.h"

#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app::demo {
namespace {

constexpr const char* auditRef = "IA-2022-03";
constexpr const char* logFile = "incident_event_log.csv";
constexpr std::int64_t groups = 18;

/// The log's version by name. Errors: Internal when the audit was loaded without it.
Result<std::string> logVersion(Context& context, const Cast& cast) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::string> {
        TM_TRY(const domain::Audit audit, storage::findAudit(session, domain::AuditRef(auditRef)));
        storage::EvidenceFilter filter;
        filter.audit = audit.id;
        TM_TRY(const auto found,
               storage::listEvidence(session, scopeOf(context, cast.as("im-01")), filter, {200, {}}));
        for (const storage::EvidenceRow& row : found.rows) {
            if (row.originalName == logFile) return row.ref + "/v" + std::to_string(row.number);
        }
        return internal("The demonstration's incident log is missing.");
    });
}

/// The log has several rows for each incident, one for each change of its record; the last one tells how it
/// ended. Its incidents were opened within three days, so weeks would mislead: equal groups in order of
/// opening.
domain::MeasurementRule perIncident() {
    domain::MeasurementRule rule;
    rule.rows = domain::RowChoice::Last;
    rule.key = "number";
    rule.grouping = domain::Grouping::EqualGroups;
    rule.time = "opened_at";
    rule.groups = groups;
    rule.dateFormat = "DD-MM-YYYY hh:mm";
    rule.missing = {"?"};
    return rule;
}

domain::MeasurementRule share(const char* column, domain::FilterOperator op, const char* value) {
    domain::MeasurementRule rule = perIncident();
    rule.aggregation = domain::Aggregation::Share;
    rule.hits = {{column, op, value}};
    return rule;
}

KpiDraft common(const char* name, const char* unit, domain::KpiDirection direction, const char* process) {
    KpiDraft draft;
    draft.name = name;
    draft.unit = unit;
    draft.direction = direction;
    draft.process = process;
    draft.service = "Service desk";
    draft.owner = "po-01";
    draft.source =
        "Incident log of the service desk tool (UCI incident event log, CC BY 4.0). Illustration: the log "
        "tells "
        "of no change; its third day stands for the day on which one went live.";
    draft.liveOn = Date::of(2016, 3, 2);
    return draft;
}

Result<void> load(Context& context, Cast& cast, const std::string& evidence, const KpiDraft& draft) {
    TM_TRY(const domain::Kpi kpi, defineKpi(context, cast.as("im-01"), draft));
    TM_TRY([[maybe_unused]] const domain::KpiSeries series,
           computeSeries(context, cast.as("im-01"), kpi.ref, evidence, {},
                         "18 equal groups in order of opening: the log covers three days only."));
    return {};
}

}  // namespace

Result<void> loadMeasures(Context& context, Cast& cast) {
    using domain::FilterOperator;
    using domain::KpiDirection;
    TM_TRY(const std::string evidence, logVersion(context, cast));
    KpiDraft sla = common("Incidents within their service level", "%", KpiDirection::HigherIsBetter,
                          "Service level management");
    sla.baseline = 55.6;
    sla.target = 70;
    sla.rule = share("made_sla", FilterOperator::Equal, "TRUE");
    TM_CHECK(load(context, cast, evidence, sla));

    KpiDraft time = common("Median time to resolve an incident", "hours", KpiDirection::LowerIsBetter,
                           "Incident management");
    time.baseline = 54.5;
    time.target = 40;
    time.rule = perIncident();
    time.rule->aggregation = domain::Aggregation::Median;
    time.rule->from = "opened_at";
    time.rule->to = "resolved_at";
    time.rule->unit = domain::DurationUnit::Hours;
    TM_CHECK(load(context, cast, evidence, time));

    KpiDraft reopened =
        common("Incidents reopened at least once", "%", KpiDirection::LowerIsBetter, "Incident management");
    reopened.baseline = 1.1;
    reopened.target = 1;
    reopened.rule = share("reopen_count", FilterOperator::More, "0");
    return load(context, cast, evidence, reopened);
}

}  // namespace tickmark::app::demo
