#include "tickmark/storage/Waiting.h"

#include <algorithm>

#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::storage {
namespace {

using domain::FindingState;

constexpr std::string_view findingColumns =
    "SELECT f.id, f.ref, f.title, f.state, f.class, a.ref, '', coalesce(p.ref, ''), ";
constexpr std::string_view findingJoins =
    " FROM finding f JOIN audit a ON a.id = f.audit LEFT JOIN party p ON p.id = f.owner";
/// By when an owner answers, else by when the finding is to be closed.
constexpr std::string_view answerDue =
    "CASE WHEN f.state IN ('issued', 'returned') THEN coalesce(f.response_due, f.close_due) ELSE f.close_due "
    "END";

/// The check stands beside the finding until it is done.
constexpr std::string_view checkBooked =
    "EXISTS (SELECT 1 FROM finding_facet x WHERE x.finding = f.id AND x.facet = 'check_on')";

std::optional<Date> dayOf(const Statement& row, int column) {
    if (row.isNull(column)) return std::nullopt;
    auto day = Date::parse(row.text(column));
    return day ? std::optional<Date>(*day) : std::nullopt;
}

void gather(ReadSession& session, const Query& query, WaitingKind kind, std::vector<WaitingRow>& rows) {
    constexpr int dueColumn = 8;
    Statement row = query.prepare(session.connection());
    while (row.step()) {
        WaitingRow one;
        one.kind = kind;
        one.id = row.integer(0);
        one.ref = row.text(1);
        one.title = row.text(2);
        one.state = row.text(3);
        one.classCode = row.text(4);
        one.auditRef = row.text(5);
        one.findingRef = row.text(6);
        one.ownerAccount = row.text(7);
        one.due = dayOf(row, dueColumn);
        rows.push_back(std::move(one));
    }
}

std::string limitOf(std::size_t most) { return " LIMIT " + std::to_string(most); }

/// One state of the findings, walked along (state, close_due): first those with a date, then the others.
void gatherState(ReadSession& session, const Scope& scope, const WaitingQuestion& question,
                 FindingState state, std::size_t most, std::vector<WaitingRow>& rows) {
    const std::size_t before = rows.size();
    const auto query = [&](std::string_view condition, std::string_view order, std::size_t limit) {
        Query wanted(std::string(findingColumns) + "f.close_due" + std::string(findingJoins));
        wanted.where("f.state = ?", {textValue(domain::toText(state))}).where(condition);
        if (question.before) wanted.where("f.close_due < ?", {Value(question.before->iso())});
        if (question.checksApart && state == FindingState::Verified)
            wanted.where("NOT " + std::string(checkBooked));
        whereFindingVisible(wanted, scope);
        wanted.text(std::string(order) + limitOf(limit));
        gather(session, wanted, WaitingKind::Finding, rows);
    };
    query("f.close_due IS NOT NULL", " ORDER BY f.close_due, f.id", most);
    const std::size_t got = rows.size() - before;
    if (!question.before && !question.dated && got < most)
        query("f.close_due IS NULL", " ORDER BY f.id", most - got);
}

void whereOwned(Query& query, const Scope& scope, const WaitingQuestion& question) {
    query.anyOf("f.state", stateValues(question.findings));
    query.where("f.owner = ?", {Value(question.owner->value)});
    if (question.before) query.where("(" + std::string(answerDue) + ") < ?", {Value(question.before->iso())});
    if (question.dated) query.where("(" + std::string(answerDue) + ") IS NOT NULL");
    whereFindingVisible(query, scope);
}

void gatherFindings(ReadSession& session, const Scope& scope, const WaitingQuestion& question,
                    std::size_t most, std::vector<WaitingRow>& rows) {
    if (question.findings.empty()) return;
    if (!question.owner) {
        for (const FindingState state : question.findings)
            gatherState(session, scope, question, state, most, rows);
        return;
    }
    Query query(std::string(findingColumns) + std::string(answerDue) + " AS due" + std::string(findingJoins));
    whereOwned(query, scope, question);
    query.text(" ORDER BY due IS NULL, due, f.id" + limitOf(most));
    gather(session, query, WaitingKind::Finding, rows);
}

void whereAction(Query& query, const Scope& scope, const WaitingQuestion& question) {
    query.anyOf("c.state", stateValues(question.actions));
    query.where("c.open = 1");
    if (question.owner) query.where("c.owner = ?", {Value(question.owner->value)});
    if (question.before) query.where("c.due < ?", {Value(question.before->iso())});
    if (question.dated) query.where("c.due IS NOT NULL");
    whereOfVisibleFinding(query, "c.finding", scope);
}

void gatherActions(ReadSession& session, const Scope& scope, const WaitingQuestion& question,
                   std::size_t most, std::vector<WaitingRow>& rows) {
    if (question.actions.empty()) return;
    Query query(
        "SELECT c.id, c.ref, c.title, c.state, d.class, a.ref, d.ref, coalesce(p.ref, ''), c.due "
        "FROM action c JOIN finding d ON d.id = c.finding JOIN audit a ON a.id = d.audit "
        "LEFT JOIN party p ON p.id = c.owner");
    whereAction(query, scope, question);
    query.text(" ORDER BY c.due IS NULL, c.due, c.id" + limitOf(most));
    gather(session, query, WaitingKind::Action, rows);
}

void whereRequest(Query& query, const Scope& scope, const WaitingQuestion& question) {
    query.anyOf("r.state", stateValues(question.requests));
    if (question.owner) query.where("r.assignee = ?", {Value(question.owner->value)});
    if (question.before) query.where("r.due < ?", {Value(question.before->iso())});
    if (question.dated) query.where("r.due IS NOT NULL");
    whereRequestVisible(query, scope);
}

void gatherRequests(ReadSession& session, const Scope& scope, const WaitingQuestion& question,
                    std::size_t most, std::vector<WaitingRow>& rows) {
    if (question.requests.empty()) return;
    Query query(
        "SELECT r.id, r.ref, r.text, r.state, coalesce(d.class, ''), a.ref, coalesce(d.ref, ''), "
        "coalesce(p.ref, ''), r.due FROM evidence_request r JOIN audit a ON a.id = r.audit "
        "LEFT JOIN finding d ON d.id = r.finding LEFT JOIN party p ON p.id = r.assignee");
    whereRequest(query, scope, question);
    query.text(" ORDER BY r.due IS NULL, r.due, r.id" + limitOf(most));
    gather(session, query, WaitingKind::Request, rows);
}

void whereExtension(Query& query, const Scope& scope, std::optional<Date> before) {
    query.where("c.extension_asked IS NOT NULL").where("c.open = 1");
    if (before) query.where("coalesce(c.due, c.extension_asked) < ?", {Value(before->iso())});
    whereOfVisibleFinding(query, "c.finding", scope);
}

bool earlier(const WaitingRow& a, const WaitingRow& b) {
    if (a.due.has_value() != b.due.has_value()) return a.due.has_value();
    if (a.due && *a.due != *b.due) return *a.due < *b.due;
    return a.kind != b.kind ? a.kind < b.kind : a.id < b.id;
}

/// Verified findings with a booked check, counted from the checks: there are few.
Result<std::int64_t> countVerifiedWithCheck(ReadSession& session, const Scope& scope,
                                            const WaitingQuestion& question) {
    Query query("SELECT count(*) FROM finding_facet x CROSS JOIN finding f ON f.id = x.finding");
    query.where("x.facet = 'check_on'");
    query.where("f.state = ?", {textValue(domain::toText(FindingState::Verified))});
    if (question.before) query.where("f.close_due < ?", {Value(question.before->iso())});
    if (question.dated) query.where("f.close_due IS NOT NULL");
    whereFindingVisible(query, scope);
    return countRows(session, query);
}

Result<std::int64_t> countWaitingFindings(ReadSession& session, const Scope& scope,
                                          const WaitingQuestion& question) {
    if (question.findings.empty()) return std::int64_t{0};
    if (question.owner) {
        Query query("SELECT count(*) FROM finding f");
        whereOwned(query, scope, question);
        return countRows(session, query);
    }
    std::int64_t sum = 0;
    const auto& states = question.findings;
    if (question.checksApart &&
        std::find(states.begin(), states.end(), FindingState::Verified) != states.end()) {
        TM_TRY(const std::int64_t apart, countVerifiedWithCheck(session, scope, question));
        sum -= apart;
    }
    FindingFilter filter;
    filter.dueBefore = question.before;
    if (!question.before) {
        filter.states = states;
        if (question.dated) filter.order = FindingOrder::CloseDue;
        TM_TRY(const std::int64_t count, countFindings(session, scope, filter));
        return sum + count;
    }
    // State by state, each along its own part of the index.
    for (const FindingState state : states) {
        filter.states = {state};
        TM_TRY(const std::int64_t count, countFindings(session, scope, filter));
        sum += count;
    }
    return sum;
}

}  // namespace

