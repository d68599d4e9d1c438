#include "storage/SearchBacklog.h"

#include <string_view>
#include <utility>

namespace tickmark::storage {
namespace {

constexpr std::size_t much = 256;

constexpr std::string_view insertTexts =
    "INSERT INTO finding_search (rowid, ref, title, requirement, objective_evidence, nature, risk, process, "
    "service) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";  // sqlite:
// An index over external content must be told the old texts exactly to forget them (FTS5 section 4.4.3).
constexpr std::string_view deleteTexts =
    "INSERT INTO finding_search (finding_search, rowid, ref, title, requirement, objective_evidence, nature, "
    "risk, "
    "process, service) VALUES ('delete', $1, $2, $3, $4, $5, $6, $7, $8, $9)";  // sqlite:

// Merges about so many pages of the index (FTS5 section 6.8): a small part with every commit, so that none of
// them waits for a large one.
constexpr std::string_view mergeSome =
    "INSERT INTO finding_search (finding_search, rank) VALUES ('merge', $1)";  // sqlite:
constexpr std::int64_t fewPages = 4;

SearchBacklog::Texts textsOf(const domain::Finding& finding) {
    return {finding.ref.text(), finding.title, finding.requirement, finding.objectiveEvidence,
            finding.nature,     finding.risk,  finding.process,     finding.service};
}

void run(Connection& connection, std::string_view sql, std::int64_t id, const SearchBacklog::Texts& texts) {
    Statement statement = connection.prepare(sql);
    statement.bind(id);
    for (const std::string& text : texts) statement.bind(std::string_view(text));
    statement.run();
}

}  // namespace

void SearchBacklog::add(const domain::Finding* before, const domain::Finding& after) {
    Change change{.id = after.id.value, .after = textsOf(after)};
    if (before != nullptr) {
        change.before = textsOf(*before);
        if (*change.before == change.after) return;
    }
    m_changes.push_back(std::move(change));
}

void SearchBacklog::relieve(Connection& connection, std::size_t mark) {
    if (m_changes.size() >= mark + much) writeFrom(connection, mark);
}

void SearchBacklog::writeFrom(Connection& connection, std::size_t mark) {
    for (std::size_t index = mark; index < m_changes.size(); ++index) {
        const Change& change = m_changes[index];
        if (change.before) run(connection, deleteTexts, change.id, *change.before);
        run(connection, insertTexts, change.id, change.after);
    }
    if (const auto written = static_cast<std::int64_t>(m_changes.size() - mark); written > 0) {
        connection.prepare(mergeSome).bind(fewPages + written / 4).run();
    }
    comeBack(mark);
}

}  // namespace tickmark::storage
