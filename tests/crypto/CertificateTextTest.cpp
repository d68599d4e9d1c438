// What is told of a stranger's certificate: names, usages, addresses of lists, serial numbers.
#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "crypto/CertificateState.h"
#include "crypto/Office.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

namespace {

/// A certificate made by the openssl command with these further options.
Certificate madeWith(const std::string& options) {
    const Folder folder;
    const int code = folder.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -out c.pem -days "
        "30 " +
        options);
    if (code != 0) throw std::runtime_error(folder.output());
    return expected(Certificate::fromPem(textOf(folder.read("c.pem"))));
}

using Words = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(certificate_texts)

BOOST_AUTO_TEST_CASE(every_usage_is_told_in_words) {
    const Certificate all = madeWith(
        "-subj /CN=x -addext keyUsage=digitalSignature,nonRepudiation,keyEncipherment,dataEncipherment,"
        "keyAgreement,keyCertSign,cRLSign,encipherOnly,decipherOnly "
        "-addext extendedKeyUsage=1.3.6.1.5.5.7.3.36,emailProtection,timeStamping,serverAuth,clientAuth,"
        "codeSigning,OCSPSigning,anyExtendedKeyUsage,1.2.3.4");
    const Words wanted{"signs data",
                       "signs documents for good",
                       "encrypts keys",
                       "encrypts data",
                       "agrees on keys",
                       "signs certificates",
                       "signs revocation lists",
                       "encrypts only",
                       "decrypts only",
                       "document signing",
                       "e-mail",
                       "timestamps",
                       "web server",
                       "web client",
                       "code signing",
                       "answers about revocation",
                       "any purpose",
                       "1.2.3.4"};
    BOOST_TEST(all.usageWords() == wanted, boost::test_tools::per_element());
    BOOST_TEST(madeWith("-subj /CN=x").usageWords().empty());
}

BOOST_AUTO_TEST_CASE(addresses_of_lists_are_web_addresses_without_white_space) {
    const Certificate points = madeWith(
        "-subj /CN=x -addext 'crlDistributionPoints=URI:ldap://a.example/x,URI:http://a.example/!~.crl,"
        "URI:https://b.example/b.crl,DNS:c.example,URI:http://d.example/\xC3\xA9.crl,URI:http://e.example/"
        "\x7F,"
        "URI:http://f.example/a b,URI:http://g.example/'");
    const Words wanted{"http://a.example/!~.crl", "https://b.example/b.crl", "http://g.example/"};
    BOOST_TEST(points.crlUrls() == wanted, boost::test_tools::per_element());
    BOOST_TEST(madeWith("-subj /CN=x").crlUrls().empty());
    BOOST_TEST(madeWith("-subj /CN=x -addext crlDistributionPoints=DER:30023000").crlUrls().empty());
}

