// Certification auditors from outside: accounts with a first and a last day.
#pragma once

#include <string>
#include <vector>

#include "tickmark/app/Accounts.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {

struct ExternalAuditorDraft {
    std::string account{};
    std::string name{};
    Date from{};
    Date until{};
    std::string reason{};  ///< what the access is for
};
/// What is shared with somebody is decided by the lead auditor of each audit.
struct ExternalAuditor {
    domain::Party party{};
    domain::Admission admission = domain::Admission::Open;
    std::vector<storage::SharedAudit> shared{};
};

/// Administrator only, in all of these. The last day is at most two years ahead. Errors: Invalid "date",
/// "reason"; as createAccount.
[[nodiscard]] Result<CreatedAccount> createExternalAuditor(Context& context, const domain::Actor& actor,
                                                           const ExternalAuditorDraft& draft);
/// By account; those whose access ended too.
[[nodiscard]] Result<std::vector<ExternalAuditor>> listExternalAuditors(Context& context,
                                                                        const domain::Actor& actor);
/// A new last day, later than the present one or today; opens an access that was ended. Event "party.extend"
/// with the reason. Errors: Stale; Refused "role" for other accounts; Invalid "date", "reason".
[[nodiscard]] Result<domain::Party> extendExternalAuditor(Context& context, const domain::Actor& actor,
                                                          const std::string& account, std::int64_t rev,
                                                          Date until, const std::string& reason);
/// At once: sessions, tokens and signing in. Event "party.end-access" with the reason. Errors: as above;
/// Refused "ended-already".
[[nodiscard]] Result<domain::Party> endExternalAuditor(Context& context, const domain::Actor& actor,
                                                       const std::string& account, std::int64_t rev,
                                                       const std::string& reason);

}  // namespace tickmark::app
