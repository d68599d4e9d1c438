// The steps for many that a role is offered, and how a form names them.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Bulk.h"

namespace tickmark::http::pages {

struct BulkStep {
    std::string code{};   ///< "assign", "due", "attach", "extend" or "move:" and an event
    std::string label{};  ///< "Assign", "Issue"
};

/// What that role may do to things of that kind, as far as its machine's table says; each thing is judged
/// when it comes to it.
[[nodiscard]] std::vector<BulkStep> bulkSteps(app::BulkKind kind, domain::Role role);
/// Sets deed and event. Errors: Invalid "unknown-word" field do.
[[nodiscard]] Result<void> readBulkStep(const std::string& code, app::BulkOrder& order);
/// "Issue" for the step of an order.
[[nodiscard]] std::string bulkStepLabel(const app::BulkOrder& order);

}  // namespace tickmark::http::pages
