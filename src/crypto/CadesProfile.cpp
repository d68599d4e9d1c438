#include "crypto/CadesProfile.h"

#include <algorithm>
#include <array>

#include "crypto/CadesAttributes.h"
#include "crypto/Der.h"

namespace tickmark::crypto {

namespace {

using namespace std::string_view_literals;

// Contents of object identifiers, as DER writes them.
constexpr std::string_view oidData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"sv;
constexpr std::string_view oidSignedData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv;

struct KnownDigest {
    std::string_view oid;
    std::string_view ecdsaOid;
    std::string_view rsaOid;
    const char* name = "";
    std::size_t size = 0;
};
// In the order of DigestAlgorithm.
constexpr std::array<KnownDigest, 3> knownDigests{{
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x01"sv, "\x2a\x86\x48\xce\x3d\x04\x03\x02"sv,
     "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b"sv, "SHA256", 32},
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x02"sv, "\x2a\x86\x48\xce\x3d\x04\x03\x03"sv,
     "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c"sv, "SHA384", 48},
    {"\x60\x86\x48\x01\x65\x03\x04\x02\x03"sv, "\x2a\x86\x48\xce\x3d\x04\x03\x04"sv,
     "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d"sv, "SHA512", 64},
}};
constexpr std::string_view oidRsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;

const KnownDigest& known(DigestAlgorithm algorithm) {
    return knownDigests.at(static_cast<std::size_t>(algorithm));
}

// AlgorithmIdentifier with NULL or no parameters.
struct Algorithm {
    ByteView oid{};
    bool hasNull = false;
};

Result<Algorithm> takeAlgorithm(DerReader& reader, std::string_view what) {
    TM_TRY(const DerElement whole, reader.take(tag::sequence, what));
    DerReader inner(whole.content);
    TM_TRY(const DerElement oid, inner.take(tag::object, what));
    Algorithm algorithm{oid.content, !inner.atEnd()};
    if (algorithm.hasNull) {
        TM_TRY(const DerElement parameters, inner.take(tag::null, what));
        if (!parameters.content.empty()) return derError(what, "has unknown parameters");
    }
    TM_CHECK(inner.expectEnd(what));
    return algorithm;
}

Result<DigestAlgorithm> takeDigestAlgorithm(DerReader& reader) {
    TM_TRY(const Algorithm algorithm, takeAlgorithm(reader, "digest algorithm"));
    for (std::size_t i = 0; i < knownDigests.size(); ++i) {
        if (textOf(algorithm.oid) == knownDigests.at(i).oid) return static_cast<DigestAlgorithm>(i);
    }
    return derError("digest algorithm", "is not SHA-256, SHA-384 or SHA-512");
}

Result<SignatureAlgorithm> takeSignatureAlgorithm(DerReader& reader, DigestAlgorithm digest) {
    TM_TRY(const Algorithm algorithm, takeAlgorithm(reader, "signature algorithm"));
    const std::string_view oid = textOf(algorithm.oid);
    // ECDSA has no parameters (RFC 5758 section 3.2); RSA has NULL (RFC 4055 section 1.2).
    if (oid == known(digest).ecdsaOid && !algorithm.hasNull) return SignatureAlgorithm::Ecdsa;
    if ((oid == known(digest).rsaOid || oid == oidRsa) && algorithm.hasNull) return SignatureAlgorithm::Rsa;
    return derError("signature algorithm", "is not ECDSA or RSA with the digest that the signer names");
}

Result<void> takeVersion(DerReader& reader, std::string_view what) {
    TM_TRY(const DerElement version, reader.take(tag::integer, what));
    if (version.content.size() != 1 || version.content[0] != 1) return derError(what, "is not 1");
    return {};
}

// The one element of a SET.
Result<DerReader> takeSingleSet(DerReader& reader, std::string_view what) {
    TM_TRY(const DerElement set, reader.take(tag::set, what));
    DerReader counting(set.content);
    TM_TRY([[maybe_unused]] const DerElement only, counting.take(tag::sequence, what));
    if (!counting.atEnd()) return derError(what, "is there more than once; exactly one is allowed");
    return DerReader(set.content);
}

// [0] or [1] IMPLICIT SET OF certificates or CRLs, none in another of CMS's choices.
Result<std::vector<ByteView>> takeCollection(DerReader& reader, std::uint8_t identifier,
                                             std::string_view what) {
    std::vector<ByteView> members;
    if (!reader.nextIs(identifier)) return members;
    TM_TRY(const DerElement set, reader.take(identifier, what));
    if (set.content.empty() || !isOrderedSet(set.content)) return derError(what, "is empty or not in order");
    DerReader inner(set.content);
    while (!inner.atEnd()) {
        TM_TRY(const DerElement member, inner.take(tag::sequence, what));
        members.push_back(member.whole);
    }
    return members;
}

