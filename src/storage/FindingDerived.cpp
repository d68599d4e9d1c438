// The full text and the counters that follow each finding.
#include "storage/EntityStore.h"

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
}

}  // namespace

void Derived<Finding>::write(WriteSession& session, const Finding* before, const Finding& after) {
    Connection& connection = session.connection();
    session.ledger().noteSearch(before, after);
    if (before == nullptr) {
        count(connection, after, 1);
        return;
    }
    if (before->audit != after.audit || before->classCode != after.classCode ||
        before->state != after.state) {
        count(connection, *before, -1);
        count(connection, after, 1);
    }
}

}  // namespace tickmark::storage
