#include "crypto/Revocation.h"

#include <algorithm>

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"
#include "crypto/Der.h"

namespace tickmark::crypto {

namespace {

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

// Whether what the list says holds for the moment.
bool tellsAbout(const X509_CRL* crl, const Certificate& certificate, Timestamp moment) {
    const Timestamp issued = timestampOf(X509_CRL_get0_lastUpdate(crl));
    if (issued < certificate.notBefore()) return false;
    if (issued > moment) return issued <= certificate.notAfter();
    return timestampOf(X509_CRL_get0_nextUpdate(crl)) >= moment;
}

// What one list says about one certificate.
struct Statement {
    X509_CRL* crl = nullptr;
    Timestamp issued{};
    std::optional<Timestamp> revokedAt{};
    std::optional<RevocationReason> reason{};
};

std::vector<Statement> statementsOn(const Certificate& certificate, const std::vector<SignedList>& lists) {
    std::vector<Statement> statements;
    for (const SignedList& list : lists) {
        const bool usable = isIssuedBy(certificate, list.issuer) && !hasCriticalExtension(list.crl) &&
                            hasStrongDigest(list.crl);
        if (!usable) continue;
        Statement statement{list.crl, timestampOf(X509_CRL_get0_lastUpdate(list.crl))};
        X509_REVOKED* entry = nullptr;
        if (X509_CRL_get0_by_cert(list.crl, &entry, x509Of(certificate)) != 0 && entry != nullptr) {
            statement.revokedAt = timestampOf(X509_REVOKED_get0_revocationDate(entry));
            statement.reason = reasonOf(entry);
        }
        statements.push_back(statement);
    }
    return statements;
}

// A hold ends when a later list no longer has it; every other revocation is for good.
bool wasLifted(const Statement& statement, const std::vector<Statement>& all) {
    return statement.reason == RevocationReason::CertificateHold &&
           std::any_of(all.begin(), all.end(), [&](const Statement& other) {
               return other.issued > statement.issued && !other.revokedAt;
           });
}

bool leavesEarlierTokensAlone(const Statement& statement) {
    return statement.reason == RevocationReason::Unspecified ||
           statement.reason == RevocationReason::AffiliationChanged ||
           statement.reason == RevocationReason::Superseded ||
           statement.reason == RevocationReason::CessationOfOperation;
}

std::optional<SignatureProblem> judgeTimestamp(const std::string& words, const Statement& statement,
                                               const RevocationRules& rules) {
    const bool wasThereBefore = rules.existedBy && *statement.revokedAt > *rules.existedBy;
    if (wasThereBefore || leavesEarlierTokensAlone(statement)) return std::nullopt;
    return SignatureProblem{SignatureFlaw::Revoked,
                            words +
                                ", after the timestamp, but for a reason that also touches earlier "
                                "timestamps: whoever had the key could have dated them back."};
}

std::optional<SignatureProblem> judgeStatement(const Certificate& certificate, const Statement& statement,
                                               const RevocationRules& rules) {
    const std::string words =
        "The certificate of " + certificate.commonName() + " was revoked at " + statement.revokedAt->iso();
    if (*statement.revokedAt <= rules.moment) {
        return SignatureProblem{
            SignatureFlaw::Revoked,
            words + (rules.isTimestamp ? ", before the timestamp was made." : ", before the signing.")};
    }
    if (rules.isTimestamp) return judgeTimestamp(words, statement, rules);
    if (rules.isProven) return std::nullopt;
    return SignatureProblem{
        SignatureFlaw::NoRevocationData,
        words + "; that it signed before, at " + rules.moment.iso() + ", only the signer's own clock says."};
}

// The gravest of what the lists say about one certificate; none when no list revokes it in a way that
// matters.
std::optional<SignatureProblem> gravest(const Certificate& certificate,
                                        const std::vector<Statement>& statements,
                                        const RevocationRules& rules) {
    std::optional<SignatureProblem> worst;
    for (const Statement& statement : statements) {
        if (!statement.revokedAt || wasLifted(statement, statements)) continue;
        auto problem = judgeStatement(certificate, statement, rules);
        if (problem && (!worst || problem->flaw == SignatureFlaw::Revoked)) worst = std::move(problem);
    }
    return worst;
}

// Adds the problem of one certificate; true when its state is known.
bool judge(const Certificate& certificate, const std::vector<SignedList>& lists, const RevocationRules& rules,
           std::vector<SignatureProblem>& problems) {
    const std::vector<Statement> statements = statementsOn(certificate, lists);
    if (auto problem = gravest(certificate, statements, rules)) {
        problems.push_back(*std::move(problem));
        return problems.back().flaw == SignatureFlaw::Revoked;
    }
    const bool known = std::any_of(statements.begin(), statements.end(), [&](const Statement& statement) {
        return tellsAbout(statement.crl, certificate, rules.moment);
    });
    if (!known) {
        problems.push_back(
            {SignatureFlaw::NoRevocationData, "No usable revocation list tells whether the certificate of " +
                                                  certificate.commonName() + " had been revoked at " +
                                                  rules.moment.iso() + "."});
    }
    return known;
}

}  // namespace

Result<CrlHandle> parseCrl(ByteView der) {
    auto crl = canonicalFromDer<CrlHandle>(der, &d2i_X509_CRL, &i2d_X509_CRL);
    if (crl == nullptr) {
        return invalid("crl", "crl", "A revocation list is damaged or not in canonical DER.",
                       "Bring a certificate revocation list in DER form.");
    }
    return crl;
}

bool namesAsIssuer(const X509_CRL* crl, const Certificate& candidate) {
    return X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(x509Of(candidate))) == 0;
}