Result<void> takeSignerIdentifier(DerReader& reader, CadesFields& fields) {
    TM_TRY(const DerElement identifier, reader.take(tag::sequence, "signer identifier"));
    DerReader inner(identifier.content);
    TM_TRY(const DerElement issuer, inner.take(tag::sequence, "signer's issuer"));
    TM_TRY(const DerElement serial, inner.take(tag::integer, "signer's serial number"));
    TM_CHECK(inner.expectEnd("signer identifier"));
    fields.issuer = issuer.whole;
    fields.serial = serial.whole;
    return {};
}

Result<void> takeSignerInfo(DerReader& reader, DigestAlgorithm announced, CadesFields& fields) {
    TM_TRY(const DerElement whole, reader.take(tag::sequence, "signer information"));
    DerReader inner(whole.content);
    TM_CHECK(takeVersion(inner, "signer version"));
    TM_CHECK(takeSignerIdentifier(inner, fields));
    TM_TRY(fields.digest, takeDigestAlgorithm(inner));
    if (fields.digest != announced) return derError("digest algorithm", "differs from the one announced");
    if (!inner.nextIs(tag::context0)) {
        return derError("set of signed attributes",
                        "is missing; without it nothing binds the signature to its content");
    }
    TM_TRY(const DerElement attributes, inner.take(tag::context0, "set of signed attributes"));
    fields.signedAttributes = attributes.whole;
    TM_CHECK(readSignedAttributes(attributes.content, fields));
    if (fields.messageDigest.size() != known(fields.digest).size)
        return derError("message digest", "has the wrong size");
    TM_TRY(fields.algorithm, takeSignatureAlgorithm(inner, fields.digest));
    TM_TRY(const DerElement value, inner.take(tag::octetString, "signature value"));
    fields.signatureValue = value.content;
    if (inner.nextIs(tag::context1)) {
        TM_TRY(const DerElement unsignedSet, inner.take(tag::context1, "set of unsigned attributes"));
        TM_CHECK(readUnsignedAttributes(unsignedSet.content, fields));
    }
    return inner.expectEnd("signer information");
}

Result<void> takeContentType(DerReader& reader) {
    TM_TRY(const DerElement info, reader.take(tag::sequence, "content description"));
    DerReader inner(info.content);
    TM_TRY(const DerElement type, inner.take(tag::object, "content type"));
    if (textOf(type.content) != oidData) return derError("content type", "is not plain data");
    if (!inner.atEnd()) return derError("content", "is attached; it must be the file beside the signature");
    return {};
}

Result<CadesFields> readSignedData(ByteView content) {
    CadesFields fields;
    DerReader reader(content);
    TM_CHECK(takeVersion(reader, "version"));
    TM_TRY(DerReader digests, takeSingleSet(reader, "digest algorithm"));
    TM_TRY(const DigestAlgorithm announced, takeDigestAlgorithm(digests));
    TM_CHECK(takeContentType(reader));
    TM_TRY(fields.certificates, takeCollection(reader, tag::context0, "set of certificates"));
    TM_TRY(fields.crls, takeCollection(reader, tag::context1, "set of revocation lists"));
    TM_TRY(DerReader signers, takeSingleSet(reader, "signer"));
    TM_CHECK(takeSignerInfo(signers, announced, fields));
    TM_CHECK(reader.expectEnd("signer"));
    return fields;
}

}  // namespace

const char* nameOf(DigestAlgorithm algorithm) noexcept { return known(algorithm).name; }

Result<CadesFields> readCades(ByteView signature) {
    if (signature.size() > maximumSignatureSize) {
        return Error{ErrorKind::TooLarge, "signature-size", "The signature has more than 1 MiB.",
                     "signature"};
    }
    DerReader file(signature);
    TM_TRY(const DerElement outer, file.take(tag::sequence, "outer structure"));
    TM_CHECK(file.expectEnd("outer structure"));
    DerReader info(outer.content);
    TM_TRY(const DerElement type, info.take(tag::object, "type"));
    if (textOf(type.content) != oidSignedData) return derError("type", "is not signed data");
    TM_TRY(const DerElement wrapped, info.take(tag::context0, "signed data"));
    TM_CHECK(info.expectEnd("signed data"));
    DerReader inner(wrapped.content);
    TM_TRY(const DerElement signedData, inner.take(tag::sequence, "signed data"));
    TM_CHECK(inner.expectEnd("signed data"));
    return readSignedData(signedData.content);
}

}  // namespace tickmark::crypto
