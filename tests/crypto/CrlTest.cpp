// Revocation lists: reading them, and whose they are; and the facts of certificates that go with them.
#include "tickmark/crypto/Crl.h"

#include "crypto/TimeOffice.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::refusedAs;

BOOST_AUTO_TEST_SUITE(revocation_lists)

namespace {

const Timestamp issued = sealed.plusSeconds(-3600);

Bytes pemOf(const Bytes& der) {
    const Folder folder;
    folder.write("list.crl", der);
    BOOST_REQUIRE(folder.run("openssl crl -inform DER -in list.crl -out list.pem") == 0);
    return folder.read("list.pem");
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_list_is_read_with_all_its_facts) {
    const std::string one = office().seal.certificate().serialHex();
    const std::string two = office().auditor.certificate().serialHex();
    const Bytes der = expected(office().authority.makeCrl(
        {{one, issued.plusSeconds(-60), RevocationReason::KeyCompromise}, {two, issued}}, issued, 30, 12));
    const auto facts = expected(readCrl(der));
    BOOST_TEST(facts.issuer == office().authority.certificate().subject());
    BOOST_TEST(facts.thisUpdate.iso() == issued.iso());
    BOOST_TEST(facts.nextUpdate->iso() == issued.plusSeconds(30 * 86'400).iso());
    BOOST_TEST(*facts.number == 12);
    BOOST_TEST(!facts.hasCriticalExtension);
    BOOST_REQUIRE(facts.revoked.size() == 2U);
    for (const auto& entry : facts.revoked) {
        BOOST_TEST((entry.serialHex == one || entry.serialHex == two));
        BOOST_TEST((entry.reason == RevocationReason::KeyCompromise) == (entry.serialHex == one));
        BOOST_TEST(entry.at.iso() == issued.plusSeconds(entry.serialHex == one ? -60 : 0).iso());
    }
    const Folder folder;
    folder.write("list.crl", der);
    BOOST_TEST(folder.run("openssl crl -inform DER -in list.crl -noout -text") == 0);
    BOOST_TEST(folder.output().find("Key Compromise") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_list_comes_in_pem_or_der) {
    const Bytes der = office().crl;
    BOOST_TEST(toHex(expected(crlFromFile(der))) == toHex(der));
    BOOST_TEST(toHex(expected(crlFromFile(pemOf(der)))) == toHex(der));
    BOOST_TEST(refusedAs(crlFromFile(bytesOf("no list")), ErrorKind::Invalid, "crl"));
    BOOST_TEST(refusedAs(crlFromFile(bytesOf("-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")),
                         ErrorKind::Invalid, "crl"));
    BOOST_TEST(refusedAs(readCrl(Bytes(maximumCrlSize + 1, 0)), ErrorKind::TooLarge, "crl-size"));
    Bytes longer = der;
    longer.push_back(0);
    BOOST_TEST(refusedAs(readCrl(longer), ErrorKind::Invalid, "crl"));
}

BOOST_AUTO_TEST_CASE(a_list_is_held_against_its_issuer_and_a_moment) {
    const Certificate& root = office().authority.certificate();
    const Bytes der = expected(office().authority.makeCrl({}, issued, 30, 1));
    BOOST_TEST(checkCrl(der, root).ok());
    BOOST_TEST(refusedAs(checkCrl(der, timeOffice().root.certificate()), ErrorKind::Refused, "crl-issuer"));
    const auto impostor = expected(LocalAuthority::create("City of Example", founded));
    BOOST_TEST(refusedAs(checkCrl(der, impostor.certificate()), ErrorKind::Refused, "crl-signature"));
    BOOST_TEST(checkCrlAt(der, root, issued).ok());
    BOOST_TEST(checkCrlAt(der, root, issued.plusSeconds(30 * 86'400)).ok());
    BOOST_TEST(refusedAs(checkCrlAt(der, root, issued.plusSeconds(-1)), ErrorKind::Refused, "crl-outdated"));
    BOOST_TEST(refusedAs(checkCrlAt(der, root, issued.plusSeconds(30 * 86'400 + 1)), ErrorKind::Refused,
                         "crl-outdated"));
    for (std::size_t byte = 0; byte < der.size(); byte += 3) {
        Bytes changed = der;
        changed[byte] ^= 0x10U;
        BOOST_TEST(!checkCrl(changed, root).ok(), byte);
    }
}

BOOST_AUTO_TEST_CASE(a_certificate_tells_what_it_is_for) {
    const auto words = office().seal.certificate().usageWords();
    const std::vector<std::string> expectedWords{"signs data", "signs documents for good", "document signing",
                                                 "e-mail"};
    BOOST_TEST(words == expectedWords, boost::test_tools::per_element());
    BOOST_TEST(timeOffice().clock.certificate().mayMakeTimestamps());
    BOOST_TEST(!timeOffice().clock.certificate().maySignDocuments());
    BOOST_TEST(!office().seal.certificate().mayMakeTimestamps());
    BOOST_TEST(!timeOffice().root.certificate().mayMakeTimestamps());
    const std::vector<std::string> rootWords{"signs certificates", "signs revocation lists"};
    BOOST_TEST(office().authority.certificate().usageWords() == rootWords, boost::test_tools::per_element());
    Wish wish{"Odd", nullptr};
    wish.extendedUsageWords = "1.2.3.4";
    const std::vector<std::string> oddWords{"1.2.3.4"};
    BOOST_TEST(issueAsWished(office().root, wish, makeKey("P-256")).certificate().usageWords() == oddWords,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_certificate_tells_where_its_issuers_lists_are) {
    BOOST_TEST(office().seal.certificate().crlUrls().empty());
    const Folder folder;
    folder.write("c.cnf",
                 "[req]\ndistinguished_name=d\nx509_extensions=e\nprompt=no\n[d]\nCN=x\n[e]\n"
                 "crlDistributionPoints=URI:http://a.example/1.crl,URI:ldap://b.example/x,URI:https://"
                 "c.example/2.crl\n");
    BOOST_REQUIRE(
        folder.run("openssl req -x509 -config c.cnf -newkey rsa:2048 -nodes -keyout k -out c.pem") == 0);
    const auto urls = expected(Certificate::fromPem(textOf(folder.read("c.pem")))).crlUrls();
    const std::vector<std::string> wanted{"http://a.example/1.crl", "https://c.example/2.crl"};
    BOOST_TEST(urls == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
