#include "crypto/TimestampChecking.h"

#include <algorithm>

#include "crypto/CertificateState.h"
#include "crypto/CmsVerification.h"
#include "crypto/OpenSslError.h"
#include "crypto/TimestampProfile.h"
#include "crypto/TrustPath.h"

namespace tickmark::crypto {

namespace {

// Authorities choose their own keys, so this is wider than for our signers: 112 bits of security.
bool isStrongKey(const EVP_PKEY* key) {
    constexpr int enough = 112;
    const bool kindFits = EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "EC") == 1;
    return kindFits && EVP_PKEY_get_security_bits(key) >= enough;
}

// OpenSSL reads and verifies the token too: two readers of one format must agree.
bool openSslAgrees(ByteView token, const Digest& imprint, const std::vector<Certificate>& trusted,
                   const std::vector<Certificate>& helpers, Timestamp moment) {
    const auto cms = canonicalFromDer<Pkcs7Handle>(token, &d2i_PKCS7, &i2d_PKCS7);
    if (cms == nullptr) return false;
    const TimestampInfoHandle info(PKCS7_to_TS_TST_INFO(cms.get()));
    const TimestampRulesHandle rules(required(TS_VERIFY_CTX_new()));
    TS_VERIFY_CTX_set_flags(rules.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT);
    TS_VERIFY_CTX_set_store(rules.get(), makeTrustStore(trusted, moment).release());  // owned by the rules
    STACK_OF(X509)* others = required(sk_X509_new_null());
    TS_VERIFY_CTX_set_certs(rules.get(), others);  // owned by the rules, with its certificates
    for (const Certificate& helper : helpers) {
        require(X509_up_ref(x509Of(helper)) == 1 && sk_X509_push(others, x509Of(helper)) > 0);
    }
    // The rules free the imprint with OpenSSL's own function.
    auto* copy = static_cast<unsigned char*>(OPENSSL_memdup(imprint.bytes().data(), Digest::size));
    TS_VERIFY_CTX_set_imprint(rules.get(), required(copy), static_cast<long>(Digest::size));
    return info != nullptr && TS_RESP_verify_token(rules.get(), cms.get()) == 1;
}

// One run over one token.
class TokenCheck {
  public:
    TokenCheck(ByteView token, const Digest& imprint) : m_token(token), m_imprint(imprint) {}

    TimestampFinding run(const TrustAnchors& anchors, const TokenSurroundings& beside) {
        if (!read()) return std::move(m_finding);
        checkContent();
        checkSigner();
        checkPath(anchors, beside);
        return std::move(m_finding);
    }

  private:
    TimestampReport& report() { return m_finding.report; }
    void add(SignatureFlaw flaw, std::string message) {
        report().problems.push_back({flaw, std::move(message)});
    }

    // False when there is nothing to go on with.
    bool read() {
        auto fields = readToken(m_token);
        if (!fields) return malformed(fields.error());
        m_fields = *std::move(fields);
        auto certificates = parseCertificates(m_fields.certificates);
        if (!certificates) return malformed(certificates.error());
        m_certificates = *std::move(certificates);
        report().time = m_fields.info.time;
        report().policy = m_fields.info.policy;
        report().serialHex = m_fields.info.serialHex;
        report().accuracyMicros = m_fields.info.accuracyMicros;
        for (const Certificate& certificate : m_certificates) {
            if (isNamedSigner(m_fields, certificate)) report().signer = certificate;
        }
        if (!report().signer)
            add(SignatureFlaw::Malformed, "The authority's certificate is not in the timestamp.");
        return report().signer.has_value();
    }

    bool malformed(const Error& error) {
        add(SignatureFlaw::Malformed, error.message);
        return false;
    }

    void checkContent() {
        if (m_fields.hasUnsignedAttributes || !m_fields.crls.empty()) {
            add(SignatureFlaw::Malformed,
                "The timestamp carries unsigned attributes or revocation lists, which nothing protects.");
        }
        if (m_fields.info.imprint != m_imprint)
            add(SignatureFlaw::Imprint, "The timestamp was made over something else.");
        if (!digestMatches(m_fields, m_fields.content))
            add(SignatureFlaw::Mismatch, "The timestamp's statement is not the one that was signed.");
    }

