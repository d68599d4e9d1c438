#include "crypto/TimestampProfile.h"

#include <array>

#include "crypto/OpenSslHandle.h"

namespace tickmark::crypto {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view subject = "timestamp";
constexpr std::string_view oidTimestampInfo = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04"sv;
constexpr std::string_view oidContentType = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"sv;
constexpr std::string_view oidMessageDigest = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"sv;
constexpr std::string_view oidSigningCertificate = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0c"sv;
constexpr std::string_view oidSigningCertificateV2 = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f"sv;

Result<std::string> dottedOf(const DerReader& context, const DerElement& object) {
    const auto handle = canonicalFromDer<ObjectHandle>(object.whole, &d2i_ASN1_OBJECT, &i2d_ASN1_OBJECT);
    std::array<char, 256> text{};
    const int length =
        handle == nullptr ? -1 : OBJ_obj2txt(text.data(), static_cast<int>(text.size()), handle.get(), 1);
    if (length <= 0 || static_cast<std::size_t>(length) >= text.size())
        return context.error("policy", "is not an object identifier");
    return std::string(text.data());
}

Result<Digest> takeImprint(DerReader& reader) {
    constexpr std::string_view what = "imprint";
    TM_TRY(DerReader inner, reader.enter(tag::sequence, what));
    TM_TRY(const DigestAlgorithm algorithm, takeDigestAlgorithm(inner));
    TM_TRY(const DerElement digest, inner.only(tag::octetString, what));
    if (algorithm != DigestAlgorithm::Sha256 || digest.content.size() != Digest::size)
        return reader.error(what, "is not a SHA-256 digest");
    return Digest::fromBytes(digest.content);
}

// Accuracy ::= SEQUENCE { seconds, millis [0], micros [1] }, each of them optional.
Result<std::int64_t> takeAccuracy(DerReader& reader) {
    constexpr std::string_view what = "accuracy";
    constexpr std::int64_t mostSeconds = 1'000'000'000;
    constexpr std::int64_t thousand = 1'000;
    TM_TRY(DerReader inner, reader.enter(tag::sequence, what));
    std::int64_t micros = 0;
    if (inner.nextIs(tag::integer)) {
        TM_TRY(const std::int64_t seconds, inner.takeNumber(what, mostSeconds));
        micros += seconds * thousand * thousand;
    }
    if (inner.nextIs(tag::plainContext0)) {
        TM_TRY(const std::int64_t millis, inner.takeNumber(what, thousand - 1, tag::plainContext0));
        micros += millis * thousand;
    }
    if (inner.nextIs(tag::plainContext1)) {
        TM_TRY(const std::int64_t some, inner.takeNumber(what, thousand - 1, tag::plainContext1));
        micros += some;
    }
    TM_CHECK(inner.expectEnd(what));
    return micros;
}

// Extensions change what the token means; none is known here, so a critical one is refused.
Result<void> takeExtensions(DerReader& reader) {
    constexpr std::string_view what = "extension";
    TM_TRY(DerReader all, reader.enter(tag::context1, what));
    while (!all.atEnd()) {
        TM_TRY(DerReader one, all.enter(tag::sequence, what));
        TM_CHECK(one.take(tag::object, what));
        if (one.nextIs(tag::boolean)) return one.error(what, "is critical, and its meaning is not known");
        TM_CHECK(one.only(tag::octetString, what));
    }
    return {};
}

Result<void> takeOptionalEnd(DerReader& reader, TimestampInfo& info) {
    if (reader.nextIs(tag::sequence)) {
        TM_TRY(info.accuracyMicros, takeAccuracy(reader));
    }
    if (reader.nextIs(tag::boolean)) {
        TM_TRY(const DerElement ordering, reader.take(tag::boolean, "ordering"));
        // FALSE is the default, which DER leaves out.
        if (ordering.content.size() != 1 || ordering.content[0] != 0xFF)
            return reader.error("ordering", "is not written as DER asks");
    }
    if (reader.nextIs(tag::integer)) {
        TM_TRY(const DerElement nonce, reader.takeInteger("nonce"));
        info.nonce = nonce.content;
    }
    if (reader.nextIs(tag::context0)) TM_CHECK(reader.take(tag::context0, "authority's name"));
    if (reader.nextIs(tag::context1)) TM_CHECK(takeExtensions(reader));
    return reader.expectEnd("statement");
}

Result<TimestampInfo> readInfo(ByteView content) {
    TimestampInfo info;
    DerReader file(content, subject);
    TM_TRY(const DerElement whole, file.only(tag::sequence, "statement"));
    DerReader reader = file.inside(whole);
    TM_CHECK(takeVersion(reader, 1, "statement's version"));
    TM_TRY(const DerElement policy, reader.take(tag::object, "policy"));
    TM_TRY(info.policy, dottedOf(reader, policy));
    TM_TRY(info.imprint, takeImprint(reader));
    TM_TRY(const DerElement serial, reader.takeInteger("serial number"));
    info.serialHex = toHex(serial.content);
    TM_TRY(const DerElement time, reader.take(tag::generalizedTime, "time"));
    TM_TRY(info.time, readTime(reader, time, true, "time"));
    TM_CHECK(takeOptionalEnd(reader, info));
    return info;
}

// The attribute's single value.
Result<DerElement> valueOf(const Attribute& attribute, std::uint8_t identifier) {
    return DerReader(attribute.values, subject).only(identifier, "attribute");
}

Result<void> readAttribute(const Attribute& attribute, bool& hasContentType, TokenFields& fields) {
    if (attribute.oid == oidContentType) {
        TM_TRY(const DerElement type, valueOf(attribute, tag::object));
        if (textOf(type.content) != oidTimestampInfo)
            return derError("content type attribute", "is not a timestamp", subject);
        hasContentType = true;
    } else if (attribute.oid == oidMessageDigest) {
        TM_TRY(const DerElement digest, valueOf(attribute, tag::octetString));
        fields.messageDigest = digest.content;
    } else if (attribute.oid == oidSigningCertificate) {
        TM_TRY(const DerElement certificate, valueOf(attribute, tag::sequence));
        fields.signingCertificate = certificate.whole;
    } else if (attribute.oid == oidSigningCertificateV2) {
        TM_TRY(const DerElement certificate, valueOf(attribute, tag::sequence));
        fields.signingCertificateV2 = certificate.whole;
    }
    return {};  // authorities sign further attributes, which change nothing here
}

Result<void> readAttributes(ByteView content, TokenFields& fields) {
    constexpr std::string_view what = "set of signed attributes";
    DerReader reader(content, subject);
    bool hasContentType = false;
    std::vector<std::string_view> seen;
    while (!reader.atEnd()) {
        TM_TRY(const Attribute attribute, takeAttribute(reader));
        if (std::find(seen.begin(), seen.end(), attribute.oid) != seen.end())
            return reader.error(what, "holds an attribute twice");
        seen.push_back(attribute.oid);
        TM_CHECK(readAttribute(attribute, hasContentType, fields));
    }
    const bool isBound = !fields.signingCertificate.empty() || !fields.signingCertificateV2.empty();
    if (!hasContentType || fields.messageDigest.empty() || !isBound)
        return reader.error(what, "lacks a required attribute");
    return {};
}

Result<void> takeContent(DerReader& reader, TokenFields& fields) {
    TM_TRY(DerReader inner, reader.enter(tag::sequence, "content description"));
    TM_TRY(const DerElement type, inner.take(tag::object, "content type"));
    if (textOf(type.content) != oidTimestampInfo)
        return reader.error("content type", "is not that of a timestamp");
    TM_TRY(const DerElement wrapped, inner.only(tag::context0, "statement"));
    TM_TRY(const DerElement content, inner.inside(wrapped).only(tag::octetString, "statement"));
    fields.content = content.content;
    return {};
}

Result<void> takeSignerInfo(DerReader& reader, DigestAlgorithm announced, TokenFields& fields) {
    TM_TRY(DerReader inner, reader.enter(tag::sequence, "signer information"));
    const ByteView all = inner.rest();
    TM_CHECK(takeSignerStart(inner, announced, fields));
    TM_TRY(const DerElement attributes, takeSignedAttributes(inner));
    fields.signedAttributes = attributes.whole;
    TM_CHECK(readAttributes(attributes.content, fields));
    TM_CHECK(takeSignatureValue(inner, fields));
    fields.signedPart = all.first(all.size() - inner.rest().size());
    if (inner.nextIs(tag::context1)) {
        TM_CHECK(inner.take(tag::context1, "set of unsigned attributes"));
        fields.hasUnsignedAttributes = true;
    }
    return inner.expectEnd("signer information");
}

}  // namespace

