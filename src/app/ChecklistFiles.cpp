// The working papers as CSV, out and in: every bad row named by its line, all or nothing.
#include <algorithm>
#include <array>
#include <charconv>

#include "app/Access.h"
#include "app/ChecklistAccess.h"
#include "app/ImportRows.h"
#include "tickmark/app/Lists.h"
#include "tickmark/codec/Csv.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::app {
namespace {

using domain::ChecklistItem;
using domain::ChecklistRowId;

const std::vector<std::string> exportedColumns{"row",      "clause",    "question", "population", "method",
                                               "size",     "looked_at", "result",   "reason",     "note",
                                               "findings", "evidence",  "by",       "at",         "rev"};

/// A column that would be passed over silently is refused instead.
Result<void> mustBeKnown(const std::vector<std::string>& columns) {
    std::vector<Error> problems;
    for (const std::string& column : columns) {
        if (std::find(exportedColumns.begin(), exportedColumns.end(), column) != exportedColumns.end())
            continue;
        problems.push_back(invalid("csv", column, "line 1: The column \"" + column + "\" is not imported.",
                                   "Leave it out, or name it like a column of the export."));
    }
    if (problems.empty()) return {};
    return importProblems(std::move(problems));
}

std::int64_t numberIn(RowReader& row, std::string_view column) {
    const std::string text = row.text(column);
    if (text.empty()) return 0;
    std::int64_t number = -1;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code == std::errc() && end == text.data() + text.size() && number >= 0) return number;
    row.complain(invalid("number", std::string(column), "\"" + text + "\" is not a whole number.",
                         "Write digits only, like 25, or leave the cell empty."));
    return 0;
}

std::optional<domain::CheckResult> resultIn(RowReader& row) {
    const std::string word = lower(row.text("result"));
    if (word.empty()) return std::nullopt;
    const auto result = domain::checkResultFrom(word);
    if (!result) {
        row.complain(invalid("enum", "result", "There is no result \"" + word + "\".",
                             "Write conforming, finding or not_examined, or leave the cell empty."));
    }
    return result;
}

/// One import while its rows are read.
class ChecklistImport {
  public:
    ChecklistImport(Context& context, const domain::Actor& actor, const codec::CsvTable& table,
                    AuditChange& change)
        : m_context(context),
          m_actor(actor),
          m_table(table),
          m_change(change),
          m_scope(scopeOf(context, actor)) {}

    /// Changes or adds the row; problems stay with the reader.
    Result<void> take(RowReader& reader) {
        const ChecklistRowId number{numberIn(reader, "row")};
        const std::int64_t rev = numberIn(reader, "rev");
        if (!number.stored()) return add(reader);
        ChecklistItem* row = domain::rowOf(m_change.audit.checklist, number);
        if (row == nullptr) {
            return invalid("unknown-reference", "row",
                           "There is no row " + std::to_string(number.value) + " in this checklist.",
                           "Leave the cell empty to add a row.");
        }
        if (std::find(m_seen.begin(), m_seen.end(), number) != m_seen.end()) {
            return invalid("import", "row", "Row " + std::to_string(number.value) + " stands here twice.",
                           "Keep one line for each row.");
        }
        m_seen.push_back(number);
        if (rev != 0 && rev != revisionOf(*row)) {
            return invalid("stale-revision", "rev",
                           "Row " + std::to_string(number.value) + " was changed since the file was made.",
                           "Export again and write your changes into the new file.");
        }
        return change(reader, *row);
    }
    [[nodiscard]] std::int64_t changed() const noexcept { return m_changed; }
    [[nodiscard]] const std::vector<std::string>& refs() const noexcept { return m_refs; }

  private:
    Result<void> add(RowReader& reader) {
        TM_CHECK(mustLead(m_actor, m_change.audit, "add rows to the checklist"));
        ChecklistItem row;
        TM_CHECK(write(reader, CheckInput{}, row));
        row.row.value = nextNumber();
        note(row);
        m_change.audit.checklist.push_back(std::move(row));
        return {};
    }

    Result<void> change(RowReader& reader, ChecklistItem& row) {
        ChecklistItem next = row;
        TM_CHECK(write(reader, stored(row), next));
        if (next == row) return {};
        note(next);
        row = std::move(next);
        return {};
    }

    void note(ChecklistItem& row) {
        stampCheck(m_context, m_actor, m_change.audit, row);
        ++m_changed;
        m_refs.push_back(std::to_string(row.row.value));
    }

    [[nodiscard]] std::int64_t nextNumber() const {
        std::int64_t last = 0;
        for (const ChecklistItem& row : m_change.audit.checklist) last = std::max(last, row.row.value);
        return last + 1;
    }

    [[nodiscard]] bool has(std::string_view column) const {
        return std::find(m_table.columns.begin(), m_table.columns.end(), column) != m_table.columns.end();
    }

    /// What stands in a row for columns that the file does not have. Its links keep their numbers below.
    static CheckInput stored(const ChecklistItem& row) {
        return {row.clause, row.question, row.note, row.sample, row.result, row.reason, {}, {}};
    }

    void text(RowReader& reader, std::string_view column, std::string& into) const {
        if (has(column)) into = unguarded(reader.text(column));
    }

