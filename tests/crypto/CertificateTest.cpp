// The local authority, certificates, and the import and export of signing keys.
#include <boost/test/unit_test.hpp>
#include <set>

#include "crypto/TestHouse.h"
#include "tickmark/crypto/Certificate.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;

namespace {

constexpr int year = 365;

LocalAuthority makeAuthority() { return expected(LocalAuthority::create("City of Example", founded)); }

std::string errorType(const Result<SigningKey>& result) { return result.ok() ? "" : result.error().type; }

}  // namespace

BOOST_AUTO_TEST_SUITE(certificates)

BOOST_AUTO_TEST_CASE(a_root_is_an_authority_for_ten_years_and_may_not_sign_documents) {
    const LocalAuthority authority = makeAuthority();
    const Certificate& root = authority.certificate();
    BOOST_TEST(root.isAuthority());
    BOOST_TEST(!root.maySignDocuments());
    BOOST_TEST(root.subject() == "CN=City of Example evidence root,O=City of Example");
    BOOST_TEST(root.issuer() == root.subject());
    BOOST_TEST((root.notBefore() == founded));
    BOOST_TEST((root.notAfter() == founded.plusSeconds(std::int64_t{3652} * 86'400)));
    BOOST_TEST(root.serialHex().size() == 32U);
}

BOOST_AUTO_TEST_CASE(the_openssl_command_reads_the_extensions_as_stated) {
    const LocalAuthority authority = makeAuthority();
    const SigningKey seal =
        expected(authority.issue(CertificatePurpose::Seal, "Evidence seal", sealed, year));
    const Folder folder;
    folder.write("root.pem", authority.certificate().pem());
    folder.write("seal.pem", seal.certificate().pem());
    BOOST_TEST(folder.run("openssl x509 -in root.pem -noout -text") == 0);
    BOOST_TEST(folder.output().find("CA:TRUE, pathlen:0") != std::string::npos);
    BOOST_TEST(folder.output().find("Certificate Sign, CRL Sign") != std::string::npos);
    BOOST_TEST(folder.output().find("X509v3 Subject Key Identifier") != std::string::npos);
    BOOST_TEST(folder.run("openssl x509 -in seal.pem -noout -text") == 0);
    BOOST_TEST(folder.output().find(
                   "X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation") !=
               std::string::npos);
    BOOST_TEST(folder.output().find("1.3.6.1.5.5.7.3.36") != std::string::npos);
    BOOST_TEST(folder.output().find("X509v3 Authority Key Identifier") != std::string::npos);
    const std::string at = std::to_string(sealed.seconds());
    BOOST_TEST(folder.run("openssl verify -x509_strict -attime " + at + " -CAfile root.pem seal.pem") == 0);
    BOOST_TEST(folder.run("openssl verify -attime " + std::to_string(sealed.seconds() - 1) +
                          " -CAfile root.pem seal.pem") != 0);
}

BOOST_AUTO_TEST_CASE(seals_and_signatories_may_sign_documents_and_servers_may_not) {
    const LocalAuthority authority = makeAuthority();
    BOOST_TEST(expected(authority.issue(CertificatePurpose::Seal, "s", sealed, year))
                   .certificate()
                   .maySignDocuments());
    BOOST_TEST(expected(authority.issue(CertificatePurpose::Signatory, "s", sealed, year))
                   .certificate()
                   .maySignDocuments());
    const auto server =
        expected(authority.issue(CertificatePurpose::TlsServer, "s", sealed, year, {"localhost"}));
    BOOST_TEST(!server.certificate().maySignDocuments());
}

BOOST_AUTO_TEST_CASE(which_key_usages_may_sign_documents) {
    const SigningKey root = rootKeyOf(makeAuthority());
    const auto may = [&](const char* usage, std::vector<const char*> extended, bool authority = false) {
        const Wish wish{"x", usage, std::move(extended), authority};
        return issueAsWished(root, wish, makeKey("P-256")).certificate().maySignDocuments();
    };
    BOOST_TEST(may("digitalSignature", {}));
    BOOST_TEST(may("nonRepudiation", {"1.3.6.1.5.5.7.3.36"}));
    BOOST_TEST(may("digitalSignature", {"1.3.6.1.5.5.7.3.4"}));
    BOOST_TEST(!may(nullptr, {}));
    BOOST_TEST(!may("keyAgreement", {}));
    BOOST_TEST(!may("digitalSignature", {"1.3.6.1.5.5.7.3.1"}));
    BOOST_TEST(!may("digitalSignature", {"1.3.6.1.5.5.7.3.2"}));
    BOOST_TEST(!may("digitalSignature", {"1.3.6.1.5.5.7.3.8"}));
    BOOST_TEST(!may("digitalSignature", {"1.3.6.1.5.5.7.3.36", "1.3.6.1.5.5.7.3.1"}));
    BOOST_TEST(!may("digitalSignature,keyCertSign", {}, true));
}

BOOST_AUTO_TEST_CASE(a_server_certificate_names_its_hosts) {
    const LocalAuthority authority = makeAuthority();
    const Folder folder;
    const auto server = expected(authority.issue(CertificatePurpose::TlsServer, "tickmark", sealed, year,
                                                 {"audit.example.org", "127.0.0.1", "::1"}));
    folder.write("server.pem", server.certificate().pem());
    BOOST_TEST(folder.run("openssl x509 -in server.pem -noout -ext subjectAltName") == 0);
    BOOST_TEST(
        folder.output().find("DNS:audit.example.org, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1") !=
        std::string::npos);
    BOOST_TEST(
        authority.issue(CertificatePurpose::TlsServer, "s", sealed, year, {"az-AZ.09", std::string(253, 'h')})
            .ok());
    for (const std::string& bad :
         {std::string(""), std::string("a b"), std::string("x,DNS:evil.example"), std::string("-a"),
          std::string(".a"), std::string("h\n"), std::string("a@b"), std::string("a[b"), std::string("a`b"),
          std::string("a{b"), std::string("a/b"), std::string("a:b"), std::string(254, 'h')}) {
        BOOST_TEST(errorType(authority.issue(CertificatePurpose::TlsServer, "s", sealed, year, {bad})) ==
                   "host");
    }
    BOOST_TEST(errorType(authority.issue(CertificatePurpose::TlsServer, "s", sealed, year)) == "host");
    BOOST_TEST(errorType(authority.issue(CertificatePurpose::Seal, "s", sealed, year, {"localhost"})) ==
               "host");
}

BOOST_AUTO_TEST_CASE(names_and_days_outside_the_rules_are_refused) {
    const LocalAuthority authority = makeAuthority();
    BOOST_TEST(!authority.issue(CertificatePurpose::Seal, "", sealed, year).ok());
    BOOST_TEST(!authority.issue(CertificatePurpose::Seal, std::string(65, 'x'), sealed, year).ok());
    BOOST_TEST(!authority.issue(CertificatePurpose::Seal, "a\nb", sealed, year).ok());
    BOOST_TEST(!authority.issue(CertificatePurpose::Seal, "s", sealed, 0).ok());
    BOOST_TEST(errorType(authority.issue(CertificatePurpose::Seal, "s", founded.plusSeconds(-1), year)) ==
               "authority-expired");
    BOOST_TEST(!LocalAuthority::create("  ", founded).ok());
    const auto last = expected(authority.issue(CertificatePurpose::Seal, "s",
                                               authority.certificate().notAfter().plusSeconds(-60), year));
    BOOST_TEST((last.certificate().notAfter() == authority.certificate().notAfter()));
}

BOOST_AUTO_TEST_CASE(a_long_name_of_an_organisation_is_cut_between_characters) {
    std::string name;
    for (int i = 0; i < 80; ++i) name += "\u00fc";
    const auto authority = expected(LocalAuthority::create(name, founded));
    BOOST_TEST(authority.certificate().commonName() == name.substr(0, 100) + " evidence root");
}

BOOST_AUTO_TEST_CASE(serial_numbers_do_not_repeat) {
    const LocalAuthority authority = makeAuthority();
    std::set<std::string> serials;
    for (int i = 0; i < 20; ++i) {
        serials.insert(
            expected(authority.issue(CertificatePurpose::Seal, "s", sealed, year)).certificate().serialHex());
    }
    BOOST_TEST(serials.size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_certificate_comes_back_from_der_and_pem) {
    const Certificate root = makeAuthority().certificate();
    BOOST_TEST((expected(Certificate::fromDer(root.der())).der() == root.der()));
    BOOST_TEST((expected(Certificate::fromPem(root.pem())).der() == root.der()));
    BOOST_TEST(expected(Certificate::allFromPem(root.pem() + "words\n" + root.pem())).size() == 2U);
    BOOST_TEST((root.fingerprint() == Sha256::of(root.der())));
    Bytes trailing = root.der();
    trailing.push_back(0);
    BOOST_TEST(!Certificate::fromDer(trailing).ok());
    BOOST_TEST(!Certificate::fromDer({}).ok());
    BOOST_TEST(!Certificate::allFromPem("").ok());
    std::string damaged = root.pem();
    damaged.replace(60, 1, "*");
    BOOST_TEST(Certificate::allFromPem(root.pem() + damaged).error().type == "certificate");
}

BOOST_AUTO_TEST_CASE(an_authority_comes_back_only_with_its_passphrase_and_its_own_certificate) {
    const LocalAuthority authority = makeAuthority();
    const std::string key = authority.keyPem(Secret("root passphrase"));
    const std::string pem = authority.certificate().pem();
    BOOST_TEST(LocalAuthority::fromPem(key, pem, Secret("root passphrase")).ok());
    BOOST_TEST(LocalAuthority::fromPem(key, pem, Secret("wrong")).error().type == "passphrase");
    BOOST_TEST(LocalAuthority::fromPem(key, makeAuthority().certificate().pem(), Secret("root passphrase"))
                   .error()
                   .type == "key-mismatch");
    const auto seal = expected(authority.issue(CertificatePurpose::Seal, "s", sealed, year));
    BOOST_TEST(LocalAuthority::fromPem(seal.keyPem({}), seal.certificate().pem(), {}).error().type ==
               "certificate");
}

BOOST_AUTO_TEST_CASE(an_encrypted_key_uses_pbes2_and_opens_with_the_openssl_command) {
    const auto seal = expected(makeAuthority().issue(CertificatePurpose::Seal, "s", sealed, year));
    const Folder folder;
    folder.write("key.pem", seal.keyPem(Secret("a passphrase")));
    BOOST_TEST(folder.run("openssl pkey -in key.pem -passin 'pass:a passphrase' -noout") == 0);
    BOOST_TEST(folder.run("openssl pkey -in key.pem -passin pass:other -noout") != 0);
    BOOST_TEST(folder.run("openssl asn1parse -in key.pem") == 0);
    for (const char* part :
         {"PBES2", "PBKDF2", "0927C0", "hmacWithSHA256", "aes-256-cbc"}) {  // 0x0927C0 is 600,000
        BOOST_TEST(folder.output().find(part) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_revocation_list_verifies_with_the_openssl_command) {
    const LocalAuthority authority = makeAuthority();
    const auto seal = expected(authority.issue(CertificatePurpose::Seal, "s", sealed, year));
    const auto crl = expected(authority.makeCrl({{seal.certificate().serialHex(), sealed}}, sealed, 30, 7));
    const Folder folder;
    folder.write("crl.der", crl);
    folder.write("root.pem", authority.certificate().pem());
    BOOST_TEST(folder.run("openssl crl -inform DER -in crl.der -CAfile root.pem -noout -text") == 0);
    BOOST_TEST(folder.output().find("verify OK") != std::string::npos);
    std::string serial = seal.certificate().serialHex();
    std::transform(serial.begin(), serial.end(), serial.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    BOOST_TEST(folder.output().find("Serial Number: " + serial) != std::string::npos);
    for (const char* bad : {"", "xyz", "AB", "0102030405060708090a0b0c0d0e0f101112131415"}) {
        BOOST_TEST(!authority.makeCrl({{bad, sealed}}, sealed, 30, 7).ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(signing_keys)

BOOST_AUTO_TEST_CASE(a_pkcs12_file_of_the_openssl_command_is_imported) {
    const Folder folder;
    BOOST_REQUIRE(
        folder.run(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout k.pem -out c.pem "
            "-subj '/CN=Lead auditor' -days 30 && openssl pkcs12 -export -inkey k.pem -in c.pem -out k.p12 "
            "-passout 'pass:the passphrase'") == 0);
    const auto key = SigningKey::fromPkcs12(folder.read("k.p12"), Secret("the passphrase"));
    BOOST_REQUIRE(key.ok());
    BOOST_TEST(key->certificate().commonName() == "Lead auditor");
    BOOST_TEST(key->intermediates().empty());
    for (const char* wrong : {"", "The passphrase"}) {
        BOOST_TEST(errorType(SigningKey::fromPkcs12(folder.read("k.p12"), Secret(wrong))) == "passphrase");
    }
    Bytes cut = folder.read("k.p12");
    cut.resize(cut.size() / 2);
    BOOST_TEST(errorType(SigningKey::fromPkcs12(cut, Secret("the passphrase"))) == "key");
    BOOST_TEST(errorType(SigningKey::fromPkcs12({}, Secret("the passphrase"))) == "key");
}

BOOST_AUTO_TEST_CASE(unsuited_keys_are_refused_and_suited_ones_taken) {
    struct Case {
        const char* newkey = "";
        bool suited = false;
    };
    const Folder folder;
    for (const Case& one :
         {Case{"rsa:2048", false}, Case{"ed25519", false}, Case{"ec -pkeyopt ec_paramgen_curve:P-521", false},
          Case{"ec -pkeyopt ec_paramgen_curve:secp256k1", false},
          Case{"ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit", false},
          Case{"rsa:3072", true}, Case{"ec -pkeyopt ec_paramgen_curve:P-256", true}}) {
        BOOST_REQUIRE(folder.run(std::string("openssl req -x509 -newkey ") + one.newkey +
                                 " -nodes -keyout k.pem -out c.pem -subj /CN=x && openssl pkcs12 -export "
                                 "-inkey k.pem -in c.pem "
                                 "-out k.p12 -passout pass:p") == 0);
        const auto key = SigningKey::fromPkcs12(folder.read("k.p12"), Secret("p"));
        BOOST_TEST(key.ok() == one.suited, one.newkey);
        if (!one.suited) BOOST_TEST(errorType(key) == "key-type", one.newkey);
    }
}

BOOST_AUTO_TEST_CASE(a_key_and_a_certificate_that_do_not_belong_together_are_refused) {
    const LocalAuthority authority = makeAuthority();
    const auto one = expected(authority.issue(CertificatePurpose::Signatory, "one", sealed, year));
    const auto two = expected(authority.issue(CertificatePurpose::Signatory, "two", sealed, year));
    BOOST_TEST(errorType(SigningKey::fromPem(one.keyPem({}), two.certificate().pem(), {})) == "key-mismatch");
    const auto picked =
        SigningKey::fromPem(one.keyPem({}), two.certificate().pem() + one.certificate().pem(), {});
    BOOST_REQUIRE(picked.ok());
    BOOST_TEST(picked->certificate().commonName() == "one");
}

BOOST_AUTO_TEST_CASE(an_exported_pkcs12_file_brings_key_and_chain_back_and_opens_with_the_openssl_command) {
    const SigningKey root = rootKeyOf(makeAuthority());
    const auto middle =
        issueAsWished(root, Wish{"Middle", "keyCertSign,cRLSign", {}, true}, makeKey("P-256"));
    const auto key = issueAsWished(middle, Wish{"Auditor"}, makeKey("P-256"));
    const auto file = expected(key.writePkcs12(Secret("export it"), "Auditor's key"));
    const auto back = SigningKey::fromPkcs12(file, Secret("export it"));
    BOOST_REQUIRE(back.ok());
    BOOST_TEST((back->certificate().der() == key.certificate().der()));
    BOOST_REQUIRE(back->intermediates().size() == 1U);
    BOOST_TEST(back->intermediates()[0].commonName() == "Middle");
    BOOST_TEST(back->keyPem({}) == key.keyPem({}));
    const Folder folder;
    folder.write("k.p12", file);
    BOOST_TEST(folder.run("openssl pkcs12 -in k.p12 -passin 'pass:export it' -noout -info") == 0);
    BOOST_TEST(folder.output().find("AES-256-CBC, Iteration 600000, PRF hmacWithSHA256") !=
               std::string::npos);
    BOOST_TEST(key.writePkcs12(Secret(), "x").error().type == "passphrase");
}

BOOST_AUTO_TEST_CASE(a_key_that_asks_for_endless_derivation_is_refused_at_once) {
    const Folder folder;
    BOOST_REQUIRE(folder.run("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 | openssl pkcs8 "
                             "-topk8 -iter 70000 "
                             "-passout pass:p -outform DER -out k.der") == 0);
    Bytes der = folder.read("k.der");
    const Bytes rounds{0x02, 0x03, 0x01, 0x11, 0x70};
    const auto found = std::search(der.begin(), der.end(), rounds.begin(), rounds.end());
    BOOST_REQUIRE((found != der.end()));
    std::fill(found + 2, found + 5, std::uint8_t{0xFF});
    *(found + 2) = 0x7F;  // 8,388,607
    const std::string pem =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + toBase64(der) + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    const auto refusal = SigningKey::fromPem(pem, "", Secret("p"));
    BOOST_TEST(errorType(refusal) == "key");
    BOOST_TEST(refusal.error().message.find("five million") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