Result<TokenFields> readToken(ByteView token) {
    if (token.size() > maximumTokenSize) {
        return Error{ErrorKind::TooLarge, "timestamp-size", "The timestamp has more than 64 KiB.",
                     "timestamp"};
    }
    TokenFields fields;
    TM_TRY(DerReader reader, openSignedData(token, subject));
    const ByteView all = reader.rest();
    // RFC 5652 section 5.1: 3, because the content is not plain data.
    TM_CHECK(takeVersion(reader, 3, "version"));
    TM_TRY(DerReader digests, takeSingleSet(reader, "digest algorithm"));
    TM_TRY(const DigestAlgorithm announced, takeDigestAlgorithm(digests));
    TM_CHECK(takeContent(reader, fields));
    fields.beforeCertificates = all.first(all.size() - reader.rest().size());
    TM_TRY(fields.certificates, takeCollection(reader, tag::context0, Order::Any, "set of certificates"));
    TM_TRY(fields.crls, takeCollection(reader, tag::context1, Order::Any, "set of revocation lists"));
    TM_TRY(DerReader signers, takeSingleSet(reader, "signer"));
    TM_CHECK(takeSignerInfo(signers, announced, fields));
    TM_CHECK(reader.expectEnd("signer"));
    TM_TRY(fields.info, readInfo(fields.content));
    return fields;
}

}  // namespace tickmark::crypto
