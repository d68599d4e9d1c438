#include "responder/TimestampIssuer.h"

#include "crypto/AsnTime.h"
#include "crypto/CertificateState.h"

namespace tickmark::crypto::test {

namespace {

constexpr const char* policy = "1.3.6.1.4.1.99999.3161.1";

using ResponderHandle = Handle<TS_RESP_CTX, TS_RESP_CTX_free>;
using ResponseHandle = Handle<TS_RESP, TS_RESP_free>;
using ImprintHandle = Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;

ASN1_INTEGER* nextSerial(TS_RESP_CTX* /*responder*/, void* data) {
    auto& serial = *static_cast<long*>(data);
    ASN1_INTEGER* number = required(ASN1_INTEGER_new());
    require(ASN1_INTEGER_set(number, ++serial) == 1);
    return number;
}

int setTime(TS_RESP_CTX* /*responder*/, void* data, long* seconds, long* micros) {
    const auto& issuing = *static_cast<const Issuing*>(data);
    *seconds = issuing.at.seconds();
    *micros = static_cast<long>(issuing.millis) * 1'000;
    return 1;
}

TimestampRequestHandle requestOf(ByteView der) {
    auto request = ownerFromDer<TimestampRequestHandle>(der, &d2i_TS_REQ);
    if (request == nullptr) throw std::runtime_error("not a request for a timestamp");
    return request;
}

ByteView viewOfString(const ASN1_STRING* text) {
    return {ASN1_STRING_get0_data(text), static_cast<std::size_t>(ASN1_STRING_length(text))};
}

void setImprint(TS_TST_INFO* info, const TokenRecipe& recipe) {
    const ImprintHandle imprint(required(TS_MSG_IMPRINT_new()));
    const AlgorithmHandle algorithm(required(X509_ALGOR_new()));
    X509_ALGOR_set_md(algorithm.get(), recipe.imprintDigest);
    Bytes bytes = recipe.imprintBytes;
    if (bytes.empty()) bytes.assign(recipe.imprint.bytes().begin(), recipe.imprint.bytes().end());
    require(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
            TS_MSG_IMPRINT_set_msg(imprint.get(), bytes.data(), static_cast<int>(bytes.size())) == 1 &&
            TS_TST_INFO_set_msg_imprint(info, imprint.get()) == 1);
}

void setNonce(TS_TST_INFO* info, const Bytes& nonce) {
    if (nonce.empty()) return;
    const BigNumberHandle number(required(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr)));
    const IntegerHandle integer(required(BN_to_ASN1_INTEGER(number.get(), nullptr)));
    require(TS_TST_INFO_set_nonce(info, integer.get()) == 1);
}

Bytes infoOf(const TokenRecipe& recipe) {
    const TimestampInfoHandle info(required(TS_TST_INFO_new()));
    require(TS_TST_INFO_set_version(info.get(), recipe.version) == 1);
    const ObjectHandle policyId(required(OBJ_txt2obj(policy, 1)));
    require(TS_TST_INFO_set_policy_id(info.get(), policyId.get()) == 1);
    setImprint(info.get(), recipe);
    const IntegerHandle serial(required(ASN1_INTEGER_new()));
    require(ASN1_INTEGER_set(serial.get(), 7) == 1 && TS_TST_INFO_set_serial(info.get(), serial.get()) == 1);
    const Handle<ASN1_GENERALIZEDTIME, ASN1_GENERALIZEDTIME_free> time(
        required(ASN1_GENERALIZEDTIME_set(nullptr, recipe.at.seconds())));
    require(TS_TST_INFO_set_time(info.get(), time.get()) == 1);
    setNonce(info.get(), recipe.nonce);
    if (recipe.hasCriticalExtension) {
        const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
            required(X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE")));
        require(TS_TST_INFO_add_ext(info.get(), extension.get(), -1) == 1);
    }
    return derOf<TS_TST_INFO>(info.get(), &i2d_TS_TST_INFO);
}

}  // namespace

Bytes answerTo(ByteView request, const Issuing& issuing) {
    const ResponderHandle responder(required(TS_RESP_CTX_new()));
    long serial = 41;
    Issuing copy = issuing;
    require(TS_RESP_CTX_set_signer_cert(responder.get(), x509Of(issuing.key.certificate())) == 1);
    require(TS_RESP_CTX_set_signer_key(responder.get(), pkeyOf(issuing.key)) == 1);
    const BorrowedCertificateStack certificates(required(sk_X509_new_null()));
    for (const Certificate& certificate : issuing.embedded)
        require(sk_X509_push(certificates.get(), x509Of(certificate)) > 0);
    if (!issuing.embedded.empty()) require(TS_RESP_CTX_set_certs(responder.get(), certificates.get()) == 1);
    const ObjectHandle policyId(required(OBJ_txt2obj(policy, 1)));
    require(TS_RESP_CTX_set_def_policy(responder.get(), policyId.get()) == 1);
    require(TS_RESP_CTX_add_md(responder.get(), EVP_sha256()) == 1);
    require(TS_RESP_CTX_set_signer_digest(responder.get(), issuing.digest) == 1);
    require(TS_RESP_CTX_set_ess_cert_id_digest(responder.get(),
                                               issuing.bindsBySha1 ? EVP_sha1() : EVP_sha256()) == 1);
    require(TS_RESP_CTX_set_accuracy(responder.get(), 1, 500, 0) == 1);
    if (issuing.millis != 0) require(TS_RESP_CTX_set_clock_precision_digits(responder.get(), 3) == 1);
    TS_RESP_CTX_set_serial_cb(responder.get(), &nextSerial, &serial);
    TS_RESP_CTX_set_time_cb(responder.get(), &setTime, &copy);
    const BioHandle source = readingBio(request);
    const ResponseHandle response(required(TS_RESP_create_response(responder.get(), source.get())));
    return derOf<TS_RESP>(response.get(), &i2d_TS_RESP);
}

Bytes stamp(const Digest& imprint, const Issuing& issuing) {
    const auto request = makeTimestampRequest(imprint);
    const auto token = tokenFromResponse(answerTo(request->der, issuing), *request);
    if (!token) throw std::runtime_error(describe(token.error()));
    return *token;
}

Bytes refusalOf(const char* words, int failureBit) {
    const ResponseHandle response(required(TS_RESP_new()));
    const Handle<TS_STATUS_INFO, TS_STATUS_INFO_free> status(required(TS_STATUS_INFO_new()));
    require(TS_STATUS_INFO_set_status(status.get(), TS_STATUS_REJECTION) == 1);
    // OpenSSL offers no setters for the words and the failure bits, so the status is written as DER.
    const Bytes text = [&] {
        const Handle<ASN1_UTF8STRING, ASN1_UTF8STRING_free> one(required(ASN1_UTF8STRING_new()));
        require(ASN1_STRING_set(one.get(), words, -1) == 1);
        return derOf<ASN1_UTF8STRING>(one.get(), &i2d_ASN1_UTF8STRING);
    }();
    const Handle<ASN1_BIT_STRING, ASN1_BIT_STRING_free> bits(required(ASN1_BIT_STRING_new()));
    require(ASN1_BIT_STRING_set_bit(bits.get(), failureBit, 1) == 1);
    const auto wrap = [](const Bytes& inner) {
        Bytes outer{0x30, static_cast<std::uint8_t>(inner.size())};
        outer.insert(outer.end(), inner.begin(), inner.end());
        return outer;
    };
    Bytes info{0x02, 0x01, TS_STATUS_REJECTION};
    const Bytes texts = wrap(text);
    const Bytes failure = derOf<ASN1_BIT_STRING>(bits.get(), &i2d_ASN1_BIT_STRING);
    info.insert(info.end(), texts.begin(), texts.end());
    info.insert(info.end(), failure.begin(), failure.end());
    return wrap(wrap(info));
}

Bytes grantingResponse(ByteView token) {
    const ResponseHandle response(required(TS_RESP_new()));
    const Handle<TS_STATUS_INFO, TS_STATUS_INFO_free> status(required(TS_STATUS_INFO_new()));
    require(TS_STATUS_INFO_set_status(status.get(), TS_STATUS_GRANTED) == 1 &&
            TS_RESP_set_status_info(response.get(), status.get()) == 1);
    auto cms = ownerFromDer<Pkcs7Handle>(token, &d2i_PKCS7);
    TimestampInfoHandle info(required(PKCS7_to_TS_TST_INFO(required(cms.get()))));
    TS_RESP_set_tst_info(response.get(), cms.release(), info.release());
    return derOf<TS_RESP>(response.get(), &i2d_TS_RESP);
}

Bytes nonceOf(ByteView request) {
    const TimestampRequestHandle parsed = requestOf(request);
    const Bytes der = derOf<ASN1_INTEGER>(TS_REQ_get_nonce(parsed.get()), &i2d_ASN1_INTEGER);
    return {der.begin() + 2, der.end()};
}

Digest imprintOf(ByteView request) {
    const TimestampRequestHandle parsed = requestOf(request);
    const auto digest =
        Digest::fromBytes(viewOfString(TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(parsed.get()))));
    require(digest.ok());
    return *digest;
}

