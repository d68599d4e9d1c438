// Computing stored series again from the archived bytes.
#include <algorithm>

#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/codec/Json.h"
#include "tickmark/ledger/Measuring.h"
#include "tickmark/storage/EvidenceRows.h"

namespace tickmark::app {
namespace {

struct Stored {
    domain::Kpi kpi{};
    domain::KpiSeries series{};
    domain::EvidenceVersion version{};
};

Result<void> collect(storage::ReadSession& session, const domain::Kpi& kpi, std::vector<Stored>& all) {
    TM_TRY(const auto series, storage::seriesOf(session, kpi.id));
    for (const domain::KpiSeries& one : series) {
        if (!one.rule || !one.withdrawn.empty()) continue;
        TM_TRY(const auto version, storage::findEvidenceVersion(session, one.evidence));
        all.push_back({kpi, one, version});
    }
    return {};
}

Result<std::vector<Stored>> storedSeries(Context& context, const std::string& ref) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<Stored>> {
        std::vector<Stored> all;
        if (!ref.empty()) {
            TM_TRY(const domain::Kpi kpi, storage::kpiByRef(session, domain::KpiRef(ref)));
            TM_CHECK(collect(session, kpi, all));
            return all;
        }
        TM_TRY(auto rows, everyRow([&](const storage::PageRequest& page) {
                   return storage::listKpis(session, {}, page);
               }));
        std::reverse(rows.begin(), rows.end());
        for (const storage::KpiRow& row : rows) TM_CHECK(collect(session, row.kpi, all));
        return all;
    });
}

template <class Value>
std::string text(const Value& value) {
    return codec::canonicalJson(ledger::jsonOf(value));
}

void comparePoints(const std::vector<domain::Measurement>& stored,
                   const std::vector<domain::Measurement>& now, std::vector<std::string>& differences) {
    if (stored.size() != now.size()) {
        differences.push_back("The file gives " + std::to_string(now.size()) + " points; " +
                              std::to_string(stored.size()) + " are stored.");
        return;
    }
    for (std::size_t i = 0; i < stored.size(); ++i) {
        if (stored[i] == now[i]) continue;
        differences.push_back(stored[i].label + ": stored " + text(stored[i]) + ", computed " + text(now[i]));
    }
}

void compare(const domain::KpiSeries& series, const domain::RuleOutcome& now,
             std::vector<std::string>& differences) {
    comparePoints(series.points, now.points, differences);
    if (series.rowsRead != now.rowsRead || series.leftOut != now.leftOut)
        differences.emplace_back("The numbers of rows read or left out differ from those stored.");
    if (series.comparison != now.comparison)
        differences.emplace_back("The comparison before and after differs from the one stored.");
}

Result<void> recompute(Context& context, const Stored& stored, Recomputed& answer) {
    if (stored.series.digest != stored.version.digest) {
        answer.differences.emplace_back("The series was computed from other bytes than its evidence names.");
        return {};
    }
    const auto read = [&]() -> Result<domain::RuleOutcome> {
        TM_TRY(const auto bytes, context.archive->open(stored.version.digest));
        std::optional<Date> day;
        if (stored.series.comparison) day = stored.series.comparison->liveOn;
        return readByRule(*bytes, *stored.series.rule, day);
    };
    auto now = read();
    if (now) {
        compare(stored.series, *now, answer.differences);
        return {};
    }
    if (now.error().kind == ErrorKind::Environment || now.error().kind == ErrorKind::Internal)
        return std::move(now).error();
    answer.differences.push_back(describe(now.error()));
    return {};
}

}  // namespace

Result<std::vector<Recomputed>> recomputeSeries(Context& context, const std::string& ref) {
    TM_TRY(const auto all, storedSeries(context, ref));
    std::vector<Recomputed> answers;
    for (const Stored& stored : all) {
        Recomputed answer{stored.kpi.ref.text(),
                          stored.series.ref.text(),
                          versionName(stored.version),
                          static_cast<std::int64_t>(stored.series.points.size()),
                          {}};
        TM_CHECK(recompute(context, stored, answer));
        answers.push_back(std::move(answer));
    }
    return answers;
}

}  // namespace tickmark::app
