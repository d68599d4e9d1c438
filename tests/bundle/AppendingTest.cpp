// Adding signatures and timestamps to a finished bundle: no earlier byte changes, and no error leaves
// anything.
#include <boost/test/unit_test.hpp>

#include "bundle/EntryNames.h"
#include "bundle/SealingHouse.h"
#include "bundle/ZipLayout.h"
#include "responder/TimestampIssuer.h"
#include "tickmark/bundle/Appending.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// A sealed bundle, the people who sign it, and a time-stamp authority.
struct Desk {
    Desk() {
        expected(house.seal(sealed));
        before = readFile(sealed);
        folders = house.folder.entries();
    }

    [[nodiscard]] SignerStatement says(SignatoryRole role, Decision decision,
                                       const std::string& comment = {}) const {
        return {"", role, decision, comment,
                role == SignatoryRole::LeadAuditor ? "Lead Auditor" : "Certification Auditor"};
    }
    [[nodiscard]] SignerStatement approves() const {
        return says(SignatoryRole::LeadAuditor, Decision::Approved, "As discussed.");
    }
    [[nodiscard]] SignerStatement rejects() const {
        return says(SignatoryRole::CertificationAuditor, Decision::Rejected, "F-0002 is still open.");
    }
    [[nodiscard]] SignerStatement accepts() const {
        return says(SignatoryRole::CertificationAuditor, Decision::Accepted);
    }
    [[nodiscard]] Result<AppendedBundle> sign(const std::filesystem::path& in, const std::string& out,
                                              const SignerStatement& statement,
                                              AppendOptions options = {}) const {
        options.crls = {house.crl};
        options.anchors.certificates.push_back(house.root.certificate());
        const bool lead = statement.role == SignatoryRole::LeadAuditor;
        return signBundle(in, house.folder / out, statement, lead ? person : certifier, at, options);
    }
    /// What the authority answers, at its own time.
    [[nodiscard]] AskTimestamp asking(std::int64_t secondsLater = 60) const {
        return [this, secondsLater](const Digest& imprint) -> Result<Bytes> {
            return crypto::test::stamp(imprint, crypto::test::Issuing{clock, at.plusSeconds(secondsLater)});
        };
    }
    [[nodiscard]] AppendOptions timed(std::int64_t secondsLater = 60) const {
        AppendOptions options;
        options.timestamp = asking(secondsLater);
        options.anchors.certificates = {house.root.certificate(), office.certificate()};
        options.crls = {house.crl, officeCrl};
        return options;
    }
    [[nodiscard]] VerifyOptions anchored() const {
        VerifyOptions options = house.anchored();
        options.timestampAnchors.certificates.push_back(office.certificate());
        return options;
    }
    [[nodiscard]] Report verify(const std::filesystem::path& file) const {
        return expected(verifyBundle(file, anchored()));
    }

    SealingHouse house{};
    std::filesystem::path sealed = house.folder / "b.zip";
    crypto::SigningKey person =
        expected(house.root.issue(crypto::CertificatePurpose::Signatory, "Lead Auditor", founded, 3600));
    crypto::SigningKey certifier = expected(
        house.root.issue(crypto::CertificatePurpose::Signatory, "Certification Auditor", founded, 3600));
    crypto::LocalAuthority office = expected(crypto::LocalAuthority::create("Time Office", founded));
    crypto::SigningKey clock =
        expected(office.issue(crypto::CertificatePurpose::TimeStamping, "Clock", founded, 3600));
    Timestamp at = sealTime.plusSeconds(3600);
    Bytes officeCrl = expected(office.makeCrl({}, at.plusSeconds(-60), 400, 1));
    std::string before{};
    std::size_t folders = 0;
};

/// Where the central directory begins.
std::size_t directoryOf(const std::string& bytes, const Folder& folder) {
    writeFile(folder / "probe.zip", bytes);
    const auto layout = expected(readZipLayout(expected(FileBytes::open(folder / "probe.zip"))));
    std::filesystem::remove(folder / "probe.zip");
    return layout.directory;
}

std::string typeOf(const Result<AppendedBundle>& result) { return result ? "done" : result.error().type; }

