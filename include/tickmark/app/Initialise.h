// Makes a new data directory: database, archive, local authority, seal certificate, ledger key, settings.
#pragma once

#include <filesystem>
#include <string>

#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::app {

struct InitialiseInput {
    std::filesystem::path root{};
    std::string organisation{};
    Secret authorityPassphrase{};  ///< encrypts the CA key; invented when empty
    std::filesystem::path
        authorityKeyTo{};  ///< where to put the CA key instead of keys/ (an offline medium), or empty
    std::string adminAccount{"admin"};
};

struct InitialiseOutcome {
    Digest rootFingerprint{};
    std::string ledgerKey{};       ///< C2SP verifier key
    Secret adminPassword{};        ///< shown once
    Secret authorityPassphrase{};  ///< shown once when it was invented; empty otherwise
};

/// Everything is made in a folder beside it and renamed into place, so that an interrupted init leaves
/// nothing in the way. Errors: Conflict "not-empty" when root exists and holds anything; Invalid for the
/// organisation's name; Environment.
[[nodiscard]] Result<InitialiseOutcome> initialise(const InitialiseInput& input, const Clock& clock);

}  // namespace tickmark::app
