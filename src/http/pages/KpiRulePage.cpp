// A measurement rule built by choosing from the columns of a file, looked at before anything is kept.
#include <algorithm>
#include <array>

#include "http/pages/KpiPages.h"
#include "tickmark/codec/Json.h"
#include "tickmark/ledger/Measuring.h"
#include "tickmark/view/RunChart.h"

namespace tickmark::http::pages {
namespace {

using domain::MeasurementRule;
using domain::RowFilter;

constexpr std::size_t spareFilters = 2;

/// The form as it stands: what was chosen and what was typed.
struct Typed {
    std::string evidence{};
    MeasurementRule rule{};
    std::string percentile{};
    std::string groups{};
    std::string missing{};
    std::string json{};
    bool expert = false;
    std::string note{};
};

std::string ruleAddress(const domain::KpiRef& ref) { return kpiAddress(ref.text()) + "/rule"; }

// ---- what was sent
// ---------------------------------------------------------------------------------------------------

std::vector<RowFilter> filtersIn(const Form& form, const std::string& list) {
    const auto columns = form.all(list + "_column");
    const auto operators = form.all(list + "_op");
    const auto values = form.all(list + "_value");
    std::vector<RowFilter> filters;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string value = i < values.size() ? values[i] : std::string();
        if (columns[i].empty() && value.empty()) continue;
        const auto op = domain::filterOperatorFrom(i < operators.size() ? operators[i] : std::string());
        filters.push_back({columns[i], op.value_or(domain::FilterOperator::Equal), value});
    }
    return filters;
}

std::vector<std::string> missingIn(const std::string& text) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const std::string word(trim(std::string_view(text).substr(begin, end - begin)));
        if (!word.empty()) words.push_back(word);
        begin = end + 1;
    }
    return words;
}

Typed typedIn(const Form& form) {
    Typed typed;
    typed.evidence = form.text("evidence");
    MeasurementRule& rule = typed.rule;
    rule.only = filtersIn(form, "only");
    rule.rows = domain::rowChoiceFrom(form.text("rows")).value_or(domain::RowChoice::Every);
    rule.key = form.text("key");
    rule.where = filtersIn(form, "where");
    rule.aggregation = domain::aggregationFrom(form.text("aggregation")).value_or(domain::Aggregation::Count);
    rule.hits = filtersIn(form, "hits");
    rule.value = form.text("value");
    rule.from = form.text("from");
    rule.to = form.text("to");
    rule.unit = domain::durationUnitFrom(form.text("unit"));
    rule.grouping = domain::groupingFrom(form.text("grouping")).value_or(domain::Grouping::Whole);
    rule.time = form.text("time");
    rule.dateFormat = form.text("date_format");
    rule.missing = missingIn(form.text("missing"));
    typed.percentile = form.text("percentile");
    typed.groups = form.text("groups");
    typed.missing = form.text("missing");
    typed.json = form.text("rule");
    typed.expert = form.text("expert") == "yes";
    typed.note = form.text("note");
    return typed;
}

/// The rule that the fields state, or the JSON when that is to count.
Result<MeasurementRule> ruleOf(const Form& form, const Typed& typed) {
    if (typed.expert) {
        TM_TRY(const auto rule, ruleIn(typed.json));
        if (rule) return *rule;
        return invalid("required", "rule", "The rule is empty.", "Write it as JSON, or use the fields.");
    }
    MeasurementRule rule = typed.rule;
    TM_TRY(rule.percentile, numberIn<double>(form, "percentile"));
    TM_TRY(rule.groups, numberIn<std::int64_t>(form, "groups"));
    TM_CHECK(domain::validate(rule));
    return rule;
}

void takeRule(Typed& typed, const MeasurementRule& rule) {
    typed.rule = rule;
    typed.percentile = rule.percentile ? codec::canonicalJson(*rule.percentile) : std::string();
    typed.groups = rule.groups ? std::to_string(*rule.groups) : std::string();
    typed.missing.clear();
    for (const std::string& word : rule.missing) typed.missing += (typed.missing.empty() ? "" : ", ") + word;
    typed.json = codec::prettyJson(ledger::jsonOf(rule));
}

// ---- what is shown
// ---------------------------------------------------------------------------------------------------

/// One list to choose a column from. What is chosen stays, even when the file has no such column.
void putColumns(view::Model& model, std::string_view section, const std::vector<std::string>& columns,
                const std::string& chosen) {
    const bool known = std::find(columns.begin(), columns.end(), chosen) != columns.end();
    if (!chosen.empty() && !known)
        putOption(model, section, "CODE", chosen, view::said(chosen + " (not in this file)"), true);
    for (const std::string& column : columns)
        putOption(model, section, "CODE", column, column, column == chosen);
}

