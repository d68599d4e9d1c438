// Audits with their open findings, the next step of each and whose it is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/storage/Audits.h"

namespace tickmark::app {

struct AuditLine {
    storage::AuditRow audit{};
    std::map<std::string, std::int64_t> openByClass{};
    std::string whose{};      ///< "Lead auditor"
    std::string step{};       ///< "issue 2 drafts"
    std::string stepState{};  ///< the findings' state behind the step, or empty
    std::optional<Date> by{};
};
/// The newest audits that are under way or planned, at most `most`, those with the earliest date first.
[[nodiscard]] Result<std::vector<AuditLine>> auditLines(Context& context, const domain::Actor& actor,
                                                        std::size_t most);

}  // namespace tickmark::app
