// Reading evidence, as a whole or to look at it.
#pragma once

#include "tickmark/app/EvidenceUse.h"

namespace tickmark::app {

enum class Reading { Download, Preview };

/// As downloadEvidence. A preview is an entry of custody only when the same person did not read the version
/// within the last fifteen minutes.
[[nodiscard]] Result<Download> readEvidence(Context& context, const domain::Actor& actor,
                                            const VersionName& name, Reading reading);

}  // namespace tickmark::app