template <class Enum>
void putChoices(view::Model& model, std::string_view section, std::initializer_list<Enum> values,
                std::optional<Enum> chosen) {
    for (const Enum value : values) {
        putOption(model, section, "CODE", std::string(domain::toText(value)),
                  view::said(domain::titleOf(value)), value == chosen);
    }
}

void putFilters(view::Model& model, std::string_view section, const std::vector<RowFilter>& filters,
                const std::vector<std::string>& columns) {
    using Op = domain::FilterOperator;
    for (std::size_t i = 0; i < filters.size() + spareFilters; ++i) {
        const RowFilter filter = i < filters.size() ? filters[i] : RowFilter{};
        view::Model& row = model.add(section);
        row.set("NUMBER", std::to_string(i + 1)).set("VALUE", filter.value);
        putColumns(row, "COLUMN", columns, filter.column);
        putChoices(
            row, "OP",
            {Op::Equal, Op::NotEqual, Op::Less, Op::AtMost, Op::More, Op::AtLeast, Op::Empty, Op::NotEmpty},
            std::optional(filter.op));
    }
}

void putFields(view::Model& model, const Typed& typed, const std::vector<std::string>& columns) {
    using domain::Aggregation;
    using domain::DurationUnit;
    using domain::Grouping;
    using domain::RowChoice;
    const MeasurementRule& rule = typed.rule;
    putFilters(model, "ONLY", rule.only, columns);
    putFilters(model, "WHERE", rule.where, columns);
    putFilters(model, "HIT", rule.hits, columns);
    putChoices(model, "ROWS", {RowChoice::Every, RowChoice::First, RowChoice::Last, RowChoice::Distinct},
               std::optional(rule.rows));
    putChoices(model, "AGGREGATION",
               {Aggregation::Count, Aggregation::Share, Aggregation::Mean, Aggregation::Median,
                Aggregation::Percentile},
               std::optional(rule.aggregation));
    putChoices(model, "UNIT", {DurationUnit::Minutes, DurationUnit::Hours, DurationUnit::Days}, rule.unit);
    putChoices(model, "GROUPING",
               {Grouping::Whole, Grouping::Day, Grouping::IsoWeek, Grouping::Month, Grouping::EqualGroups},
               std::optional(rule.grouping));
    putColumns(model, "KEY", columns, rule.key);
    putColumns(model, "VALUE_COLUMN", columns, rule.value);
    putColumns(model, "FROM", columns, rule.from);
    putColumns(model, "TO", columns, rule.to);
    putColumns(model, "TIME", columns, rule.time);
    model.set("PERCENTILE", typed.percentile).set("GROUPS", typed.groups).set("MISSING", typed.missing);
    model.set("DATE_FORMAT", rule.dateFormat).set("JSON", typed.json).set("NOTE", typed.note);
    model.showIf(typed.expert, "EXPERT");
}

/// As the file writes it: no zone is applied.
std::string momentText(const std::optional<Timestamp>& at) {
    constexpr std::size_t day = 10;
    constexpr std::size_t clock = 11;
    constexpr std::size_t minutes = 5;
    if (!at) return {};
    const std::string iso = at->iso();
    return iso.substr(0, day) + " " + iso.substr(clock, minutes);
}

void putOutcome(view::Model& model, const domain::RuleOutcome& outcome, const MeasurementRule& rule,
                const std::string& unit) {
    view::Model& preview = model.add("PREVIEW");
    const std::int64_t others = outcome.rowsRead - outcome.sample - outcome.leftOut;
    preview.say("WORDS", domain::inWords(rule)).set("READ", std::to_string(outcome.rowsRead));
    preview.set("USED", std::to_string(outcome.sample)).set("LEFT_OUT", std::to_string(outcome.leftOut));
    preview.set("OTHERS", std::to_string(std::max<std::int64_t>(others, 0)));
    for (const domain::Measurement& point : outcome.points) {
        view::Model& row = preview.add("POINT");
        row.set("LABEL", view::runLabel(point.label))
            .set("FROM", momentText(point.from))
            .set("TO", momentText(point.to));
        row.set("FIGURE", domain::figureOf(point.value) + " " + unit);
        row.set("SAMPLE", point.hits ? view::said("{} of {}",
                                                  {std::to_string(*point.hits), std::to_string(point.sample)})
                                     : std::to_string(point.sample));
    }
}

/// Which file to read; nothing to choose from is said in words.
void putFiles(view::Model& model, const std::vector<app::CsvVersion>& files, const std::string& chosen) {
    view::Model& choice = model.add("CHOOSE");
    if (files.empty()) choice.add("NO_FILES");
    view::Model& list = choice.add("FILES");
    for (const app::CsvVersion& file : files) {
        std::string word = file.name + " " + file.fileName;
        if (!file.title.empty() && file.title != file.fileName) word += ", " + file.title;
        putOption(list, "FILE", "CODE", file.name, word, file.name == chosen);
    }
}

