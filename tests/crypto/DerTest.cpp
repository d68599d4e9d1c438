// The reader of DER at its bounds: lengths, numbers, decimals of a time, addresses of keys in tokens.
#include "crypto/Der.h"

#include <boost/test/unit_test.hpp>

#include "crypto/CmsElements.h"
#include "crypto/TestHouse.h"
#include "crypto/TokenUri.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::refusedAs;

namespace {

bool isElement(const char* hex) {
    const Bytes bytes = expected(fromHex(hex));
    DerReader reader(bytes);
    return reader.only(tag::octetString, "x").ok();
}

std::optional<std::int64_t> numberOf(const char* hex, std::int64_t most) {
    const Bytes bytes = expected(fromHex(hex));
    DerReader reader(bytes);
    auto number = reader.takeNumber("x", most);
    return number ? std::optional(*number) : std::nullopt;
}

std::string decimalTime(const std::string& text) {
    const Bytes bytes = derOfParts(tag::generalizedTime, {viewOf(text)});
    DerReader reader(bytes);
    const auto time = readTime(reader, expected(reader.take(tag::generalizedTime, "x")), true, "x");
    return time ? time->iso() : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(der)

BOOST_AUTO_TEST_CASE(an_element_ends_within_its_bytes_and_has_the_shortest_length) {
    BOOST_TEST(isElement("0400"));
    BOOST_TEST(isElement("04020102"));
    for (const char* cut : {"", "04", "0401", "04030102", "040401020304ff", "0481", "048180", "04820100"})
        BOOST_TEST(!isElement(cut), cut);
    const Bytes high = expected(fromHex("1f0100"));  // an identifier of several bytes
    DerReader reader(high);
    BOOST_TEST(!reader.take(0x1F, "x").ok());
    const std::string inner(256, '0');  // 128 bytes
    BOOST_TEST(isElement(("048180" + inner).c_str()));
    BOOST_TEST(!isElement(("04820080" + inner).c_str()));
    BOOST_TEST(!isElement(("04817f" + inner.substr(2)).c_str()));
    BOOST_TEST(!isElement("04800000"));
    BOOST_TEST(isElement(("04820100" + inner + inner).c_str()));
    BOOST_TEST(!isElement(("0481ff" + inner + inner).c_str()));
}

BOOST_AUTO_TEST_CASE(a_number_lies_between_zero_and_its_bound) {
    BOOST_TEST((numberOf("020100", 5) == 0));
    BOOST_TEST((numberOf("020105", 5) == 5));
    BOOST_TEST((numberOf("02020080", 128) == 128));
    for (const char* bad : {"020106", "0201ff", "02020005", "0200", "0209010000000000000000"})
        BOOST_TEST(!numberOf(bad, 5).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(decimals_of_a_time_end_in_no_zero) {
    BOOST_TEST(decimalTime("20260101000000Z") == "2026-01-01T00:00:00.000000Z");
    BOOST_TEST(decimalTime("20260101000000.5Z") == "2026-01-01T00:00:00.500000Z");
    BOOST_TEST(decimalTime("20260101000000.05Z") == "2026-01-01T00:00:00.050000Z");
    BOOST_TEST(decimalTime("20260101000000.1234567Z") == "2026-01-01T00:00:00.123456Z");
    for (const char* bad :
         {"20260101000000.Z", "20260101000000.50Z", "20260101000000.0Z", "20260101000000,5Z",
          "202601010000005Z", "20260101000000.5xZ", "20260101000000.x5Z", "20260101000000.5"})
        BOOST_TEST(decimalTime(bad) == "refused", bad);
}

BOOST_AUTO_TEST_CASE(an_address_of_a_key_is_decoded_digit_by_digit) {
    const auto object = [](const std::string& text) {
        return expected(parseTokenUri("pkcs11:object=" + text)).object;
    };
    BOOST_TEST(object("a%41%6a%6A%4f%20%30%39%7e%C3%BC") == "aAjjO 09~\u00fc");
    BOOST_TEST(object("%61") == "a");
    for (const char* bad : {"%", "%4", "%4g", "%g4", "%`1", "%4`", "%:0", "%0/", "a%"})
        BOOST_TEST(
            refusedAs(parseTokenUri("pkcs11:object=" + std::string(bad)), ErrorKind::Invalid, "token-uri"));
    BOOST_TEST(parseTokenUri("pkcs11:object=" + std::string(986, 'x')).ok());
    BOOST_TEST(!parseTokenUri("pkcs11:object=" + std::string(987, 'x')).ok());
    const auto id = expected(parseTokenUri("pkcs11:token=T;id=%01%ff;type=private"));
    BOOST_TEST(id.token == "T");
    BOOST_TEST((id.id == Bytes{0x01, 0xFF}));
    BOOST_TEST(!parseTokenUri("pkcs11:type=cert").ok());
}

BOOST_AUTO_TEST_SUITE_END()
