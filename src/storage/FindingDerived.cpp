// The full text and the counters that follow each finding.
#include <set>

#include "storage/EntityStore.h"
#include "tickmark/domain/Trends.h"

namespace tickmark::storage {
namespace {

using domain::Finding;

void count(Connection& connection, const Finding& finding, std::int64_t change) {
    const std::string_view state = domain::toText(finding.state);
    connection
        .prepare(
            "INSERT INTO finding_tally (audit, class, state, open, count) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (audit, class, state) DO UPDATE SET count = finding_tally.count + excluded.count")
        .bind(finding.audit.value, std::string_view(finding.classCode), state)
        .bind(std::int64_t{domain::isFinal(finding.state) ? 0 : 1}, change)
        .run();
    if (!finding.owner.stored()) return;
    connection
        .prepare(
            "INSERT INTO finding_owner_tally (owner, audit, class, state, open, count) VALUES ($1, $2, $3, "
            "$4, "
            "$5, $6) ON CONFLICT (owner, audit, class, state) DO UPDATE SET count = "
            "finding_owner_tally.count + "
            "excluded.count")
        .bind(finding.owner.value, finding.audit.value, std::string_view(finding.classCode), state)
        .bind(std::int64_t{domain::isFinal(finding.state) ? 0 : 1}, change)
        .run();
}

/// Under which values trends count a finding: its facets and clauses, or nothing.
using Groups = std::set<std::pair<std::string, std::string>>;

Groups groupsOf(const Finding* finding) {
    if (finding == nullptr || !domain::countsInTrends(*finding)) return {};
    const domain::FacetValues facets = domain::facetsOf(*finding);
    Groups groups(facets.begin(), facets.end());
    for (const std::string& clause : finding->clauses) groups.emplace("clause", clause);
    return groups;
}

void countGroup(Connection& connection, const std::pair<std::string, std::string>& group,
                const Finding& finding, std::int64_t change) {
    connection
        .prepare(
            "INSERT INTO trend_tally (facet, value, audit, class, count) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT (facet, value, audit, class) DO UPDATE SET count = trend_tally.count + "
            "excluded.count")
        .bind(std::string_view(group.first), std::string_view(group.second), finding.audit.value)
        .bind(std::string_view(finding.classCode), change)
        .run();
}

/// Only what differs is written: most changes of a finding leave its groups as they are.
void countGroups(Connection& connection, const Finding* before, const Finding& after) {
    const Groups had = groupsOf(before);
    const Groups has = groupsOf(&after);
    const bool moved =
        before != nullptr && (before->audit != after.audit || before->classCode != after.classCode);
    for (const auto& group : had) {
        if (moved || !has.contains(group)) countGroup(connection, group, *before, -1);
    }
    for (const auto& group : has) {
        if (moved || !had.contains(group)) countGroup(connection, group, after, 1);
    }
}

}  // namespace

void Derived<Finding>::write(WriteSession& session, const Finding* before, const Finding& after) {
    Connection& connection = session.connection();
    session.ledger().noteSearch(before, after);
    countGroups(connection, before, after);
    if (before == nullptr) {
        count(connection, after, 1);
        return;
    }
    if (before->audit != after.audit || before->classCode != after.classCode ||
        before->state != after.state || before->owner != after.owner) {
        count(connection, *before, -1);
        count(connection, after, 1);
    }
}

}  // namespace tickmark::storage
