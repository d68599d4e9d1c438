// What the catalog knows about one version from a malware scanner.
#pragma once

#include "tickmark/app/MalwareScan.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/storage/MalwareScans.h"

namespace tickmark::app {

/// "none" with a reason in words for people when no outcome is kept.
[[nodiscard]] Result<Scanned> scannedVersion(const Context& context, storage::ReadSession& session,
                                             const domain::EvidenceVersion& version);

}  // namespace tickmark::app
