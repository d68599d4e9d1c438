#include "crypto/Revocation.h"

#include <algorithm>
#include <optional>

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"
#include "crypto/Der.h"

namespace tickmark::crypto {

namespace {

// A list together with the certificate whose key signed it.
struct SignedList {
    X509_CRL* crl = nullptr;
    Certificate issuer;
};

bool namesAsIssuer(const X509_CRL* crl, const Certificate& candidate) {
    return X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(x509Of(candidate))) == 0;
}

// The algorithm stands twice in a list, and OpenSSL 3.0 does not compare the unsigned one with the signed
// one.
bool namesOneAlgorithm(const X509_CRL* crl) {
    const Bytes der = derOf<X509_CRL>(crl, &i2d_X509_CRL);
    const auto algorithms = [&]() -> Result<bool> {
        constexpr std::string_view what = "revocation list";
        DerReader file(der);
        TM_TRY(const DerElement whole, file.take(tag::sequence, what));
        DerReader outer(whole.content);
        TM_TRY(const DerElement list, outer.take(tag::sequence, what));
        TM_TRY(const DerElement outside, outer.take(tag::sequence, what));
        DerReader inner(list.content);
        if (inner.nextIs(tag::integer)) TM_CHECK(inner.take(tag::integer, what));
        TM_TRY(const DerElement inside, inner.take(tag::sequence, what));
        return sameBytes(outside.whole, inside.whole);
    }();
    return algorithms && *algorithms;
}

bool signedBy(X509_CRL* crl, const Certificate& issuer) {
    EVP_PKEY* key = X509_get0_pubkey(x509Of(issuer));
    return key != nullptr && (X509_get_key_usage(x509Of(issuer)) & KU_CRL_SIGN) != 0 &&
           namesOneAlgorithm(crl) && X509_CRL_verify(crl, key) == 1;
}

bool hasStrongDigest(const X509_CRL* crl) {
    int digest = NID_undef;
    OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, nullptr);
    return digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512;
}

// Critical extensions narrow or redirect a list (RFC 5280 section 5.2.5); one that we do not follow makes it
// useless.
bool hasCriticalExtension(const X509_CRL* crl) {
    const STACK_OF(X509_EXTENSION)* extensions = X509_CRL_get0_extensions(crl);
    return X509v3_get_ext_by_critical(extensions, 1, -1) >= 0;
}

bool isCurrent(const X509_CRL* crl, const Certificate& certificate, Timestamp signingTime) {
    const Timestamp issued = timestampOf(X509_CRL_get0_lastUpdate(crl));
    const Timestamp next = timestampOf(X509_CRL_get0_nextUpdate(crl));
    return issued >= certificate.notBefore() && issued <= signingTime && next >= signingTime;
}

std::optional<Timestamp> revokedAt(X509_CRL* crl, const Certificate& certificate) {
    X509_REVOKED* entry = nullptr;
    if (X509_CRL_get0_by_cert(crl, &entry, x509Of(certificate)) == 0 || entry == nullptr) return std::nullopt;
    return timestampOf(X509_REVOKED_get0_revocationDate(entry));
}

SignatureProblem unknownFor(const Certificate& certificate) {
    return {SignatureFlaw::NoRevocationData, "Nothing in the signature tells whether the certificate of " +
                                                 certificate.commonName() +
                                                 " was revoked before the signing."};
}

// Finds the signer of every list, or says why there is none.
std::vector<SignedList> authenticate(const std::vector<CrlHandle>& lists,
                                     const std::vector<Certificate>& issuers,
                                     std::vector<SignatureProblem>& problems) {
    std::vector<SignedList> authentic;
    for (const CrlHandle& list : lists) {
        const auto named = [&](const Certificate& candidate) { return namesAsIssuer(list.get(), candidate); };
        const auto signer = std::find_if(issuers.begin(), issuers.end(), [&](const Certificate& candidate) {
            return named(candidate) && signedBy(list.get(), candidate);
        });
        if (signer != issuers.end()) {
            authentic.push_back({list.get(), *signer});
        } else if (std::any_of(issuers.begin(), issuers.end(), named)) {
            problems.push_back({SignatureFlaw::Malformed,
                                "A revocation list in the signature is not what its issuer signed."});
        } else {
            problems.push_back(
                {SignatureFlaw::NoRevocationData,
                 "A revocation list in the signature cannot be checked without its issuer's certificate."});
        }
    }
    return authentic;
}

// Adds the problems of one certificate; true when its state is known.
bool judge(const Certificate& certificate, const std::vector<SignedList>& lists, Timestamp signingTime,
           std::vector<SignatureProblem>& problems) {
    bool known = false;
    for (const SignedList& list : lists) {
        if (!isIssuedBy(certificate, list.issuer) || hasCriticalExtension(list.crl) ||
            !hasStrongDigest(list.crl))
            continue;
        // A revocation before the signing counts whenever the list was made.
        const auto moment = revokedAt(list.crl, certificate);
        if (moment && *moment <= signingTime) {
            problems.push_back({SignatureFlaw::Revoked, "The certificate of " + certificate.commonName() +
                                                            " was revoked at " + moment->iso() +
                                                            ", before the signing."});
            return true;
        }
        known = known || isCurrent(list.crl, certificate, signingTime);
    }
    if (!known) problems.push_back(unknownFor(certificate));
    return known;
}

}  // namespace

RevocationFinding checkRevocation(const std::vector<Certificate>& chain,
                                  const std::vector<Certificate>& issuers,
                                  const std::vector<CrlHandle>& lists, Timestamp signingTime) {
    RevocationFinding finding;
    const std::vector<SignedList> authentic = authenticate(lists, issuers, finding.problems);
    finding.known = true;
    for (std::size_t i = 0; i < chain.size(); ++i) {
        // A root above the signer has nobody who could revoke it; trust in it comes from outside.
        const bool isAnchorAbove = i > 0 && i + 1 == chain.size();
        if (!isAnchorAbove && !judge(chain[i], authentic, signingTime, finding.problems))
            finding.known = false;
    }
    return finding;
}

}  // namespace tickmark::crypto
