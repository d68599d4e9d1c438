// tickmark ledger show, request, cosign and witness: who watches the log, and what they cosigned.
#pragma once

#include "cli/Command.h"

namespace tickmark::cli {

void addWitnessCommands(CLI::App& ledger, Program& program);

}  // namespace tickmark::cli
