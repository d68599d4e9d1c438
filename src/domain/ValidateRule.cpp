#include <algorithm>

#include "domain/FieldReport.h"
#include "tickmark/domain/DateFormat.h"
#include "tickmark/domain/MeasurementRule.h"

namespace tickmark::domain {
namespace {

constexpr std::size_t mostFilters = 20;
constexpr TextRule columnRule{0, 200, false};

bool hasValue(FilterOperator op) { return op != FilterOperator::Empty && op != FilterOperator::NotEmpty; }

bool comparesNumbers(FilterOperator op) {
    return op == FilterOperator::Less || op == FilterOperator::AtMost || op == FilterOperator::More ||
           op == FilterOperator::AtLeast;
}

/// A rule's fields; every complaint says what the choice elsewhere in the rule asks for.
class RuleReport {
  public:
    explicit RuleReport(MeasurementRule& rule) : m_rule(rule) {}

    Result<void> run() {
        filters("only", m_rule.only);
        filters("where", m_rule.where);
        filters("hits", m_rule.hits);
        m_report.text("key", m_rule.key, columnRule);
        m_report.text("value", m_rule.value, columnRule);
        m_report.text("from", m_rule.from, columnRule);
        m_report.text("to", m_rule.to, columnRule);
        m_report.text("time", m_rule.time, columnRule);
        m_report.text("date_format", m_rule.dateFormat, lineRule);
        m_report.texts("missing", m_rule.missing, {1, 40, false}, mostFilters, true);
        rows();
        aggregation();
        grouping();
        dates();
        return m_report.finish();
    }

  private:
    void need(bool given, std::string_view field, const std::string& because) {
        if (!given) m_report.complain(field, "This is needed " + because + ".", "required", "Give it.");
    }
    void none(bool given, std::string_view field, const std::string& because) {
        if (given) m_report.complain(field, "This means nothing " + because + ".", "unused", "Leave it out.");
    }

    void filters(std::string_view field, std::vector<RowFilter>& list) {
        m_report.atMost(field, list.size(), mostFilters);
        for (std::size_t i = 0; i < list.size(); ++i) {
            RowFilter& filter = list[i];
            m_report.text(itemField(field, i, "column"), filter.column, {1, 200, false});
            m_report.text(itemField(field, i, "value"), filter.value, lineRule);
            if (!hasValue(filter.op))
                none(!filter.value.empty(), itemField(field, i, "value"),
                     "with " + std::string(toText(filter.op)));
            if (comparesNumbers(filter.op) && !isNumber(filter.value)) {
                m_report.complain(itemField(field, i, "value"), "\"" + filter.value + "\" is no number.",
                                  "the comparisons <, <=, > and >= are of numbers",
                                  "Write a number with a point, or use = or !=.");
            }
        }
    }

    static bool isNumber(const std::string& text) {
        const std::size_t sign = text.starts_with('-') ? 1 : 0;
        const std::string_view digits = std::string_view(text).substr(sign);
        return !digits.empty() && digits.find_first_not_of("0123456789.") == std::string_view::npos &&
               std::count(digits.begin(), digits.end(), '.') <= 1 && digits.front() != '.' &&
               digits.back() != '.';
    }

    void rows() {
        const bool keyed = m_rule.rows != RowChoice::Every;
        if (keyed) {
            need(!m_rule.key.empty(), "key", "to choose a row of each key");
        } else {
            none(!m_rule.key.empty(), "key", "when every row counts");
        }
    }

    void aggregation() {
        const bool share = m_rule.aggregation == Aggregation::Share;
        const bool counts = share || m_rule.aggregation == Aggregation::Count;
        if (share) {
            need(!m_rule.hits.empty(), "hits", "with a share: it says which rows count in the numerator");
        } else {
            none(!m_rule.hits.empty(), "hits", "without a share");
        }
        const bool duration = !m_rule.from.empty() || !m_rule.to.empty();
        if (counts) {
            none(!m_rule.value.empty(), "value", "when rows are counted");
            none(duration, "from", "when rows are counted");
        } else if (duration) {
            none(!m_rule.value.empty(), "value", "beside a duration");
            need(!m_rule.from.empty(), "from", "for a duration");
            need(!m_rule.to.empty(), "to", "for a duration");
            need(m_rule.unit.has_value(), "unit", "for a duration");
        } else {
            need(!m_rule.value.empty(), "value", "unless from and to name a duration");
        }
        none(m_rule.unit.has_value() && (counts || !duration), "unit", "without a duration");
        percentile();
    }

    void percentile() {
        if (m_rule.aggregation != Aggregation::Percentile) {
            none(m_rule.percentile.has_value(), "percentile", "with another aggregation");
            return;
        }
        need(m_rule.percentile.has_value(), "percentile", "to say which one");
        if (m_rule.percentile && !(*m_rule.percentile > 0 && *m_rule.percentile < 100)) {
            m_report.complain("percentile", "A percentile lies between 0 and 100.", "0 < p < 100",
                              "Write 90 for the value that 90 percent do not exceed.");
        }
    }

    void grouping() {
        constexpr std::int64_t leastGroups = 2;
        constexpr std::int64_t mostGroups = 500;
        if (m_rule.grouping != Grouping::Whole) need(!m_rule.time.empty(), "time", "to make groups by time");
        if (m_rule.grouping != Grouping::EqualGroups) {
            none(m_rule.groups.has_value(), "groups", "unless the groups are equal ones");
            return;
        }
        need(m_rule.groups.has_value(), "groups", "to make equal groups");
        if (m_rule.groups && (*m_rule.groups < leastGroups || *m_rule.groups > mostGroups)) {
            m_report.complain("groups", "There can be 2 to 500 groups.", "2 to 500",
                              "Choose a number in between.");
        }
    }

    void dates() {
        const bool used = !m_rule.time.empty() || !m_rule.from.empty();
        if (!used) {
            none(!m_rule.dateFormat.empty(), "date_format", "when no column of dates is used");
            return;
        }
        need(!m_rule.dateFormat.empty(), "date_format", "to read the dates");
        if (m_rule.dateFormat.empty()) return;
        auto format = DateFormat::compile(m_rule.dateFormat);
        if (!format) m_report.add("date_format", std::move(format).error());
    }

    MeasurementRule& m_rule;
    FieldReport m_report{};
};

}  // namespace

Result<void> validate(MeasurementRule& rule) { return RuleReport(rule).run(); }

std::vector<std::string> columnsOf(const MeasurementRule& rule) {
    std::vector<std::string> columns;
    const auto add = [&columns](const std::string& name) {
        if (!name.empty() && std::find(columns.begin(), columns.end(), name) == columns.end())
            columns.push_back(name);
    };
    add(rule.key);
    for (const auto* filters : {&rule.only, &rule.where, &rule.hits}) {
        for (const RowFilter& filter : *filters) add(filter.column);
    }
    for (const auto* name : {&rule.value, &rule.from, &rule.to, &rule.time}) add(*name);
    return columns;
}

}  // namespace tickmark::domain
