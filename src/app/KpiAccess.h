// Who may do what with KPIs.
#pragma once

#include "tickmark/app/Context.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Party.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/storage/Database.h"
#include "tickmark/storage/Page.h"

namespace tickmark::app {

[[nodiscard]] bool mayReadKpis(const domain::Actor& actor) noexcept;
[[nodiscard]] bool mayEditKpis(const domain::Actor& actor) noexcept;
[[nodiscard]] bool mayMeasureKpis(const domain::Actor& actor) noexcept;

/// Each: Forbidden with words.
[[nodiscard]] Result<void> mustReadKpis(const domain::Actor& actor);
[[nodiscard]] Result<void> mustEditKpis(const domain::Actor& actor);
[[nodiscard]] Result<void> mustMeasureKpis(const domain::Actor& actor);

/// The version that is to prove a measurement: seen within the scope, not withdrawn, not found damaged.
/// Errors: Invalid naming "evidence".
[[nodiscard]] Result<domain::EvidenceVersion> provingVersion(storage::ReadSession& session,
                                                             const storage::Scope& scope,
                                                             const std::string& name);
/// "E-0117/v1", or empty when the scope does not show it.
[[nodiscard]] Result<std::string> provingName(storage::ReadSession& session, const storage::Scope& scope,
                                              domain::EvidenceVersionId id);

}  // namespace tickmark::app
