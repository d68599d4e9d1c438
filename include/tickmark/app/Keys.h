// Keys of people and of the installation: fingerprints, signers' keys, revocation.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

/// What an auditor compares over the phone.
struct Fingerprints {
    Digest root{};  ///< SHA-256 of the root certificate
    Digest seal{};  ///< SHA-256 of the seal's certificate
    std::string sealSubject{};
    Timestamp sealUntil{};
    std::string ledgerKey{};  ///< C2SP verifier key
    std::string rootPem{};
};
[[nodiscard]] Fingerprints fingerprintsOf(const Context& context);

/// A person's signing key as the installation keeps it: encrypted under the signer's own passphrase.
struct SignerKey {
    std::string account{};
    std::string subject{};
    Digest fingerprint{};
    std::string serialHex{};
    Timestamp notAfter{};
};
/// Made by the local authority for a lead auditor. `authorityPassphrase` opens the root's key, which lies in
/// keys/ or at `authorityKey`. An earlier key of the account is kept beside it under its serial. Errors:
/// Refused "passphrase", NotFound, Forbidden (the administrator, or the machine's owner by command), Invalid
/// "password" for a weak passphrase.
[[nodiscard]] Result<SignerKey> issueSignerKey(Context& context, const domain::Actor& actor,
                                               const std::string& account,
                                               const std::filesystem::path& authorityKey,
                                               const Secret& authorityPassphrase,
                                               const Secret& signerPassphrase);
/// From a PKCS#12 file; stored again under the same passphrase. Errors as SigningKey::fromPkcs12; Refused
/// "key-usage" when the certificate may not sign documents.
[[nodiscard]] Result<SignerKey> importSignerKey(Context& context, const domain::Actor& actor,
                                                const std::string& account, ByteView pkcs12,
                                                const Secret& passphrase);
[[nodiscard]] Result<std::vector<SignerKey>> listSignerKeys(Context& context, const domain::Actor& actor);
/// Opens a stored key. Errors: NotFound, Refused "passphrase".
[[nodiscard]] Result<crypto::SigningKey> openSignerKey(Context& context, const std::string& account,
                                                       const Secret& passphrase);

}  // namespace tickmark::app
