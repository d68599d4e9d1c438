// The list of findings: the query everybody runs all day, so it is built to be walked along one index.
#include "storage/Lists.h"
#include "storage/ScopeSql.h"
#include "storage/SearchText.h"
#include "storage/TrendSql.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::storage {
namespace {

constexpr std::string_view columns =
    "SELECT f.id, f.ref, f.title, f.class, f.state, a.ref, p.ref, p.name, f.clauses, f.response_due, "
    "f.close_due, "
    "f.rev, f.changed_at, f.evidence, "
    "(SELECT count(*) FROM action n WHERE n.finding = f.id AND n.state <> 'cancelled') ";
constexpr std::string_view joins = " JOIN audit a ON a.id = f.audit LEFT JOIN party p ON p.id = f.owner";

void readInto(FindingRow& row, const Statement& from) {
    row.id.value = from.integer(0);
    row.ref = from.text(1);
    row.title = from.text(2);
    row.classCode = from.text(3);
    row.state = from.text(4);
    row.auditRef = from.text(5);
    row.ownerAccount = from.text(6);
    row.ownerName = from.text(7);
    row.clauses = from.text(8);
    row.responseDue = from.text(9);
    row.closeDue = from.text(10);
    row.rev = from.integer(11);
    row.changedAt.micros = from.integer(12);
    row.evidence = from.integer(13);
    row.actions = from.integer(14);
}

bool isDated(const FindingFilter& filter) { return filter.auditedFrom || filter.auditedTo || filter.undated; }

/// What the audit decides; tallies have its column too. "+f.audit" keeps it from being walked by the audit.
void whereAudit(Query& query, const FindingFilter& filter, const std::string& column = "f.audit") {
    if (filter.audit) query.where(column + " = ?", {Value(filter.audit->value)});
    const std::string day = column + " IN (SELECT d.id FROM audit d WHERE coalesce(d.to_day, d.from_day) ";
    if (filter.auditedFrom) query.where(day + ">= ?)", {Value(filter.auditedFrom->iso())});
    if (filter.auditedTo) query.where(day + "<= ?)", {Value(filter.auditedTo->iso())});
    if (filter.undated) query.where(day + "IS NULL)");
}

/// The conditions behind the numbers of the trend review.
void whereTrend(Query& query, const FindingFilter& filter) {
    if (filter.counted) whereCounted(query);
    for (const auto& [facet, text] : filter.facets) {
        query.where("f.id IN (SELECT x.finding FROM finding_facet x WHERE x.facet = ? AND x.value = ?)",
                    {Value(std::string(domain::toText(facet))), Value(domain::facetText(text))});
    }
    if (filter.repeats) query.where("f.repeat_of <> ''");
    if (filter.checkBy) {
        query.where(
            "f.id IN (SELECT x.finding FROM finding_facet x WHERE x.facet = 'check_on' AND x.value <= ?)",
            {Value(filter.checkBy->iso())});
    }
}

void whereFilter(Query& query, const FindingFilter& filter, const std::string& audit = "f.audit") {
    whereAudit(query, filter, audit);
    // A class holds a great part of all findings: where days are asked for, their index is the better way in.
    const bool days = filter.dueBefore || filter.dueAfter || filter.order == FindingOrder::CloseDue;
    if (!filter.classCode.empty())
        query.where(days ? "coalesce(f.class, '') = ?" : "f.class = ?", {Value(filter.classCode)});
    query.anyOf("f.state", stateValues(filter.states));
    if (filter.owner) query.where("f.owner = ?", {Value(filter.owner->value)});
    if (filter.dueBefore) query.where("f.close_due < ?", {Value(filter.dueBefore->iso())});
    if (filter.dueAfter) query.where("f.close_due > ?", {Value(filter.dueAfter->iso())});
    if (filter.openOnly) query.where("f.open = 1");
    whereTrend(query, filter);
}

/// The same, written so that only the audits are offered to the planner as an index: it knows no better
/// without statistics than to take the first equality, which half of all findings may fit.
void whereFilterOfFewAudits(Query& query, const FindingFilter& filter, const std::string& audit = "f.audit") {
    FindingFilter rest = filter;
    rest.classCode.clear();
    rest.states.clear();
    rest.owner.reset();
    rest.openOnly = false;
    whereFilter(query, rest, audit);
    if (!filter.classCode.empty()) query.where("coalesce(f.class, '') = ?", {Value(filter.classCode)});
    query.anyOf("coalesce(f.state, '')", stateValues(filter.states));
    if (filter.owner) query.where("coalesce(f.owner, 0) = ?", {Value(filter.owner->value)});
    if (filter.openOnly) query.where("coalesce(f.open, 0) = 1");
}

// What is decided before the query is written.
struct Plan {
    std::string search{};  ///< full-text expression, or empty
    Cursor cursor{};
    bool few = false;  ///< the person reaches few findings
};

void whereVisible(Query& query, const Scope& scope, const Plan& plan, std::string_view& key) {
    if (!plan.few) {
        whereFindingVisible(query, scope);
        return;
    }
    whereFindingVisibleFew(query, scope);
    if (key == "f.id") key = "+f.id";  // gathered by audit, so not walked along the id
}

// The list's query. Its driving table is the full text, the clause table or the findings themselves; CROSS
// JOIN keeps the planner from turning that round (it knows no better without statistics).
Query listQuery(const Scope& scope, const FindingFilter& filter, const PageRequest& page, const Plan& plan) {
    const bool byDue = filter.order == FindingOrder::CloseDue;
    const bool byClause = plan.search.empty() && !filter.clause.empty();
    std::string_view key = "f.id";
    Query query(columns);
    if (!plan.search.empty()) {
        query.text("FROM finding_search s CROSS JOIN finding f ON f.id = s.rowid").text(joins);  // sqlite:
        query.where("finding_search MATCH ?", {Value(plan.search)});                             // sqlite:
        key = byDue ? key : "s.rowid";
    } else if (byClause) {
        query.text("FROM finding_clause k CROSS JOIN finding f ON f.id = k.finding").text(joins);
        query.where("k.clause = ?", {Value(filter.clause)});
        key = byDue ? key : "k.finding";
    } else {
        query.text("FROM finding f").text(joins);
    }
    if (!byClause && !filter.clause.empty()) {
        query.where("EXISTS (SELECT 1 FROM finding_clause k WHERE k.finding = f.id AND k.clause = ?)",
                    {Value(filter.clause)});
    }
    if (plan.few) {
        whereFilterOfFewAudits(query, filter);
    } else {
        whereFilter(query, filter, "+f.audit");
    }
    whereVisible(query, scope, plan, key);
    if (!byDue) {
        newestFirst(query, key, plan.cursor, page);
        return query;
    }
    query.where("(f.close_due, f.id) > (?, ?)",
                {Value(plan.cursor.key), Value(plan.cursor.first ? std::int64_t{0} : plan.cursor.id)});
    query.text(" ORDER BY f.close_due, f.id LIMIT " + std::to_string(page.limit + 1));
    return query;
}

/// The page's numbers first: what stands in a row costs more than the row is worth when thousands are
/// gathered and fifty are shown.
Result<std::vector<Value>> gathered(Connection& connection, const Scope& scope, const FindingFilter& filter,
                                    const PageRequest& page, const Cursor& cursor) {
    const bool byDue = filter.order == FindingOrder::CloseDue;
    Query query("SELECT f.id FROM finding f");
    if (!filter.clause.empty()) {
        query.where("EXISTS (SELECT 1 FROM finding_clause k WHERE k.finding = f.id AND k.clause = ?)",
                    {Value(filter.clause)});
    }
    whereFilterOfFewAudits(query, filter);
    whereFindingVisible(query, scope);
    if (byDue) {
        query.where("(coalesce(f.close_due, ''), f.id) > (?, ?)",
                    {Value(cursor.key), Value(cursor.first ? std::int64_t{0} : cursor.id)});
        query.where("f.close_due IS NOT NULL");
        query.text(" ORDER BY coalesce(f.close_due, ''), +f.id LIMIT " + std::to_string(page.limit + 1));
    } else {
        newestFirst(query, "+f.id", cursor, page);
    }
    Statement statement = query.prepare(connection);
    std::vector<Value> ids;
    ids.reserve(page.limit + 1);
    while (statement.step()) ids.emplace_back(statement.integer(0));
    return ids;
}

/// The page's numbers among the newest findings alone, which hold them where the audits lie mixed.
std::vector<Value> amongNewest(Connection& connection, const Scope& scope, const FindingFilter& filter,
                               const PageRequest& page, const Cursor& cursor) {
    constexpr std::int64_t newest = 4000;
    std::int64_t top = cursor.id;
    if (cursor.first) {
        const Query newestOne("SELECT coalesce(max(id), 0) FROM finding");
        Statement last = newestOne.prepare(connection);
        top = last.step() ? last.integer(0) : 0;
    }
    Query query("SELECT f.id FROM finding f");
    query.where("f.id > ?", {Value(top - newest)});
    if (!filter.clause.empty()) {
        query.where("EXISTS (SELECT 1 FROM finding_clause k WHERE k.finding = f.id AND k.clause = ?)",
                    {Value(filter.clause)});
    }
    whereFilterOfFewAudits(query, filter, "+f.audit");
    whereFindingVisible(query, scope);
    newestFirst(query, "f.id", cursor, page);
    Statement statement = query.prepare(connection);
    std::vector<Value> ids;
    while (statement.step()) ids.emplace_back(statement.integer(0));
    return ids;
}

Query rowsOf(std::vector<Value> ids, bool byDue) {
    Query query(columns);
    query.text("FROM finding f").text(joins);
    std::string marks;
    for (std::size_t i = 0; i < ids.size(); ++i) marks += i == 0 ? "?" : ", ?";
    query.where("f.id IN (" + marks + ")", std::move(ids));
    query.text(byDue ? " ORDER BY f.close_due, f.id" : " ORDER BY f.id DESC");
    return query;
}

/// Whether audit, class, state and owner decide everything that is asked for.
bool inTally(const Scope& scope, const FindingFilter& filter) {
    return scope.reach != domain::Reach::OwnItems && filter.clause.empty() && !filter.dueBefore &&
           !filter.dueAfter && filter.facets.empty() && !filter.repeats && !filter.checkBy &&
           filter.order == FindingOrder::Newest;
}

/// Whether one clause or facet beside audit and class decides everything, among what trends count.
bool inTrendTally(const Scope& scope, const FindingFilter& filter) {
    const std::size_t values = filter.facets.size() + (filter.clause.empty() ? 0 : 1);
    return values == 1 && filter.counted && !filter.openOnly && filter.states.empty() &&
           scope.reach != domain::Reach::OwnItems && !filter.owner && !filter.dueBefore && !filter.dueAfter &&
           !filter.repeats && !filter.checkBy && filter.order == FindingOrder::Newest;
}

Query trendCountQuery(const Scope& scope, const FindingFilter& filter) {
    Query query("SELECT coalesce(sum(f.count), 0) FROM trend_tally f");
    if (filter.clause.empty()) {
        const auto& [facet, text] = filter.facets.front();
        query.where("f.facet = ? AND f.value = ?",
                    {Value(std::string(domain::toText(facet))), Value(domain::facetText(text))});
    } else {
        query.where("f.facet = 'clause' AND f.value = ?", {Value(filter.clause)});
    }
    whereAudit(query, filter);
    if (!filter.classCode.empty()) query.where("f.class = ?", {Value(filter.classCode)});
    whereFindingAudit(query, "f.audit", scope);
    return query;
}

Query countQuery(const Scope& scope, const FindingFilter& filter, const std::string& search) {
    if (search.empty() && inTally(scope, filter)) {
        Query query(filter.owner ? "SELECT coalesce(sum(f.count), 0) FROM finding_owner_tally f"
                                 : "SELECT coalesce(sum(f.count), 0) FROM finding_tally f");
        whereFilter(query, filter);
        whereFindingVisible(query, scope);
        return query;
    }
    if (search.empty() && inTrendTally(scope, filter)) return trendCountQuery(scope, filter);
    Query query("SELECT count(*) FROM finding f");
    if (!search.empty()) {
        query.where("f.id IN (SELECT s.rowid FROM finding_search s WHERE finding_search MATCH ?)",  // sqlite:
                    {Value(search)});
    }
    if (!filter.clause.empty()) {
        query.where("f.id IN (SELECT k.finding FROM finding_clause k WHERE k.clause = ?)",
                    {Value(filter.clause)});
    }
    if (filter.order == FindingOrder::CloseDue) query.where("f.close_due IS NOT NULL");
    whereFilter(query, filter);
    whereFindingVisible(query, scope);
    return query;
}

/// How many the tallies have of what the audits, class and state of `filter` allow.
Result<std::int64_t> tallied(ReadSession& session, const Scope& scope, FindingFilter filter) {
    FindingFilter asked;
    asked.auditedFrom = filter.auditedFrom;
    asked.auditedTo = filter.auditedTo;
    asked.undated = filter.undated;
    asked.classCode = std::move(filter.classCode);
    asked.states = std::move(filter.states);
    asked.openOnly = filter.openOnly;
    asked.counted = filter.counted;
    return countRows(session, countQuery(scope, asked, {}));
}

/// Whether the findings of the audits asked for, or the repeats, are gathered from their index and sorted:
/// walking the list would pass all others on the way, and older audits lie at its end. When most fit, the
/// walk passes fewer than would be gathered.
Result<bool> gathers(ReadSession& session, const Scope& scope, const FindingFilter& filter,
                     const Plan& plan) {
    if (!plan.search.empty()) return false;
    if (filter.audit || filter.repeats) return true;
    if (!isDated(filter)) return false;
    if (scope.reach == domain::Reach::OwnItems)
        return true;  // the tallies do not know whose items they count
    TM_TRY(const std::int64_t fit, tallied(session, scope, filter));
    FindingFilter anyDay = filter;
    anyDay.auditedFrom.reset();
    anyDay.auditedTo.reset();
    anyDay.undated = false;
    TM_TRY(const std::int64_t all, tallied(session, scope, anyDay));
    return fit <= all / 2;
}

/// The numbers of a page that is gathered.
Result<std::vector<Value>> pageOf(Connection& connection, const Scope& scope, const FindingFilter& filter,
                                  const PageRequest& page, const Cursor& cursor) {
    if (filter.order != FindingOrder::CloseDue && !filter.audit && !filter.repeats) {
        std::vector<Value> ids = amongNewest(connection, scope, filter, page, cursor);
        if (ids.size() > page.limit) return ids;
    }
    return gathered(connection, scope, filter, page, cursor);
}

using VisitFinding = std::function<void(const FindingRow&)>;

/// The rows of one page; the cursor of the next, or nothing.
std::string walk(Statement statement, const PageRequest& page, bool byDue, const VisitFinding& visit) {
    FindingRow row;
    std::size_t count = 0;
    while (statement.step()) {
        if (count == page.limit) return byDue ? cursorOf(row.closeDue, row.id.value) : cursorOf(row.id.value);
        readInto(row, statement);
        visit(row);
        ++count;
    }
    return {};
}

/// All less those without a close date, which are few and stand together in an index.
Result<std::int64_t> countDated(ReadSession& session, const Scope& scope, const FindingFilter& filter) {
    TM_TRY(const std::int64_t all, countRows(session, countQuery(scope, filter, {})));
    Query undated("SELECT count(*) FROM finding f");
    undated.where("f.close_due IS NULL");
    whereFilterOfFewAudits(undated, filter);
    whereFindingVisible(undated, scope);
    TM_TRY(const std::int64_t without, countRows(session, undated));
    return all - without;
}

}  // namespace

