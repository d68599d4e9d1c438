#include "tickmark/domain/RuleRun.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_map>

#include "domain/RulePoints.h"
#include "tickmark/domain/DateFormat.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

constexpr std::size_t mostProblems = 20;
constexpr double medianAt = 50;

/// Finite decimal numbers alone; nothing else.
std::optional<double> numberIn(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value, std::chars_format::fixed);
    if (parsed.ec != std::errc{} || parsed.ptr != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

double unitSeconds(DurationUnit unit) {
    switch (unit) {
        case DurationUnit::Minutes:
            return 60;
        case DurationUnit::Hours:
            return 3600;
        case DurationUnit::Days:
            return 86'400;
    }
    return 1;
}

ComparedAs comparedAs(Aggregation aggregation) {
    switch (aggregation) {
        case Aggregation::Count:
            return ComparedAs::Count;
        case Aggregation::Share:
            return ComparedAs::Share;
        case Aggregation::Mean:
            return ComparedAs::Mean;
        case Aggregation::Median:
            return ComparedAs::Median;
        case Aggregation::Percentile:
            return ComparedAs::Percentile;
    }
    return ComparedAs::Count;
}

}  // namespace

struct RuleRun::State {
    /// A filter with its column's place among the used ones.
    struct PlacedFilter {
        std::size_t place = 0;
        RowFilter filter{};
        double number = 0;
    };
    struct Kept {
        std::size_t line = 0;
        std::vector<std::string> cells{};  ///< of the used columns
    };
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    MeasurementRule rule{};
    RuleLimits limits{};
    std::vector<std::string> columns{};  ///< used, by name
    std::vector<std::size_t> places{};   ///< of the used columns in the table
    std::vector<PlacedFilter> only{};
    std::vector<PlacedFilter> where{};
    std::vector<PlacedFilter> hits{};
    std::optional<DateFormat> dates{};
    std::unordered_map<std::string, Kept> kept{};
    std::size_t keptBytes = 0;
    std::vector<TimedValue> sample{};
    std::vector<Error> problems{};
    std::int64_t rowsRead = 0;
    std::int64_t leftOut = 0;

    [[nodiscard]] std::size_t placeOf(const std::string& column) const {
        const auto found = std::find(columns.begin(), columns.end(), column);
        return found == columns.end() ? nowhere : static_cast<std::size_t>(found - columns.begin());
    }

    [[nodiscard]] std::vector<PlacedFilter> placed(const std::vector<RowFilter>& filters) const {
        std::vector<PlacedFilter> all;
        all.reserve(filters.size());
        for (const RowFilter& filter : filters)
            all.push_back({placeOf(filter.column), filter, numberIn(filter.value).value_or(0)});
        return all;
    }

    [[nodiscard]] bool isMissing(std::string_view cell) const {
        return cell.empty() ||
               std::find(rule.missing.begin(), rule.missing.end(), cell) != rule.missing.end();
    }

    void complain(const std::string& column, std::size_t line, std::string_view value,
                  const std::string& what, std::string fix) {
        constexpr std::size_t shown = 60;
        problems.push_back(invalid(
            "rule-cell", column,
            "Line " + std::to_string(line) + ": \"" + std::string(value.substr(0, shown)) + "\" " + what,
            std::move(fix)));
    }

    [[nodiscard]] std::optional<double> number(const std::string& column, std::size_t line,
                                               std::string_view cell) {
        const auto value = numberIn(cell);
        if (!value) {
            complain(column, line, cell, "is no number.",
                     "Correct the file, name the text under \"missing\" if it stands for no value, or choose "
                     "another column.");
        }
        return value;
    }

    [[nodiscard]] std::optional<Timestamp> date(const std::string& column, std::size_t line,
                                                std::string_view cell) {
        const auto moment = dates->parse(cell);
        if (!moment) {
            complain(
                column, line, cell, "is no date of the form " + dates->text() + ".",
                "Correct the file or the date format, or name the text under \"missing\" if it stands for "
                "no value.");
        }
        return moment;
    }

    /// Nothing when the cell is no number though it must be one.
    [[nodiscard]] std::optional<bool> meets(const PlacedFilter& placedFilter, std::size_t line,
                                            std::string_view cell) {
        const RowFilter& filter = placedFilter.filter;
        switch (filter.op) {
            case FilterOperator::Equal:
                return cell == filter.value;
            case FilterOperator::NotEqual:
                return cell != filter.value;
            case FilterOperator::Empty:
                return isMissing(cell);
            case FilterOperator::NotEmpty:
                return !isMissing(cell);
            case FilterOperator::Less:
            case FilterOperator::AtMost:
            case FilterOperator::More:
            case FilterOperator::AtLeast:
                break;
        }
        // What has no value is neither below nor above anything.
        if (isMissing(cell)) return false;
        const auto value = number(filter.column, line, cell);
        if (!value) return std::nullopt;
        if (filter.op == FilterOperator::Less) return *value < placedFilter.number;
        if (filter.op == FilterOperator::AtMost) return *value <= placedFilter.number;
        if (filter.op == FilterOperator::More) return *value > placedFilter.number;
        return *value >= placedFilter.number;
    }

