// Every named forgery is refused with its code; the same forgeries lie in tests/vectors/ for other verifiers.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <set>

#include "bundle/Mutants.h"
#include "bundle/Vectors.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

const std::filesystem::path stored = std::string(TICKMARK_SOURCE_DIR) + "/tests/vectors";

std::string firstWords(const Report& report) {
    std::string words;
    for (const Problem& problem : report.problems)
        words += problem.code + (problem.open ? "? " : " ") + problem.place + ": " + problem.message + "\n";
    return words.substr(0, 2000);
}

std::string verdictOf(const Report& report) {
    return std::string(*reportAsJson(report).find("verdict")->text());
}

/// Holds every bundle of the folder against what its list says.
void judge(const std::filesystem::path& folder) {
    const auto schema = expected(codec::JsonSchema::compile(
        readFile(std::string(TICKMARK_SOURCE_DIR) + "/schemas/json/verification-report.schema.json")));
    for (const Vector& vector : readVectors(folder)) {
        auto options = expected(optionsFrom(vector.brought));
        options.threads = 1;
        const Report report = expected(verifyBundle(folder / (vector.name + ".evidence.zip"), options));
        BOOST_TEST_CONTEXT(vector.name << "\n" << firstWords(report)) {
            BOOST_TEST(verdictOf(report) == vector.verdict);
            BOOST_TEST((vector.code.empty() || hasCode(report, vector.code)));
            BOOST_TEST(codesWith(report, CheckStatus::Failed) == vector.failed,
                       boost::test_tools::per_element());
            BOOST_TEST(codesWith(report, CheckStatus::NotChecked) == vector.open,
                       boost::test_tools::per_element());
            BOOST_TEST(schema.check(reportAsJson(report)).ok());
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_mutants)

BOOST_AUTO_TEST_CASE(every_forgery_made_now_is_refused_with_its_code_and_every_good_one_passes) {
    const Folder folder;
    writeVectors(folder.path());
    judge(folder.path());
    BOOST_TEST(readVectors(folder.path()).size() > 150U);
}

// With TICKMARK_WRITE_VECTORS set to a folder, writes the files of tests/vectors/ anew.
BOOST_AUTO_TEST_CASE(the_stored_vectors_are_judged_as_their_list_says) {
    if (const char* folder = std::getenv("TICKMARK_WRITE_VECTORS")) writeVectors(folder);
    judge(stored);
    std::set<std::string> files;
    for (const auto& file : std::filesystem::directory_iterator(stored)) {
        const std::string name = file.path().filename().string();
        if (name.ends_with(".evidence.zip")) files.insert(name.substr(0, name.size() - 13));
    }
    for (const Vector& vector : readVectors(stored)) files.erase(vector.name);
    BOOST_TEST(files == std::set<std::string>{}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_vectors_that_are_too_large_to_be_stored_are_refused_too) {
    Forge forge;
    for (const Mutant& mutant : zipMutants()) {
        const std::string bytes = mutant.make(forge);
        if (bytes.size() < 256'000) continue;
        const Report report = verifyBytes(forge.house.folder, bytes, forge.house.anchored());
        BOOST_TEST_CONTEXT(mutant.name << "\n" << firstWords(report)) {
            BOOST_TEST((report.verdict == Verdict::Fail));
            BOOST_TEST(hasCode(report, mutant.code));
        }
    }
}

BOOST_AUTO_TEST_CASE(each_code_has_forgeries_of_its_own) {
    std::map<std::string, int> counts;
    std::set<std::string> names;
    for (const Mutant& mutant : allMutants()) {
        ++counts[mutant.code];
        BOOST_TEST(names.insert(mutant.name).second, mutant.name << " is there twice");
    }
    for (const char* code :
         {"E10", "E20", "E30", "E31", "E40", "E50", "E51", "I52", "E60", "E70", "E80", "E90"})
        BOOST_TEST(counts[code] > 1, code << " has too few");
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

BOOST_AUTO_TEST_SUITE_END()