BOOST_AUTO_TEST_CASE(a_web_address_behind_another_name_of_the_same_place_is_found) {
    const Folder folder;
    folder.write("c.cnf",
                 "[req]\ndistinguished_name=d\nx509_extensions=e\nprompt=no\n[d]\nCN=x\n[e]\n"
                 "crlDistributionPoints=p\n[p]\nfullname=DNS:a.example,URI:http://b.example/1.crl\n");
    BOOST_REQUIRE(
        folder.run("openssl req -x509 -config c.cnf -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                   "-keyout k -out c.pem") == 0);
    const Words wanted{"http://b.example/1.crl"};
    BOOST_TEST(expected(Certificate::fromPem(textOf(folder.read("c.pem")))).crlUrls() == wanted,
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_several_common_names_the_last_counts_and_control_characters_do_not_pass) {
    BOOST_TEST(madeWith("-subj /CN=first/O=between/CN=last").commonName() == "last");
    BOOST_TEST(madeWith("-subj /O=nobody").commonName().empty());
    BOOST_TEST(madeWith("-utf8 -subj \"$(printf '/CN=a\\033b\\037c\\177d \\303\\274~')\"").commonName() ==
               "a?b?c?d \u00fc~");
}

BOOST_AUTO_TEST_CASE(a_certificate_of_nobody_has_an_empty_name) {
    const Certificate nobody = madeWith("-subj /");
    BOOST_TEST(nobody.subject().empty());
    BOOST_TEST(nobody.issuer().empty());
}

BOOST_AUTO_TEST_CASE(an_empty_list_of_purposes_serves_none) {
    Wish wish{"x"};
    wish.extendedUsageWords = "critical,DER:3000";
    const SigningKey key = issueAsWished(office().root, wish, makeKey("P-256"));
    BOOST_TEST(!key.certificate().maySignDocuments());
    BOOST_TEST(!key.certificate().mayMakeTimestamps());
    BOOST_TEST((key.certificate().usageWords() == Words{"signs data", "signs documents for good"}));
}

BOOST_AUTO_TEST_CASE(a_serial_number_is_told_in_whole_bytes) {
    BOOST_TEST(madeWith("-subj /CN=x -set_serial 0").serialHex() == "00");
    BOOST_TEST(madeWith("-subj /CN=x -set_serial 10").serialHex() == "0a");
    BOOST_TEST(madeWith("-subj /CN=x -set_serial 0x80ff").serialHex() == "80ff");
}

BOOST_AUTO_TEST_CASE(who_may_make_timestamps_has_that_purpose_alone_and_critical) {
    const auto may = [](const char* usage, const char* words, bool authority = false) {
        Wish wish{"x", usage, {}, authority};
        wish.extendedUsageWords = words;
        return issueAsWished(office().root, wish, makeKey("P-256")).certificate().mayMakeTimestamps();
    };
    const char* right = "critical,timeStamping";
    BOOST_TEST(may("critical,digitalSignature", right));
    BOOST_TEST(may("nonRepudiation", right));
    BOOST_TEST(may("digitalSignature,nonRepudiation", right));
    BOOST_TEST(may(nullptr, right));
    BOOST_TEST(!may("digitalSignature,keyEncipherment", right));
    BOOST_TEST(!may("keyAgreement", right));
    BOOST_TEST(!may("critical,DER:030100", right));  // a usage that names nothing
    BOOST_TEST(!may("digitalSignature,keyCertSign", right, true));
    BOOST_TEST(!may("digitalSignature", "timeStamping"));
    BOOST_TEST(!may("digitalSignature", "critical,timeStamping,emailProtection"));
    BOOST_TEST(!may("digitalSignature", "critical,emailProtection"));
    BOOST_TEST(!may("digitalSignature", nullptr));
}

BOOST_AUTO_TEST_CASE(an_issuer_has_the_name_and_the_key) {
    const Wish authority{"Issuer", "keyCertSign,cRLSign", {}, true};
    const SigningKey issuer = issueAsWished(office().root, authority, makeKey("P-256"));
    const SigningKey twin = issueAsWished(office().root, authority, makeKey("P-256"));
    const Certificate leaf = issueAsWished(issuer, Wish{"Leaf"}, makeKey("P-256")).certificate();
    BOOST_TEST(isIssuedBy(leaf, issuer.certificate()));
    BOOST_TEST(!isIssuedBy(leaf, twin.certificate()));
    BOOST_TEST(!isIssuedBy(leaf, office().authority.certificate()));
    const Folder folder;  // the same key under another name, and no key identifiers
    BOOST_REQUIRE(
        folder.run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem "
                   "-out a.pem -subj /CN=A && openssl req -x509 -key k.pem -out b.pem -subj /CN=B") == 0);
    const auto a = expected(Certificate::fromPem(textOf(folder.read("a.pem"))));
    const auto b = expected(Certificate::fromPem(textOf(folder.read("b.pem"))));
    BOOST_TEST(isIssuedBy(a, a));
    BOOST_TEST(!isIssuedBy(a, b));
}

BOOST_AUTO_TEST_CASE(a_path_ends_below_the_root_and_after_eight_steps) {
    std::vector<SigningKey> ladder{office().root};
    std::vector<Certificate> candidates{office().authority.certificate()};
    for (int i = 0; i < 10; ++i) {
        const std::string name = "Step " + std::to_string(i);
        ladder.push_back(issueAsWished(ladder.back(), Wish{name.c_str(), "keyCertSign,cRLSign", {}, true},
                                       makeKey("P-256")));
        candidates.push_back(ladder.back().certificate());
    }
    BOOST_TEST(pathBelowRoot(ladder[10].certificate(), candidates).size() == 8U);
    BOOST_TEST(pathBelowRoot(ladder[9].certificate(), candidates).size() == 8U);
    BOOST_TEST(pathBelowRoot(ladder[8].certificate(), candidates).size() == 7U);
    BOOST_TEST(pathBelowRoot(ladder[1].certificate(), candidates).empty());
    BOOST_TEST(pathBelowRoot(ladder[0].certificate(), candidates).empty());
}

BOOST_AUTO_TEST_SUITE_END()