    [[nodiscard]] std::optional<bool> meetsAll(const std::vector<PlacedFilter>& filters, const Kept& row) {
        for (const PlacedFilter& filter : filters) {
            const auto met = meets(filter, row.line, row.cells[filter.place]);
            if (!met || !*met) return met;
        }
        return true;
    }

    [[nodiscard]] Result<void> keep(Kept row) {
        const std::string key = row.cells[placeOf(rule.key)];
        if (isMissing(key)) {
            complain(rule.key, row.line, key, "names nothing: every row needs its key.",
                     "Correct the file, or leave such rows out with a filter under \"only\".");
            return {};
        }
        const auto [place, fresh] = kept.try_emplace(key);
        if (fresh || rule.rows == RowChoice::Last) {
            for (const std::string& cell : row.cells) keptBytes += cell.size() + sizeof(std::string);
            for (const std::string& cell : place->second.cells)
                keptBytes -= cell.size() + sizeof(std::string);
            place->second = std::move(row);
        } else if (rule.rows == RowChoice::Distinct) {
            alike(place->second, row);
        }
        return withinLimits();
    }

    void alike(const Kept& before, const Kept& row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (before.cells[i] == row.cells[i]) continue;
            complain(columns[i], row.line, row.cells[i],
                     "differs from \"" + before.cells[i] + "\" on line " + std::to_string(before.line) +
                         ", a row of the same " + rule.key + ".",
                     "State with \"rows\" whether the first or the last row of each key counts.");
            return;
        }
    }

    [[nodiscard]] Result<void> withinLimits() const {
        const std::size_t rows = kept.size() + sample.size();
        if (rows <= limits.maximumRows && keptBytes <= limits.maximumBytes) return {};
        return Error{ErrorKind::TooLarge,
                     "rule-too-large",
                     "The rule keeps more rows than one run may hold (" + std::to_string(limits.maximumRows) +
                         " rows, " + std::to_string(limits.maximumBytes / 1024 / 1024) + " MiB of cells).",
                     "",
                     "",
                     "Leave rows out with a filter under \"only\", or hand the log over in parts.",
                     {}};
    }

    /// The row's value; nothing when it is left out or could not be read.
    [[nodiscard]] std::optional<double> valueOf(const Kept& row) {
        if (rule.aggregation == Aggregation::Count) return 0.0;
        if (rule.aggregation == Aggregation::Share) {
            const auto hit = meetsAll(hits, row);
            if (!hit) return std::nullopt;
            return *hit ? 1.0 : 0.0;
        }
        if (rule.value.empty()) return durationOf(row);
        const std::string& cell = row.cells[placeOf(rule.value)];
        if (isMissing(cell)) {
            ++leftOut;
            return std::nullopt;
        }
        return number(rule.value, row.line, cell);
    }

    [[nodiscard]] std::optional<double> durationOf(const Kept& row) {
        const std::string& begin = row.cells[placeOf(rule.from)];
        const std::string& end = row.cells[placeOf(rule.to)];
        if (isMissing(begin) || isMissing(end)) {
            ++leftOut;
            return std::nullopt;
        }
        const auto first = date(rule.from, row.line, begin);
        const auto last = date(rule.to, row.line, end);
        if (!first || !last) return std::nullopt;
        if (*last < *first) {
            complain(rule.to, row.line, end, "lies before \"" + begin + "\" in " + rule.from + ".",
                     "Correct the file, or exchange the two columns of the rule.");
            return std::nullopt;
        }
        return static_cast<double>(last->seconds() - first->seconds()) /
               unitSeconds(rule.unit.value_or(DurationUnit::Hours));
    }

    void take(const Kept& row) {
        const auto counts = meetsAll(where, row);
        if (!counts || !*counts) return;
        std::optional<Timestamp> at = Timestamp{};
        if (!rule.time.empty()) {
            const std::string& cell = row.cells[placeOf(rule.time)];
            if (isMissing(cell)) {
                ++leftOut;
                return;
            }
            at = date(rule.time, row.line, cell);
        }
        const auto value = valueOf(row);
        if (at && value) sample.push_back({*at, *value});
    }

    [[nodiscard]] Error refusal() const {
        Error error = invalid("rule-cell", "rule",
                              problems.size() == 1 ? "One cell of the file does not fit the rule."
                                                   : "Cells of the file do not fit the rule.",
                              "Correct the rule or the file; nothing was kept.");
        error.parts = problems;
        return error;
    }

    [[nodiscard]] Result<void> enough() const {
        if (sample.empty()) {
            return invalid("rule-sample", "rule",
                           "No row counts: of " + std::to_string(rowsRead) +
                               " rows none meets the rule with a " + "value.",
                           "Check the filters and what stands for no value.");
        }
        const auto groups = static_cast<std::size_t>(rule.groups.value_or(1));
        if (sample.size() >= groups) return {};
        return invalid("rule-sample", "rule.groups",
                       "Only " + std::to_string(sample.size()) + " rows count; they do not make " +
                           std::to_string(groups) + " groups.",
                       "Choose fewer groups.");
    }
};

