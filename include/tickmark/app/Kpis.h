// KPIs: define, measure by hand or from a file, show, compare, compute again. LA, AU, PO, IM and TM read
// them; IM defines; PO and IM measure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Kpi.h"
#include "tickmark/domain/RuleRun.h"
#include "tickmark/foundation/Bytes.h"
#include "tickmark/storage/Kpis.h"

namespace tickmark::app {

struct KpiDraft {
    std::string name{};
    std::string unit{};
    std::optional<domain::KpiDirection> direction{};
    std::string source{};
    std::string process{};
    std::string service{};
    std::optional<double> baseline{};
    std::optional<double> target{};
    std::optional<Date> liveOn{};
    std::string owner{};  ///< account, or empty
    std::optional<domain::MeasurementRule> rule{};
};
/// Event "kpi.define". Errors: Forbidden unless IM; those of domain::validate.
[[nodiscard]] Result<domain::Kpi> defineKpi(Context& context, const domain::Actor& actor,
                                            const KpiDraft& draft);
/// Replaces every field; event "kpi.edit". Errors: as defineKpi, Stale.
[[nodiscard]] Result<domain::Kpi> editKpi(Context& context, const domain::Actor& actor,
                                          const domain::KpiRef& ref, std::int64_t rev, const KpiDraft& draft);

struct HandMeasurement {
    std::optional<Date> on{};  ///< the day it is about; the label when that is empty
    std::string label{};
    double value = 0;
    std::int64_t sample = 0;  ///< 0: not stated
    std::string evidence{};   ///< "E-0117/v1", which the actor must be able to see
    std::string note{};
};
/// Event "kpi.measure". Errors: Forbidden unless IM or PO; Invalid.
[[nodiscard]] Result<domain::KpiSeries> recordMeasurement(Context& context, const domain::Actor& actor,
                                                          const domain::KpiRef& ref,
                                                          const HandMeasurement& input);

/// Reads the version's bytes from the archive (a download in the ledger) and carries the rule out; without a
/// rule the one that the KPI suggests. Keeps the rule with the series; event "kpi.compute". Errors: as
/// recordMeasurement; those of codec::CsvStream and domain::RuleRun; Damaged. On any of them nothing is kept.
[[nodiscard]] Result<domain::KpiSeries> computeSeries(Context& context, const domain::Actor& actor,
                                                      const domain::KpiRef& ref, const std::string& evidence,
                                                      const std::optional<domain::MeasurementRule>& rule,
                                                      const std::string& note);

/// What computeSeries would keep, without keeping it: the file is read (a download in the ledger), nothing is
/// stored. Errors: as computeSeries.
[[nodiscard]] Result<domain::RuleOutcome> previewSeries(Context& context, const domain::Actor& actor,
                                                        const domain::KpiRef& ref,
                                                        const std::string& evidence,
                                                        const domain::MeasurementRule& rule);

/// A CSV file that a series can be computed from.
struct CsvVersion {
    std::string name{};  ///< "E-0117/v1"
    std::string title{};
    std::string fileName{};
};
/// Those that the actor sees and that are neither withdrawn nor damaged nor superseded, newest first. Errors:
/// Forbidden unless IM or PO.
[[nodiscard]] Result<std::vector<CsvVersion>> csvVersions(Context& context, const domain::Actor& actor);
/// The names of its columns; no more of the file is read than they need. Errors: as computeSeries.
[[nodiscard]] Result<std::vector<std::string>> csvColumns(Context& context, const domain::Actor& actor,
                                                          const std::string& evidence);

/// Takes a series back; it stays to be seen with its reason. Event "kpi.withdraw". Errors: Forbidden unless
/// IM or PO; Refused when it is withdrawn already; Stale.
[[nodiscard]] Result<domain::KpiSeries> withdrawSeries(Context& context, const domain::Actor& actor,
                                                       const domain::SeriesRef& ref, std::int64_t rev,
                                                       const std::string& reason);

struct SeriesView {
    domain::KpiSeries series{};
    std::string evidence{};  ///< "E-0117/v1"; empty when the caller may not see it
};
struct KpiView {
    domain::Kpi kpi{};
    std::vector<SeriesView> series{};         ///< oldest first, withdrawn ones too
    std::vector<domain::ShownPoint> shown{};  ///< into `series`
    std::optional<domain::Comparison> comparison{};
    std::string statement{};  ///< of the comparison in words, or why there is none
    std::vector<domain::Party> parties{};
    bool mayEdit = false;
    bool mayMeasure = false;

    KpiView() = default;
    KpiView(const KpiView&) = delete;
    KpiView& operator=(const KpiView&) = delete;
    KpiView(KpiView&&) = default;
    KpiView& operator=(KpiView&&) = default;
    ~KpiView() = default;
};
/// Errors: Forbidden for roles that do not read KPIs, NotFound.
[[nodiscard]] Result<KpiView> showKpi(Context& context, const domain::Actor& actor,
                                      const domain::KpiRef& ref);
/// Errors: Forbidden for roles that do not read KPIs.
[[nodiscard]] Result<storage::Page<storage::KpiRow>> listKpis(Context& context, const domain::Actor& actor,
                                                              const storage::KpiFilter& filter,
                                                              const storage::PageRequest& page);

/// Streams CSV through a rule; memory is domain::RuleLimits'. Errors: those of the source, codec::CsvStream
/// and domain::RuleRun.
[[nodiscard]] Result<domain::RuleOutcome> readByRule(ByteSource& source, const domain::MeasurementRule& rule,
                                                     std::optional<Date> liveOn);

/// One computed series, computed again from the archived bytes.
struct Recomputed {
    std::string kpi{};
    std::string series{};
    std::string evidence{};
    std::int64_t points = 0;
    std::vector<std::string> differences{};  ///< empty: all is as it was stored
};
/// Every computed series, or those of one KPI (`ref` not empty); withdrawn ones are left out. Writes nothing.
/// What cannot be read (missing, damaged, no longer fitting the rule) is a difference. Errors: NotFound for
/// an unknown KPI; Environment.
[[nodiscard]] Result<std::vector<Recomputed>> recomputeSeries(Context& context, const std::string& ref);

}  // namespace tickmark::app
