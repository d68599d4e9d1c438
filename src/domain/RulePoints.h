// The points of a series from the values of its sample.
#pragma once

#include <vector>

#include "tickmark/domain/Comparison.h"
#include "tickmark/domain/MeasurementRule.h"
#include "tickmark/domain/RuleRun.h"

namespace tickmark::domain {

/// `sample` stands in order of time, is not empty and holds at least as many values as the rule wants groups.
[[nodiscard]] std::vector<Measurement> groupedPoints(const MeasurementRule& rule,
                                                     const std::vector<TimedValue>& sample);

}  // namespace tickmark::domain
