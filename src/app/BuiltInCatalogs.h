// The catalogs that come with the program: clause numbers and short titles only.
#pragma once

#include <vector>

#include "tickmark/domain/Catalog.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::app {

/// Parsed from the CSV files below schemas/catalogs that are built in.
[[nodiscard]] Result<std::vector<domain::Catalog>> builtInCatalogs();

/// Columns code, parent, title. Errors: Invalid "csv", Invalid "import" with one part per bad row.
[[nodiscard]] Result<std::vector<domain::Clause>> clausesFromCsv(std::string_view csv);
/// Groups and controls of an OSCAL catalog (JSON, 1.0.0 or later): ids, parents, titles; parts and parameters
/// are left out. Errors: Invalid "oscal" naming the member.
[[nodiscard]] Result<domain::Catalog> catalogFromOscal(std::string_view json);

}  // namespace tickmark::app
