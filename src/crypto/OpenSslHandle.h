// Owners of OpenSSL's handles: one deleter template for all of them.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "tickmark/foundation/Bytes.h"

namespace tickmark::crypto {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* handle) const noexcept {
        release(handle);
    }
};
template <class T, auto release>
using Handle = std::unique_ptr<T, Releaser<release>>;

inline void freeCertificates(STACK_OF(X509) * stack) noexcept { sk_X509_pop_free(stack, X509_free); }
inline void freeCrls(STACK_OF(X509_CRL) * stack) noexcept { sk_X509_CRL_pop_free(stack, X509_CRL_free); }
inline void freeBorrowedCertificates(STACK_OF(X509) * stack) noexcept { sk_X509_free(stack); }

using AlgorithmHandle = Handle<X509_ALGOR, X509_ALGOR_free>;
using AsnTimeHandle = Handle<ASN1_TIME, ASN1_TIME_free>;
using BigNumberHandle = Handle<BIGNUM, BN_free>;
using BioHandle = Handle<BIO, BIO_free_all>;
using CmsHandle = Handle<CMS_ContentInfo, CMS_ContentInfo_free>;
using CrlPointsHandle = Handle<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using CrlHandle = Handle<X509_CRL, X509_CRL_free>;
using EnumeratedHandle = Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;
using EssV1Handle = Handle<ESS_SIGNING_CERT, ESS_SIGNING_CERT_free>;
using EssHandle = Handle<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free>;
using ExtendedUsageHandle = Handle<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using GeneralNamesHandle = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;
using IntegerHandle = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
using DigestContextHandle = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using ObjectHandle = Handle<ASN1_OBJECT, ASN1_OBJECT_free>;
using Pkcs7Handle = Handle<PKCS7, PKCS7_free>;
using Pkcs12Handle = Handle<PKCS12, PKCS12_free>;
using Pkcs8Handle = Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using RevokedHandle = Handle<X509_REVOKED, X509_REVOKED_free>;
using SealedKeyHandle = Handle<X509_SIG, X509_SIG_free>;
using StoreContextHandle = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
using StoreHandle = Handle<X509_STORE, X509_STORE_free>;
using TimestampInfoHandle = Handle<TS_TST_INFO, TS_TST_INFO_free>;
using TimestampRequestHandle = Handle<TS_REQ, TS_REQ_free>;
using TimestampRulesHandle = Handle<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using X509Handle = Handle<X509, X509_free>;
/// A stack that owns its certificates, and one that only lists them.
using CertificateStack = Handle<STACK_OF(X509), freeCertificates>;
using BorrowedCertificateStack = Handle<STACK_OF(X509), freeBorrowedCertificates>;

/// Gives the handle back, or throws: null here means no memory, which is a broken environment.
template <class T>
T* required(T* handle) {
    if (handle == nullptr) throw std::runtime_error("the cryptographic library is out of memory");
    return handle;
}
inline void require(bool condition) {
    if (!condition) throw std::runtime_error("the cryptographic library failed");
}

/// The DER of an object by its i2d function.
template <class T>
Bytes derOf(const T* object, int (*encode)(const T*, unsigned char**)) {
    const int length = encode(object, nullptr);
    require(length >= 0);
    Bytes der(static_cast<std::size_t>(length));
    unsigned char* end = der.data();
    require(encode(object, &end) == length);
    return der;
}

/// Parses DER that must be consumed to its last byte; null otherwise.
template <class Owner, class T>
Owner ownerFromDer(ByteView der, T* (*decode)(T**, const unsigned char**, long)) {
    const unsigned char* end = der.data();
    Owner object(decode(nullptr, &end, static_cast<long>(der.size())));
    if (object != nullptr && end != der.data() + der.size()) object.reset();
    return object;
}

/// The same in one encoding only: what was read must be written again as the same bytes; null otherwise.
template <class Owner, class T>
Owner canonicalFromDer(ByteView der, T* (*decode)(T**, const unsigned char**, long),
                       int (*encode)(const T*, unsigned char**)) {
    auto object = ownerFromDer<Owner>(der, decode);
    if (object == nullptr) return object;
    const Bytes again = derOf<T>(object.get(), encode);
    if (!std::equal(again.begin(), again.end(), der.begin(), der.end())) object.reset();
    return object;
}

/// A reading BIO over memory that must outlive it.
inline BioHandle readingBio(ByteView bytes) {
    const void* start =
        bytes.empty() ? "" : static_cast<const void*>(bytes.data());  // OpenSSL refuses a null start
    return BioHandle(required(BIO_new_mem_buf(start, static_cast<int>(bytes.size()))));
}
/// What a memory BIO has collected.
inline ByteView collected(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return viewOf(std::string_view(data, static_cast<std::size_t>(size)));
}

}  // namespace tickmark::crypto
