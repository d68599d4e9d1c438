#include <algorithm>

#include "crypto/CadesProfile.h"
#include "crypto/CertificateState.h"
#include "crypto/Der.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"
#include "crypto/Revocation.h"
#include "crypto/TrustPath.h"
#include "tickmark/crypto/Cms.h"

namespace tickmark::crypto {

namespace {

// What the signature brings along, parsed.
struct Embedded {
    std::vector<Certificate> certificates{};
    std::vector<CrlHandle> crls{};
};

Result<Embedded> readEmbedded(const CadesFields& fields) {
    Embedded embedded;
    for (const ByteView der : fields.certificates) {
        TM_TRY(Certificate certificate, Certificate::fromDer(der));
        embedded.certificates.push_back(std::move(certificate));
    }
    for (const ByteView der : fields.crls) {
        auto crl = ownerFromDer<CrlHandle>(der, &d2i_X509_CRL);
        if (crl == nullptr || !sameBytes(derOf<X509_CRL>(crl.get(), &i2d_X509_CRL), der)) {
            return derError("revocation list", "is damaged");
        }
        embedded.crls.push_back(std::move(crl));
    }
    return embedded;
}

// Issuer and serial must be the certificate's own bytes: OpenSSL compares names without regard to letter
// case.
bool isNamedSigner(const CadesFields& fields, const Certificate& certificate) {
    const X509* x509 = x509Of(certificate);
    return sameBytes(fields.issuer, derOf<X509_NAME>(X509_get_issuer_name(x509), &i2d_X509_NAME)) &&
           sameBytes(fields.serial, derOf<ASN1_INTEGER>(X509_get0_serialNumber(x509), &i2d_ASN1_INTEGER));
}

bool bindsCertificate(const CadesFields& fields, const Certificate& signer) {
    const auto attribute = ownerFromDer<EssHandle>(fields.signingCertificate, &d2i_ESS_SIGNING_CERT_V2);
    if (attribute == nullptr) return false;
    const BorrowedCertificateStack chain(required(sk_X509_new_null()));
    require(sk_X509_push(chain.get(), x509Of(signer)) > 0);
    return OSSL_ESS_check_signing_certs(nullptr, attribute.get(), chain.get(), 1) == 1;
}

bool digestMatches(const CadesFields& fields, ByteView content) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    std::size_t length = 0;
    require(EVP_Q_digest(nullptr, nameOf(fields.digest), nullptr, content.data(), content.size(),
                         digest.data(), &length) == 1);
    return sameBytes(ByteView(digest).first(length), fields.messageDigest);
}

bool algorithmFitsKey(const CadesFields& fields, const EVP_PKEY* key) {
    return EVP_PKEY_is_a(key, fields.algorithm == SignatureAlgorithm::Ecdsa ? "EC" : "RSA") == 1;
}

// The signature covers the attributes with the identifier of a plain SET (RFC 5652 section 5.4).
bool signatureMatches(const CadesFields& fields, EVP_PKEY* key) {
    Bytes attributes(fields.signedAttributes.begin(), fields.signedAttributes.end());
    attributes.front() = tag::set;
    const DigestContextHandle context(required(EVP_MD_CTX_new()));
    if (EVP_DigestVerifyInit_ex(context.get(), nullptr, nameOf(fields.digest), nullptr, nullptr, key,
                                nullptr) != 1) {
        return false;
    }
    return EVP_DigestVerify(context.get(), fields.signatureValue.data(), fields.signatureValue.size(),
                            attributes.data(), attributes.size()) == 1;
}

// Rebuilds the file with OpenSSL and lets it verify too: two readers of one format must agree.
bool openSslAgrees(ByteView signature, ByteView content, const std::vector<Certificate>& trusted,
                   Timestamp moment) {
    const auto cms = ownerFromDer<CmsHandle>(signature, &d2i_CMS_ContentInfo);
    if (cms == nullptr || !sameBytes(derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo), signature))
        return false;
    const StoreHandle store = makeTrustStore(trusted, moment);
    const BioHandle source = readingBio(content);
    return CMS_verify(cms.get(), nullptr, store.get(), source.get(), nullptr,
                      CMS_DETACHED | CMS_BINARY | CMS_CADES) == 1;
}

// One run over one signature.
class CadesCheck {
  public:
    CadesCheck(ByteView signature, ByteView content) : m_signature(signature), m_content(content) {}

    SignatureReport run(const TrustAnchors& anchors, const std::vector<Certificate>& extraCertificates) {
        if (!read()) return std::move(m_report);
        checkSigner();
        const std::vector<Certificate> trusted = trustedAmong(anchors, extraCertificates);
        checkTrust(trusted);
        if (m_report.problems.empty() || m_report.onlyUnknownRevocation()) {
            if (!openSslAgrees(m_signature, m_content, trusted, m_fields.signingTime)) {
                add(SignatureFlaw::Malformed,
                    "A second check of the signature by other means does not agree with the first.");
            }
        }
        return std::move(m_report);
    }