bool isListBy(X509_CRL* crl, const Certificate& issuer) {
    EVP_PKEY* key = X509_get0_pubkey(x509Of(issuer));
    return key != nullptr && namesAsIssuer(crl, issuer) &&
           (X509_get_key_usage(x509Of(issuer)) & KU_CRL_SIGN) != 0 && namesOneAlgorithm(crl) &&
           X509_CRL_verify(crl, key) == 1;
}

bool hasStrongDigest(const X509_CRL* crl) {
    int digest = NID_undef;
    OBJ_find_sigid_algs(X509_CRL_get_signature_nid(crl), &digest, nullptr);
    return digest == NID_sha256 || digest == NID_sha384 || digest == NID_sha512;
}

bool hasCriticalExtension(const X509_CRL* crl) {
    const STACK_OF(X509_EXTENSION)* extensions = X509_CRL_get0_extensions(crl);
    return X509v3_get_ext_by_critical(extensions, 1, -1) >= 0;
}

std::optional<RevocationReason> reasonOf(const X509_REVOKED* entry) {
    int found = 0;
    const EnumeratedHandle reason(
        static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &found, nullptr)));
    if (reason == nullptr) return std::nullopt;
    const long code = ASN1_ENUMERATED_get(reason.get());
    constexpr long unused = 7;
    constexpr long removed = 8;
    if (code < 0 || code > 10 || code == unused || code == removed) return std::nullopt;
    return static_cast<RevocationReason>(code);
}

std::vector<Certificate> revocable(const std::vector<Certificate>& chain) {
    // A root above the signer has nobody who could revoke it; trust in it comes from outside.
    return {chain.begin(), chain.size() > 1 ? chain.end() - 1 : chain.end()};
}

RevocationFinding checkRevocation(const std::vector<Certificate>& chain, const std::vector<SignedList>& lists,
                                  const RevocationRules& rules) {
    RevocationFinding finding;
    finding.known = true;
    for (const Certificate& certificate : revocable(chain)) {
        if (!judge(certificate, lists, rules, finding.problems)) finding.known = false;
    }
    return finding;
}

}  // namespace tickmark::crypto
