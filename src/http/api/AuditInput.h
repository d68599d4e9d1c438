// Audits and what belongs to them, read from JSON bodies.
#pragma once

#include <map>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/codec/Json.h"
#include "tickmark/domain/Audit.h"

namespace tickmark::http::api {

/// Accounts that may be named on a team, by sign-in name.
using Accounts = std::map<std::string, domain::PartyId>;
[[nodiscard]] Result<Accounts> assignableAccounts(app::Context& context, const domain::Actor& actor);

/// Everything a caller may set; unknown accounts are complaints like all others. Errors: Invalid "body".
[[nodiscard]] Result<domain::Audit> readAudit(const codec::Json& body, const Accounts& accounts);

}  // namespace tickmark::http::api
