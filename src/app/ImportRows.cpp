#include "app/ImportRows.h"

namespace tickmark::app {
namespace {

/// What a dry run returns from inside the transaction so that it is undone; recognised by its type.
constexpr const char* dryRunType = "dry-run";

/// What came of reading all rows.
struct RowsDone {
    std::vector<std::string> refs{};
    std::vector<Error> problems{};
};

/// Every row in turn; what is wrong with one does not keep the others from being judged. Errors: only those
/// of a broken environment.
Result<RowsDone> runRows(storage::WriteSession& session, const codec::CsvTable& table, const RowDeed& deed) {
    RowsDone done;
    for (const codec::CsvRow& row : table.rows) {
        RowReader reader(table, row);
        auto made = deed(session, reader);
        const bool broken = !made && (made.error().kind == ErrorKind::Environment ||
                                      made.error().kind == ErrorKind::Internal);
        if (broken) return std::move(made).error();
        if (made)
            done.refs.push_back(*std::move(made));
        else
            reader.complain(made.error());
        for (Error& problem : reader.takeProblems()) done.problems.push_back(std::move(problem));
    }
    return done;
}

}  // namespace

std::string unguarded(std::string text) {
    constexpr std::string_view starters = "=+-@\t\r\n";
    if (text.size() > 1 && text[0] == '\'' && starters.find(text[1]) != std::string_view::npos)
        text.erase(0, 1);
    return text;
}

Error importProblems(std::vector<Error> problems) {
    Error error = invalid("import", "file",
                          "Nothing was imported: " + std::to_string(problems.size()) +
                              (problems.size() == 1 ? " problem was found." : " problems were found."));
    error.fix = "Correct the lines named and import the file again.";
    error.parts = std::move(problems);
    return error;
}

Result<ImportOutcome> importRows(Context& context, const codec::CsvTable& table, bool dryRun,
                                 const std::function<Result<void>(storage::WriteSession&)>& prepare,
                                 const RowDeed& deed) {
    ImportOutcome outcome;
    outcome.dryRun = dryRun;
    auto done = context.database->write([&](storage::WriteSession& session) -> Result<ImportOutcome> {
        TM_CHECK(prepare(session));
        TM_TRY(RowsDone rows, runRows(session, table, deed));
        if (!rows.problems.empty()) return importProblems(std::move(rows.problems));
        outcome.refs = std::move(rows.refs);
        outcome.created = static_cast<std::int64_t>(outcome.refs.size());
        if (dryRun) return refused(dryRunType, "Nothing is kept of a dry run.");
        return outcome;
    });
    if (done) return done;
    if (dryRun && done.error().type == dryRunType) return outcome;
    return done;
}

}  // namespace tickmark::app
