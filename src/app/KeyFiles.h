// The files below keys/: written once at init, read at every start.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tickmark/app/Context.h"

namespace tickmark::app {

/// The local authority's key: encrypted under a passphrase; may lie outside the data directory.
inline constexpr const char* rootKeyFile = "root.key.pem";
inline constexpr const char* rootCertificateFile = "root.pem";
inline constexpr const char* sealKeyFile = "seal.key.pem";
inline constexpr const char* sealCertificateFile = "seal.pem";
inline constexpr const char* ledgerKeyFile = "ledger.key.pem";
inline constexpr const char* ledgerPublicFile = "ledger.vkey";
inline constexpr const char* crlFile = "root.crl";

/// Days that the seal's certificate and the first revocation list are valid.
inline constexpr int sealDays = 5 * 365;
inline constexpr int crlDays = 5 * 365;

inline constexpr unsigned secretMode = 0600;
inline constexpr unsigned publicMode = 0644;
inline constexpr std::uint64_t keyFileCap = 1024 * 1024;

struct MadeKeys {
    Digest rootFingerprint{};
    std::string ledgerPublic{};
};

/// Makes root, seal, ledger key and an empty revocation list in `folder` (0700; key files 0600). The root's
/// key goes to `rootKeyTo` when that is not empty.
[[nodiscard]] Result<MadeKeys> makeKeyFiles(const std::filesystem::path& folder,
                                            const std::filesystem::path& rootKeyTo, const Settings& settings,
                                            const Secret& passphrase, Timestamp now);

/// Reads what the running server needs; never the root's key. Errors: Environment "keys" naming the file.
[[nodiscard]] Result<std::shared_ptr<const KeyRing>> loadKeyRing(const std::filesystem::path& folder,
                                                                 const Settings& settings);

/// Opens the local authority, whose key lies in `keyFile` or, when that is empty, in the data directory.
/// Errors: Environment "keys"; those of crypto::LocalAuthority::fromPem().
[[nodiscard]] Result<crypto::LocalAuthority> openAuthority(const Context& context,
                                                           const std::filesystem::path& keyFile,
                                                           const Secret& passphrase);

/// Signs checkpoints with the ring's ledger key.
[[nodiscard]] std::string signWith(const KeyRing& ring, const ledger::Checkpoint& checkpoint);

}  // namespace tickmark::app
