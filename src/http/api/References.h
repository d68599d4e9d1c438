// References in filters, resolved within what the caller may see.
#pragma once

#include <optional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Page.h"

namespace tickmark::http::api {

/// Nothing for an empty text. Errors: NotFound, as for the thing itself.
[[nodiscard]] Result<std::optional<domain::AuditId>> auditNamed(storage::ReadSession& session,
                                                                const storage::Scope& scope,
                                                                const std::string& ref);
[[nodiscard]] Result<std::optional<domain::FindingId>> findingNamed(storage::ReadSession& session,
                                                                    const storage::Scope& scope,
                                                                    const std::string& ref);
/// An account that does not exist owns nothing: Invalid "unknown-reference" naming the parameter.
[[nodiscard]] Result<std::optional<domain::PartyId>> partyNamed(storage::ReadSession& session,
                                                                const std::string& parameter,
                                                                const std::string& account);

}  // namespace tickmark::http::api
