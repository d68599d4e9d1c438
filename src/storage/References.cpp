#include "tickmark/storage/References.h"

#include <array>

#include "storage/EntityStore.h"

namespace tickmark::storage {
namespace {

struct Series {
    std::string_view prefix{};
    std::string_view counter{};
    std::string_view taken{};  ///< asks whether a reference is in use
};

Series seriesOf(RefSeries series) {
    switch (series) {
        case RefSeries::Finding:
            return {"F-", "ref:finding", "SELECT 1 FROM finding WHERE ref = $1"};
        case RefSeries::Action:
            return {"AC-", "ref:action", "SELECT 1 FROM action WHERE ref = $1"};
        case RefSeries::Evidence:
            return {"E-", "ref:evidence", "SELECT 1 FROM evidence WHERE ref = $1"};
        case RefSeries::Request:
            return {"ER-", "ref:request", "SELECT 1 FROM evidence_request WHERE ref = $1"};
        case RefSeries::Bundle:
            return {"B-", "ref:bundle", "SELECT 1 FROM bundle WHERE ref = $1"};
        case RefSeries::Improvement:
            return {"II-", "ref:improvement", "SELECT 1 FROM improvement_item WHERE ref = $1"};
        case RefSeries::Feedback:
            return {"FB-", "ref:feedback", "SELECT 1 FROM feedback WHERE ref = $1"};
        case RefSeries::ServiceReview:
            return {"SR-", "ref:service-review", "SELECT 1 FROM service_review WHERE ref = $1"};
        case RefSeries::Kpi:
            return {"K-", "ref:kpi", "SELECT 1 FROM kpi WHERE ref = $1"};
        case RefSeries::KpiSeries:
            return {"KS-", "ref:kpi-series", "SELECT 1 FROM kpi_series WHERE ref = $1"};
        case RefSeries::Objective:
            return {"O-", "ref:objective", "SELECT 1 FROM objective WHERE ref = $1"};
        case RefSeries::Policy:
            return {"IP-", "ref:policy", "SELECT 1 FROM policy_version WHERE ref = $1"};
        case RefSeries::Review:
            return {"MR-", "ref:review", "SELECT 1 FROM management_review WHERE ref = $1"};
        case RefSeries::Lesson:
            return {"L-", "ref:lesson", "SELECT 1 FROM lesson WHERE ref = $1"};
    }
    return {};
}

std::string numbered(std::string_view prefix, std::int64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return std::string(prefix) + digits;
}

template <class Entity>
std::string_view recordSql(std::string_view subject) {
    return Mapping<Entity>::shape.subject == subject ? std::string_view(sqlOf<Entity>().selectByRef)
                                                     : std::string_view();
}

template <class... Entities>
std::string_view recordSqlOf(std::string_view subject) {
    std::string_view found;
    ((found.empty() ? static_cast<void>(found = recordSql<Entities>(subject)) : static_cast<void>(0)), ...);
    return found;
}

}  // namespace

Result<std::string> nextRef(WriteSession& session, RefSeries series) {
    TM_TRY(auto refs, nextRefs(session, series, 1));
    return std::move(refs.front());
}

Result<std::vector<std::string>> nextRefs(WriteSession& session, RefSeries series, std::size_t count) {
    return guarded([&]() -> Result<std::vector<std::string>> {
        const Series wanted = seriesOf(series);
        std::vector<std::string> refs;
        refs.reserve(count);
        while (refs.size() < count) {
            const auto missing = static_cast<std::int64_t>(count - refs.size());
            const std::int64_t last = countUp(session.connection(), wanted.counter, missing);
            for (std::int64_t number = last - missing + 1; number <= last; ++number) {
                std::string ref = numbered(wanted.prefix, number);
                Statement taken = session.connection().prepare(wanted.taken);
                if (!taken.bind(std::string_view(ref)).step()) refs.push_back(std::move(ref));
            }
        }
        return refs;
    });
}

Result<std::string> recordOf(ReadSession& session, std::string_view subject, std::string_view ref) {
    return guarded([&]() -> Result<std::string> {
        const std::string_view sql =
            recordSqlOf<domain::Party, domain::Catalog, domain::Audit, domain::Finding, domain::Action,
                        domain::Evidence, domain::EvidenceVersion, domain::EvidenceRequest, domain::Bundle,
                        domain::ImprovementItem, domain::Kpi, domain::KpiSeries, domain::Objective,
                        domain::PolicyVersion, domain::ManagementReview, domain::Lesson, domain::Feedback,
                        domain::ServiceReview>(subject);
        const std::string what = std::string(subject) + " " + std::string(ref);
        if (sql.empty()) return notFound(what);
        Statement statement = session.connection().prepare(sql);
        if (!statement.bind(ref).step()) return notFound(what);
        return std::string(statement.text(0));
    });
}

}  // namespace tickmark::storage
