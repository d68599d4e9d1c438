#include <algorithm>

#include "crypto/CadesProfile.h"
#include "crypto/CertificateState.h"
#include "crypto/CmsVerification.h"
#include "crypto/OpenSslError.h"
#include "crypto/PrivateKey.h"
#include "crypto/Revocation.h"
#include "crypto/TimestampChecking.h"
#include "crypto/TrustPath.h"
#include "tickmark/crypto/Cms.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::crypto {

namespace {

// Clocks of servers and authorities differ a little.
constexpr std::int64_t clockTolerance = 300;

// Rebuilds the file with OpenSSL and lets it verify too: two readers of one format must agree.
bool openSslAgrees(ByteView signature, ByteView content, const std::vector<Certificate>& trusted,
                   Timestamp moment) {
    const auto cms = canonicalFromDer<CmsHandle>(signature, &d2i_CMS_ContentInfo, &i2d_CMS_ContentInfo);
    if (cms == nullptr) return false;
    const StoreHandle store = makeTrustStore(trusted, moment);
    const BioHandle source = readingBio(content);
    return CMS_verify(cms.get(), nullptr, store.get(), source.get(), nullptr,
                      CMS_DETACHED | CMS_BINARY | CMS_CADES) == 1;
}

bool issuedOneOf(const Certificate& issuer, const std::vector<Certificate>& chain) {
    const std::vector<Certificate> candidates = revocable(chain);
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const Certificate& certificate) { return isIssuedBy(certificate, issuer); });
}

// Nobody in the chain has a list's issuer at hand, but one of its certificates names it as its own issuer.
bool issuerIsNamedIn(const std::vector<Certificate>& chain, const X509_CRL* list) {
    return std::any_of(chain.begin(), chain.end(), [&](const Certificate& certificate) {
        return X509_NAME_cmp(X509_get_issuer_name(x509Of(certificate)), X509_CRL_get_issuer(list)) == 0;
    });
}

// One run over one signature.
class CadesCheck {
  public:
    CadesCheck(ByteView signature, ByteView content, const CadesContext& context)
        : m_signature(signature), m_content(content), m_context(context) {}

