// What calls about improvement items bring along.
#pragma once

#include <string_view>
#include <vector>

#include "http/api/Input.h"
#include "tickmark/app/Improvements.h"

namespace tickmark::http::api {

/// Errors: Invalid "body".
[[nodiscard]] Result<app::ImprovementDraft> readImprovementDraft(const codec::Json& body);
[[nodiscard]] Result<app::ImprovementReport> readImprovementReport(const codec::Json& body);

/// Names of the filter's query parameters.
[[nodiscard]] std::vector<std::string_view> improvementFilterParameters();
/// The filter as the query asks for it; references within what the actor may see. Complaints of single
/// parameters go to the reader, whose finish() must be called before.
struct ImprovementQuery {
    storage::ImprovementFilter filter{};
    std::string owner{};
    std::string finding{};
};
[[nodiscard]] ImprovementQuery readImprovementQuery(QueryReader& query);
/// Looks up owner and finding. Errors: as findingNamed and partyNamed.
[[nodiscard]] Result<storage::ImprovementFilter> resolved(storage::ReadSession& session,
                                                          const storage::Scope& scope,
                                                          const ImprovementQuery& asked);

}  // namespace tickmark::http::api
