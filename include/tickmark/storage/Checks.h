// Rows of working papers as coverage and the audit programme count them; no record is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// A clause in the checklist of one audit.
struct CheckCount {
    std::string clause{};
    domain::AuditId audit{};
    std::int64_t rows = 0;
    std::int64_t examined = 0;  ///< domain::isExamined
};
/// Of the audits that the scope reaches and that lie in the period (either end may be open); cancelled audits
/// are left out. Ordered by clause, then audit. An empty catalog means any.
[[nodiscard]] Result<std::vector<CheckCount>> countChecks(ReadSession& session, const Scope& scope,
                                                          const std::string& catalog,
                                                          const std::optional<Date>& from,
                                                          const std::optional<Date>& to);

/// The years in which audits that the scope reaches begin, latest first.
[[nodiscard]] Result<std::vector<int>> auditYears(ReadSession& session, const Scope& scope);

}  // namespace tickmark::storage