Result<std::vector<WaitingRow>> listWaiting(ReadSession& session, const Scope& scope,
                                            const WaitingQuestion& question, std::size_t most) {
    return guarded([&]() -> Result<std::vector<WaitingRow>> {
        std::vector<WaitingRow> rows;
        if (scope.reach == domain::Reach::Nothing) return rows;
        gatherFindings(session, scope, question, most, rows);
        gatherActions(session, scope, question, most, rows);
        gatherRequests(session, scope, question, most, rows);
        std::sort(rows.begin(), rows.end(), earlier);
        if (rows.size() > most) rows.resize(most);
        return rows;
    });
}

Result<WaitingCounts> countWaiting(ReadSession& session, const Scope& scope,
                                   const WaitingQuestion& question) {
    return guarded([&]() -> Result<WaitingCounts> {
        WaitingCounts counts;
        if (scope.reach == domain::Reach::Nothing) return counts;
        TM_TRY(counts.findings, countWaitingFindings(session, scope, question));
        if (!question.actions.empty()) {
            Query query("SELECT count(*) FROM action c");
            whereAction(query, scope, question);
            TM_TRY(counts.actions, countRows(session, query));
        }
        if (!question.requests.empty()) {
            Query query("SELECT count(*) FROM evidence_request r");
            whereRequest(query, scope, question);
            TM_TRY(counts.requests, countRows(session, query));
        }
        return counts;
    });
}

