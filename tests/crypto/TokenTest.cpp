// Keys in a PKCS#11 token: SoftHSM stands in for the smart card.
#include "tickmark/crypto/Token.h"

#include <cstdlib>

#include "crypto/Office.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::crypto;
using namespace tickmark::crypto::test;
using tickmark::test::holds;
using tickmark::test::refusedAs;

BOOST_AUTO_TEST_SUITE(tokens)

namespace {

constexpr const char* driver = "/usr/lib/softhsm/libsofthsm2.so";

// A token named Audit with PIN 123456 that holds the lead auditor's key, an RSA key and one that is too weak.
class SoftToken {
  public:
    SoftToken() {
        m_folder.write("softhsm2.conf", "directories.tokendir = " + m_folder.path("tokens") +
                                            "\nobjectstore.backend = file\nlog.level = ERROR\n");
        // The module reads it when it is loaded.
        require(setenv("SOFTHSM2_CONF", m_folder.path("softhsm2.conf").c_str(), 1) == 0);
        run("mkdir tokens && softhsm2-util --init-token --free --label Audit --pin 123456 --so-pin 87654321");
        import("lead", "01", office().auditor);
        import("old", "02", office().rsa);
        import("weak", "03", issueAsWished(office().root, Wish{"Weak"}, makeRsaKey(2048)));
        importKey("bare", "04", makeKeyed("Bare"));
    }

    [[nodiscard]] Result<SigningKey> open(const std::string& uri, const std::string& pin = "123456",
                                          const std::string& pem = {}) const {
        return openTokenKey({uri, driver, pem}, Secret(pin));
    }
    void run(const std::string& command) const {
        const int code = m_folder.run(command);
        if (code != 0) throw std::runtime_error(m_folder.output());
    }
    [[nodiscard]] const SigningKey& bare() const { return m_bare; }

  private:
    SigningKey makeKeyed(const char* name) {
        m_bare = expected(office().authority.issue(CertificatePurpose::Signatory, name, founded, year));
        return m_bare;
    }
    void importKey(const std::string& label, const std::string& id, const SigningKey& key) const {
        m_folder.write("key.pem", key.keyPem({}));
        run("softhsm2-util --import key.pem --token Audit --pin 123456 --label " + label + " --id " + id);
    }
    void import(const std::string& label, const std::string& id, const SigningKey& key) const {
        importKey(label, id, key);
        m_folder.write("certificate.der", key.certificate().der());
        run("pkcs11-tool --module " + std::string(driver) +
            " --login --pin 123456 --token-label Audit --write-object certificate.der --type cert --id " +
            id + " --label " + label);
    }

    Folder m_folder{};
    SigningKey m_bare = office().seal;
};

const SoftToken& softToken() {
    static const SoftToken one;
    return one;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_key_in_a_token_signs_what_everybody_verifies) {
    for (const char* uri :
         {"pkcs11:token=Audit;object=lead", "pkcs11:object=lead;type=private", "pkcs11:token=Audit;id=%01"}) {
        const auto key = expected(softToken().open(uri));
        BOOST_TEST(key.certificate().commonName() == "Lead auditor");
        const auto signature =
            expected(signCades(key, content, Commitment::Approval, sealed, {office().crl}));
        const auto report = check(signature);
        BOOST_TEST(report.problems.empty(), wordsOf(report));
        BOOST_TEST(report.signer->commonName() == "Lead auditor");
    }
    const auto rsa = expected(softToken().open("pkcs11:token=Audit;object=old"));
    BOOST_TEST(check(expected(signCades(rsa, content, Commitment::Approval, sealed, {office().crl})))
                   .problems.empty());
}

BOOST_AUTO_TEST_CASE(a_key_does_not_leave_the_token) {
    const auto key = expected(softToken().open("pkcs11:token=Audit;object=lead"));
    BOOST_TEST(key.keyPem({}).empty());
    BOOST_TEST(refusedAs(key.writePkcs12(Secret("long enough"), "x"), ErrorKind::Refused, "key-in-token"));
}

BOOST_AUTO_TEST_CASE(a_wrong_pin_is_refused_also_after_a_right_one) {
    BOOST_TEST(softToken().open("pkcs11:token=Audit;object=lead").ok());
    const auto wrong = softToken().open("pkcs11:token=Audit;object=lead", "654321");
    BOOST_TEST(refusedAs(wrong, ErrorKind::Refused, "pin"));
    BOOST_TEST(holds(wrong.error().message, "\"Audit\""));
    BOOST_TEST(refusedAs(softToken().open("pkcs11:token=Audit;object=lead", ""), ErrorKind::Refused, "pin"));
    BOOST_TEST(softToken().open("pkcs11:token=Audit;object=lead").ok());
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_named) {
    BOOST_TEST(refusedAs(softToken().open("pkcs11:token=Other;object=lead"), ErrorKind::NotFound, "token"));
    BOOST_TEST(
        refusedAs(softToken().open("pkcs11:token=Audit;object=nobody"), ErrorKind::NotFound, "token-key"));
    for (const char* path : {"/nowhere/module.so", "libz.so.1"}) {
        BOOST_TEST(refusedAs(openTokenKey({"pkcs11:object=lead", path, {}}, Secret("123456")),
                             ErrorKind::Environment, "token-module"));
    }
    const auto several = softToken().open("pkcs11:token=Audit");
    BOOST_TEST(refusedAs(several, ErrorKind::Invalid, "token-uri"));
    BOOST_TEST(holds(several.error().message, "More than one key"));
}

BOOST_AUTO_TEST_CASE(a_certificate_may_come_from_a_file_and_must_belong_to_the_key) {
    const std::string uri = "pkcs11:token=Audit;object=bare";
    BOOST_TEST(refusedAs(softToken().open(uri), ErrorKind::Refused, "key-mismatch"));
    BOOST_TEST(refusedAs(softToken().open(uri, "123456", office().seal.certificate().pem()),
                         ErrorKind::Refused, "key-mismatch"));
    const auto key = expected(softToken().open(uri, "123456", softToken().bare().certificate().pem()));
    BOOST_TEST(key.certificate().commonName() == "Bare");
}

BOOST_AUTO_TEST_CASE(a_weak_key_is_refused) {
    BOOST_TEST(refusedAs(softToken().open("pkcs11:token=Audit;object=weak"), ErrorKind::Refused, "key-type"));
}

BOOST_AUTO_TEST_CASE(an_address_that_is_none_is_refused_before_any_module_is_touched) {
    for (const char* uri : {"", "lead", "pkcs11", "pkcs11:lead", "pkcs11:token=%4", "pkcs11:token=%zz",
                            "pkcs11:object=x;pin-value=123456", "pkcs11:object=x?pin-source=/etc/passwd",
                            "pkcs11:slot-id=0", "pkcs11:type=cert"}) {
        const auto result = openTokenKey({uri, "/nowhere/module.so", {}}, Secret("123456"));
        BOOST_TEST(refusedAs(result, ErrorKind::Invalid, "token-uri"), uri);
    }
}

BOOST_AUTO_TEST_SUITE_END()
