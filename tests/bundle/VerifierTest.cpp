// Verifying a good bundle: verdicts by what the verifier brings, and the reports.
#include <boost/test/unit_test.hpp>

#include "bundle/EntryNames.h"
#include "bundle/SealingHouse.h"
#include "tickmark/bundle/Anchors.h"
#include "tickmark/crypto/FingerprintWords.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

CheckStatus statusOf(const Report& report, std::string_view code) {
    for (const Check& check : report.checks) {
        if (check.code == code) return check.status;
    }
    throw std::runtime_error("no such check");
}

struct Sealed {
    Sealed() { expected(house.seal(target)); }
    SealingHouse house{true};
    std::filesystem::path target = house.folder / "b.zip";
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_verification)

BOOST_FIXTURE_TEST_CASE(a_good_bundle_passes_with_the_roots_certificate, Sealed) {
    for (const unsigned threads : {1U, 4U}) {
        VerifyOptions options = house.anchored();
        options.threads = threads;
        const Report report = expected(verifyBundle(target, options));
        BOOST_TEST_INFO(reportAsText(report));
        BOOST_TEST((report.verdict == Verdict::Pass));
        BOOST_TEST(report.problems.empty());
        for (const auto statement :
             {Statement::Intact, Statement::Authentic, Statement::Complete, Statement::InTheLog}) {
            BOOST_TEST((report.statusOf(statement) == CheckStatus::Passed));
        }
        BOOST_TEST((statusOf(report, "E60") == CheckStatus::NotChecked));
        BOOST_TEST((report.digest == crypto::Sha256::of(readFile(target))));
        BOOST_TEST(report.bundleRef == "B-0001");
        BOOST_TEST(report.auditRef == "IA-2023-01");
        BOOST_TEST(report.findings == 2);
        BOOST_TEST(report.files == 5);
        BOOST_REQUIRE(report.withheld.size() == 1U);
        BOOST_TEST(report.withheld.front().text() == "E-0005/v1: Personal data.");
        BOOST_TEST(report.logOrigin == "example.org/log");
        BOOST_TEST(report.logSize == 12U);
        BOOST_REQUIRE(report.signatures.size() == 1U);
        BOOST_TEST(report.signatures.front().commitment == "origin");
        BOOST_TEST((*report.signatures.front().signingTime == sealTime));
        BOOST_TEST(report.signatures.front().anchor == house.root.certificate().subject());
    }
}

BOOST_FIXTURE_TEST_CASE(a_good_bundle_passes_with_the_roots_fingerprint, Sealed) {
    VerifyOptions options;
    options.anchors.fingerprints.push_back(house.root.certificate().fingerprint());
    BOOST_TEST((expected(verifyBundle(target, options)).verdict == Verdict::Pass));
}

BOOST_FIXTURE_TEST_CASE(without_an_anchor_a_good_bundle_is_undecided_and_neither_authentic_nor_in_the_log,
                        Sealed) {
    const Report report = expected(verifyBundle(target, {}));
    BOOST_TEST((report.verdict == Verdict::Indeterminate));
    BOOST_TEST((report.statusOf(Statement::Intact) == CheckStatus::Passed));
    BOOST_TEST((report.statusOf(Statement::Authentic) == CheckStatus::NotChecked));
    BOOST_TEST((report.statusOf(Statement::Complete) == CheckStatus::Passed));
    BOOST_TEST((report.statusOf(Statement::InTheLog) == CheckStatus::NotChecked));
    BOOST_TEST((statusOf(report, "E40") == CheckStatus::Passed));
    BOOST_TEST(exitCodeOf(report.verdict) == 5);
}

BOOST_FIXTURE_TEST_CASE(a_pinned_log_key_proves_the_log_even_without_an_anchor, Sealed) {
    VerifyOptions options;
    options.logKey = house.log.key();
    const Report report = expected(verifyBundle(target, options));
    BOOST_TEST((report.statusOf(Statement::InTheLog) == CheckStatus::Passed));
    BOOST_TEST((report.verdict == Verdict::Indeterminate));
}

