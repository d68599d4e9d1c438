// Revocation lists at their edges: reasons, critical extensions, holds, whose list it is.
#include <algorithm>

#include "crypto/Der.h"
#include "crypto/Revocation.h"
#include "crypto/TimeOffice.h"
#include "support/Outcome.h"
#include "tickmark/crypto/Crl.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::holds;
using tickmark::test::refusedAs;

namespace {

const Timestamp issued = sealed.plusSeconds(-30);

Bytes listWith(RevocationReason reason) {
    return expected(office().authority.makeCrl(
        {{office().seal.certificate().serialHex(), sealed.plusSeconds(-60), reason}}, issued, 30, 2));
}

/// What a list tells of its only entry when the code of the reason is changed.
std::optional<RevocationReason> reasonOfCode(int code) {
    Bytes der = listWith(RevocationReason::KeyCompromise);
    const Bytes enumerated{0x0A, 0x01, 0x01};
    const auto found = std::search(der.begin(), der.end(), enumerated.begin(), enumerated.end());
    if (found == der.end()) throw std::runtime_error("no reason in the list");
    *(found + 2) = static_cast<std::uint8_t>(code);
    return expected(readCrl(der)).revoked.at(0).reason;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(revocation_list_edges)

BOOST_AUTO_TEST_CASE(the_codes_of_reasons_are_those_of_the_standard) {
    for (const int code : {0, 1, 2, 3, 4, 5, 6, 9, 10})
        BOOST_TEST((reasonOfCode(code) == static_cast<RevocationReason>(code)), code);
    for (const int code : {7, 8, 11, 127, 255}) BOOST_TEST(!reasonOfCode(code).has_value(), code);
}

BOOST_AUTO_TEST_CASE(a_list_may_be_number_zero) {
    BOOST_TEST(*expected(readCrl(expected(office().authority.makeCrl({}, issued, 30, 0)))).number == 0);
}

BOOST_AUTO_TEST_CASE(a_critical_extension_is_seen_wherever_it_stands) {
    for (const int critical : {0, 1}) {
        const auto crl = ownerFromDer<CrlHandle>(office().crl, &d2i_X509_CRL);
        while (X509_CRL_get_ext_count(crl.get()) > 0) X509_EXTENSION_free(X509_CRL_delete_ext(crl.get(), 0));
        const IntegerHandle number(required(ASN1_INTEGER_new()));
        require(X509_CRL_add1_ext_i2d(crl.get(), NID_crl_number, number.get(), critical,
                                      X509V3_ADD_DEFAULT) == 1);
        BOOST_TEST(hasCriticalExtension(crl.get()) == (critical == 1));
    }
}

BOOST_AUTO_TEST_CASE(a_hold_counts_until_a_later_list_has_it_no_more) {
    CadesContext context = fullContext();
    context.extraCrls = {listWith(RevocationReason::CertificateHold)};
    // The list inside the signature is older and does not have it yet.
    expectOnly(checkCades(signedBySeal(), content, context), SignatureFlaw::Revoked);
    context.extraCrls.push_back(expected(office().authority.makeCrl({}, issued, 30, 3)));
    expectOnly(checkCades(signedBySeal(), content, context), SignatureFlaw::Revoked);
    context.extraCrls.push_back(expected(office().authority.makeCrl({}, issued.plusSeconds(1), 30, 4)));
    BOOST_TEST(checkCades(signedBySeal(), content, context).problems.empty());
}

BOOST_AUTO_TEST_CASE(a_list_of_the_right_day_by_somebody_else_is_refused) {
    const auto impostor = expected(LocalAuthority::create("City of Example", founded));
    const Bytes list = expected(impostor.makeCrl({}, issued, 30, 1));
    BOOST_TEST(refusedAs(checkCrlAt(list, office().authority.certificate(), sealed), ErrorKind::Refused,
                         "crl-signature"));
    BOOST_TEST(checkCrlAt(list, impostor.certificate(), sealed).ok());
}

BOOST_AUTO_TEST_CASE(a_grant_with_changes_is_a_grant_and_words_are_cut_between_characters) {
    const auto request = expected(makeTimestampRequest(stampedDigest));
    TokenRecipe recipe = timeOffice().recipe(stampedDigest);
    recipe.nonce = request.nonce;
    Bytes response = grantingResponse(makeToken(recipe));
    const Bytes status{0x30, 0x03, 0x02, 0x01, 0x00};
    const auto found = std::search(response.begin(), response.end(), status.begin(), status.end());
    BOOST_REQUIRE((found != response.end()));
    BOOST_TEST(tokenFromResponse(response, request).ok());
    *(found + 4) = 1;
    BOOST_TEST(tokenFromResponse(response, request).ok());
    *(found + 4) = 2;
    BOOST_TEST(refusedAs(tokenFromResponse(response, request), ErrorKind::Refused, "timestamp-refused"));
    const std::string long300(300, 'w');
    const auto words = [&](const std::string& text) {
        const Bytes rejection{tag::integer, 1, 2};
        const Bytes texts = derOfParts(tag::sequence, {derOfParts(tag::utf8String, {viewOf(text)})});
        const Bytes answer = derOfParts(tag::sequence, {derOfParts(tag::sequence, {rejection, texts})});
        return tokenFromResponse(answer, request).error().message;
    };
    BOOST_TEST(holds(words(long300), "\"" + long300 + "\""));
    BOOST_TEST(holds(words(long300 + "x"), "\"" + long300 + "\""));
    BOOST_TEST(holds(words(long300.substr(1) + "\u00fcx"), "\"" + long300.substr(1) + "\""));
    BOOST_TEST(holds(words(long300.substr(2) + "\u00fcx"), "\"" + long300.substr(2) + "\u00fc\""));
}

BOOST_AUTO_TEST_SUITE_END()
