// Defining, editing, listing and showing KPIs.
#include "tickmark/app/Kpis.h"

#include "app/Access.h"
#include "app/KpiAccess.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/References.h"

namespace tickmark::app {
namespace {

Result<void> fill(storage::ReadSession& session, domain::Kpi& kpi, const KpiDraft& draft) {
    kpi.name = draft.name;
    kpi.unit = draft.unit;
    kpi.direction = draft.direction;
    kpi.source = draft.source;
    kpi.process = draft.process;
    kpi.service = draft.service;
    kpi.baseline = draft.baseline;
    kpi.target = draft.target;
    kpi.liveOn = draft.liveOn;
    kpi.rule = draft.rule;
    TM_CHECK(domain::validate(kpi));
    TM_TRY(kpi.owner, partyNamed(session, "owner", draft.owner));
    return {};
}

std::string statementFor(const KpiView& view) {
    if (view.comparison) return domain::statementOf(*view.comparison, view.kpi.unit, view.kpi.direction);
    if (view.shown.empty()) return "Nothing has been measured yet.";
    if (!view.kpi.liveOn)
        return "No day is named on which a change went live, so there is no before and after.";
    return "The series on show was computed before " + view.kpi.liveOn->iso() +
           " was named as the day of the change, or tells no times; compute it again to compare.";
}

}  // namespace

Result<domain::Kpi> defineKpi(Context& context, const domain::Actor& actor, const KpiDraft& draft) {
    TM_CHECK(mustEditKpis(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Kpi> {
        domain::Kpi kpi;
        TM_CHECK(fill(session, kpi, draft));
        kpi.createdAt = context.now();
        TM_TRY(const std::string ref, storage::nextRef(session, storage::RefSeries::Kpi));
        kpi.ref = domain::KpiRef(ref);
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, kpi, eventOf(context, actor, "kpi.define")));
        return kpi;
    });
}

Result<domain::Kpi> editKpi(Context& context, const domain::Actor& actor, const domain::KpiRef& ref,
                            std::int64_t rev, const KpiDraft& draft) {
    TM_CHECK(mustEditKpis(actor));
    return context.database->write([&](storage::WriteSession& session) -> Result<domain::Kpi> {
        TM_TRY(domain::Kpi kpi, storage::kpiByRef(session, ref));
        TM_CHECK(mustBeCurrent(ref.text(), rev, kpi.rev));
        TM_CHECK(fill(session, kpi, draft));
        TM_TRY([[maybe_unused]] const auto position,
               storage::save(session, kpi, eventOf(context, actor, "kpi.edit")));
        return kpi;
    });
}

Result<KpiView> showKpi(Context& context, const domain::Actor& actor, const domain::KpiRef& ref) {
    TM_CHECK(mustReadKpis(actor));
    return context.database->read([&](storage::ReadSession& session) -> Result<KpiView> {
        const storage::Scope scope = scopeOf(context, actor);
        KpiView view;
        TM_TRY(view.kpi, storage::kpiByRef(session, ref));
        TM_TRY(const auto all, storage::seriesOf(session, view.kpi.id));
        std::vector<domain::PartyId> people{view.kpi.owner};
        for (const domain::KpiSeries& series : all) {
            TM_TRY(std::string evidence, provingName(session, scope, series.evidence));
            people.push_back(series.by);
            view.series.push_back({series, std::move(evidence)});
        }
        for (const domain::ShownPoint& point : domain::pointsShown(all)) {
            // The same point of the copy that the view keeps.
            const auto series = static_cast<std::size_t>(point.series - all.data());
            const auto index = point.point - point.series->points.data();
            const domain::KpiSeries& kept = view.series[series].series;
            view.shown.push_back({&kept, kept.points.data() + index});
        }
        view.comparison = domain::comparisonOf(view.kpi, all);
        view.statement = statementFor(view);
        TM_TRY(view.parties, partiesOf(session, people));
        view.mayEdit = mayEditKpis(actor);
        view.mayMeasure = mayMeasureKpis(actor);
        return view;
    });
}

Result<storage::Page<storage::KpiRow>> listKpis(Context& context, const domain::Actor& actor,
                                                const storage::KpiFilter& filter,
                                                const storage::PageRequest& page) {
    TM_CHECK(mustReadKpis(actor));
    return context.database->read(
        [&](storage::ReadSession& session) { return storage::listKpis(session, filter, page); });
}

}  // namespace tickmark::app
