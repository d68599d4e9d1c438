// The files below tlog/, and the audit trail they prove.
#pragma once

#include <map>
#include <string>

#include "tickmark/bundle/Writer.h"

namespace tickmark::bundle {

/// data/audit-trail/entries.jsonl.
[[nodiscard]] std::string trailText(const Content& content);

/// The five files below tlog/ by name. The answer is proved first: a bundle that its own verifier would
/// refuse must not be written. Errors: Internal "ledger-answer".
[[nodiscard]] Result<std::map<std::string, std::string>> ledgerFiles(const Content& content,
                                                                     const LedgerAnswer& answer,
                                                                     const Digest& payloadManifest);

}  // namespace tickmark::bundle
