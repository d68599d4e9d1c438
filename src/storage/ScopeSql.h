// A Scope as conditions of a query.
#pragma once

#include <string_view>

#include "storage/Query.h"
#include "tickmark/storage/Page.h"

namespace tickmark::storage {

/// `f` must be the finding's alias, `e` the evidence version's, `r` the request's, `b` the bundle's, `a` the
/// audit's.
void whereFindingVisible(Query& query, const Scope& scope);
/// The part of it that the audit in `column` decides; enough for what counts only findings that are out
/// (domain::countsInTrends). Not for OwnItems, which looks at the finding itself.
void whereFindingAudit(Query& query, std::string_view column, const Scope& scope);
/// True when the person reaches so few findings that it is cheaper to gather and sort them than to walk the
/// list past everybody else's; whereFindingVisibleFew is then the condition.
[[nodiscard]] bool reachesFewFindings(Connection& connection, const Scope& scope);
void whereFindingVisibleFew(Query& query, const Scope& scope);
/// For rows that hang on a finding: `column` names it, e.g. "c.finding".
void whereOfVisibleFinding(Query& query, std::string_view column, const Scope& scope);
void whereVersionVisible(Query& query, const Scope& scope);
void whereRequestVisible(Query& query, const Scope& scope);
void whereBundleVisible(Query& query, const Scope& scope);
void whereAuditVisible(Query& query, const Scope& scope);
/// `i` must be the improvement item's alias.
void whereImprovementVisible(Query& query, const Scope& scope);

}  // namespace tickmark::storage