Result<std::int64_t> countFindings(ReadSession& session, const Scope& scope, const FindingFilter& filter) {
    return guarded([&]() -> Result<std::int64_t> {
        const std::string search = searchExpression(filter.q);
        if (search.empty() && filter.q.find_first_not_of(" \t\r\n") != std::string::npos)
            return std::int64_t{0};
        if (search.empty() && filter.order == FindingOrder::CloseDue) {
            FindingFilter all = filter;
            all.order = FindingOrder::Newest;
            if (inTally(scope, all)) return countDated(session, scope, all);
        }
        return countRows(session, countQuery(scope, filter, search));
    });
}

Result<std::string> eachFinding(ReadSession& session, const Scope& scope, const FindingFilter& filter,
                                const PageRequest& page,
                                const std::function<void(const FindingRow&)>& visit) {
    return guarded([&]() -> Result<std::string> {
        const bool byDue = filter.order == FindingOrder::CloseDue;
        Plan plan{.search = searchExpression(filter.q)};
        TM_TRY(plan.cursor, openPage(page, byDue));
        // Only signs: nothing can match, which is an answer and no error.
        if (plan.search.empty() && filter.q.find_first_not_of(" \t\r\n") != std::string::npos)
            return std::string();
        plan.few = reachesFewFindings(session.connection(), scope);
        std::vector<Value> ids;
        TM_TRY(const bool gather, gathers(session, scope, filter, plan));
        if (gather) {
            TM_TRY(ids, pageOf(session.connection(), scope, filter, page, plan.cursor));
        }
        if (gather && ids.empty()) return std::string();
        const Query query = gather ? rowsOf(std::move(ids), byDue) : listQuery(scope, filter, page, plan);
        return walk(query.prepare(session.connection()), page, byDue, visit);
    });
}

Result<Page<FindingRow>> listFindings(ReadSession& session, const Scope& scope, const FindingFilter& filter,
                                      const PageRequest& page) {
    Page<FindingRow> answer;
    answer.rows.reserve(std::min<std::size_t>(page.limit, 200));
    TM_TRY(answer.next, eachFinding(session, scope, filter, page,
                                    [&answer](const FindingRow& row) { answer.rows.push_back(row); }));
    return answer;
}

}  // namespace tickmark::storage
