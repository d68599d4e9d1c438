// E70: what is known of the log before and beside the bundle: its history, witnesses, and heads that the
// verifier saw earlier.
#pragma once

#include "bundle/Inspection.h"
#include "tickmark/ledger/Checkpoint.h"

namespace tickmark::bundle {

/// `head` is the bundle's own, opened with `key`.
void checkPast(Inspection& inspection, const ledger::Checkpoint& head, const ledger::VerifierKey& key);

}  // namespace tickmark::bundle
