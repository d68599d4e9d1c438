#include "crypto/CadesProfile.h"

#include <string_view>

#include "crypto/CadesAttributes.h"
#include "crypto/Der.h"

namespace tickmark::crypto {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view oidData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"sv;

Result<void> takeSignerInfo(DerReader& reader, DigestAlgorithm announced, CadesFields& fields) {
    TM_TRY(DerReader inner, reader.enter(tag::sequence, "signer information"));
    TM_CHECK(takeSignerStart(inner, announced, fields));
    TM_TRY(const DerElement attributes, takeSignedAttributes(inner));
    fields.signedAttributes = attributes.whole;
    TM_CHECK(readSignedAttributes(attributes.content, fields));
    TM_CHECK(takeSignatureValue(inner, fields));
    if (inner.nextIs(tag::context1)) {
        TM_TRY(const DerElement unsignedSet, inner.take(tag::context1, "set of unsigned attributes"));
        TM_CHECK(readUnsignedAttributes(unsignedSet.content, fields));
    }
    return inner.expectEnd("signer information");
}

Result<void> takeContentType(DerReader& reader) {
    TM_TRY(DerReader inner, reader.enter(tag::sequence, "content description"));
    TM_TRY(const DerElement type, inner.take(tag::object, "content type"));
    if (textOf(type.content) != oidData) return derError("content type", "is not plain data");
    if (!inner.atEnd()) return derError("content", "is attached; it must be the file beside the signature");
    return {};
}

}  // namespace

Result<CadesFields> readCades(ByteView signature) {
    if (signature.size() > maximumSignatureSize) {
        return Error{ErrorKind::TooLarge, "signature-size", "The signature has more than 1 MiB.",
                     "signature"};
    }
    CadesFields fields;
    TM_TRY(DerReader reader, openSignedData(signature, "signature"));
    TM_CHECK(takeVersion(reader, 1, "version"));
    TM_TRY(DerReader digests, takeSingleSet(reader, "digest algorithm"));
    TM_TRY(const DigestAlgorithm announced, takeDigestAlgorithm(digests));
    TM_CHECK(takeContentType(reader));
    TM_TRY(fields.certificates,
           takeCollection(reader, tag::context0, Order::Ascending, "set of certificates"));
    TM_TRY(fields.crls, takeCollection(reader, tag::context1, Order::Ascending, "set of revocation lists"));
    TM_TRY(DerReader signers, takeSingleSet(reader, "signer"));
    TM_CHECK(takeSignerInfo(signers, announced, fields));
    TM_CHECK(reader.expectEnd("signer"));
    return fields;
}

}  // namespace tickmark::crypto
