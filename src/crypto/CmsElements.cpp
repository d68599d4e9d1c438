#include "crypto/CmsElements.h"

#include <algorithm>
#include <array>

namespace tickmark::crypto {

namespace {

using namespace std::string_view_literals;

// Contents of object identifiers, as DER writes them.
constexpr std::string_view oidSignedData = "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"sv;
constexpr std::string_view oidRsa = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"sv;

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

const KnownDigest& known(DigestAlgorithm algorithm) noexcept {
    return knownDigests[static_cast<std::size_t>(algorithm)];  // NOLINT(*-constant-array-index)
}

// AlgorithmIdentifier with NULL or no parameters.
struct Algorithm {
    std::string_view oid{};
    bool hasNull = false;
};

Result<Algorithm> takeAlgorithm(DerReader& reader, std::string_view what) {
    TM_TRY(DerReader inner, reader.enter(tag::sequence, what));
    TM_TRY(const DerElement oid, inner.take(tag::object, what));
    const Algorithm algorithm{textOf(oid.content), !inner.atEnd()};
    if (algorithm.hasNull) {
        TM_TRY(const DerElement parameters, inner.take(tag::null, what));
        if (!parameters.content.empty()) return inner.error(what, "has unknown parameters");
    }
    TM_CHECK(inner.expectEnd(what));
    return algorithm;
}

bool hasDuplicates(std::vector<ByteView> members) {
    const auto before = [](ByteView a, ByteView b) {
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
    };
    std::sort(members.begin(), members.end(), before);
    return std::adjacent_find(members.begin(), members.end(), &sameBytes) != members.end();
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Decimals as DER has them: at least one, the last not zero; "" when there are none.
bool areDecimals(std::string_view text) {
    return text.empty() || (text.size() > 1 && text[0] == '.' && text.back() != '0' &&
                            std::all_of(text.begin() + 1, text.end(), &isDigit));
}

}  // namespace

const char* nameOf(DigestAlgorithm algorithm) noexcept { return known(algorithm).name; }
std::size_t sizeOf(DigestAlgorithm algorithm) noexcept { return known(algorithm).size; }

Result<DerReader> openSignedData(ByteView file, std::string_view subject) {
    DerReader reader(file, subject);
    TM_TRY(const DerElement outer, reader.only(tag::sequence, "outer structure"));
    DerReader info = reader.inside(outer);
    TM_TRY(const DerElement type, info.take(tag::object, "type"));
    if (textOf(type.content) != oidSignedData) return info.error("type", "is not signed data");
    TM_TRY(const DerElement wrapped, info.only(tag::context0, "signed data"));
    DerReader inner = info.inside(wrapped);
    TM_TRY(const DerElement signedData, inner.only(tag::sequence, "signed data"));
    return inner.inside(signedData);
}

Result<DigestAlgorithm> takeDigestAlgorithm(DerReader& reader) {
    TM_TRY(const Algorithm algorithm, takeAlgorithm(reader, "digest algorithm"));
    for (std::size_t i = 0; i < knownDigests.size(); ++i) {
        if (algorithm.oid == knownDigests.at(i).oid) return static_cast<DigestAlgorithm>(i);
    }
    return reader.error("digest algorithm", "is not SHA-256, SHA-384 or SHA-512");
}

Result<SignatureAlgorithm> takeSignatureAlgorithm(DerReader& reader, DigestAlgorithm digest) {
    TM_TRY(const Algorithm algorithm, takeAlgorithm(reader, "signature algorithm"));
    // ECDSA has no parameters (RFC 5758 section 3.2); RSA has NULL (RFC 4055 section 1.2).
    if (algorithm.oid == known(digest).ecdsaOid && !algorithm.hasNull) return SignatureAlgorithm::Ecdsa;
    if ((algorithm.oid == known(digest).rsaOid || algorithm.oid == oidRsa) && algorithm.hasNull)
        return SignatureAlgorithm::Rsa;
    return reader.error("signature algorithm", "is not ECDSA or RSA with the digest that the signer names");
}

Result<void> takeVersion(DerReader& reader, std::int64_t version, std::string_view what) {
    TM_TRY(const std::int64_t stated, reader.takeNumber(what, INT64_MAX));
    if (stated != version) return reader.error(what, "is not " + std::to_string(version));
    return {};
}

Result<DerReader> takeSingleSet(DerReader& reader, std::string_view what) {
    TM_TRY(const DerElement set, reader.take(tag::set, what));
    DerReader counting = reader.inside(set);
    TM_CHECK(counting.take(tag::sequence, what));
    if (!counting.atEnd()) return reader.error(what, "is there more than once; exactly one is allowed");
    return reader.inside(set);
}

Result<std::vector<ByteView>> takeCollection(DerReader& reader, std::uint8_t identifier, Order order,
                                             std::string_view what) {
    std::vector<ByteView> members;
    if (!reader.nextIs(identifier)) return members;
    TM_TRY(const DerElement set, reader.take(identifier, what));
    DerReader inner = reader.inside(set);
    while (!inner.atEnd()) {
        TM_TRY(const DerElement member, inner.take(tag::sequence, what));
        members.push_back(member.whole);
    }
    const bool inOrder = order == Order::Ascending ? isOrderedSet(set.content) : !hasDuplicates(members);
    if (members.empty() || !inOrder) return reader.error(what, "is empty, not in order or holds one twice");
    return members;
}

Result<void> takeSignerStart(DerReader& signer, DigestAlgorithm announced, SignerFields& fields) {
    TM_CHECK(takeVersion(signer, 1, "signer version"));
    TM_TRY(DerReader identifier, signer.enter(tag::sequence, "signer identifier"));
    TM_TRY(const DerElement issuer, identifier.take(tag::sequence, "signer's issuer"));
    TM_TRY(const DerElement serial, identifier.take(tag::integer, "signer's serial number"));
    TM_CHECK(identifier.expectEnd("signer identifier"));
    fields.issuer = issuer.whole;
    fields.serial = serial.whole;
    TM_TRY(fields.digest, takeDigestAlgorithm(signer));
    if (fields.digest != announced) return signer.error("digest algorithm", "differs from the one announced");
    return {};
}

Result<DerElement> takeSignedAttributes(DerReader& signer) {
    constexpr std::string_view what = "set of signed attributes";
    if (!signer.nextIs(tag::context0))
        return signer.error(what, "is missing; without it nothing binds the signature to its content");
    TM_TRY(const DerElement attributes, signer.take(tag::context0, what));
    if (!isOrderedSet(attributes.content)) return signer.error(what, "is not in order");
    return attributes;
}

Result<void> takeSignatureValue(DerReader& signer, SignerFields& fields) {
    if (fields.messageDigest.size() != sizeOf(fields.digest))
        return signer.error("message digest", "has the wrong size");
    TM_TRY(fields.algorithm, takeSignatureAlgorithm(signer, fields.digest));
    TM_TRY(const DerElement value, signer.take(tag::octetString, "signature value"));
    fields.signatureValue = value.content;
    return {};
}

Result<Attribute> takeAttribute(DerReader& reader) {
    constexpr std::string_view what = "attribute";
    TM_TRY(DerReader inner, reader.enter(tag::sequence, what));
    TM_TRY(const DerElement type, inner.take(tag::object, what));
    TM_TRY(const DerElement values, inner.only(tag::set, what));
    return Attribute{textOf(type.content), values.content};
}

Result<Timestamp> readTime(const DerReader& context, const DerElement& element, bool decimals,
                           std::string_view what) {
    constexpr std::string_view notDer = "is not written as DER asks";
    const bool isShort = element.identifier == tag::utcTime;
    const std::size_t wholeSize = isShort ? 12 : 14;
    std::string digits(textOf(element.content));
    if (digits.size() <= wholeSize || digits.back() != 'Z') return context.error(what, notDer);
    digits.pop_back();
    std::string fraction = digits.substr(wholeSize);
    digits.resize(wholeSize);
    if ((!decimals && !fraction.empty()) || !areDecimals(fraction) ||
        !std::all_of(digits.begin(), digits.end(), &isDigit)) {
        return context.error(what, notDer);
    }
    if (isShort) digits.insert(0, digits[0] >= '5' ? "19" : "20");
    constexpr std::size_t dotAndMicroseconds = 7;
    if (fraction.size() > dotAndMicroseconds) fraction.resize(dotAndMicroseconds);
    const auto part = [&](std::size_t at) { return digits.substr(at, 2); };
    auto moment = Timestamp::parse(digits.substr(0, 4) + "-" + part(4) + "-" + part(6) + "T" + part(8) + ":" +
                                   part(10) + ":" + part(12) + fraction + "Z");
    if (!moment) return context.error(what, "is not a time");
    return moment;
}

}  // namespace tickmark::crypto
