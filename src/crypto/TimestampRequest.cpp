// Asking a time-stamp authority, and what it answers (RFC 3161 section 2.4).
#include <algorithm>
#include <array>

#include "crypto/CertificateState.h"
#include "crypto/CmsVerification.h"
#include "crypto/OpenSslError.h"
#include "crypto/TimestampProfile.h"
#include "crypto/TrustPath.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::crypto {

namespace {

constexpr std::string_view answerSubject = "answer";
constexpr std::size_t longestWords = 300;

Error badResponse(std::string message) {
    return invalid("timestamp-response", "timestamp", std::move(message),
                   "Check that the configured address is a time-stamp authority by RFC 3161.");
}

struct KnownFailure {
    std::size_t bit = 0;
    const char* words = "";
};
// PKIFailureInfo, RFC 3161 section 2.4.2.
constexpr std::array<KnownFailure, 8> knownFailures{{
    {0, "it does not know the digest algorithm (badAlg)"},
    {2, "it does not permit or support the request (badRequest)"},
    {5, "it cannot read the request (badDataFormat)"},
    {14, "its time source is not available (timeNotAvailable)"},
    {15, "it does not support the policy (unacceptedPolicy)"},
    {16, "it does not support an extension (unacceptedExtension)"},
    {17, "it has no additional information to give (addInfoNotAvailable)"},
    {25, "its system failed (systemFailure)"},
}};

// What an authority says is shown in terminals and logs: no control characters, not endless.
std::string shownWords(std::string text) {
    if (!isUtf8(text)) return {};
    if (text.size() > longestWords) {
        std::size_t end = longestWords;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        text.resize(end);
    }
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::replace_if(text.begin(), text.end(), isControl, ' ');
    return text;
}

std::string failureWords(ByteView bits) {
    std::string words;
    for (const KnownFailure& failure : knownFailures) {
        // The first byte counts the unused bits at the end.
        const std::size_t byte = 1 + failure.bit / 8;
        if (byte >= bits.size() || (bits[byte] & (0x80U >> (failure.bit % 8))) == 0) continue;
        words += (words.empty() ? "" : "; ") + std::string(failure.words);
    }
    return words;
}

// PKIStatusInfo: granted, or the refusal in the authority's own words.
Result<void> readStatus(DerReader reader) {
    constexpr std::int64_t grantedWithMods = 1;
    constexpr std::string_view what = "status";
    TM_TRY(const std::int64_t status, reader.takeNumber(what, 1'000));
    std::string text;
    if (reader.nextIs(tag::sequence)) {
        TM_TRY(DerReader texts, reader.enter(tag::sequence, what));
        while (!texts.atEnd()) {
            TM_TRY(const DerElement one, texts.take(tag::utf8String, what));
            text += (text.empty() ? "" : " ") + std::string(textOf(one.content));
        }
    }
    std::string failures;
    if (reader.nextIs(tag::bitString)) {
        TM_TRY(const DerElement bits, reader.take(tag::bitString, what));
        failures = failureWords(bits.content);
    }
    TM_CHECK(reader.expectEnd(what));
    if (status <= grantedWithMods) return {};
    text = shownWords(std::move(text));
    Error error = refused(
        "timestamp-refused",
        "The time-stamp authority refused" + (text.empty() ? std::string(".") : ": \"" + text + "\"."),
        "Ask the authority's operator, or configure another authority.");
    error.rule = failures.empty() ? "status " + std::to_string(status) : failures;
    return error;
}

Result<ByteView> readResponse(ByteView response) {
    DerReader file(response, answerSubject);
    TM_TRY(const DerElement whole, file.only(tag::sequence, "outer structure"));
    DerReader reader = file.inside(whole);
    TM_TRY(const DerReader status, reader.enter(tag::sequence, "status"));
    TM_CHECK(readStatus(status));
    TM_TRY(const DerElement token, reader.only(tag::sequence, "timestamp"));
    return token.whole;
}

}  // namespace

Result<TimestampRequest> makeTimestampRequest(const Digest& imprint) {
    const ErrorScope scope;
    TimestampRequest made;
    made.imprint = imprint;
    const Bytes random = randomBytes(8);
    const BigNumberHandle number(
        required(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr)));
    const IntegerHandle nonce(required(BN_to_ASN1_INTEGER(number.get(), nullptr)));
    const Bytes nonceDer = derOf<ASN1_INTEGER>(nonce.get(), &i2d_ASN1_INTEGER);
    made.nonce.assign(nonceDer.begin() + 2, nonceDer.end());
    const TimestampRequestHandle request(required(TS_REQ_new()));
    const Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> stamped(required(TS_MSG_IMPRINT_new()));
    const AlgorithmHandle algorithm(required(X509_ALGOR_new()));
    require(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1);
    Bytes digest(imprint.bytes().begin(), imprint.bytes().end());
    require(TS_MSG_IMPRINT_set_algo(stamped.get(), algorithm.get()) == 1 &&
            TS_MSG_IMPRINT_set_msg(stamped.get(), digest.data(), static_cast<int>(digest.size())) == 1);
    require(TS_REQ_set_version(request.get(), 1) == 1 &&
            TS_REQ_set_msg_imprint(request.get(), stamped.get()) == 1 &&
            TS_REQ_set_nonce(request.get(), nonce.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1);
    made.der = derOf<TS_REQ>(request.get(), &i2d_TS_REQ);
    return made;
}

Result<Bytes> tokenFromResponse(ByteView response, const TimestampRequest& request) {
    const ErrorScope scope;
    const auto token = readResponse(response);
    if (!token) {
        if (token.error().type == "timestamp-refused") return token.error();
        return badResponse("The answer is not that of a time-stamp authority: " + token.error().message);
    }
    const auto fields = readToken(*token);
    if (!fields) return badResponse("The authority's timestamp cannot be used: " + fields.error().message);
    if (!sameBytes(fields->info.nonce, request.nonce)) {
        return badResponse("The authority's answer belongs to another request: the nonce differs.");
    }
    if (fields->info.imprint != request.imprint)
        return badResponse("The authority's timestamp was made over something else.");
    return Bytes(token->begin(), token->end());
}

Result<Bytes> tidyToken(ByteView token, const TrustAnchors& anchors) {
    const ErrorScope scope;
    TM_TRY(const TokenFields fields, readToken(token));
    TM_TRY(const std::vector<Certificate> certificates, parseCertificates(fields.certificates));
    const auto signer =
        std::find_if(certificates.begin(), certificates.end(),
                     [&](const Certificate& candidate) { return isNamedSigner(fields, candidate); });
    if (signer == certificates.end())
        return derError("certificate of the authority", "is missing", "timestamp");
    const TrustPath path =
        findTrustPath(*signer, certificates, trustedAmong(anchors, certificates), fields.info.time);
    std::vector<Bytes> kept;
    for (const Certificate& certificate : certificates) {
        const bool isSigner = X509_cmp(x509Of(certificate), x509Of(*signer)) == 0;
        const bool serves = path.anchor ? contains(path.chain, certificate) : true;
        if (isSigner || (serves && !isSelfIssued(certificate))) kept.push_back(certificate.der());
    }
    std::sort(kept.begin(), kept.end());
    Bytes all;
    for (const Bytes& der : kept) all.insert(all.end(), der.begin(), der.end());
    const Bytes signers = derOfParts(tag::set, {derOfParts(tag::sequence, {fields.signedPart})});
    const Bytes signedData =
        derOfParts(tag::sequence, {fields.beforeCertificates, derOfParts(tag::context0, {all}), signers});
    // The outer identifier is the token's own first element.
    DerReader file(token, "timestamp");
    TM_TRY(DerReader info, file.enter(tag::sequence, "outer structure"));
    TM_TRY(const DerElement type, info.take(tag::object, "type"));
    return derOfParts(tag::sequence, {type.whole, derOfParts(tag::context0, {signedData})});
}

Result<std::vector<Certificate>> certificatesOfToken(ByteView token) {
    const ErrorScope scope;
    TM_TRY(const TokenFields fields, readToken(token));
    TM_TRY(std::vector<Certificate> certificates, parseCertificates(fields.certificates));
    std::stable_partition(certificates.begin(), certificates.end(),
                          [&](const Certificate& candidate) { return isNamedSigner(fields, candidate); });
    return certificates;
}

}  // namespace tickmark::crypto
