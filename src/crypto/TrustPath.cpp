#include "crypto/TrustPath.h"

#include <algorithm>

#include "crypto/CertificateState.h"

namespace tickmark::crypto {

namespace {

BorrowedCertificateStack listed(const std::vector<Certificate>& certificates) {
    BorrowedCertificateStack stack(required(sk_X509_new_null()));
    for (const Certificate& certificate : certificates)
        require(sk_X509_push(stack.get(), x509Of(certificate)) > 0);
    return stack;
}

Certificate shared(X509* borrowed) {
    require(X509_up_ref(borrowed) == 1);
    return certificateOf(X509Handle(borrowed));
}

SignatureFlaw flawOf(int error) {
    switch (error) {
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_UNTRUSTED:
            return SignatureFlaw::NoAnchor;
        case X509_V_ERR_CERT_NOT_YET_VALID:
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return SignatureFlaw::Validity;
        default:
            return SignatureFlaw::Chain;
    }
}

std::string messageOf(SignatureFlaw flaw, int error, const std::string& name, Timestamp moment) {
    if (flaw == SignatureFlaw::NoAnchor)
        return "No way leads from the certificate of " + name + " to a trusted anchor.";
    if (flaw == SignatureFlaw::Validity)
        return "The certificate of " + name + " was not valid at " + moment.iso() + ", the time of signing.";
    return "The certificate of " + name + " breaks the chain: " + X509_verify_cert_error_string(error) + ".";
}

struct Walk {
    std::vector<SignatureProblem>* problems = nullptr;
    Timestamp moment{};
};

// Called for every step; collects each failure and lets the walk go on, so that all of them are reported.
int collectProblem(int ok, X509_STORE_CTX* context) {
    if (ok == 1) return 1;
    const auto& walk = *static_cast<const Walk*>(X509_STORE_CTX_get_app_data(context));
    auto& problems = *walk.problems;
    const int error = X509_STORE_CTX_get_error(context);
    const SignatureFlaw flaw = flawOf(error);
    const auto sameFlaw = [&](const SignatureProblem& problem) { return problem.flaw == flaw; };
    const bool repeated =
        flaw == SignatureFlaw::NoAnchor && std::any_of(problems.begin(), problems.end(), sameFlaw);
    if (repeated) return 1;
    X509* current = X509_STORE_CTX_get_current_cert(context);
    const std::string name = current == nullptr ? "the signer" : shared(current).commonName();
    problems.push_back({flaw, messageOf(flaw, error, name, walk.moment)});
    return 1;
}

// Where the trust begins: the highest certificate of the chain that is an anchor. What OpenSSL listed above
// it is cut.
void endAtAnchor(TrustPath& path, const std::vector<Certificate>& trusted) {
    const auto last =
        std::find_if(path.chain.rbegin(), path.chain.rend(),
                     [&](const Certificate& certificate) { return contains(trusted, certificate); });
    if (last == path.chain.rend()) return;
    path.anchor = *last;
}

// An embedded certificate that nothing vouches for could change without anybody noticing.
void checkEmbedded(TrustPath& path, const std::vector<Certificate>& embedded,
                   const std::vector<Certificate>& trusted) {
    for (const Certificate& certificate : embedded) {
        if (X509_cmp(x509Of(certificate), x509Of(path.chain.front())) == 0)
            continue;  // bound by its own attribute
        const auto isIssuer = [&](const Certificate& other) { return isIssuedBy(certificate, other); };
        const bool vouched = contains(trusted, certificate) ||
                             std::any_of(trusted.begin(), trusted.end(), isIssuer) ||
                             std::any_of(embedded.begin(), embedded.end(), isIssuer);
        if (isSelfIssued(certificate)) {
            path.problems.push_back(
                {SignatureFlaw::Malformed, "It carries a root certificate, which must come from elsewhere."});
        } else if (!contains(path.chain, certificate)) {
            path.problems.push_back(
                {SignatureFlaw::Malformed, "It carries a certificate that is not on the signer's path."});
        } else if (!vouched) {
            path.problems.push_back(
                {SignatureFlaw::NoAnchor, "The certificate of " + certificate.commonName() +
                                              " inside cannot be checked without its issuer."});
        }
    }
}

}  // namespace

std::vector<Certificate> trustedAmong(const TrustAnchors& anchors,
                                      const std::vector<Certificate>& candidates) {
    std::vector<Certificate> trusted = anchors.certificates;
    if (anchors.fingerprints.empty()) return trusted;
    for (const Certificate& candidate : candidates) {
        const bool pinned = std::find(anchors.fingerprints.begin(), anchors.fingerprints.end(),
                                      candidate.fingerprint()) != anchors.fingerprints.end();
        if (pinned && !contains(trusted, candidate)) trusted.push_back(candidate);
    }
    return trusted;
}

bool contains(const std::vector<Certificate>& list, const Certificate& certificate) {
    return std::any_of(list.begin(), list.end(), [&](const Certificate& other) {
        return X509_cmp(x509Of(other), x509Of(certificate)) == 0;
    });
}

StoreHandle makeTrustStore(const std::vector<Certificate>& trusted, Timestamp moment) {
    StoreHandle store(required(X509_STORE_new()));
    for (const Certificate& certificate : trusted)
        require(X509_STORE_add_cert(store.get(), x509Of(certificate)) == 1);
    X509_VERIFY_PARAM* rules = X509_STORE_get0_param(store.get());
    constexpr int securityOf112Bits = 2;
    X509_VERIFY_PARAM_set_auth_level(rules, securityOf112Bits);
    X509_VERIFY_PARAM_set_time(rules, moment.seconds());
    require(X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST) == 1);
    require(X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_ANY) == 1);
    return store;
}

TrustPath findTrustPath(const Certificate& signer, const std::vector<Certificate>& embedded,
                        const std::vector<Certificate>& trusted, Timestamp moment,
                        const std::vector<Certificate>& helpers) {
    TrustPath path;
    const StoreHandle store = makeTrustStore(trusted, moment);
    std::vector<Certificate> known = embedded;
    known.insert(known.end(), helpers.begin(), helpers.end());
    const BorrowedCertificateStack untrusted = listed(known);
    const StoreContextHandle context(required(X509_STORE_CTX_new()));
    require(X509_STORE_CTX_init(context.get(), store.get(), x509Of(signer), untrusted.get()) == 1);
    Walk walk{&path.problems, moment};
    X509_STORE_CTX_set_app_data(context.get(), &walk);
    X509_STORE_CTX_set_verify_cb(context.get(), &collectProblem);
    const bool walked = X509_verify_cert(context.get()) == 1;
    const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) path.chain.push_back(shared(sk_X509_value(chain, i)));
    if (path.chain.empty()) path.chain.push_back(signer);
    endAtAnchor(path, trusted);
    // A failed walk always says why, and one without an anchor is not trusted, whatever OpenSSL says.
    if (path.problems.empty() && (!walked || !path.anchor)) {
        path.problems.push_back(
            {SignatureFlaw::NoAnchor, messageOf(SignatureFlaw::NoAnchor, 0, signer.commonName(), moment)});
    }
    if (!path.problems.empty()) path.anchor.reset();
    checkEmbedded(path, embedded, trusted);
    return path;
}

}  // namespace tickmark::crypto
