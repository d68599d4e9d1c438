// X.509 certificates, signing keys, and the small local authority made at init (RFC 5280).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/foundation/Bytes.h"
#include "tickmark/foundation/Digest.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"
#include "tickmark/foundation/Time.h"

namespace tickmark::crypto {

/// One certificate; copies share it.
class Certificate {
  public:
    [[nodiscard]] static Result<Certificate> fromDer(ByteView der);
    /// The first certificate of a PEM text. Errors: Invalid "certificate".
    [[nodiscard]] static Result<Certificate> fromPem(std::string_view pem);
    /// Every certificate of a PEM text, at least one.
    [[nodiscard]] static Result<std::vector<Certificate>> allFromPem(std::string_view pem);

    [[nodiscard]] Bytes der() const;
    [[nodiscard]] std::string pem() const;
    /// SHA-256 over the DER, what "SHA256:hex" fingerprints show.
    [[nodiscard]] Digest fingerprint() const;
    [[nodiscard]] std::string subject() const;  ///< RFC 2253 form
    [[nodiscard]] std::string commonName() const;
    [[nodiscard]] std::string issuer() const;
    [[nodiscard]] std::string serialHex() const;
    [[nodiscard]] Timestamp notBefore() const;
    [[nodiscard]] Timestamp notAfter() const;
    [[nodiscard]] bool isAuthority() const;  ///< basicConstraints CA:TRUE
    /// True when it may sign documents: keyUsage digitalSignature or nonRepudiation, no CA, and any extended
    /// key usage limited to documentSigning (RFC 9336), emailProtection or none; never serverAuth,
    /// clientAuth, timeStamping only.
    [[nodiscard]] bool maySignDocuments() const;
    /// True when it may make timestamps: extended key usage exactly timeStamping and critical (RFC 3161
    /// section 2.3), key usage only digitalSignature or nonRepudiation, no CA.
    [[nodiscard]] bool mayMakeTimestamps() const;
    /// Key usages and extended key usages in plain words ("signs documents", "signs certificates"), an
    /// unknown extended one as its dotted object identifier.
    [[nodiscard]] std::vector<std::string> usageWords() const;
    /// http and https addresses of its issuer's revocation lists (RFC 5280 section 4.2.1.13).
    [[nodiscard]] std::vector<std::string> crlUrls() const;

    /// OpenSSL's handle, for crypto's own files only.
    [[nodiscard]] void* handle() const noexcept;

    struct State;
    explicit Certificate(std::shared_ptr<State> state);

  private:
    std::shared_ptr<State> m_state;
};

/// A private key with its certificate and the chain below the root.
class SigningKey {
  public:
    /// PKCS#8 PEM (encrypted or not) with its certificate(s). Errors: Invalid "key", Refused "passphrase"
    /// (wrong one), Refused "key-mismatch" when certificate and key do not belong together.
    [[nodiscard]] static Result<SigningKey> fromPem(std::string_view keyPem, std::string_view certificatesPem,
                                                    const Secret& passphrase);
    /// PKCS#12. Errors as above; an unsuited key (Ed25519, RSA below 3072 bits, a curve other than P-256 and
    /// P-384) is Refused "key-type".
    [[nodiscard]] static Result<SigningKey> fromPkcs12(ByteView bytes, const Secret& passphrase);

    /// PKCS#8 PEM, encrypted (PBES2, AES-256, scrypt or PBKDF2) unless the passphrase is empty.
    [[nodiscard]] std::string keyPem(const Secret& passphrase) const;
    /// PKCS#12 with the key, its certificate and intermediates (AES-256, PBKDF2, 600,000 rounds), so that
    /// signers can take their key along. Errors: Invalid "passphrase" when it is empty.
    [[nodiscard]] Result<Bytes> writePkcs12(const Secret& passphrase, const std::string& friendlyName) const;
    [[nodiscard]] const Certificate& certificate() const;
    [[nodiscard]] const std::vector<Certificate>& intermediates() const;
    [[nodiscard]] void* handle() const noexcept;

    struct State;
    explicit SigningKey(std::shared_ptr<State> state);

  private:
    std::shared_ptr<State> m_state;
};

/// What a certificate made by the local authority is for.
enum class CertificatePurpose {
    Seal,
    Signatory,
    TlsServer,
    TimeStamping  ///< for the responder of the tests; a local authority's own timestamps prove nothing
};

/// Why a certificate was revoked (RFC 5280 section 5.3.1; removeFromCRL is left out).
enum class RevocationReason {
    Unspecified = 0,
    KeyCompromise = 1,
    AuthorityCompromise = 2,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,
    PrivilegeWithdrawn = 9,
    AttributeAuthorityCompromise = 10
};

/// The organisation's own root: an EC P-256 key and a self-signed certificate (RFC 5280).
class LocalAuthority {
  public:
    /// Makes a new root valid for ten years. `organisation` becomes O and part of CN.
    [[nodiscard]] static Result<LocalAuthority> create(const std::string& organisation, Timestamp now);
    [[nodiscard]] static Result<LocalAuthority> fromPem(std::string_view keyPem,
                                                        std::string_view certificatePem,
                                                        const Secret& passphrase);

    [[nodiscard]] const Certificate& certificate() const;
    [[nodiscard]] std::string keyPem(const Secret& passphrase) const;

    /// A new EC P-256 key with a certificate by this root, valid `days`; `hosts` only for TlsServer (DNS
    /// names, IPs).
    [[nodiscard]] Result<SigningKey> issue(CertificatePurpose purpose, const std::string& commonName,
                                           Timestamp now, int days,
                                           const std::vector<std::string>& hosts = {}) const;

    /// A CRL (RFC 5280 section 5) over the given serials, DER.
    struct Revocation {
        std::string serialHex;
        Timestamp at;
        std::optional<RevocationReason> reason{};
    };
    [[nodiscard]] Result<Bytes> makeCrl(const std::vector<Revocation>& revoked, Timestamp now, int days,
                                        std::int64_t number) const;

    struct State;
    explicit LocalAuthority(std::shared_ptr<State> state);

  private:
    std::shared_ptr<State> m_state;
};

}  // namespace tickmark::crypto
