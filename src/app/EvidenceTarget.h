// What a handed-over file answers, and whether this actor may hand it over there.
#pragma once

#include <optional>

#include "tickmark/app/Context.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/storage/Database.h"

namespace tickmark::app {

/// The audit always, and at most one of the others.
struct EvidenceTarget {
    domain::Audit audit{};
    std::optional<domain::Finding> finding{};
    std::optional<domain::Action> action{};
    std::optional<domain::EvidenceRequest> request{};
    /// Reference of what is answered.
    [[nodiscard]] std::string ref() const;
};

/// Finds the target and judges. Errors: Invalid "target" when not exactly one is named, NotFound, Forbidden,
/// Refused.
[[nodiscard]] Result<EvidenceTarget> targetOf(Context& context, storage::ReadSession& session,
                                              const domain::Actor& actor, const EvidenceInput& input);

/// Adds new versions to the target and saves it with its event; an audit needs nothing. The target's revision
/// moves on.
[[nodiscard]] Result<void> link(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                                EvidenceTarget& target,
                                const std::vector<const domain::EvidenceVersion*>& versions);

}  // namespace tickmark::app
