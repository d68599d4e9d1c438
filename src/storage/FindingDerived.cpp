// The full text and the counters that follow each finding.
#include <array>

#include "storage/EntityStore.h"

namespace tickmark::storage {
namespace {

using domain::Finding;

std::array<std::string_view, 8> searchedTexts(const Finding& finding) {
    return {finding.ref.text(), finding.title, finding.requirement, finding.objectiveEvidence,
            finding.nature,     finding.risk,  finding.process,     finding.service};
}

void bindTexts(Statement& statement, const Finding& finding) {
    for (const std::string_view text : searchedTexts(finding)) statement.bind(text);
}

void addText(Connection& connection, const Finding& finding) {
    Statement statement = connection.prepare(
        "INSERT INTO finding_search (rowid, ref, title, requirement, objective_evidence, nature, risk, "
        "process, "
        "service) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");  // sqlite:
    statement.bind(finding.id.value);
    bindTexts(statement, finding);
    statement.run();
}

// An index over external content must be told the old texts exactly to forget them (FTS5 section 4.4.3).
void removeText(Connection& connection, const Finding& finding) {
    Statement statement = connection.prepare(
        "INSERT INTO finding_search (finding_search, rowid, ref, title, requirement, objective_evidence, "
        "nature, risk, "
        "process, service) VALUES ('delete', $1, $2, $3, $4, $5, $6, $7, $8, $9)");  // sqlite:
    statement.bind(finding.id.value);
    bindTexts(statement, finding);
    statement.run();
}

void count(Connection& connection, const Finding& finding, std::int64_t change) {
    const std::string_view state = domain::toText(finding.state);
    connection
        .prepare(
            "INSERT INTO finding_tally (audit, class, state, open, count) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (audit, class, state) DO UPDATE SET count = finding_tally.count + excluded.count")
        .bind(finding.audit.value, std::string_view(finding.classCode), state)
        .bind(std::int64_t{domain::isFinal(finding.state) ? 0 : 1}, change)
        .run();
}

}  // namespace

void Derived<Finding>::write(Connection& connection, const Finding* before, const Finding& after) {
    if (before == nullptr) {
        addText(connection, after);
        count(connection, after, 1);
        return;
    }
    if (searchedTexts(*before) != searchedTexts(after)) {
        removeText(connection, *before);
        addText(connection, after);
    }
    if (before->audit != after.audit || before->classCode != after.classCode ||
        before->state != after.state) {
        count(connection, *before, -1);
        count(connection, after, 1);
    }
}

}  // namespace tickmark::storage
