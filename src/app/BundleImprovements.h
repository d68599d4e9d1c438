// The improvement items of a bundle's findings, the KPIs they move and how these were measured.
#pragma once

#include "app/BundleSelection.h"

namespace tickmark::app {

/// Adds the items that answer one of the findings, the KPIs they name and every series of these.
[[nodiscard]] Result<void> addImprovements(storage::ReadSession& session, AuditItems& items);

/// Takes out the items whose finding is no longer there, then the KPIs and series that no item needs.
void keepImprovementsOfFindings(AuditItems& items);

}  // namespace tickmark::app
