// Keys of people and of the installation: fingerprints, signers' keys, revocation.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/crypto/Crl.h"

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
[[nodiscard]] bool hasSignerKey(const Context& context, const std::string& account);
/// Opens a stored key. Errors: Refused "no-signing-key", "passphrase".
[[nodiscard]] Result<crypto::SigningKey> openSignerKey(Context& context, const std::string& account,
                                                       const Secret& passphrase);

/// One certificate of the local authority: an account's present key, any by its serial number, or the
/// server's seal, which gets a new key and certificate at once.
struct KeyRevocation {
    std::string account{};
    std::string serialHex{};
    bool seal = false;
    std::string reason{};
    std::filesystem::path authorityKey{};  ///< when it is kept offline
    Secret authorityPassphrase{};
    std::string code{};  ///< of the second factor (stepUp)
};
struct RevokedKey {
    std::string serialHex{};
    std::string subject{};  ///< empty when only the serial number is known
    Timestamp at{};
    std::int64_t listNumber = 0;
    std::optional<Timestamp> listUntil{};
    std::optional<Digest> newSeal{};
};
/// Publishes a new revocation list (RFC 5280 section 5) with that certificate in it. A running server uses
/// it, and a new seal, from its next sealing on. Errors: Invalid "key", "serial", "reason"; NotFound; Refused
/// "already-revoked", "foreign-key", "passphrase"; Environment "keys".
[[nodiscard]] Result<RevokedKey> revokeKey(Context& context, const domain::Actor& actor,
                                           const KeyRevocation& wish);

struct RevocationList {
    Bytes der{};
    crypto::CrlFacts facts{};
};
/// The list as it is published now.
[[nodiscard]] Result<RevocationList> revocationList(const Context& context);
/// The same entries under a new number and date, before the old list runs out.
[[nodiscard]] Result<RevocationList> renewRevocationList(Context& context, const domain::Actor& actor,
                                                         const std::filesystem::path& authorityKey,
                                                         const Secret& authorityPassphrase);
/// Keys as they lie in the data directory now, which a command may have changed since the start. Errors:
/// Refused "seal-revoked"; Environment "keys".
[[nodiscard]] Result<std::shared_ptr<const KeyRing>> currentKeys(const Context& context);

}  // namespace tickmark::app
