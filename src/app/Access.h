// What the use cases share: who may, which thing is meant, what goes into the ledger.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Transitions.h"
#include "tickmark/ledger/Event.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::app {

/// An event of that kind by the actor, now.
[[nodiscard]] ledger::Event eventOf(const Context& context, const domain::Actor& actor, std::string kind);
/// The same for a step of a state machine: facts from, to and, when given, reason.
[[nodiscard]] ledger::Event stepEvent(const Context& context, const domain::Actor& actor,
                                      std::string_view subject, std::string_view event, std::string_view from,
                                      std::string_view to, const std::string& reason);

[[nodiscard]] domain::StepInput stepInput(const Context& context, const domain::Actor& actor,
                                          const domain::Audit& audit, const std::string& reason);

/// Forbidden with words unless the actor is an auditor on the audit's team.
[[nodiscard]] Result<void> mustAudit(const domain::Actor& actor, const domain::Audit& audit,
                                     std::string_view deed);
/// Forbidden with words unless the actor leads the audit.
[[nodiscard]] Result<void> mustLead(const domain::Actor& actor, const domain::Audit& audit,
                                    std::string_view deed);
[[nodiscard]] Result<void> mustAdminister(const domain::Actor& actor, std::string_view deed);
/// Refused "audit-locked" when the audit is closed or cancelled.
[[nodiscard]] Result<void> mustBeOpen(const domain::Audit& audit);
/// Stale "stale-revision" unless `given` is the revision that is stored.
[[nodiscard]] Result<void> mustBeCurrent(std::string_view what, std::int64_t given, std::int64_t stored);
[[nodiscard]] bool isAuditor(const domain::Actor& actor, const domain::Audit& audit) noexcept;

/// The account of that name that may be named as owner or assignee; an empty text is nobody. Errors: Invalid
/// "unknown-reference" naming the field.
[[nodiscard]] Result<domain::PartyId> partyNamed(storage::ReadSession& session, std::string_view field,
                                                 const std::string& account);
/// The clauses must stand in the audit's catalog. Errors: Invalid "unknown-reference".
[[nodiscard]] Result<void> clausesExist(storage::ReadSession& session, const domain::Audit& audit,
                                        const std::vector<std::string>& clauses);
/// Versions by name ("E-0117/v1"), which must belong to the audit, be visible in the scope (naming a version
/// must not make it visible) and not be withdrawn. Errors: Invalid "unknown-reference", "withdrawn".
[[nodiscard]] Result<std::vector<domain::EvidenceVersionId>> versionsNamed(
    storage::ReadSession& session, std::string_view field, const std::vector<std::string>& names,
    domain::AuditId audit, const storage::Scope& scope);
/// Every account that the ids name, in order of first mention, without repeats and unknown ones.
[[nodiscard]] Result<std::vector<domain::Party>> partiesOf(storage::ReadSession& session,
                                                           const std::vector<domain::PartyId>& ids);

/// Appends what is not there yet; returns how many were new.
std::size_t addMissing(std::vector<domain::EvidenceVersionId>& list,
                       const std::vector<domain::EvidenceVersionId>& more);

}  // namespace tickmark::app
