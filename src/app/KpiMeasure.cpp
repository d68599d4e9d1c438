// Measuring: by hand, from a file, and taking a series back.
#include "app/Access.h"
#include "app/KpiAccess.h"
#include "app/MalwareHold.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"
#include "tickmark/ledger/Measuring.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {

Result<domain::EvidenceVersion> provingVersion(storage::ReadSession& session, const storage::Scope& scope,
                                               const std::string& name) {
    TM_TRY(const VersionName parsed, parseVersionName("evidence", name));
    auto version = storage::findEvidenceVersionVisible(session, parsed.ref, parsed.number, scope);
    if (!version && version.error().kind == ErrorKind::NotFound) {
        return invalid("unknown-reference", "evidence", "There is no evidence version \"" + name + "\".",
                       "Hand the file over first, then name its version.");
    }
    TM_TRY(domain::EvidenceVersion found, std::move(version));
    if (found.state == domain::EvidenceState::Withdrawn ||
        found.state == domain::EvidenceState::Quarantined) {
        return invalid(std::string(domain::toText(found.state)), "evidence",
                       name + " is " + std::string(domain::toText(found.state)) + " and proves nothing.",
                       "Name another version.");
    }
    TM_CHECK(mustNotBeHeld(session, found));
    return found;
}

Result<std::string> provingName(storage::ReadSession& session, const storage::Scope& scope,
                                domain::EvidenceVersionId id) {
    TM_TRY(const auto version, storage::findEvidenceVersion(session, id));
    const auto seen = storage::findEvidenceVersionVisible(session, version.ref, version.number, scope);
    if (seen) return versionName(version);
    if (seen.error().kind == ErrorKind::NotFound) return std::string();
    return seen.error();
}

namespace {

constexpr std::int64_t secondsPerDay = 86'400;

Result<domain::KpiSeries> keep(Context& context, const domain::Actor& actor, storage::WriteSession& session,
                               domain::KpiSeries series, const domain::Kpi& kpi,
                               const domain::EvidenceVersion& version, const char* kind) {
    series.kpi = kpi.id;
    series.evidence = version.id;
    series.digest = version.digest;
    series.by = actor.id;
    series.createdAt = context.now();
    TM_CHECK(domain::validate(series));
    TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::KpiSeries));
    series.ref = domain::SeriesRef(ref);
    ledger::Event event = eventOf(context, actor, kind);
    event.facts.set("kpi", kpi.ref.text())
        .set("evidence", versionName(version))
        .set("sha256", version.digest.hex());
    if (series.rule) event.facts.set("points", static_cast<std::int64_t>(series.points.size()));
    TM_TRY([[maybe_unused]] const auto position, storage::save(session, series, std::move(event)));
    return series;
}

}  // namespace

Result<domain::KpiSeries> recordMeasurement(Context& context, const domain::Actor& actor,
                                            const domain::KpiRef& ref, const HandMeasurement& input) {
    TM_CHECK(mustMeasureKpis(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::KpiSeries> {
        TM_TRY(const domain::Kpi kpi, storage::kpiByRef(session, ref));
        TM_TRY(const domain::EvidenceVersion version,
               provingVersion(session, scopeOf(context, actor), input.evidence));
        if (input.on && *input.on > context.today()) {
            return invalid("validation", "on", input.on->iso() + " has not come yet.",
                           "A measurement is of a day that is over or is today.");
        }
        domain::Measurement point;
        point.label = input.label.empty() && input.on ? input.on->iso() : input.label;
        if (input.on) point.from = Timestamp::fromSeconds(input.on->days * secondsPerDay);
        point.value = input.value;
        point.sample = input.sample;
        domain::KpiSeries series;
        series.note = input.note;
        series.points.push_back(std::move(point));
        return keep(context, actor, session, std::move(series), kpi, version, "kpi.measure");
    });
}

Result<domain::KpiSeries> computeSeries(Context& context, const domain::Actor& actor,
                                        const domain::KpiRef& ref, const std::string& evidence,
                                        const std::optional<domain::MeasurementRule>& rule,
                                        const std::string& note) {
    TM_CHECK(mustMeasureKpis(actor));
    TM_TRY(const domain::Kpi kpi,
           context.database->read([&](storage::ReadSession& session) -> Result<domain::Kpi> {
               TM_TRY(domain::Kpi found, storage::kpiByRef(session, ref));
               TM_CHECK(provingVersion(session, scopeOf(context, actor), evidence));
               return found;
           }));
    if (!rule && !kpi.rule) {
        return invalid("validation", "rule", ref.text() + " suggests no rule.",
                       "State the rule that the series is computed by.");
    }
    domain::KpiSeries series;
    series.rule = rule ? *rule : *kpi.rule;
    series.note = note;
    TM_CHECK(domain::validate(*series.rule));
    TM_TRY(domain::RuleOutcome outcome, previewSeries(context, actor, ref, evidence, *series.rule));
    series.points = std::move(outcome.points);
    series.rowsRead = outcome.rowsRead;
    series.leftOut = outcome.leftOut;
    series.comparison = outcome.comparison;
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::KpiSeries> {
        // Both may have changed while the file was read.
        TM_TRY(const domain::Kpi now, storage::kpiByRef(session, ref));
        TM_TRY(const domain::EvidenceVersion version,
               provingVersion(session, scopeOf(context, actor), evidence));
        return keep(context, actor, session, series, now, version, "kpi.compute");
    });
}

Result<domain::KpiSeries> withdrawSeries(Context& context, const domain::Actor& actor,
                                         const domain::SeriesRef& ref, std::int64_t rev,
                                         const std::string& reason) {
    TM_CHECK(mustMeasureKpis(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::KpiSeries> {
        TM_TRY(domain::KpiSeries series, storage::findSeries(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, series.rev));
        if (!series.withdrawn.empty())
            return refused("withdrawn", ref.text() + " is withdrawn already.", "Nothing is left to do.");
        series.withdrawn = reason;
        TM_CHECK(domain::validate(series));
        if (series.withdrawn.empty()) {
            return invalid("validation", "reason", "A series is withdrawn with a reason.",
                           "Say what is wrong with it.");
        }
        TM_TRY(const domain::Kpi kpi, storage::findKpi(session, series.kpi));
        ledger::Event event = eventOf(context, actor, "kpi.withdraw");
        event.facts.set("kpi", kpi.ref.text()).set("reason", series.withdrawn);
        TM_TRY([[maybe_unused]] const auto position, storage::save(session, series, std::move(event)));
        return series;
    });
}

}  // namespace tickmark::app