    Result<void> write(RowReader& reader, CheckInput input, ChecklistItem& row) {
        text(reader, "clause", input.clause);
        text(reader, "question", input.question);
        text(reader, "note", input.note);
        text(reader, "population", input.sample.population);
        text(reader, "method", input.sample.method);
        text(reader, "looked_at", input.sample.lookedAt);
        text(reader, "reason", input.reason);
        if (has("size")) input.sample.size = numberIn(reader, "size");
        if (has("result")) input.result = resultIn(reader);
        input.findings = has("findings") ? reader.words("findings") : refsOf(row);
        input.evidence = has("evidence") ? reader.words("evidence") : namesOf(row);
        return fillCheck(m_change.session, m_change.audit, m_scope, input, row);
    }

    [[nodiscard]] std::vector<std::string> refsOf(const ChecklistItem& row) const;
    [[nodiscard]] std::vector<std::string> namesOf(const ChecklistItem& row) const;

    Context& m_context;
    const domain::Actor& m_actor;
    const codec::CsvTable& m_table;
    AuditChange& m_change;
    storage::Scope m_scope;
    std::vector<ChecklistRowId> m_seen{};
    std::vector<std::string> m_refs{};
    std::int64_t m_changed = 0;
};

std::vector<std::string> ChecklistImport::refsOf(const ChecklistItem& row) const {
    std::vector<std::string> refs;
    for (const domain::FindingId id : row.findings) {
        const auto finding = storage::findFinding(m_change.session, id);
        if (finding) refs.push_back(finding->ref.text());
    }
    return refs;
}

std::vector<std::string> ChecklistImport::namesOf(const ChecklistItem& row) const {
    std::vector<std::string> names;
    for (const domain::EvidenceVersionId id : row.evidence) {
        const auto version = storage::findEvidenceVersion(m_change.session, id);
        if (version) names.push_back(version->ref.text() + "/v" + std::to_string(version->number));
    }
    return names;
}

std::string spaced(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

}  // namespace

Result<ImportOutcome> importChecklist(Context& context, const domain::Actor& actor,
                                      const domain::AuditRef& ref, std::string_view csv, bool dryRun) {
    constexpr const char* dryRunType = "dry-run";
    TM_TRY(const codec::CsvTable table, codec::parseCsv(csv, {"clause", "question"}));
    TM_CHECK(mustBeKnown(table.columns));
    ImportOutcome outcome;
    outcome.dryRun = dryRun;
    auto done = changeChecklist(context, actor, ref, {}, [&](AuditChange& change) -> Result<ledger::Event> {
        TM_CHECK(mustAudit(actor, change.audit, "import a checklist"));
        ChecklistImport import(context, actor, table, change);
        std::vector<Error> problems;
        for (const codec::CsvRow& line : table.rows) {
            RowReader reader(table, line);
            if (auto taken = import.take(reader); !taken) reader.complain(taken.error());
            for (Error& problem : reader.takeProblems()) problems.push_back(std::move(problem));
        }
        if (!problems.empty()) return importProblems(std::move(problems));
        outcome.created = import.changed();
        outcome.refs = import.refs();
        // Nothing is kept of a dry run, and a file that changes nothing leaves no entry in the log.
        if (dryRun || outcome.created == 0) return refused(dryRunType, "Nothing is kept of a dry run.");
        ledger::Event event = eventOf(context, actor, "audit.import-checklist");
        event.facts.set("rows", outcome.created);
        return event;
    });
    if (!done && done.error().type != dryRunType) return std::move(done).error();
    return outcome;
}

namespace {

/// References of what the reader may see, separated by spaces.
std::string findingsOf(const ChecklistView& view, const ChecklistItem& row) {
    std::vector<std::string> refs;
    for (const domain::FindingId id : row.findings) {
        if (const auto known = view.findings.find(id); known != view.findings.end())
            refs.push_back(known->second.ref);
    }
    return spaced(refs);
}

std::string versionsOf(const ChecklistView& view, const ChecklistItem& row) {
    std::vector<std::string> codes;
    for (const domain::EvidenceVersionId id : row.evidence) {
        if (const auto known = view.evidence.find(id); known != view.evidence.end())
            codes.push_back(known->second);
    }
    return spaced(codes);
}

std::string writerOf(const ChecklistView& view, const ChecklistItem& row) {
    const auto who = std::find_if(view.parties.begin(), view.parties.end(),
                                  [&](const auto& party) { return party.id == row.by; });
    return who == view.parties.end() ? std::string() : who->account;
}

}  // namespace

std::string checklistCsv(const ChecklistView& view) {
    std::string csv = codec::csvLine(exportedColumns);
    for (const ChecklistItem& row : view.audit.checklist) {
        csv += codec::csvLine({std::to_string(row.row.value), row.clause, row.question, row.sample.population,
                               row.sample.method, row.sample.size == 0 ? "" : std::to_string(row.sample.size),
                               row.sample.lookedAt,
                               row.result ? std::string(domain::toText(*row.result)) : "", row.reason,
                               row.note, findingsOf(view, row), versionsOf(view, row), writerOf(view, row),
                               row.at ? row.at->iso() : "", std::to_string(revisionOf(row))});
    }
    return csv;
}

}  // namespace tickmark::app