    SignatureReport run() {
        if (!read()) return std::move(m_report);
        checkSigner();
        checkTimestampBeside();
        const std::vector<Certificate> trusted = trustedSigners();
        checkPath(trusted);
        sortEmbeddedLists();
        checkRevocations();
        if (m_report.problems.empty() || m_report.onlyUnknownRevocation()) {
            if (!openSslAgrees(m_signature, m_content, trusted, moment())) {
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
    static void addTo(std::vector<SignatureProblem>& list, SignatureFlaw flaw, std::string message) {
        list.push_back({flaw, std::move(message)});
    }

    // The time that the path is judged at.
    [[nodiscard]] Timestamp moment() const { return m_report.provenTime.value_or(m_fields.signingTime); }

    // False when there is nothing to go on with.
    bool read() {
        auto fields = readCades(m_signature);
        if (!fields) return malformed(fields.error());
        m_fields = *std::move(fields);
        auto certificates = parseCertificates(m_fields.certificates);
        if (!certificates) return malformed(certificates.error());
        m_certificates = *std::move(certificates);
        for (const ByteView der : m_fields.crls) {
            auto list = parseCrl(der);
            if (!list) return malformed(list.error());
            m_embedded.push_back(*std::move(list));
        }
        for (const Bytes& der : m_context.extraCrls) {
            if (auto list = parseCrl(der)) m_brought.push_back(*std::move(list));
        }
        m_report.signingTime = m_fields.signingTime;
        m_report.commitment = m_fields.commitment;
        for (const Certificate& certificate : m_certificates) {
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
        if (!bindsCertificate({}, m_fields.signingCertificate, signer)) {
            add(SignatureFlaw::CertificateBinding,
                "The signature names another certificate than the one it carries.");
        }
        if (!signer.maySignDocuments()) {
            add(SignatureFlaw::KeyUsage,
                "The certificate of " + signer.commonName() + " is not made for signing documents.");
        }
    }

    // The timestamp comes first: its time decides when everything else is judged.
    void checkTimestampBeside() {
        m_report.provenTime = m_context.provenTime;
        if (m_fields.timestampToken) {
            m_report.timestampToken = Bytes(m_fields.timestampToken->begin(), m_fields.timestampToken->end());
            m_authority =
                examineToken(*m_fields.timestampToken, Sha256::of(m_fields.signatureValue),
                             m_context.timestampAnchors, {m_certificates, m_context.extraCertificates});
            std::vector<SignedList> lists = listsBy(m_embedded, m_authority.issuers);
            m_authorityInside = judgedInside(m_authority.chain, lists, {timeOfAuthority(), true, true, {}});
            append(lists, listsBy(m_brought, m_authority.issuers));
            judgeRevocation(m_authority, lists, m_context.provenTime);
            m_report.timestamp = m_authority.report;
            if (m_authority.report.trusted()) m_report.provenTime = m_authority.report.time;
        }
        if (!m_report.provenTime || m_fields.signingTime <= m_report.provenTime->plusSeconds(clockTolerance))
            return;
        add(SignatureFlaw::SigningTime, "The signature says that it was made at " +
                                            m_fields.signingTime.iso() + ", but it was stamped at " +
                                            m_report.provenTime->iso() + ", before that.");
    }

    [[nodiscard]] Timestamp timeOfAuthority() const {
        return m_authority.report.time.value_or(m_fields.signingTime);
    }

    static void append(std::vector<SignedList>& lists, const std::vector<SignedList>& more) {
        lists.insert(lists.end(), more.begin(), more.end());
    }

    // Whether these lists alone tell about every certificate of the chain: what level LT needs.
    static bool judgedInside(const std::vector<Certificate>& chain, const std::vector<SignedList>& lists,
                             const RevocationRules& rules) {
        return !chain.empty() && checkRevocation(chain, lists, rules).known;
    }

    [[nodiscard]] std::vector<Certificate> trustedSigners() const {
        std::vector<Certificate> candidates = m_certificates;
        candidates.insert(candidates.end(), m_context.extraCertificates.begin(),
                          m_context.extraCertificates.end());
        return trustedAmong(m_context.anchors, candidates);
    }

    void checkPath(const std::vector<Certificate>& trusted) {
        TrustPath path = findTrustPath(*m_report.signer, signersCertificates(), trusted, moment());
        m_report.anchor = path.anchor;
        take(path.problems);
        m_issuers = path.chain;
        m_issuers.insert(m_issuers.end(), trusted.begin(), trusted.end());
        m_chain = std::move(path.chain);
    }

    // Level LT may bring certificates of the authority's path, too; that path looks after them.
    [[nodiscard]] std::vector<Certificate> signersCertificates() const {
        std::vector<Certificate> own;
        std::copy_if(m_certificates.begin(), m_certificates.end(), std::back_inserter(own),
                     [&](const Certificate& certificate) {
                         return !contains(m_authority.chain, certificate) ||
                                contains({*m_report.signer}, certificate);
                     });
        return own;
    }

    // Every list inside must be authentic and serve one of the two paths.
    void sortEmbeddedLists() {
        for (const CrlHandle& list : m_embedded) sortList(list.get());
    }

    void sortList(X509_CRL* list) {
        std::vector<Certificate> issuers = m_issuers;
        issuers.insert(issuers.end(), m_authority.issuers.begin(), m_authority.issuers.end());
        const auto issuer = std::find_if(issuers.begin(), issuers.end(), [&](const Certificate& candidate) {
            return isListBy(list, candidate);
        });
        if (issuer != issuers.end()) {
            if (!issuedOneOf(*issuer, m_chain) && !issuedOneOf(*issuer, m_authority.chain)) {
                add(SignatureFlaw::Malformed,
                    "The signature carries a revocation list that serves none of its certificates.");
            }
            return;
        }
        const auto named = [&](const Certificate& candidate) { return namesAsIssuer(list, candidate); };
        constexpr const char* uncheckable =
            "A revocation list in the signature cannot be checked without its issuer's certificate.";
        if (std::any_of(issuers.begin(), issuers.end(), named)) {
            add(SignatureFlaw::Malformed,
                "A revocation list in the signature is not what its issuer signed.");
        } else if (m_report.timestamp && issuerIsNamedIn(m_authority.chain, list) &&
                   !issuerIsNamedIn(m_chain, list)) {
            addTo(m_report.timestamp->problems, SignatureFlaw::NoRevocationData, uncheckable);
        } else {
            add(SignatureFlaw::NoRevocationData, uncheckable);
        }
    }

    void checkRevocations() {
        const RevocationRules rules{moment(), m_report.provenTime.has_value(), false, {}};
        std::vector<SignedList> lists = listsBy(m_embedded, m_issuers);
        const bool inside = judgedInside(m_chain, lists, rules);
        append(lists, listsBy(m_brought, m_issuers));
        RevocationFinding finding = checkRevocation(m_chain, lists, rules);
        m_report.revocationKnown = finding.known;
        take(finding.problems);
        if (!m_report.timestamp || !m_report.timestamp->trusted()) return;
        m_report.level = inside && m_authorityInside && m_report.anchor ? Level::LT : Level::T;
    }

    void take(std::vector<SignatureProblem>& problems) {
        std::move(problems.begin(), problems.end(), std::back_inserter(m_report.problems));
    }

    ByteView m_signature;
    ByteView m_content;
    const CadesContext& m_context;
    CadesFields m_fields{};
    std::vector<Certificate> m_certificates{};
    std::vector<CrlHandle> m_embedded{};
    std::vector<CrlHandle> m_brought{};
    TimestampFinding m_authority{};
    bool m_authorityInside = false;
    std::vector<Certificate> m_chain{};    // of the signer
    std::vector<Certificate> m_issuers{};  // whoever may have signed a list for it
    SignatureReport m_report{};
};

}  // namespace

bool SignatureReport::has(SignatureFlaw flaw) const noexcept { return hasFlaw(problems, flaw); }

bool SignatureReport::onlyUnknownRevocation() const noexcept {
    return std::all_of(problems.begin(), problems.end(), [](const SignatureProblem& problem) {
        return problem.flaw == SignatureFlaw::NoRevocationData;
    });
}

SignatureReport checkCades(ByteView signature, ByteView content, const CadesContext& context) {
    const ErrorScope scope;
    return CadesCheck(signature, content, context).run();
}

SignatureReport checkCades(ByteView signature, ByteView content, const TrustAnchors& anchors,
                           const std::vector<Certificate>& extraCertificates) {
    CadesContext context;
    context.anchors = anchors;
    context.extraCertificates = extraCertificates;
    return checkCades(signature, content, context);
}

}  // namespace tickmark::crypto