Result<std::vector<BookedCheck>> bookedChecks(ReadSession& session, const Scope& scope, std::size_t most) {
    return guarded([&]() -> Result<std::vector<BookedCheck>> {
        Query query(
            "SELECT f.ref, f.title, a.ref, x.value FROM finding_facet x JOIN finding f ON f.id = x.finding "
            "JOIN audit a ON a.id = f.audit");
        query.where("x.facet = 'check_on'");
        whereFindingVisible(query, scope);
        query.text(" ORDER BY x.value, x.finding" + limitOf(most));
        Statement row = query.prepare(session.connection());
        std::vector<BookedCheck> checks;
        while (row.step()) {
            const auto day = dayOf(row, 3);
            if (!day) continue;
            checks.push_back(
                {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), *day});
        }
        return checks;
    });
}

Result<std::int64_t> countBookedChecks(ReadSession& session, const Scope& scope, std::optional<Date> before) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM finding_facet x CROSS JOIN finding f ON f.id = x.finding");
        query.where("x.facet = 'check_on'");
        if (before) query.where("x.value < ?", {Value(before->iso())});
        whereFindingVisible(query, scope);
        return countRows(session, query);
    });
}

Result<std::vector<AskedExtension>> askedExtensions(ReadSession& session, const Scope& scope,
                                                    std::size_t most) {
    return guarded([&]() -> Result<std::vector<AskedExtension>> {
        Query query(
            "SELECT c.ref, c.title, a.ref, c.extension_asked, coalesce(c.due, c.extension_asked) AS day "
            "FROM action c JOIN finding d ON d.id = c.finding JOIN audit a ON a.id = d.audit");
        whereExtension(query, scope, std::nullopt);
        query.text(" ORDER BY day, c.id" + limitOf(most));
        Statement row = query.prepare(session.connection());
        std::vector<AskedExtension> extensions;
        while (row.step()) {
            const auto asked = dayOf(row, 3);
            const auto due = dayOf(row, 4);
            if (!asked || !due) continue;
            extensions.push_back(
                {std::string(row.text(0)), std::string(row.text(1)), std::string(row.text(2)), *asked, *due});
        }
        return extensions;
    });
}

Result<std::int64_t> countAskedExtensions(ReadSession& session, const Scope& scope,
                                          std::optional<Date> before) {
    return guarded([&]() -> Result<std::int64_t> {
        Query query("SELECT count(*) FROM action c");
        whereExtension(query, scope, before);
        return countRows(session, query);
    });
}

Result<std::optional<Date>> earliestDue(ReadSession& session, domain::AuditId audit, FindingState state) {
    return guarded([&]() -> Result<std::optional<Date>> {
        Query query("SELECT min(f.close_due) FROM finding f");
        query.where("f.audit = ?", {Value(audit.value)});
        query.where("f.state = ?", {textValue(domain::toText(state))});
        query.where("f.close_due IS NOT NULL");
        Statement row = query.prepare(session.connection());
        return row.step() ? dayOf(row, 0) : std::optional<Date>();
    });
}

}  // namespace tickmark::storage