Bytes makeToken(const TokenRecipe& recipe) {
    const unsigned int flags = CMS_BINARY | CMS_PARTIAL | CMS_STREAM;
    const CmsHandle cms(required(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags)));
    const ObjectHandle type(required(OBJ_dup(OBJ_nid2obj(recipe.contentType))));
    require(CMS_set1_eContentType(cms.get(), type.get()) == 1);
    for (const SigningKey& key : recipe.signers) {
        required(CMS_add1_signer(cms.get(), x509Of(key.certificate()), pkeyOf(key), recipe.digest,
                                 recipe.signerFlags));
    }
    for (const Certificate& certificate : recipe.certificates)
        require(CMS_add1_cert(cms.get(), x509Of(certificate)) == 1);
    for (const Bytes& der : recipe.crls) {
        const auto crl = ownerFromDer<CrlHandle>(der, &d2i_X509_CRL);
        require(crl != nullptr && CMS_add1_crl(cms.get(), crl.get()) == 1);
    }
    const Bytes content = recipe.content ? *recipe.content : infoOf(recipe);
    const BioHandle source = readingBio(content);
    require(CMS_final(cms.get(), source.get(), nullptr, CMS_BINARY) == 1);
    return derOf<CMS_ContentInfo>(cms.get(), &i2d_CMS_ContentInfo);
}

}  // namespace tickmark::crypto::test
