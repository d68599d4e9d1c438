// What the addresses of lists ask for. The pages of lists use these, and so do the numbers that lead to them:
// a number is counted with the very filter of its list.
#pragma once

#include <cstdint>
#include <string>

#include "tickmark/domain/Party.h"
#include "tickmark/http/WebApp.h"
#include "tickmark/http/server/Request.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Objectives.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::http::pages {

/// Of /findings. Errors: Invalid "unknown-reference" naming audit or owner.
[[nodiscard]] Result<storage::FindingFilter> findingFilterOf(storage::ReadSession& session,
                                                             const Request& request);
/// Of /actions; open ones unless `all` is asked for.
[[nodiscard]] storage::ActionFilter actionFilterOf(const Request& request, const domain::Actor& actor);
/// Of /requests. Errors: Invalid "unknown-reference".
[[nodiscard]] Result<storage::RequestFilter> requestFilterOf(storage::ReadSession& session,
                                                             const Request& request,
                                                             const storage::Scope& scope);
/// Of /audits; `underway`: fieldwork, reporting or follow-up.
[[nodiscard]] storage::AuditFilter auditFilterOf(const Request& request);
/// Of /improvements. Errors: Invalid "unknown-reference" naming the owner.
[[nodiscard]] Result<storage::ImprovementFilter> improvementFilterOf(storage::ReadSession& session,
                                                                     const Request& request);
/// Of /objectives.
[[nodiscard]] storage::ObjectiveFilter objectiveFilterOf(const Request& request);

/// How many rows the list at this address ("/findings?open=1") shows to the person, over all its pages. Knows
/// findings, actions, requests, audits, and improvements. Errors: Internal for another address;
/// those of the filters.
[[nodiscard]] Result<std::int64_t> numberBehind(WebApp& web, const domain::Actor& actor,
                                                const std::string& address);

}  // namespace tickmark::http::pages
