// Tallies for the trend review: counts by one key, audit and class, from tallies; no record is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Trends.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// What findings are counted by.
struct TrendKey {
    enum class Kind { Class, Clause, Facet };
    Kind kind = Kind::Clause;
    domain::FindingFacet facet = domain::FindingFacet::Process;  ///< with Kind::Facet
};

/// How many findings that count in trends (domain::countsInTrends) have this value, in one audit and class.
struct TrendCount {
    std::string value{};
    domain::AuditId audit{};
    std::string classCode{};
    std::int64_t count = 0;
};
/// A finding with several values (clauses, causes) counts once under each. Ordered by value, audit, class.
[[nodiscard]] Result<std::vector<TrendCount>> countTrend(ReadSession& session, const Scope& scope,
                                                         const TrendKey& key);

/// An audit that has findings which count, with the day it is placed on in time (its last day on site, else
/// its first). Oldest first, those without a day last.
struct TrendAudit {
    domain::AuditId id{};
    std::string ref{};
    std::string title{};
    std::string catalog{};
    std::optional<Date> day{};
    std::int64_t findings = 0;  ///< that count
    std::int64_t open = 0;      ///< of those
};
[[nodiscard]] Result<std::vector<TrendAudit>> trendAudits(ReadSession& session, const Scope& scope);

/// How many findings of one audit have this class and state.
struct AuditCount {
    domain::AuditId audit{};
    std::string classCode{};
    std::string state{};  ///< as domain::toText
    bool open = false;    ///< not final
    std::int64_t count = 0;
};
/// All that the scope reaches, drafts where it sees them. Ordered by audit, class, state.
[[nodiscard]] Result<std::vector<AuditCount>> countByAudit(ReadSession& session, const Scope& scope);

/// Earlier findings of other audits that share a clause and, when the finding names one, the process; newest
/// first, at most `most`. "Earlier" goes by id, which is the order of recording.
[[nodiscard]] Result<std::vector<domain::Finding>> repeatCandidates(ReadSession& session, const Scope& scope,
                                                                    const domain::Finding& finding,
                                                                    std::size_t most);

}  // namespace tickmark::storage