BOOST_FIXTURE_TEST_CASE(another_logs_pinned_key_fails, Sealed) {
    VerifyOptions options = house.anchored();
    options.logKey = MemoryLog().key();
    const Report report = expected(verifyBundle(target, options));
    BOOST_TEST((report.verdict == Verdict::Fail));
    BOOST_TEST(codesOf(report) == std::vector<std::string>{"E70"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(another_organisations_anchor_fails, Sealed) {
    const SealingHouse other;
    const Report report = expected(verifyBundle(target, other.anchored()));
    BOOST_TEST((report.verdict == Verdict::Fail));
    BOOST_TEST(hasCode(report, "E50"));
    BOOST_TEST((report.statusOf(Statement::Intact) == CheckStatus::Passed));
    BOOST_TEST((report.statusOf(Statement::InTheLog) == CheckStatus::NotChecked));
}

BOOST_FIXTURE_TEST_CASE(a_wrong_fingerprint_fails, Sealed) {
    VerifyOptions options;
    options.anchors.fingerprints.push_back(crypto::Sha256::of(std::string_view("somebody else")));
    BOOST_TEST(hasCode(expected(verifyBundle(target, options)), "E50"));
}

BOOST_AUTO_TEST_CASE(without_a_revocation_list_the_verdict_is_undecided_with_i52) {
    SealingHouse house;
    const auto target = house.folder / "b.zip";
    WriteOptions options = house.writeOptions(target);
    options.crls.clear();
    expected(writeBundle(
        house.content, *house.store, house.sealKey,
        [&](const Digest& digest) { return Result<LedgerAnswer>(house.enter(digest)); }, options));
    const Report report = expected(verifyBundle(target, house.anchored()));
    BOOST_TEST((report.verdict == Verdict::Indeterminate));
    BOOST_TEST(codesOf(report) == std::vector<std::string>{"I52"}, boost::test_tools::per_element());
    BOOST_TEST((report.statusOf(Statement::Authentic) == CheckStatus::NotChecked));
    BOOST_TEST((report.statusOf(Statement::InTheLog) == CheckStatus::Passed));
}

BOOST_AUTO_TEST_CASE(a_certificate_revoked_before_the_signing_fails_with_e51) {
    SealingHouse house;
    house.crl =
        expected(house.root.makeCrl({{house.sealKey.certificate().serialHex(), founded.plusSeconds(3600)}},
                                    founded.plusSeconds(7200), 400, 2));
    const auto target = house.folder / "b.zip";
    expected(house.seal(target));
    const Report report = expected(verifyBundle(target, house.anchored()));
    BOOST_TEST((report.verdict == Verdict::Fail));
    BOOST_TEST(hasCode(report, "E51"));
}

BOOST_FIXTURE_TEST_CASE(the_text_report_says_headline_statements_and_checks, Sealed) {
    const std::string text = reportAsText(expected(verifyBundle(target, house.anchored())));
    BOOST_TEST(text.starts_with("Passed: intact, authentic, complete, in the log\n"));
    BOOST_TEST(text.find("In the log    passed") != std::string::npos);
    BOOST_TEST(text.find("E60  Timestamp") != std::string::npos);
    BOOST_TEST(text.find("Withheld      E-0005/v1: Personal data.") != std::string::npos);
    const std::string undecided = reportAsText(expected(verifyBundle(target, {})));
    BOOST_TEST(undecided.starts_with("Undecided: intact, but not trusted yet\n"));
}

BOOST_AUTO_TEST_CASE(text_from_a_bundle_cannot_steer_the_terminal) {
    Report report;
    report.bundleRef = "B-1";
    report.title = "red \x1b[31m \xE2\x80\xAE reversed \xC2\x9B";
    const std::string text = reportAsText(report);
    BOOST_TEST(text.find('\x1b') == std::string::npos);
    BOOST_TEST(text.find("\xE2\x80\xAE") == std::string::npos);
    BOOST_TEST(text.find("\xC2\x9B") == std::string::npos);
    BOOST_TEST(text.find("red ?[31m ? reversed ?") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_json_report_satisfies_its_schema, Sealed) {
    const auto schema = expected(codec::JsonSchema::compile(
        readFile(std::string(TICKMARK_SOURCE_DIR) + "/schemas/json/verification-report.schema.json")));
    const auto good = schema.check(reportAsJson(expected(verifyBundle(target, house.anchored()))));
    BOOST_TEST(good.ok());
    std::string bytes = readFile(target);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    const Report bad = verifyBytes(house.folder, bytes, house.anchored());
    BOOST_TEST((bad.verdict == Verdict::Fail));
    BOOST_TEST(schema.check(reportAsJson(bad)).ok());
    BOOST_TEST(schema.check(reportAsJson(verifyBytes(house.folder, "no zip", {}))).ok());
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error_and_not_a_verdict) {
    const Folder folder;
    const auto missing = verifyBundle(folder / "none.zip", {});
    BOOST_REQUIRE(!missing.ok());
    BOOST_TEST((missing.error().kind == ErrorKind::NotFound));
    const auto directory = verifyBundle(folder.path(), {});
    BOOST_REQUIRE(!directory.ok());
    BOOST_TEST((directory.error().kind == ErrorKind::Environment));
}

BOOST_AUTO_TEST_CASE(what_is_no_zip_fails_and_says_so) {
    const Folder folder;
    for (const std::string& bytes : {std::string(), std::string("hello"), std::string(100'000, 'x')}) {
        const Report report = verifyBytes(folder, bytes, {});
        BOOST_TEST((report.verdict == Verdict::Fail));
        BOOST_TEST(codesOf(report) == std::vector<std::string>{"E10"}, boost::test_tools::per_element());
        BOOST_TEST((report.statusOf(Statement::Authentic) == CheckStatus::NotChecked));
    }
}

BOOST_AUTO_TEST_CASE(fingerprints_are_read_as_people_write_them) {
    const std::string hex(64, 'a');
    BOOST_TEST(parseFingerprint("SHA256:" + hex).ok());
    BOOST_TEST(parseFingerprint("sha256:" + std::string(64, 'A')).ok());
    BOOST_TEST(parseFingerprint(hex).ok());
    std::string colons;
    for (int i = 0; i < 32; ++i) colons += i == 0 ? "AA" : ":AA";
    BOOST_TEST((*parseFingerprint(colons) == *parseFingerprint(hex)));
    BOOST_TEST(!parseFingerprint("SHA256:" + hex + "a").ok());
    BOOST_TEST(!parseFingerprint("SHA256:").ok());
    BOOST_TEST(parseFingerprint("md5").error().type == "fingerprint");
    const Digest digest = *parseFingerprint(hex);
    BOOST_TEST((*parseFingerprint(crypto::fingerprintWords(digest)) == digest));
    BOOST_TEST(parseFingerprint(crypto::fingerprintWords(digest) + " more").error().type ==
               "fingerprint-words");
}

BOOST_AUTO_TEST_CASE(anchors_come_from_files_with_one_or_more_certificates) {
    const SealingHouse house;
    const SealingHouse other;
    const auto file = house.folder / "anchors.pem";
    writeFile(file, house.root.certificate().pem() + other.root.certificate().pem());
    const auto options = optionsFrom({{file}, {}, house.log.key().text()});
    BOOST_REQUIRE(options.ok());
    BOOST_TEST(options->anchors.certificates.size() == 2U);
    BOOST_TEST((options->logKey.has_value()));
    writeFile(file, "no certificate");
    BOOST_TEST(!optionsFrom({{file}, {}, {}}).ok());
    BOOST_TEST((optionsFrom({{house.folder / "none"}, {}, {}}).error().kind == ErrorKind::NotFound));
    BOOST_TEST(!optionsFrom({{}, {}, "no key"}).ok());
}

BOOST_AUTO_TEST_SUITE_END()
