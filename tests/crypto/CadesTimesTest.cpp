// How a signing time may be written: RFC 5652 section 11.3 asks for UTCTime from 1950 to 2049, else
// GeneralizedTime.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "crypto/CadesAttributes.h"
#include "crypto/CadesProfile.h"
#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

namespace {

constexpr std::uint8_t utcTime = 0x17;
constexpr std::uint8_t generalizedTime = 0x18;

Bytes element(std::uint8_t identifier, const Bytes& inner) {
    Bytes out{identifier, static_cast<std::uint8_t>(inner.size())};
    out.insert(out.end(), inner.begin(), inner.end());
    return out;
}

/// The signed attributes of a real signature with another signing time.
Result<CadesFields> withTime(std::uint8_t identifier, const std::string& time) {
    const Bytes real = signedBySeal();
    const ByteView whole = expected(readCades(real)).signedAttributes;
    const Bytes oid = expected(fromHex("06092a864886f70d010905"));
    const auto found = std::search(whole.begin(), whole.end(), oid.begin(), oid.end());
    if (found == whole.end()) throw std::runtime_error("no signing time");
    const auto begin = found - 2;
    const std::ptrdiff_t head = whole[1] < 0x80 ? 2 : 2 + (whole[1] & 0x7F);  // identifier and length
    Bytes attributes(whole.begin() + head, begin);
    attributes.insert(attributes.end(), begin + 2 + *(begin + 1), whole.end());
    Bytes attribute = oid;
    const Bytes values = element(0x31, element(identifier, bytesOf(time)));
    attribute.insert(attribute.end(), values.begin(), values.end());
    attribute = element(0x30, attribute);
    attributes.insert(attributes.end(), attribute.begin(), attribute.end());
    CadesFields fields;
    TM_CHECK(readSignedAttributes(attributes, fields));
    return fields;
}

std::string readTime(std::uint8_t identifier, const std::string& time) {
    const auto fields = withTime(identifier, time);
    return fields ? fields->signingTime.iso() : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cades_times)

BOOST_AUTO_TEST_CASE(each_year_has_one_form) {
    BOOST_TEST(readTime(utcTime, "500101000000Z") == "1950-01-01T00:00:00.000000Z");
    BOOST_TEST(readTime(utcTime, "491231235959Z") == "2049-12-31T23:59:59.000000Z");
    BOOST_TEST(readTime(generalizedTime, "20500101000000Z") == "2050-01-01T00:00:00.000000Z");
    BOOST_TEST(readTime(generalizedTime, "19491231235959Z") == "1949-12-31T23:59:59.000000Z");
    BOOST_TEST(readTime(generalizedTime, "19500101000000Z") == "refused");
    BOOST_TEST(readTime(generalizedTime, "20491231235959Z") == "refused");
}

BOOST_AUTO_TEST_CASE(a_time_has_seconds_no_fraction_and_ends_in_z) {
    for (const char* bad : {"5001010000Z", "500101000000", "500101000000z", "500101000000.5Z",
                            "50010100000 Z", "501301000000Z", "500101240000Z", "Z", ""})
        BOOST_TEST(readTime(utcTime, bad) == "refused", bad);
    for (const char* bad : {"20500101000000.5Z", "205001010000Z", "20500101000000", "20500101000000+0000"})
        BOOST_TEST(readTime(generalizedTime, bad) == "refused", bad);
}

BOOST_AUTO_TEST_SUITE_END()
