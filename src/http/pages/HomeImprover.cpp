// The home of the improvement manager: the register by step, what to do first, KPIs, objectives, ideas.
// First: Parts and words are looked up by qualified name.
#include "tickmark/app/Objectives.h"

#include <algorithm>
#include <set>

#include "http/pages/HomePanels.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/Ideas.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/view/StackedBars.h"
#include "tickmark/view/ValueEffort.h"

namespace tickmark::http::pages {
namespace {

const char* phaseWord(int step) {
    constexpr int lastOfPlan = 4;
    constexpr int carryOut = 5;
    constexpr int compare = 6;
    return step <= lastOfPlan ? "Plan" : step == carryOut ? "Do" : step == compare ? "Check" : "Act";
}

Result<void> putRegister(const Home& home) {
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::ImprovementFilter filter;
    filter.openOnly = true;
    TM_TRY(const auto items, home.web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listImprovementItems(session, scope, filter, page);
        });
    }));
    view::StackedBars steps;
    steps.id = "steps";
    steps.rowWord = view::said("Step");
    steps.source = view::said("Open items of the register, by the step they stand at.");
    std::vector<view::ValueEffortItem> field;
    field.reserve(items.size());
    for (const domain::ImprovementItem& item : items) {
        field.push_back({item.ref.text(), item.title, "/improvements/" + encoded(item.ref.text()), item.value,
                         item.effort});
    }
    using domain::ImprovementState;
    for (const ImprovementState state :
         {ImprovementState::Identified, ImprovementState::GoalsSet, ImprovementState::Analysed,
          ImprovementState::Planned, ImprovementState::Implementing, ImprovementState::Evaluating,
          ImprovementState::Standardised, ImprovementState::OnHold}) {
        const auto count =
            std::count_if(items.begin(), items.end(), [&](const auto& item) { return item.state == state; });
        const std::string href = "/improvements?state=" + std::string(domain::toText(state));
        const int step = domain::stepNumber(state);
        const std::string word = view::said(domain::titleOf(state));
        const std::string label =
            step == 0 ? word : std::to_string(step) + " " + word + ", " + view::said(phaseWord(step));
        steps.bars.push_back({label, {{count, href}}, href});
    }
    const auto number = static_cast<std::int64_t>(items.size());
    steps.title = view::counted(number, "{} item is at work", "{} items are at work");
    view::Model& part = panel(home.model, "WIDE", steps.title, "/improvements/board", "Board");
    view::putStackedBars(part.add("CHART_PART"), "BARS_CHART", steps);
    const std::string choose = view::said("What to do first: value against effort");
    view::Model& second = panel(home.model, "WIDE", choose, "/improvements?open=1", "Table");
    if (std::none_of(field.begin(), field.end(),
                     [](const auto& one) { return one.value > 0 && one.effort > 0; }))
        putNone(second, "No open item is judged by value and effort yet.");
    else
        view::putValueEffort(second.add("FIELD_PART"), "FIELD_CHART", "field", choose, field);
    return {};
}

void putCell(view::Model& row, const std::string& word, const char* tone = "") {
    row.add("CELL").set("TONE", tone).add("TEXT").say("WORD", word);
}

void putKpi(view::Model& row, const domain::Kpi& kpi, const app::KpiView& view) {
    row.set("HREF", "/kpis/" + encoded(kpi.ref.text())).set("REF", kpi.ref.text()).set("NAME", kpi.name);
    const auto text = [&](double value) { return domain::figureOf(value) + " " + kpi.unit; };
    const bool measured = !view.shown.empty();
    const double value = measured ? view.shown.back().point->value : 0;
    putCell(row, measured ? text(value) : "not measured");
    putCell(row, kpi.target ? text(*kpi.target) : "none");
    const auto met = measured ? domain::meetsTarget(kpi, value) : std::nullopt;
    if (!met) return putCell(row, "", "");
    putCell(row, *met ? "Met" : "Missed", *met ? "good-text" : "late-text");
}

Result<void> putKpis(const Home& home) {
    constexpr std::size_t most = 8;
    TM_TRY(const auto found, app::listKpis(*home.web.context, home.actor(), {}, {most, {}}));
    view::Model& part = panel(home.model, "WIDE", "KPIs against their targets", "/kpis", "All KPIs");
    if (found.rows.empty()) {
        putNone(part,
                "No KPI is defined. A KPI has a unit, a baseline and a target, and every figure names its "
                "evidence.");
        return {};
    }
    view::Model& table = part.add("HAS_ROWS");
    for (const char* word : {"KPI", "Newest figure", "Target", "Verdict"})
        table.add("COLUMN").say("WORD", word);
    for (const auto& one : found.rows) {
        TM_TRY(const auto view, app::showKpi(*home.web.context, home.actor(), one.kpi.ref));
        putKpi(table.add("ROW"), one.kpi, view);
    }
    return {};
}

