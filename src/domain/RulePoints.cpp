#include "domain/RulePoints.h"

#include <algorithm>

#include "tickmark/domain/DateFormat.h"
#include "tickmark/domain/Statistics.h"

namespace tickmark::domain {
namespace {

constexpr double medianAt = 50;

class Points {
  public:
    Points(const MeasurementRule& given, const std::vector<TimedValue>& values)
        : m_rule(given), m_sample(values) {}

    /// Where the group that begins at `begin` ends.
    [[nodiscard]] std::size_t endOf(std::size_t begin) const {
        if (m_rule.grouping == Grouping::Whole) return m_sample.size();
        const std::string label = labelOf(begin);
        std::size_t end = begin + 1;
        while (end < m_sample.size() && labelOf(end) == label) ++end;
        return end;
    }

    [[nodiscard]] std::string labelOf(std::size_t index) const {
        constexpr std::size_t monthLength = 7;
        const Date day = Date::of(m_sample[index].at);
        switch (m_rule.grouping) {
            case Grouping::Whole:
                return "All rows";
            case Grouping::Day:
                return day.iso();
            case Grouping::IsoWeek:
                return isoWeekOf(day);
            case Grouping::Month:
                return day.iso().substr(0, monthLength);
            case Grouping::EqualGroups:
                break;
        }
        return {};
    }

    [[nodiscard]] Measurement pointOf(std::string label, std::size_t begin, std::size_t end) const {
        Measurement point;
        point.label = std::move(label);
        point.sample = static_cast<std::int64_t>(end - begin);
        if (!m_rule.time.empty()) {
            point.from = m_sample[begin].at;
            point.to = m_sample[end - 1].at;
        }
        std::vector<double> values;
        values.reserve(end - begin);
        for (std::size_t i = begin; i < end; ++i) values.push_back(m_sample[i].value);
        measure(point, values);
        return point;
    }

    void measure(Measurement& point, std::vector<double>& values) const {
        switch (m_rule.aggregation) {
            case Aggregation::Count:
                point.value = static_cast<double>(point.sample);
                break;
            case Aggregation::Share:
                point.hits = std::count(values.begin(), values.end(), 1.0);
                point.value = 100 * static_cast<double>(*point.hits) / static_cast<double>(point.sample);
                break;
            case Aggregation::Mean:
                point.value = meanOf(values);
                break;
            case Aggregation::Median:
            case Aggregation::Percentile:
                std::sort(values.begin(), values.end());
                point.value = percentileOf(values, m_rule.percentile.value_or(medianAt));
                break;
        }
    }

    [[nodiscard]] std::vector<Measurement> all() const {
        std::vector<Measurement> points;
        if (m_rule.grouping != Grouping::EqualGroups) {
            for (std::size_t begin = 0; begin < m_sample.size();) {
                const std::size_t end = endOf(begin);
                points.push_back(pointOf(labelOf(begin), begin, end));
                begin = end;
            }
            return points;
        }
        const auto groups = static_cast<std::size_t>(m_rule.groups.value_or(1));
        std::size_t begin = 0;
        for (std::size_t group = 0; group < groups; ++group) {
            const std::size_t size = m_sample.size() / groups + (group < m_sample.size() % groups ? 1 : 0);
            points.push_back(pointOf("Group " + std::to_string(group + 1) + " of " + std::to_string(groups),
                                     begin, begin + size));
            begin += size;
        }
        return points;
    }

  private:
    const MeasurementRule& m_rule;
    const std::vector<TimedValue>& m_sample;
};

}  // namespace

std::vector<Measurement> groupedPoints(const MeasurementRule& rule, const std::vector<TimedValue>& sample) {
    return Points(rule, sample).all();
}

}  // namespace tickmark::domain
