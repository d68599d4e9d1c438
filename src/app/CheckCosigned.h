// The part of `tickmark check` that looks at what witnesses confirmed.
#pragma once

#include <vector>

#include "tickmark/app/Maintenance.h"

namespace tickmark::app {

/// Each stored head that a witness cosigned must carry the log's signature and the witness's, and be a
/// beginning of the log as it stands. Codes: "cosigned-key" (the witness's key cannot be read),
/// "cosigned-note" (not signed by this log, or not the stored size), "cosigned-signature" (not by the
/// witness, or of another time), "cosigned-root" (the witness saw another past than the one that stands
/// here), "cosigned-missing" (the ledger says that it was brought, and the row is gone). The tree itself is
/// proved by storage::checkCatalog(). Errors: Environment.
[[nodiscard]] Result<std::vector<CheckProblem>> checkCosigned(Context& context);

}  // namespace tickmark::app