/// What the page needs besides what was typed.
struct Shown {
    const domain::RuleOutcome* outcome = nullptr;
    const Error* error = nullptr;
};

Result<Response> builderPage(WebApp& web, Request& request, const domain::KpiRef& ref, const Typed& typed,
                             Shown shown) {
    const domain::Actor& actor = callerOf(request).actor;
    TM_TRY(const app::KpiView view, app::showKpi(*web.context, actor, ref));
    TM_TRY(const auto files, app::csvVersions(*web.context, actor));
    Result<std::vector<std::string>> columns = std::vector<std::string>();
    if (!typed.evidence.empty()) columns = app::csvColumns(*web.context, actor, typed.evidence);
    Frame frame;
    frame.title = view::said("Build a rule for " + ref.text());
    frame.section = "/kpis";
    frame.trail = {{"/kpis", "KPIs"}, {kpiAddress(ref.text()), ref.text()}};
    frame.trailEnd = view::said("Rule");
    frame.error = columns ? shown.error : &columns.error();
    frame.status = frame.error == nullptr ? 200 : statusOf(*frame.error);
    return page(web, request, frame, "pages/kpi-rule.html", [&](view::Model& model) {
        model.set("REF", ref.text()).set("NAME", view.kpi.name).set("ADDRESS", ruleAddress(ref));
        model.set("BACK", kpiAddress(ref.text())).set("EVIDENCE", typed.evidence);
        putFiles(model, files, typed.evidence);
        if (typed.evidence.empty() || !columns) return;
        view::Model& form = model.add("FIELDS");
        putFields(form, typed, *columns);
        form.showIf(view.mayEdit, "MAY_SUGGEST");
        if (shown.outcome != nullptr) putOutcome(form, *shown.outcome, typed.rule, view.kpi.unit);
    });
}

Result<Response> showBuilder(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const app::KpiView view, app::showKpi(*web.context, callerOf(request).actor, ref));
    Typed typed;
    if (view.kpi.rule) takeRule(typed, *view.kpi.rule);
    typed.evidence = std::string(request.queryValue("evidence"));
    return builderPage(web, request, ref, typed, {});
}

/// The rule becomes the one that the KPI suggests.
Result<void> suggest(WebApp& web, const domain::Actor& actor, const domain::KpiRef& ref,
                     const MeasurementRule& rule) {
    TM_TRY(const app::KpiView view, app::showKpi(*web.context, actor, ref));
    app::KpiDraft draft = kpiDraftOf(view);
    draft.rule = rule;
    TM_TRY([[maybe_unused]] const domain::Kpi saved,
           app::editKpi(*web.context, actor, ref, view.kpi.rev, draft));
    return {};
}

/// Keeps the series, or the rule; anything else only looks.
Result<Response> keep(WebApp& web, Request& request, const domain::KpiRef& ref, const Typed& typed,
                      const std::string& what) {
    const domain::Actor& actor = callerOf(request).actor;
    if (what == "keep") {
        const auto kept =
            app::computeSeries(*web.context, actor, ref, typed.evidence, typed.rule, typed.note);
        if (!kept) return builderPage(web, request, ref, typed, {nullptr, &kept.error()});
        return redirectResponse(kpiAddress(ref.text()));
    }
    if (what == "suggest") {
        const auto suggested = suggest(web, actor, ref, typed.rule);
        if (!suggested) return builderPage(web, request, ref, typed, {nullptr, &suggested.error()});
        return redirectResponse(kpiAddress(ref.text()));
    }
    const auto outcome = app::previewSeries(*web.context, actor, ref, typed.evidence, typed.rule);
    if (!outcome) return builderPage(web, request, ref, typed, {nullptr, &outcome.error()});
    return builderPage(web, request, ref, typed, {&*outcome, nullptr});
}

Result<Response> build(WebApp& web, Request& request, const PathParameters& parameters) {
    const domain::KpiRef ref{std::string(parameters.at("ref"))};
    TM_TRY(const Form form, readForm(request));
    Typed typed = typedIn(form);
    const auto rule = ruleOf(form, typed);
    if (!rule) return builderPage(web, request, ref, typed, {nullptr, &rule.error()});
    takeRule(typed, *rule);
    return keep(web, request, ref, typed, form.text("what"));
}

}  // namespace

Result<void> addRuleBuilder(Router& router, WebApp& web) {
    TM_CHECK(addPage(router, web, "/kpis/{ref}/rule", "page.kpi-rule", "PO IM", showBuilder));
    return addForm(router, web, "/kpis/{ref}/rule", "form.kpi-rule", "PO IM", build);
}

}  // namespace tickmark::http::pages