    void checkSigner() {
        const Certificate& signer = *report().signer;
        EVP_PKEY* key = X509_get0_pubkey(x509Of(signer));
        if (key == nullptr || !isStrongKey(key) || !algorithmFitsKey(m_fields, key)) {
            add(SignatureFlaw::Malformed,
                "The authority's key is not an EC or RSA key of at least 112 bits of security.");
        } else if (!signatureMatches(m_fields, key)) {
            add(SignatureFlaw::Mismatch,
                "The timestamp was not signed with the key of " + signer.commonName() + ", or was changed.");
        }
        if (!bindsCertificate(m_fields.signingCertificate, m_fields.signingCertificateV2, signer)) {
            add(SignatureFlaw::CertificateBinding,
                "The timestamp names another certificate than the one it carries.");
        }
        if (!signer.mayMakeTimestamps()) {
            add(SignatureFlaw::KeyUsage,
                "The certificate of " + signer.commonName() +
                    " is not made for timestamps: its extended key usage must be timeStamping alone, and "
                    "critical.");
        }
    }

    void checkPath(const TrustAnchors& anchors, const TokenSurroundings& beside) {
        std::vector<Certificate> candidates = m_certificates;
        candidates.insert(candidates.end(), beside.candidates.begin(), beside.candidates.end());
        const std::vector<Certificate> trusted = trustedAmong(anchors, candidates);
        const Timestamp moment = m_fields.info.time;
        TrustPath path = findTrustPath(*report().signer, m_certificates, trusted, moment, beside.helpers);
        std::move(path.problems.begin(), path.problems.end(), std::back_inserter(report().problems));
        report().anchor = path.anchor;
        m_finding.issuers = path.chain;
        m_finding.issuers.insert(m_finding.issuers.end(), trusted.begin(), trusted.end());
        m_finding.chain = std::move(path.chain);
        if (report().problems.empty() &&
            !openSslAgrees(m_token, m_imprint, trusted, beside.helpers, moment)) {
            add(SignatureFlaw::Malformed,
                "A second check of the timestamp by other means does not agree with the first.");
        }
    }

    ByteView m_token;
    Digest m_imprint;
    TokenFields m_fields{};
    std::vector<Certificate> m_certificates{};
    TimestampFinding m_finding{};
};

}  // namespace

bool hasFlaw(const std::vector<SignatureProblem>& problems, SignatureFlaw flaw) noexcept {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const SignatureProblem& problem) { return problem.flaw == flaw; });
}

bool TimestampReport::trusted() const noexcept {
    return time && anchor && std::all_of(problems.begin(), problems.end(), [](const SignatureProblem& each) {
               return each.flaw == SignatureFlaw::NoRevocationData;
           });
}

bool TimestampReport::onlyUnanchored() const noexcept {
    return has(SignatureFlaw::NoAnchor) &&
           std::all_of(problems.begin(), problems.end(), [](const SignatureProblem& each) {
               return each.flaw == SignatureFlaw::NoAnchor || each.flaw == SignatureFlaw::NoRevocationData;
           });
}

TimestampFinding examineToken(ByteView token, const Digest& imprint, const TrustAnchors& anchors,
                              const TokenSurroundings& beside) {
    return TokenCheck(token, imprint).run(anchors, beside);
}

void judgeRevocation(TimestampFinding& finding, const std::vector<SignedList>& lists,
                     std::optional<Timestamp> existedBy) {
    if (finding.chain.empty()) return;
    const RevocationRules rules{*finding.report.time, true, true, existedBy};
    RevocationFinding revocation = checkRevocation(finding.chain, lists, rules);
    finding.report.revocationKnown = revocation.known;
    std::move(revocation.problems.begin(), revocation.problems.end(),
              std::back_inserter(finding.report.problems));
}

std::vector<SignedList> listsBy(const std::vector<CrlHandle>& lists,
                                const std::vector<Certificate>& issuers) {
    std::vector<SignedList> signedLists;
    for (const CrlHandle& list : lists) {
        const auto issuer = std::find_if(issuers.begin(), issuers.end(), [&](const Certificate& candidate) {
            return isListBy(list.get(), candidate);
        });
        if (issuer != issuers.end()) signedLists.push_back({list.get(), *issuer});
    }
    return signedLists;
}

TimestampReport checkTimestamp(ByteView token, const Digest& imprint, const TrustAnchors& anchors,
                               const std::vector<Bytes>& crls, std::optional<Timestamp> existedBy) {
    const ErrorScope scope;
    TimestampFinding finding = examineToken(token, imprint, anchors, {});
    std::vector<CrlHandle> lists;
    for (const Bytes& der : crls) {
        if (auto list = parseCrl(der)) lists.push_back(*std::move(list));
    }
    judgeRevocation(finding, listsBy(lists, finding.issuers), existedBy);
    return std::move(finding.report);
}

}  // namespace tickmark::crypto
