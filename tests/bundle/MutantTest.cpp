// Every named forgery is refused with its code; the same forgeries lie in tests/vectors/ for other verifiers.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "bundle/Mutants.h"
#include "tickmark/bundle/Anchors.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

const std::filesystem::path vectors = std::string(TICKMARK_SOURCE_DIR) + "/tests/vectors";

std::string firstWords(const Report& report) {
    std::string words;
    for (const Problem& problem : report.problems)
        words += problem.code + " " + problem.place + ": " + problem.message + "\n";
    return words.substr(0, 2000);
}

void expectRefused(const Mutant& mutant, const Report& report) {
    BOOST_TEST_CONTEXT(mutant.name << "\n" << firstWords(report)) {
        BOOST_TEST((report.verdict == Verdict::Fail));
        BOOST_TEST(hasCode(report, mutant.code));
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_mutants)

BOOST_AUTO_TEST_CASE(the_bundles_that_are_forged_are_good_themselves) {
    const Forge forge;
    BOOST_TEST(
        (verifyBytes(forge.house.folder, forge.good, forge.house.anchored()).verdict == Verdict::Pass));
    BOOST_TEST(
        (verifyBytes(forge.house.folder, forge.second, forge.house.anchored()).verdict == Verdict::Pass));
    BOOST_TEST(
        (verifyBytes(forge.house.folder, forge.foreign, forge.other.anchored()).verdict == Verdict::Pass));
    // Taking apart and putting together again changes nothing that counts.
    const Report again = verifyBytes(forge.house.folder, forge.parts().zip(), forge.house.anchored());
    BOOST_TEST((again.verdict == Verdict::Pass));
}

BOOST_AUTO_TEST_CASE(every_forgery_of_the_zip_is_refused_with_its_code) {
    Forge forge;
    for (const Mutant& mutant : zipMutants()) {
        expectRefused(mutant, verifyBytes(forge.house.folder, mutant.make(forge), forge.house.anchored()));
    }
}

BOOST_AUTO_TEST_CASE(every_forgery_of_the_content_is_refused_with_its_code) {
    Forge forge;
    for (const Mutant& mutant : contentMutants()) {
        expectRefused(mutant, verifyBytes(forge.house.folder, mutant.make(forge), forge.house.anchored()));
    }
}

BOOST_AUTO_TEST_CASE(all_problems_are_reported_and_not_only_the_first) {
    Forge forge;
    Parts parts = forge.parts();
    parts.at("data/report.html") += "x";
    parts.remove("data/evidence/F-0001/E-0006.v1.sla.pdf");
    parts.add("data/evidence/audit/extra.txt", "x");
    parts.at("META-INF/signature001.p7s").clear();
    parts.at("tlog/seal.json") += " ";
    const Report report = verifyBytes(forge.house.folder, parts.zip(), forge.house.anchored());
    const auto codes = codesOf(report);
    const std::vector<std::string> wanted{"E30", "E31", "E40", "E70", "E80", "E90"};
    BOOST_TEST(codes == wanted, boost::test_tools::per_element());
    for (const auto statement :
         {Statement::Intact, Statement::Authentic, Statement::Complete, Statement::InTheLog}) {
        BOOST_TEST((report.statusOf(statement) == CheckStatus::Failed));
    }
}

// With TICKMARK_WRITE_VECTORS set to a folder, writes the files of tests/vectors/ anew.
BOOST_AUTO_TEST_CASE(the_stored_vectors_are_judged_as_their_list_says) {
    if (const char* folder = std::getenv("TICKMARK_WRITE_VECTORS")) {
        Forge forge;
        const std::filesystem::path to = folder;
        auto list = codec::Json::object();
        writeFile(to / "good.evidence.zip", forge.good);
        list.set("good", "PASS");
        auto all = zipMutants();
        for (auto& mutant : contentMutants()) all.push_back(std::move(mutant));
        for (const Mutant& mutant : all) {
            const std::string bytes = mutant.make(forge);
            if (bytes.size() > 256'000) continue;  // those are for the memory, and made above
            writeFile(to / (mutant.name + ".evidence.zip"), bytes);
            list.set(mutant.name, mutant.code);
        }
        writeFile(to / "anchor.pem", forge.house.root.certificate().pem());
        writeFile(to / "expected.json", codec::prettyJson(list));
    }
    const auto list = expected(codec::parseJson(readFile(vectors / "expected.json")));
    const auto options = expected(optionsFrom({{vectors / "anchor.pem"}, {}, {}}));
    BOOST_TEST(list.members()->size() > 70U);
    for (const auto& [name, code] : *list.members()) {
        const Report report = expected(verifyBundle(vectors / (name + ".evidence.zip"), options));
        BOOST_TEST_CONTEXT(name << "\n" << firstWords(report)) {
            BOOST_TEST((report.verdict == (*code.text() == "PASS" ? Verdict::Pass : Verdict::Fail)));
            BOOST_TEST((*code.text() == "PASS" || hasCode(report, *code.text())));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
