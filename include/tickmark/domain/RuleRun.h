// Carries a measurement rule out over the rows of a table, one row at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Comparison.h"
#include "tickmark/domain/MeasurementRule.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::domain {

/// One point of a series.
struct Measurement {
    std::string label{};              ///< "2016-02-29", "2016-W09", "Group 3 of 18", or as written by hand
    std::optional<Timestamp> from{};  ///< first and last time in the group, as the file writes them
    std::optional<Timestamp> to{};
    double value = 0;
    std::int64_t sample = 0;             ///< rows, or as stated by hand; 0: not stated
    std::optional<std::int64_t> hits{};  ///< with shares
    bool operator==(const Measurement&) const = default;
};

struct RuleOutcome {
    std::vector<Measurement> points{};  ///< in order of time
    std::int64_t rowsRead = 0;          ///< without the header
    std::int64_t sample = 0;            ///< rows that count, over all points
    std::int64_t leftOut = 0;           ///< rows of the sample without a value or a time
    std::optional<Comparison> comparison{};
    bool operator==(const RuleOutcome&) const = default;
};

/// What a run may keep. A run over every row keeps 16 bytes for each; one that chooses rows by key keeps, for
/// each key, the cells of the columns that the rule uses.
struct RuleLimits {
    std::size_t maximumRows = 5'000'000;
    std::size_t maximumBytes = std::size_t{256} * 1024 * 1024;  ///< of kept cells
};

/// begin, row for each row, finish; in this order, once. Problems of rows are collected, at most twenty.
class RuleRun {
  public:
    /// `header` names the columns. Errors: Invalid "validation" (a broken rule), Invalid "rule-column" with
    /// one part for each column that is not there.
    [[nodiscard]] static Result<RuleRun> begin(MeasurementRule rule, const std::vector<std::string>& header,
                                               const RuleLimits& limits = {});
    /// `line` is where the row begins in its file; `cells` as many as the header has. Errors: Invalid
    /// "rule-cell" once twenty cells could not be read (each part names column, line, value and fix);
    /// TooLarge "rule-too-large".
    [[nodiscard]] Result<void> row(std::size_t line, const std::vector<std::string>& cells);
    /// Compares before with after when a day is given and the rule has a time column. Errors: Invalid
    /// "rule-cell"; Invalid "rule-sample" when no row counts, or fewer than groups.
    [[nodiscard]] Result<RuleOutcome> finish(std::optional<Date> liveOn);

    RuleRun(RuleRun&&) noexcept;
    RuleRun& operator=(RuleRun&&) noexcept;
    ~RuleRun();

  private:
    struct State;
    explicit RuleRun(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace tickmark::domain