RuleRun::RuleRun(std::unique_ptr<State> state) : m_state(std::move(state)) {}
RuleRun::RuleRun(RuleRun&&) noexcept = default;
RuleRun& RuleRun::operator=(RuleRun&&) noexcept = default;
RuleRun::~RuleRun() = default;

Result<RuleRun> RuleRun::begin(MeasurementRule rule, const std::vector<std::string>& header,
                               const RuleLimits& limits) {
    TM_CHECK(validate(rule));
    auto state = std::make_unique<State>();
    state->rule = std::move(rule);
    state->limits = limits;
    state->columns = columnsOf(state->rule);
    std::string there = " The file has: ";
    const std::size_t before = there.size();
    for (const std::string& name : header) there.append(there.size() == before ? "" : ", ").append(name);
    there += ".";
    Error missing = invalid("rule-column", "rule", "The file lacks columns that the rule names.",
                            "Name columns as the first line of the file does.");
    for (const std::string& column : state->columns) {
        const auto found = std::find(header.begin(), header.end(), column);
        if (found == header.end()) {
            std::string message = "There is no column \"";
            message.append(column).append("\".").append(there);
            missing.parts.push_back(invalid("rule-column", column, std::move(message),
                                            "Write the name exactly as in the first line of the file."));
        }
        state->places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    if (!missing.parts.empty()) return missing;
    state->only = state->placed(state->rule.only);
    state->where = state->placed(state->rule.where);
    state->hits = state->placed(state->rule.hits);
    if (!state->rule.dateFormat.empty()) {
        TM_TRY(state->dates, DateFormat::compile(state->rule.dateFormat));
    }
    return RuleRun(std::move(state));
}

Result<void> RuleRun::row(std::size_t line, const std::vector<std::string>& cells) {
    State& state = *m_state;
    ++state.rowsRead;
    State::Kept row{line, {}};
    row.cells.reserve(state.places.size());
    for (const std::size_t place : state.places)
        row.cells.emplace_back(place < cells.size() ? trim(cells[place]) : std::string_view{});
    const auto counts = state.meetsAll(state.only, row);
    if (counts && *counts) {
        if (state.rule.rows == RowChoice::Every) {
            state.take(row);
            TM_CHECK(state.withinLimits());
        } else {
            TM_CHECK(state.keep(std::move(row)));
        }
    }
    if (state.problems.size() >= mostProblems) return state.refusal();
    return {};
}

Result<RuleOutcome> RuleRun::finish(std::optional<Date> liveOn) {
    State& state = *m_state;
    std::vector<const State::Kept*> inOrder;
    inOrder.reserve(state.kept.size());
    for (const auto& [key, row] : state.kept) inOrder.push_back(&row);
    std::sort(inOrder.begin(), inOrder.end(),
              [](const State::Kept* a, const State::Kept* b) { return a->line < b->line; });
    for (const State::Kept* row : inOrder) {
        if (state.problems.size() < mostProblems) state.take(*row);
    }
    if (!state.problems.empty()) return state.refusal();
    TM_CHECK(state.enough());
    // Rows of the same time stay in the order of the file.
    std::stable_sort(state.sample.begin(), state.sample.end(),
                     [](const TimedValue& a, const TimedValue& b) { return a.at < b.at; });
    RuleOutcome outcome;
    outcome.points = groupedPoints(state.rule, state.sample);
    outcome.rowsRead = state.rowsRead;
    outcome.sample = static_cast<std::int64_t>(state.sample.size());
    outcome.leftOut = state.leftOut;
    if (liveOn && !state.rule.time.empty()) {
        outcome.comparison = compareAt(*liveOn, state.sample, comparedAs(state.rule.aggregation),
                                       state.rule.percentile.value_or(medianAt));
    }
    return outcome;
}

}  // namespace tickmark::domain