Result<void> putIdeas(const Home& home) {
    constexpr std::size_t most = 5;
    const storage::Scope scope = app::scopeOf(*home.web.context, home.actor());
    storage::ImprovementFilter filter;
    filter.source = domain::ImprovementSource::Idea;
    TM_TRY(const auto adopted, home.web.context->database->read([&](storage::ReadSession& session) {
        return app::everyRow([&](const storage::PageRequest& page) {
            return storage::listImprovementItems(session, scope, filter, page);
        });
    }));
    std::set<std::string> codes;
    for (const auto& item : adopted) codes.insert(item.sourceRef);
    TM_TRY(auto ideas, app::listIdeas(*home.web.context, home.actor()));
    // Those of people stand last in the bank; they are what somebody waits for.
    std::reverse(ideas.begin(), ideas.end());
    view::Model& part = panel(home.model, "SIDE", "Ideas nobody has taken up yet", "/ideas", "Idea bank");
    std::size_t shown = 0;
    for (const app::Idea& idea : ideas) {
        if (codes.contains(idea.code) || shown++ >= most) continue;
        sideRow(part, idea.title, "/ideas?process=" + encoded(idea.process),
                view::said("moves {}", {idea.kpi}));
    }
    if (shown == 0) putNone(part, "Every idea of the bank has been taken up.");
    return {};
}

}  // namespace

Result<void> putObjectives(const Home& home) {
    storage::ObjectiveFilter filter;
    filter.states = {domain::ObjectiveState::Approved};
    constexpr std::size_t most = 12;
    TM_TRY(const auto found, app::listObjectives(*home.web.context, home.actor(), filter, {most, {}}));
    view::Model& part = panel(home.model, "WIDE", "Objectives and how far they are",
                              "/objectives?state=approved", "All approved");
    if (found.lines.empty()) {
        putNone(part,
                "No objective is approved. The improvement manager proposes them, top management approves.");
        return {};
    }
    view::Model& table = part.add("HAS_ROWS");
    for (const char* word : {"Objective", "Measured", "Items at work", "By"})
        table.add("COLUMN").say("WORD", word);
    for (const auto& line : found.lines) {
        const domain::Objective& objective = line.row.objective;
        view::Model& row = table.add("ROW");
        row.set("HREF", "/objectives/" + encoded(objective.ref.text()))
            .set("REF", objective.ref.text())
            .set("NAME", objective.title);
        putCell(row, line.progress ? std::to_string(*line.progress) + " % of the way" : "not measured");
        if (line.row.openItems == 0) {
            putCell(row, "0");
        } else {
            row.add("CELL")
                .add("LINKED")
                .set("WORD", view::countText(line.row.openItems))
                .set("HREF", "/improvements?open=1&objective=" + encoded(objective.ref.text()));
        }
        putCell(row,
                objective.targetOn
                    ? objective.targetOn->iso() + " " + view::dueHint(objective.targetOn, home.today)
                    : "no date",
                objective.targetOn && *objective.targetOn < home.today ? "late-text" : "");
    }
    return {};
}

Result<void> putImprover(const Home& home) {
    const std::string soon = home.today.plusDays(30).iso();
    TM_CHECK(putTiles(
        home,
        {{"/improvements?open=1", "item at work", "items at work", {}, {}, {}},
         {"/improvements?overdue=1", "item past its date", "items past their date", {}, "late", "i-clock"},
         {"/improvements?open=1&serves_none=1", "serves no objective", "serve no objective", {}, {}, {}},
         {"/findings?check_by=" + soon,
          "effectiveness check due in 30 days",
          "effectiveness checks due in 30 days",
          {},
          {},
          {}},
         {"/improvements?state=evaluating", "result to judge", "results to judge", {}, {}, {}}}));
    TM_CHECK(putRegister(home));
    TM_CHECK(putKpis(home));
    TM_CHECK(putObjectives(home));
    TM_CHECK(putCharts(home, false));
    TM_CHECK(putIdeas(home));
    return putBookedChecks(home);
}

}  // namespace tickmark::http::pages
