// Key performance indicators and their measurements (ISO/IEC 20000-1:2018 clause 9.1), each measurement
// proved by a version of evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Comparison.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/MeasurementRule.h"
#include "tickmark/domain/Party.h"
#include "tickmark/domain/RuleRun.h"
#include "tickmark/foundation/Id.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

using KpiId = Id<struct KpiTag>;
using KpiRef = Ref<struct KpiRefTag>;
using SeriesId = Id<struct SeriesTag>;
using SeriesRef = Ref<struct SeriesRefTag>;

[[nodiscard]] std::string_view toText(KpiDirection value) noexcept;   ///< "higher_is_better"
[[nodiscard]] std::string_view titleOf(KpiDirection value) noexcept;  ///< "Higher is better"
[[nodiscard]] std::optional<KpiDirection> kpiDirectionFrom(std::string_view text) noexcept;

struct Kpi {
    KpiId id{};
    KpiRef ref{};  ///< "K-0001"
    std::string name{};
    std::string unit{};                       ///< "%", "hours"; a share computed by a rule is in percent
    std::optional<KpiDirection> direction{};  ///< needed as soon as there is a target
    std::string source{};                     ///< where the figures come from, in words
    std::string process{};
    std::string service{};
    std::optional<double> baseline{};
    std::optional<double> target{};
    std::optional<Date> liveOn{};  ///< the day on which the change went live
    PartyId owner{};
    std::optional<MeasurementRule> rule{};  ///< suggested for the next computation
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const Kpi&) const = default;
};

/// Measurements that came about together: one written down by hand, or all that a rule computed from a file.
/// Never edited; a wrong one is withdrawn with a reason and stays to be seen.
struct KpiSeries {
    SeriesId id{};
    SeriesRef ref{};  ///< "KS-0001"
    KpiId kpi{};
    EvidenceVersionId evidence{};           ///< the version that proves it
    Digest digest{};                        ///< of its bytes
    std::optional<MeasurementRule> rule{};  ///< when it was computed
    std::vector<Measurement> points{};
    std::int64_t rowsRead = 0;
    std::int64_t leftOut = 0;
    std::optional<Comparison> comparison{};  ///< when it was computed and the day of the change was known
    std::string note{};
    std::string withdrawn{};  ///< the reason; empty while it stands
    PartyId by{};
    Timestamp createdAt{};
    std::int64_t rev = 0;
    bool operator==(const KpiSeries&) const = default;
};

/// Whether a value meets the target; nothing when there is no target or no direction.
[[nodiscard]] std::optional<bool> meetsTarget(const Kpi& kpi, double value) noexcept;

/// The points to show: of the computed series that stand, those of the newest one, and every standing
/// measurement by hand, in order of time (those without a time last, as they were recorded).
struct ShownPoint {
    const KpiSeries* series = nullptr;  ///< borrowed from the list given
    const Measurement* point = nullptr;
};
[[nodiscard]] std::vector<ShownPoint> pointsShown(const std::vector<KpiSeries>& series);

/// Before and after, for the whole KPI: as the newest standing computed series states it, when it was
/// computed with the day that the KPI names now; else from the measurements by hand, each one value, when
/// there are such on a known day. Nothing otherwise.
[[nodiscard]] std::optional<Comparison> comparisonOf(const Kpi& kpi, const std::vector<KpiSeries>& series);

/// Each cleans the texts in place and reports every broken rule at once, see Validation.h.
[[nodiscard]] Result<void> validate(Kpi& kpi);
[[nodiscard]] Result<void> validate(KpiSeries& series);

}  // namespace tickmark::domain
