// The commands of README-VERIFY.txt, run exactly as written.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <sstream>

#include "bundle/SealingHouse.h"
#include "responder/TimestampIssuer.h"
#include "tickmark/bundle/Appending.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

/// The indented lines after "WITHOUT TICKMARK", without the one that calls our own program.
std::vector<std::string> commandsOf(const std::string& readme) {
    std::vector<std::string> commands;
    std::istringstream lines(readme.substr(readme.find("WITHOUT TICKMARK")));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("    ") && line.find("tickmark-verify") == std::string::npos) {
            commands.push_back(line.substr(4));
        }
    }
    return commands;
}

/// The exit code of the first command that fails, all run in one shell, and which it was; 0 when none does.
std::size_t firstFailing(const std::string& bundle, const std::string& anchor,
                         const std::vector<std::string>& commands, const std::string& authority = {}) {
    const Folder folder;
    writeFile(folder / "B.evidence.zip", bundle);
    writeFile(folder / "ANCHOR.pem", anchor);
    writeFile(folder / "TSA.pem", authority);
    std::string script = "cd '" + folder.path().string() + "' || exit 99\n";
    for (std::size_t i = 0; i < commands.size(); ++i) {
        script += "{ " + commands[i] + "; } >>" + (folder / "out").string() + " 2>&1 || { echo " +
                  std::to_string(i + 1) + " > '" + (folder / "failed").string() + "'; exit 0; }\n";
    }
    writeFile(folder / "script", script);
    const std::string run = "bash '" + (folder / "script").string() + "'";
    if (std::system(run.c_str()) != 0) return 99;  // NOLINT(cert-env33-c): a script of the tests
    const std::string failed = readFile(folder / "failed");
    return failed.empty() ? 0 : std::stoul(failed);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_without_tickmark)

BOOST_AUTO_TEST_CASE(the_commands_of_the_readme_accept_a_good_bundle_and_refuse_forged_ones) {
    SealingHouse house;
    const SealingHouse other;
    const auto file = house.folder / "b.zip";
    expected(house.seal(file));
    const std::string good = readFile(file);
    Parts parts = takeApart(file);
    const auto commands = commandsOf(parts.at("README-VERIFY.txt"));
    BOOST_TEST_REQUIRE(commands.size() == 8U);
    const std::string anchor = house.root.certificate().pem();
    BOOST_TEST(firstFailing(good, anchor, commands) == 0U);
    BOOST_TEST(firstFailing(good, other.root.certificate().pem(), commands) == 4U);

    parts.at("data/report.html") += "x";
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands) == 2U);
    const std::string xml = parts.at("META-INF/ASiCManifest001.xml");
    parts.regenerate();
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands) == 4U);
    parts.at("META-INF/ASiCManifest001.xml") = xml;
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands) == 3U);
    parts.regenerate();
    house.signAgain(parts);
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands) == 6U);
}

BOOST_AUTO_TEST_CASE(the_same_commands_check_later_signatures_and_every_timestamp) {
    SealingHouse house;
    const auto file = house.folder / "b.zip";
    expected(house.seal(file));
    const auto person =
        expected(house.root.issue(crypto::CertificatePurpose::Signatory, "Lead Auditor", founded, 3600));
    const auto office = expected(crypto::LocalAuthority::create("Time Office", founded));
    const auto clock =
        expected(office.issue(crypto::CertificatePurpose::TimeStamping, "Clock", founded, 3600));
    AppendOptions options;
    options.anchors.certificates = {house.root.certificate(), office.certificate()};
    options.timestamp = [&](const Digest& imprint) -> Result<Bytes> {
        return crypto::test::stamp(imprint, crypto::test::Issuing{clock, sealTime.plusSeconds(60)});
    };
    expected(signBundle(file, file, {"", SignatoryRole::LeadAuditor, Decision::Approved, "", "Lead Auditor"},
                        person, sealTime.plusSeconds(30), options));
    expected(timestampBundle(file, file, WantedLevel::LTA, options));

    const std::string good = readFile(file);
    Parts parts = takeApart(file);
    const auto commands = commandsOf(parts.at("README-VERIFY.txt"));
    const std::string anchor = house.root.certificate().pem();
    const std::string authority = office.certificate().pem();
    BOOST_TEST(firstFailing(good, anchor, commands, authority) == 0U);
    BOOST_TEST(firstFailing(good, anchor, commands, anchor) == 7U);
    std::swap(parts.at("META-INF/ASiCManifest002.xml"), parts.at("META-INF/ASiCArchiveManifest001.xml"));
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands, authority) == 4U);
    parts = takeApart(file);
    parts.at("META-INF/statement002.json") += " ";
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands, authority) == 5U);
    parts = takeApart(file);
    parts.at("META-INF/timestamp001.tst").back() ^= 1;
    BOOST_TEST(firstFailing(parts.zip(), anchor, commands, authority) == 8U);
}

BOOST_AUTO_TEST_CASE(unzip_finds_nothing_to_complain_of) {
    SealingHouse house;
    expected(house.seal(house.folder / "b.zip"));
    const std::string command = "unzip -tqq '" + (house.folder / "b.zip").string() + "'";
    BOOST_TEST(std::system(command.c_str()) == 0);  // NOLINT(cert-env33-c): a constant of the tests
}

BOOST_AUTO_TEST_SUITE_END()
