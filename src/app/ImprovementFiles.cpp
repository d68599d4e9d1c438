// The improvement register as CSV, out and in.
#include <algorithm>
#include <array>
#include <charconv>

#include "app/Access.h"
#include "app/ImportRows.h"
#include "app/ImprovementAccess.h"
#include "app/ImprovementSource.h"
#include "tickmark/app/Lists.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/codec/Workbook.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

using codec::CellKind;
using domain::ImprovementItem;

const std::vector<codec::SheetColumn> exported{{"ref"},
                                               {"state"},
                                               {"phase"},
                                               {"source"},
                                               {"source_ref"},
                                               {"finding"},
                                               {"title"},
                                               {"description"},
                                               {"process"},
                                               {"service"},
                                               {"owner"},
                                               {"value", CellKind::Number},
                                               {"effort", CellKind::Number},
                                               {"score", CellKind::Number},
                                               {"priority"},
                                               {"objective"},
                                               {"cost"},
                                               {"due", CellKind::Date},
                                               {"kpi"},
                                               {"unit"},
                                               {"baseline", CellKind::Number},
                                               {"target", CellKind::Number},
                                               {"analysis"},
                                               {"plan"},
                                               {"progress", CellKind::Number},
                                               {"result", CellKind::Number},
                                               {"outcome"},
                                               {"lesson_kind"},
                                               {"lesson_context"},
                                               {"lesson_insight"},
                                               {"lesson_applies_to"},
                                               {"created_at"}};

const std::vector<std::string> required{"source", "title", "description", "process", "service",
                                        "owner",  "value", "effort",      "due"};
constexpr std::array<std::string_view, 9> optional{"source_ref", "objective", "cost",     "kpi", "unit",
                                                   "baseline",   "target",    "analysis", "plan"};

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) all += (all.empty() ? "" : "; ") + text;
    return all;
}

std::vector<std::string> cellsOf(const ImprovementItem& item, const storage::ImprovementRow& row) {
    const std::int64_t score = domain::priorityScore(item);
    const auto phase = domain::phaseOf(item);
    const domain::ImprovementLesson lesson = item.lesson.value_or(domain::ImprovementLesson{});
    return {item.ref.text(),
            std::string(domain::toText(item.state)),
            phase ? std::string(domain::toText(*phase)) : std::string(),
            std::string(domain::toText(item.source)),
            item.sourceRef,
            row.findingRef,
            item.title,
            item.description,
            item.process,
            item.service,
            row.ownerAccount,
            std::to_string(item.value),
            std::to_string(item.effort),
            std::to_string(score),
            std::string(domain::priorityOf(score)),
            item.objective,
            item.cost,
            item.due ? item.due->iso() : std::string(),
            item.kpi,
            item.unit,
            item.baseline,
            item.target,
            item.analysis,
            item.plan,
            std::to_string(item.progress),
            item.result,
            item.outcome,
            item.lesson ? std::string(domain::toText(lesson.kind)) : std::string(),
            lesson.context,
            lesson.insight,
            joined(lesson.appliesTo),
            item.createdAt.iso()};
}

std::int64_t judgement(RowReader& row, std::string_view column) {
    const std::string text = row.text(column);
    if (text.empty()) return 0;
    std::int64_t number = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc() && end == text.data() + text.size()) return number;
    row.complain(invalid("number", std::string(column), "\"" + text + "\" is not a whole number.",
                         "Write 1 (little) to 5 (much), or leave the cell empty."));
    return 0;
}

ImprovementDraft draftOf(RowReader& row) {
    const auto text = [&row](std::string_view column) { return unguarded(row.text(column)); };
    ImprovementDraft draft;
    const std::string source = lower(row.text("source"));
    if (const auto known = domain::improvementSourceFrom(source))
        draft.source = *known;
    else
        row.complain(invalid("enum", "source", "There is no source \"" + source + "\".",
                             "Write audit, service_review, customer_feedback, employee_feedback, incident, "
                             "problem, kpi, risk or idea."));
    draft.sourceRef = text("source_ref");
    draft.title = text("title");
    draft.description = text("description");
    draft.process = text("process");
    draft.service = text("service");
    draft.objective = text("objective");
    draft.owner = text("owner");
    draft.value = judgement(row, "value");
    draft.effort = judgement(row, "effort");
    draft.cost = text("cost");
    draft.due = row.date("due");
    draft.kpi = text("kpi");
    draft.unit = text("unit");
    draft.baseline = text("baseline");
    draft.target = text("target");
    draft.analysis = text("analysis");
    draft.plan = text("plan");
    return draft;
}

/// A column that would be passed over silently is refused instead.
Result<void> mustBeKnown(const std::vector<std::string>& columns) {
    std::vector<Error> problems;
    for (const std::string& column : columns) {
        const bool known = std::find(required.begin(), required.end(), column) != required.end() ||
                           std::find(optional.begin(), optional.end(), column) != optional.end();
        if (known) continue;
        problems.push_back(invalid("csv", column, "line 1: The column \"" + column + "\" is not imported.",
                                   "Leave it out; references, states and results are given by the program."));
    }
    if (problems.empty()) return {};
    return importProblems(std::move(problems));
}

}  // namespace

Result<std::string> exportImprovements(Context& context, const domain::Actor& actor,
                                       const storage::ImprovementFilter& filter, TableFormat format) {
    using Rows = std::vector<std::vector<std::string>>;
    TM_TRY(const Rows cells, context.database->read([&](storage::ReadSession& session) -> Result<Rows> {
        const storage::Scope scope = scopeOf(context, actor);
        Rows all;
        storage::PageRequest page{200, {}};
        do {
            TM_TRY(const auto rows, storage::listImprovements(session, scope, filter, page));
            TM_TRY(const auto items, storage::listImprovementItems(session, scope, filter, page));
            for (std::size_t i = 0; i < items.rows.size(); ++i)
                all.push_back(cellsOf(items.rows[i], rows.rows[i]));
            page.after = items.next;
        } while (!page.after.empty());
        return all;
    }));
    if (format == TableFormat::Xlsx) return codec::workbookOf("Improvements", exported, cells);
    std::vector<std::string> header;
    header.reserve(exported.size());
    for (const auto& column : exported) header.push_back(column.name);
    std::string csv = codec::csvLine(header);
    for (const auto& row : cells) csv += codec::csvLine(row);
    return csv;
}

Result<ImportOutcome> importImprovements(Context& context, const domain::Actor& actor, std::string_view csv,
                                         bool dryRun) {
    if (actor.role != domain::Role::ImprovementManager) {
        return forbidden("Only the improvement manager can import improvement items.");
    }
    TM_TRY(const codec::CsvTable table, codec::parseCsv(csv, required));
    TM_CHECK(mustBeKnown(table.columns));
    return importRows(
        context, table, dryRun, [](storage::WriteSession&) -> Result<void> { return {}; },
        [&](storage::WriteSession& session, RowReader& row) -> Result<std::string> {
            const ImprovementDraft draft = draftOf(row);
            TM_CHECK(mustComeFromOutside(session, draft.sourceRef));
            TM_TRY(const auto item, insertImprovement(context, actor, session, draft, nullptr));
            return item.ref.text();
        });
}

}  // namespace tickmark::app
