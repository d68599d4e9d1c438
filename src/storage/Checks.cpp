#include "tickmark/storage/Checks.h"

#include <charconv>

#include "storage/AuditPeriod.h"
#include "storage/Lists.h"
#include "storage/ScopeSql.h"

namespace tickmark::storage {

Result<std::vector<CheckCount>> countChecks(ReadSession& session, const Scope& scope,
                                            const std::string& catalog, const std::optional<Date>& from,
                                            const std::optional<Date>& to) {
    return guarded([&]() -> Result<std::vector<CheckCount>> {
        Query query(
            "SELECT k.clause, k.audit, count(*), sum(k.examined) FROM audit_check k JOIN audit a ON a.id = "
            "k.audit");
        query.where("a.state <> 'cancelled'");
        if (!catalog.empty()) query.where("a.catalog = ?", {Value(catalog)});
        whereAuditIn(query, from, to);
        whereAuditVisible(query, scope);
        query.text(" GROUP BY k.clause, k.audit ORDER BY k.clause, k.audit");
        Statement row = query.prepare(session.connection());
        std::vector<CheckCount> counts;
        while (row.step())
            counts.push_back({std::string(row.text(0)), {row.integer(1)}, row.integer(2), row.integer(3)});
        return counts;
    });
}

Result<std::vector<int>> auditYears(ReadSession& session, const Scope& scope) {
    return guarded([&]() -> Result<std::vector<int>> {
        Query query("SELECT DISTINCT substr(coalesce(a.from_day, a.to_day), 1, 4) FROM audit a");
        query.where("coalesce(a.from_day, a.to_day) IS NOT NULL");
        whereAuditVisible(query, scope);
        query.text(" ORDER BY 1 DESC");
        Statement row = query.prepare(session.connection());
        std::vector<int> years;
        while (row.step()) {
            const std::string_view text = row.text(0);
            int year = 0;
            if (std::from_chars(text.data(), text.data() + text.size(), year).ec == std::errc{})
                years.push_back(year);
        }
        return years;
    });
}

}  // namespace tickmark::storage
