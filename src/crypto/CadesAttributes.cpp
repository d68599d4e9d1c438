#include "crypto/CadesAttributes.h"

#include <algorithm>
#include <array>

#include "crypto/Der.h"

namespace tickmark::crypto {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view oidData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"sv;
constexpr std::string_view oidContentType = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03"sv;
constexpr std::string_view oidMessageDigest = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04"sv;
constexpr std::string_view oidSigningTime = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05"sv;
constexpr std::string_view oidTimestamp = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e"sv;
constexpr std::string_view oidCommitment = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x10"sv;
constexpr std::string_view oidSigningCertificate = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f"sv;
constexpr std::string_view oidProofOfOrigin = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x06\x01"sv;
constexpr std::string_view oidProofOfReceipt = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x06\x02"sv;
constexpr std::string_view oidProofOfApproval = "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x06\x05"sv;

struct KnownCommitment {
    Commitment commitment = Commitment::Origin;
    std::string_view oid;
};
constexpr std::array<KnownCommitment, 3> knownCommitments{{
    {Commitment::Origin, oidProofOfOrigin},
    {Commitment::Approval, oidProofOfApproval},
    {Commitment::Receipt, oidProofOfReceipt},
}};

// The only element of an attribute's value or of a wrapper.
Result<DerElement> only(ByteView content, std::uint8_t identifier, std::string_view what) {
    return DerReader(content).only(identifier, what);
}

Result<void> readContentType(ByteView value, CadesFields& /*fields*/) {
    TM_TRY(const DerElement type, only(value, tag::object, "content type attribute"));
    if (textOf(type.content) != oidData) return derError("content type attribute", "is not plain data");
    return {};
}

Result<void> readMessageDigest(ByteView value, CadesFields& fields) {
    TM_TRY(const DerElement digest, only(value, tag::octetString, "message digest"));
    fields.messageDigest = digest.content;
    return {};
}

// UTCTime for 1950 to 2049, GeneralizedTime else, seconds always there, always Z (RFC 5652 section 11.3).
Result<void> readSigningTime(ByteView value, CadesFields& fields) {
    constexpr std::string_view what = "signing time";
    DerReader reader(value);
    const bool isShort = reader.nextIs(tag::utcTime);
    TM_TRY(const DerElement time, reader.only(isShort ? tag::utcTime : tag::generalizedTime, what));
    TM_TRY(fields.signingTime, readTime(reader, time, false, what));
    const int year = Date::of(fields.signingTime).year();
    if ((year >= 1950 && year < 2050) != isShort) return derError(what, "is not written as DER asks");
    return {};
}

Result<void> readSigningCertificate(ByteView value, CadesFields& fields) {
    TM_TRY(const DerElement certificate, only(value, tag::sequence, "signing certificate attribute"));
    fields.signingCertificate = certificate.whole;
    return {};
}

Result<void> readCommitment(ByteView value, CadesFields& fields) {
    constexpr std::string_view what = "commitment";
    TM_TRY(const DerElement indication, only(value, tag::sequence, what));
    TM_TRY(const DerElement type, only(indication.content, tag::object, what));
    for (const KnownCommitment& known : knownCommitments) {
        if (textOf(type.content) != known.oid) continue;
        fields.commitment = known.commitment;
        return {};
    }
    return derError(what, "is neither origin, approval nor receipt");
}

struct KnownAttribute {
    std::string_view oid;
    Result<void> (*read)(ByteView, CadesFields&) = nullptr;
};
constexpr std::array<KnownAttribute, 5> knownAttributes{{
    {oidContentType, &readContentType},
    {oidMessageDigest, &readMessageDigest},
    {oidSigningTime, &readSigningTime},
    {oidSigningCertificate, &readSigningCertificate},
    {oidCommitment, &readCommitment},
}};

}  // namespace

Result<void> readSignedAttributes(ByteView content, CadesFields& fields) {
    constexpr std::string_view what = "set of signed attributes";
    DerReader reader(content);
    std::array<bool, knownAttributes.size()> seen{};
    while (!reader.atEnd()) {
        TM_TRY(const Attribute attribute, takeAttribute(reader));
        const auto found =
            std::find_if(knownAttributes.begin(), knownAttributes.end(),
                         [&](const KnownAttribute& known) { return known.oid == attribute.oid; });
        if (found == knownAttributes.end())
            return derError(what, "holds an attribute that does not belong there");
        bool& already = seen.at(static_cast<std::size_t>(found - knownAttributes.begin()));
        if (already) return derError(what, "holds an attribute twice");
        already = true;
        TM_CHECK(found->read(attribute.values, fields));
    }
    if (!std::all_of(seen.begin(), seen.end(), [](bool one) { return one; })) {
        return derError(what, "lacks a required attribute");
    }
    return {};
}

Result<void> readUnsignedAttributes(ByteView content, CadesFields& fields) {
    constexpr std::string_view what = "set of unsigned attributes";
    DerReader reader(content);
    TM_TRY(const Attribute attribute, takeAttribute(reader));
    TM_CHECK(reader.expectEnd(what));
    if (attribute.oid != oidTimestamp) return derError(what, "holds something other than a timestamp");
    TM_TRY(const DerElement token, only(attribute.values, tag::sequence, "timestamp"));
    fields.timestampToken = token.whole;
    return {};
}

Bytes commitmentValue(Commitment commitment) {
    const auto known =
        std::find_if(knownCommitments.begin(), knownCommitments.end(),
                     [&](const KnownCommitment& each) { return each.commitment == commitment; });
    const std::string_view oid = known->oid;
    const auto size = static_cast<std::uint8_t>(oid.size());
    Bytes value{tag::sequence, static_cast<std::uint8_t>(size + 2), tag::object, size};
    const ByteView bytes = viewOf(oid);
    value.insert(value.end(), bytes.begin(), bytes.end());
    return value;
}

}  // namespace tickmark::crypto
