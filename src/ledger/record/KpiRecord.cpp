#include "ledger/record/Reader.h"
#include "ledger/record/Writer.h"
#include "tickmark/ledger/Measuring.h"
#include "tickmark/ledger/Record.h"

namespace tickmark::ledger {
namespace fields {

template <class Visitor, Is<domain::RowFilter> Item>
void members(Visitor& visit, Item& item) {
    visit("column", item.column);
    visit("op", item.op);
    visit("value", item.value);
}

template <class Visitor, Is<domain::MeasurementRule> Item>
void members(Visitor& visit, Item& item) {
    visit("only", item.only);
    visit("rows", item.rows);
    visit("key", item.key);
    visit("where", item.where);
    visit("aggregation", item.aggregation);
    visit("hits", item.hits);
    visit("value", item.value);
    visit("from", item.from);
    visit("to", item.to);
    visit("unit", item.unit);
    visit("percentile", item.percentile);
    visit("grouping", item.grouping);
    visit("time", item.time);
    visit("groups", item.groups);
    visit("date_format", item.dateFormat);
    visit("missing", item.missing);
}

template <class Visitor, Is<domain::Measurement> Item>
void members(Visitor& visit, Item& item) {
    visit("label", item.label);
    visit("from", item.from);
    visit("to", item.to);
    visit("value", item.value);
    visit("sample", item.sample);
    visit("hits", item.hits);
}

template <class Visitor, Is<domain::ComparedSide> Item>
void members(Visitor& visit, Item& item) {
    visit("sample", item.sample);
    visit("value", item.value);
    visit("hits", item.hits);
}

template <class Visitor, Is<domain::TestOutcome> Item>
void members(Visitor& visit, Item& item) {
    visit("test", item.test);
    visit("statistic", item.statistic);
    visit("freedom", item.freedom);
    visit("p", item.p);
}

template <class Visitor, Is<domain::Comparison> Item>
void members(Visitor& visit, Item& item) {
    visit("live_on", item.liveOn);
    visit("as", item.as);
    visit("before", item.before);
    visit("after", item.after);
    visit("test", item.test);
}

template <class Visitor, Is<domain::Kpi> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("name", item.name);
    visit("unit", item.unit);
    visit("direction", item.direction);
    visit("source", item.source);
    visit("process", item.process);
    visit("service", item.service);
    visit("baseline", item.baseline);
    visit("target", item.target);
    visit("live_on", item.liveOn);
    visit("owner", item.owner);
    visit("rule", item.rule);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

template <class Visitor, Is<domain::KpiSeries> Item>
void members(Visitor& visit, Item& item) {
    visit("id", item.id);
    visit("ref", item.ref);
    visit("kpi", item.kpi);
    visit("evidence", item.evidence);
    visit("digest", item.digest);
    visit("rule", item.rule);
    visit("points", item.points);
    visit("rows_read", item.rowsRead);
    visit("left_out", item.leftOut);
    visit("comparison", item.comparison);
    visit("note", item.note);
    visit("withdrawn", item.withdrawn);
    visit("by", item.by);
    visit("created_at", item.createdAt);
    visit("rev", item.rev);
}

/// What the writer wrote, as a value.
template <class Item>
[[nodiscard]] codec::Json valueOf(const Item& item) {
    Writer writer;
    members(writer, item);
    auto json = codec::parseJson(writer.take());
    return json ? *std::move(json) : codec::Json();
}

}  // namespace fields

std::string encode(const domain::Kpi& kpi) { return fields::written(kpi); }
std::string encode(const domain::KpiSeries& series) { return fields::written(series); }

template <>
Result<domain::Kpi> decode<domain::Kpi>(std::string_view record) {
    return fields::readBack<domain::Kpi>(record);
}

template <>
Result<domain::KpiSeries> decode<domain::KpiSeries>(std::string_view record) {
    return fields::readBack<domain::KpiSeries>(record);
}

codec::Json jsonOf(const domain::MeasurementRule& rule) { return fields::valueOf(rule); }
codec::Json jsonOf(const domain::Measurement& point) { return fields::valueOf(point); }
codec::Json jsonOf(const domain::Comparison& comparison) { return fields::valueOf(comparison); }

Result<domain::MeasurementRule> ruleFrom(const codec::Json& json, std::string_view field) {
    const std::string path(field);
    if (json.members() == nullptr)
        return invalid("rule", path, "A rule is a JSON object.", "Send an object.");
    std::optional<Error> problem;
    fields::Reader reader(json, path + ".", problem);
    domain::MeasurementRule rule;
    fields::members(reader, rule);
    reader.finish();
    if (problem) {
        // The reader speaks of stored records; here somebody wrote the rule just now.
        const std::string& words = problem->message;
        const auto member = words.find('"');
        return invalid("rule", problem->field,
                       "The member " + (member == std::string::npos ? words : words.substr(member)),
                       "Write the rule as the interface description states it; leave out what is empty.");
    }
    auto checked = domain::validate(rule);
    if (!checked) {
        Error error = std::move(checked).error();
        for (Error& part : error.parts) part.field.insert(0, path + ".");
        return error;
    }
    return rule;
}

}  // namespace tickmark::ledger