  private:
    void add(SignatureFlaw flaw, std::string message) {
        m_report.problems.push_back({flaw, std::move(message)});
    }

    // False when there is nothing to go on with.
    bool read() {
        auto fields = readCades(m_signature);
        if (!fields) return malformed(fields.error());
        m_fields = *std::move(fields);
        auto embedded = readEmbedded(m_fields);
        if (!embedded) return malformed(embedded.error());
        m_embedded = *std::move(embedded);
        m_report.signingTime = m_fields.signingTime;
        m_report.commitment = m_fields.commitment;
        if (m_fields.timestampToken)
            m_report.timestampToken = Bytes(m_fields.timestampToken->begin(), m_fields.timestampToken->end());
        for (const Certificate& certificate : m_embedded.certificates) {
            if (isNamedSigner(m_fields, certificate)) m_report.signer = certificate;
        }
        if (!m_report.signer)
            add(SignatureFlaw::Malformed, "The signer's certificate is not in the signature.");
        return m_report.signer.has_value();
    }

    bool malformed(const Error& error) {
        add(SignatureFlaw::Malformed, error.message);
        return false;
    }

    void checkSigner() {
        const Certificate& signer = *m_report.signer;
        EVP_PKEY* key = X509_get0_pubkey(x509Of(signer));
        if (key == nullptr || !isSigningKeyType(key) || !algorithmFitsKey(m_fields, key)) {
            add(SignatureFlaw::Malformed,
                "The signer's key is not on P-256 or P-384, nor RSA of at least 3072 bits.");
        } else if (!signatureMatches(m_fields, key)) {
            add(SignatureFlaw::Mismatch,
                "The signature was not made with the key of " + signer.commonName() + ", or was changed.");
        }
        if (!digestMatches(m_fields, m_content)) {
            add(SignatureFlaw::Mismatch, "The signed file is not the one that was signed.");
        }
        if (!bindsCertificate(m_fields, signer)) {
            add(SignatureFlaw::CertificateBinding,
                "The signature names another certificate than the one it carries.");
        }
        if (!signer.maySignDocuments()) {
            add(SignatureFlaw::KeyUsage,
                "The certificate of " + signer.commonName() + " is not made for signing documents.");
        }
    }

    std::vector<Certificate> trustedAmong(const TrustAnchors& anchors,
                                          const std::vector<Certificate>& extra) const {
        std::vector<Certificate> trusted = anchors.certificates;
        const auto addPinned = [&](const Certificate& candidate) {
            const bool pinned = std::find(anchors.fingerprints.begin(), anchors.fingerprints.end(),
                                          candidate.fingerprint()) != anchors.fingerprints.end();
            if (pinned && !contains(trusted, candidate)) trusted.push_back(candidate);
        };
        if (anchors.fingerprints.empty()) return trusted;
        std::for_each(m_embedded.certificates.begin(), m_embedded.certificates.end(), addPinned);
        std::for_each(extra.begin(), extra.end(), addPinned);
        return trusted;
    }

    void checkTrust(const std::vector<Certificate>& trusted) {
        TrustPath path =
            findTrustPath(*m_report.signer, m_embedded.certificates, trusted, m_fields.signingTime);
        m_report.anchor = path.anchor;
        take(path.problems);
        std::vector<Certificate> issuers = path.chain;
        issuers.insert(issuers.end(), trusted.begin(), trusted.end());
        RevocationFinding finding =
            checkRevocation(path.chain, issuers, m_embedded.crls, m_fields.signingTime);
        m_report.revocationKnown = finding.known;
        take(finding.problems);
    }

    void take(std::vector<SignatureProblem>& problems) {
        std::move(problems.begin(), problems.end(), std::back_inserter(m_report.problems));
    }

    ByteView m_signature;
    ByteView m_content;
    CadesFields m_fields{};
    Embedded m_embedded{};
    SignatureReport m_report{};
};

}  // namespace

bool SignatureReport::has(SignatureFlaw flaw) const noexcept {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const SignatureProblem& problem) { return problem.flaw == flaw; });
}

bool SignatureReport::onlyUnknownRevocation() const noexcept {
    return std::all_of(problems.begin(), problems.end(), [](const SignatureProblem& problem) {
        return problem.flaw == SignatureFlaw::NoRevocationData;
    });
}

SignatureReport checkCades(ByteView signature, ByteView content, const TrustAnchors& anchors,
                           const std::vector<Certificate>& extraCertificates) {
    const ErrorScope scope;
    return CadesCheck(signature, content).run(anchors, extraCertificates);
}

}  // namespace tickmark::crypto