std::string problemsOf(const Report& report) {
    std::string text;
    for (const Problem& problem : report.problems) {
        text += problem.code + " " + problem.place + ": " + problem.message + "\n";
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_appending)

BOOST_AUTO_TEST_CASE(a_signature_is_added_and_no_earlier_byte_changes) {
    const Desk desk;
    const auto out = desk.house.folder / "signed.zip";
    const auto made = expected(desk.sign(desk.sealed, "signed.zip", desk.approves()));
    const std::string after = readFile(out);
    const std::size_t directory = directoryOf(desk.before, desk.house.folder);
    BOOST_TEST((after.substr(0, directory) == desk.before.substr(0, directory)));
    BOOST_TEST(readFile(desk.sealed) == desk.before);
    BOOST_TEST((made.digest == crypto::Sha256::of(after)));
    BOOST_TEST(made.size == after.size());
    const std::vector<std::string> names{"META-INF/statement002.json", "META-INF/ASiCManifest002.xml",
                                         "META-INF/signature002.p7s"};
    BOOST_TEST(made.entries == names, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(made.done.size() == 1U);
    BOOST_TEST(made.done[0].find("Lead Auditor, lead-auditor, approved") != std::string::npos);

    const Report report = desk.verify(out);
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST_REQUIRE(report.signatures.size() == 2U);
    BOOST_TEST(report.signatures[1].decision == "approved");
    BOOST_TEST(report.signatures[1].comment == "As discussed.");
}

BOOST_AUTO_TEST_CASE(decisions_follow_one_another_by_the_rules_of_people) {
    const Desk desk;
    const auto& folder = desk.house.folder;
    expected(desk.sign(desk.sealed, "1.zip", desk.approves()));
    BOOST_TEST(typeOf(desk.sign(folder / "1.zip", "x.zip", desk.approves())) == "already-signed");
    auto silent = desk.rejects();
    silent.comment.clear();
    BOOST_TEST(typeOf(desk.sign(folder / "1.zip", "x.zip", silent)) == "statement");
    auto other = desk.accepts();
    other.bundleRef = "B-0099";
    BOOST_TEST(typeOf(desk.sign(folder / "1.zip", "x.zip", other)) == "statement");
    expected(desk.sign(folder / "1.zip", "2.zip", desk.rejects()));
    BOOST_TEST(typeOf(desk.sign(folder / "2.zip", "x.zip", desk.approves())) == "already-signed");
    expected(desk.sign(folder / "2.zip", "3.zip", desk.accepts()));
    BOOST_TEST(typeOf(desk.sign(folder / "3.zip", "x.zip", desk.rejects())) == "already-signed");
    BOOST_TEST(!std::filesystem::exists(folder / "x.zip"));

    const Report report = desk.verify(folder / "3.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST(report.signatures.size() == 4U);
    const auto state = expected(readSigningState(folder / "3.zip"));
    BOOST_TEST(state.bundleRef == "B-0001");
    BOOST_TEST(state.signatures == 4U);
    BOOST_TEST(state.statements.size() == 3U);
    BOOST_TEST(!state.lastIsTimestamped);
}

BOOST_AUTO_TEST_CASE(a_bundle_takes_twenty_signatures_and_no_more) {
    const Desk desk;
    AppendOptions quick;
    quick.verifyFirst = false;
    for (int i = 2; i <= 20; ++i) expected(desk.sign(desk.sealed, "b.zip", desk.rejects(), quick));
    BOOST_TEST((desk.verify(desk.sealed).verdict == Verdict::Pass));
    const std::string full = readFile(desk.sealed);
    BOOST_TEST(typeOf(desk.sign(desk.sealed, "b.zip", desk.accepts(), quick)) == "too-many-signatures");
    BOOST_TEST((readFile(desk.sealed) == full));
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_only_by_its_own_signed_form) {
    const Desk desk;
    writeFile(desk.house.folder / "other.zip", "there before");
    BOOST_TEST(typeOf(desk.sign(desk.sealed, "other.zip", desk.approves())) == "bundle-file");
    BOOST_TEST(readFile(desk.house.folder / "other.zip") == "there before");
    std::filesystem::permissions(desk.sealed, std::filesystem::perms(0600));
    expected(desk.sign(desk.sealed, "b.zip", desk.approves()));
    BOOST_TEST(readFile(desk.sealed).size() > desk.before.size());
    BOOST_TEST((std::filesystem::status(desk.sealed).permissions() == std::filesystem::perms(0600)));
    BOOST_TEST(desk.house.folder.entries() == desk.folders + 1);
}

BOOST_AUTO_TEST_CASE(what_is_broken_is_not_signed) {
    const Desk desk;
    const auto broken = desk.house.folder / "broken.zip";
    const auto refusal = [&](const std::string& bytes, AppendOptions options = {}) {
        writeFile(broken, bytes);
        const auto type = typeOf(desk.sign(broken, "x.zip", desk.approves(), std::move(options)));
        BOOST_TEST(!std::filesystem::exists(desk.house.folder / "x.zip"));
        BOOST_TEST((readFile(broken) == bytes));
        return type;
    };
    std::string changed = desk.before;
    changed[changed.find("INC-1000")] = 'X';
    BOOST_TEST(refusal(changed) == "bundle-broken");
    BOOST_TEST(refusal("no zip at all") == "bundle-layout");
    BOOST_TEST(refusal(desk.before.substr(0, desk.before.size() - 1)) == "bundle-layout");
    BOOST_TEST(refusal(desk.before + "x") == "bundle-layout");
    Parts parts = takeApart(desk.sealed);
    parts.at(entry::signature) = "x";
    BOOST_TEST(refusal(parts.zip()) == "bundle-broken");
    parts.remove(entry::signature);
    BOOST_TEST(refusal(parts.zip()) == "bundle-layout");
    parts = takeApart(desk.sealed);
    parts.add("data/evidence/audit/extra.txt", "x");
    AppendOptions quick;
    quick.verifyFirst = false;
    BOOST_TEST(refusal(parts.zip(), quick) == "bundle-broken");
    BOOST_TEST(typeOf(desk.sign(desk.house.folder / "none.zip", "x.zip", desk.approves())) == "file");
}

BOOST_AUTO_TEST_CASE(a_cancelled_signing_leaves_nothing) {
    const Desk desk;
    for (std::uint64_t after = 0; after < 6; ++after) {
        AppendOptions options;
        std::uint64_t calls = 0;
        options.progress = [&](std::uint64_t, std::uint64_t) { return calls++ < after * 20; };
        const auto made = desk.sign(desk.sealed, "x.zip", desk.approves(), options);
        if (made) break;
        BOOST_TEST(made.error().type == "cancelled");
        BOOST_TEST(desk.house.folder.entries() == desk.folders);
    }
}

BOOST_AUTO_TEST_CASE(keys_of_another_purpose_and_early_clocks_are_refused) {
    const Desk desk;
    const auto server = expected(desk.house.root.issue(crypto::CertificatePurpose::TlsServer, "www", founded,
                                                       3650, {"www.example.org"}));
    const auto out = desk.house.folder / "x.zip";
    BOOST_TEST(typeOf(signBundle(desk.sealed, out, desk.approves(), server, desk.at)) == "key-usage");
    BOOST_TEST(typeOf(signBundle(desk.sealed, out, desk.approves(), desk.person,
                                 sealTime.plusSeconds(-3600))) == "signing-time");
    BOOST_TEST(typeOf(signBundle(desk.sealed, out, desk.approves(), desk.house.sealKey, desk.at)) ==
               "key-of-another-role");
    expected(desk.sign(desk.sealed, "b.zip", desk.approves()));
    BOOST_TEST(typeOf(signBundle(desk.sealed, out, desk.accepts(), desk.person, desk.at)) ==
               "key-of-another-role");
    BOOST_TEST(desk.house.folder.entries() == desk.folders);
}

BOOST_AUTO_TEST_CASE(a_signature_gets_its_timestamp_at_once_or_later) {
    const Desk desk;
    const auto& folder = desk.house.folder;
    const auto atOnce = expected(desk.sign(desk.sealed, "1.zip", desk.approves(), desk.timed()));
    BOOST_TEST(!atOnce.untimed.has_value());

    AppendOptions unreachable = desk.timed();
    unreachable.timestamp = [](const Digest&) -> Result<Bytes> {
        return environment("timestamp-authority", "The authority does not answer.");
    };
    const auto later = expected(desk.sign(desk.sealed, "2.zip", desk.approves(), unreachable));
    BOOST_REQUIRE(later.untimed.has_value());
    BOOST_TEST(later.untimed->type == "timestamp-authority");
    BOOST_TEST((desk.verify(folder / "2.zip").signatures[1].level == Level::B));
    BOOST_TEST(typeOf(timestampBundle(folder / "2.zip", folder / "x.zip", WantedLevel::T, unreachable)) ==
               "timestamp-authority");
    BOOST_TEST(!std::filesystem::exists(folder / "x.zip"));

    AppendOptions onlyTime = desk.timed();
    const auto stamped =
        expected(timestampBundle(folder / "2.zip", folder / "3.zip", WantedLevel::T, onlyTime));
    const std::vector<std::string> names{"META-INF/signature002.p7s"};
    BOOST_TEST(stamped.entries == names, boost::test_tools::per_element());
    const Report report = desk.verify(folder / "3.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST((report.signatures[1].level >= Level::T));
    BOOST_TEST(report.signatures[1].trustedTime.has_value());
    BOOST_TEST(typeOf(timestampBundle(folder / "3.zip", folder / "x.zip", WantedLevel::T, onlyTime)) ==
               "nothing-to-do");
}

BOOST_AUTO_TEST_CASE(a_timestamp_over_something_else_is_refused) {
    const Desk desk;
    AppendOptions lying = desk.timed();
    lying.timestamp = [&](const Digest&) { return desk.asking()(crypto::Sha256::of("something else")); };
    const auto out = desk.house.folder / "x.zip";
    BOOST_TEST(typeOf(timestampBundle(desk.sealed, out, WantedLevel::T, lying)) == "timestamp");
    BOOST_TEST(typeOf(timestampBundle(desk.sealed, out, WantedLevel::LTA, lying)) == "timestamp");
    BOOST_TEST(desk.house.folder.entries() == desk.folders);
}

BOOST_AUTO_TEST_CASE(levels_rise_to_an_archive_timestamp_that_is_renewed) {
    const Desk desk;
    const auto& folder = desk.house.folder;
    expected(timestampBundle(desk.sealed, folder / "lt.zip", WantedLevel::LT, desk.timed()));
    Report report = desk.verify(folder / "lt.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST((report.signatures[0].level == Level::LT));

    expected(desk.sign(folder / "lt.zip", "signed.zip", desk.approves(), desk.timed()));
    const auto archived = expected(
        timestampBundle(folder / "signed.zip", folder / "lta.zip", WantedLevel::LTA, desk.timed(120)));
    // The authority's list comes along, too: it was not at hand when the auditor signed.
    const std::vector<std::string> names{"META-INF/signature002.p7s", "META-INF/ASiCArchiveManifest001.xml",
                                         "META-INF/timestamp001.tst"};
    BOOST_TEST(archived.entries == names, boost::test_tools::per_element());
    report = desk.verify(folder / "lta.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    for (const auto& fact : report.signatures) BOOST_TEST((fact.level == Level::LTA), fact.file);

    const auto renewed =
        expected(timestampBundle(folder / "lta.zip", folder / "lta.zip", WantedLevel::LTA, desk.timed(240)));
    BOOST_TEST(renewed.entries.back() == "META-INF/timestamp002.tst");
    BOOST_TEST(renewed.done.back().find("renewed") != std::string::npos);
    report = desk.verify(folder / "lta.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST(report.archiveTimestamps.size() == 2U);
    BOOST_TEST(typeOf(timestampBundle(folder / "lta.zip", folder / "x.zip", WantedLevel::LT, desk.timed())) ==
               "nothing-to-do");

    // Somebody may still sign behind an archive timestamp.
    expected(desk.sign(folder / "lta.zip", "more.zip", desk.accepts(), desk.timed(300)));
    report = desk.verify(folder / "more.zip");
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST(report.signatures.size() == 3U);
}

BOOST_AUTO_TEST_CASE(an_unstamped_bundle_reaches_lta_in_one_step) {
    const Desk desk;
    const auto out = desk.house.folder / "lta.zip";
    const auto made = expected(timestampBundle(desk.sealed, out, WantedLevel::LTA, desk.timed()));
    const std::vector<std::string> names{"META-INF/signature001.p7s", "META-INF/ASiCArchiveManifest001.xml",
                                         "META-INF/timestamp001.tst"};
    BOOST_TEST(made.entries == names, boost::test_tools::per_element());
    BOOST_TEST(made.done.size() >= 2U);
    const std::string after = readFile(out);
    const std::size_t signature = desk.before.find("META-INF/signature001.p7s") - 30;
    BOOST_TEST((after.substr(0, signature) == desk.before.substr(0, signature)));
    const Report report = desk.verify(out);
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST((report.signatures[0].level == Level::LTA));
}

BOOST_AUTO_TEST_CASE(a_seal_is_stamped_while_it_is_written) {
    Desk desk;
    WriteOptions options = desk.house.writeOptions(desk.house.folder / "timed.zip");
    options.timestamp = desk.asking();
    options.timestampAnchors.certificates.push_back(desk.office.certificate());
    options.timestampCrls = {desk.officeCrl};
    const auto write = [&] {
        return expected(writeBundle(
            desk.house.content, *desk.house.store, desk.house.sealKey,
            [&](const Digest& digest) { return Result<LedgerAnswer>(desk.house.enter(digest)); }, options));
    };
    BOOST_TEST(write().timestamped);
    const Report report = desk.verify(options.target);
    BOOST_TEST((report.verdict == Verdict::Pass), problemsOf(report));
    BOOST_TEST((report.signatures[0].level == Level::LT));

    options.target = desk.house.folder / "untimed.zip";
    options.timestamp = [](const Digest&) -> Result<Bytes> {
        return environment("timestamp-authority", "The authority does not answer.");
    };
    const auto written = write();
    BOOST_TEST(!written.timestamped);
    BOOST_REQUIRE(written.untimed.has_value());
    BOOST_TEST(written.untimed->type == "timestamp-authority");
    BOOST_TEST((desk.verify(options.target).verdict == Verdict::Pass));
}

BOOST_AUTO_TEST_SUITE_END()
