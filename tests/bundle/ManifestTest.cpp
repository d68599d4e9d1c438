#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "bundle/ContentIndex.h"
#include "bundle/ContentRules.h"
#include "bundle/SealingHouse.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/ledger/Measuring.h"

using namespace tickmark;
using namespace tickmark::bundle;
using codec::Json;
using tickmark::bundle::test::SealingHouse;

namespace {

codec::JsonSchema schema() {
    std::ostringstream text;
    text << std::ifstream(TICKMARK_SOURCE_DIR "/schemas/json/manifest.schema.json").rdbuf();
    return test::expected(codec::JsonSchema::compile(text.str()));
}

const Json& versionIn(const Json& manifest, std::string_view name) {
    for (const Json& item : *manifest.find("evidence")->items()) {
        if (item.textAt("name") == name) return item;
    }
    throw std::runtime_error("no such version");
}

bool fits(const Json& manifest) { return schema().check(manifest).ok(); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle_manifest, SealingHouse)

BOOST_AUTO_TEST_CASE(the_whole_audit_is_the_selection_when_nothing_else_is_said) {
    const Json manifest = makeManifest(content);
    BOOST_TEST(codec::canonicalJson(*manifest.find("selection")) == R"({"kind":"audit"})");
    BOOST_TEST(manifest.find("supersedes") == nullptr);
    BOOST_TEST(fits(manifest));
}

BOOST_AUTO_TEST_CASE(improvements_and_kpis_stand_in_the_manifest_with_the_digest_of_their_measurements) {
    const Json manifest = makeManifest(content);
    BOOST_TEST(fits(manifest));
    const Json& item = manifest.find("improvements")->items()->front();
    BOOST_TEST(item.textAt("finding") == "F-0001");
    BOOST_TEST(item.find("lesson")->textAt("insight") == "A rule beats a reminder.");
    const Json& kpi = manifest.find("kpis")->items()->front();
    const auto& series = *kpi.find("series")->items();
    BOOST_REQUIRE(series.size() == 2U);
    BOOST_TEST(series[0].textAt("evidence") == "E-0002/v1");
    BOOST_TEST(series[0].textAt("evidence_sha256") == versionIn(manifest, "E-0002/v1").textAt("sha256"));
    BOOST_TEST(codec::canonicalJson(*series[0].find("rule")) ==
               codec::canonicalJson(ledger::jsonOf(*content.series[1].rule)));
    BOOST_TEST(series[1].textAt("withdrawn") == "Counted twice.");
    BOOST_TEST(manifest.find("measurements")->textAt("sha256") ==
               crypto::Sha256::of(measurementsText(content)).hex());
}

BOOST_AUTO_TEST_CASE(without_a_kpi_there_are_no_measurements_and_the_manifest_is_what_it_was) {
    content.improvements.clear();
    content.kpis.clear();
    content.series.clear();
    const Json manifest = makeManifest(content);
    BOOST_TEST(fits(manifest));
    for (const char* member : {"improvements", "kpis", "measurements"})
        BOOST_TEST(manifest.find(member) == nullptr);
    BOOST_TEST(measurementsText(content).empty());
}

BOOST_AUTO_TEST_CASE(named_findings_are_listed) {
    content.bundle.selection.kind = domain::SelectionKind::Findings;
    content.bundle.selection.findings = {"F-0001", "F-0002"};
    const Json manifest = makeManifest(content);
    BOOST_TEST(codec::canonicalJson(*manifest.find("selection")) ==
               R"({"findings":["F-0001","F-0002"],"kind":"findings"})");
    BOOST_TEST(fits(manifest));
}

BOOST_AUTO_TEST_CASE(a_delta_names_its_bundle_with_digest_and_log_size_and_what_did_not_change) {
    content.bundle.selection = {domain::SelectionKind::Delta, {}, domain::BundleRef("B-0000"),
                                content.versions[0].digest,   41, {"F-0003"}};
    const Json manifest = makeManifest(content);
    BOOST_TEST(codec::canonicalJson(*manifest.find("selection")) ==
               R"({"findings":[],"kind":"delta","since":{"bundle":"B-0000","log_size":41,"sha256":")" +
                   content.versions[0].digest.hex() + R"("},"unchanged":["F-0003"]})");
    BOOST_TEST(fits(manifest));
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_selections_that_say_half) {
    const Json good = makeManifest(content);
    const auto with = [&](const char* selection) {
        Json manifest = good;
        manifest.set("selection", *codec::parseJson(selection));
        return fits(manifest);
    };
    BOOST_TEST(with(R"({"kind":"audit"})"));
    BOOST_TEST(!with(R"({"kind":"audit","findings":["F-1"]})"));
    BOOST_TEST(!with(R"({"kind":"findings"})"));
    BOOST_TEST(!with(R"({"kind":"findings","findings":["F-1"],"unchanged":[]})"));
    BOOST_TEST(!with(R"({"kind":"delta","findings":["F-1"],"unchanged":[]})"));
    BOOST_TEST(!with(R"({"kind":"everything"})"));
    BOOST_TEST(!with(R"({"kind":"audit","more":1})"));
}

BOOST_AUTO_TEST_CASE(an_earlier_bundle_is_named_with_its_digest) {
    content.bundle.supersedes = domain::BundleRef("B-0000");
    content.bundle.supersedesDigest = content.versions[0].digest;
    const Json manifest = makeManifest(content);
    BOOST_TEST(manifest.find("supersedes")->textAt("bundle") == "B-0000");
    BOOST_TEST(manifest.find("supersedes")->textAt("sha256") == content.versions[0].digest.hex());
    BOOST_TEST(fits(manifest));
}

BOOST_AUTO_TEST_CASE(a_redacted_copy_names_its_original_with_its_digest) {
    content.versions[1].redactionOf = content.versions[4].id;  // the salaries are withheld
    const Json manifest = makeManifest(content);
    const Json& copy = versionIn(manifest, "E-0002/v1");
    BOOST_TEST(copy.textAt("redaction_of") == "E-0005/v1");
    BOOST_TEST(copy.textAt("redaction_of_sha256") == content.versions[4].digest.hex());
    BOOST_TEST(fits(manifest));
    BOOST_TEST(checkContent(content, ContentIndex(content)).ok());
}

BOOST_AUTO_TEST_CASE(a_redacted_copy_whose_original_is_handed_out_or_unknown_is_not_sealed) {
    content.versions[1].redactionOf = content.versions[0].id;  // not withheld
    BOOST_TEST(!checkContent(content, ContentIndex(content)).ok());
    content.versions[1].redactionOf = {999};
    BOOST_TEST(!checkContent(content, ContentIndex(content)).ok());
}

BOOST_AUTO_TEST_CASE(what_only_the_audit_holds_is_listed_under_the_audit) {
    const auto own = addEvidence("plan.pdf", "the audit's plan");
    const Json manifest = makeManifest(content);
    const Json& version = versionIn(manifest, "E-0007/v1");
    BOOST_TEST(version.textAt("path") == "data/evidence/audit/E-0007.v1.plan.pdf");
    BOOST_TEST(codec::canonicalJson(*version.find("used_by")) == R"(["IA-2023-01"])");
    BOOST_TEST(fits(manifest));
    BOOST_TEST(ContentIndex(content).uses().contains(own) == false);
}

BOOST_AUTO_TEST_CASE(the_original_of_a_copy_is_used_by_the_copy) {
    const auto original = addEvidence("whole.txt", "everything");
    content.versions[1].redactionOf = original;
    content.bundle.withheld.push_back({original, "Redacted."});
    const Json manifest = makeManifest(content);
    BOOST_TEST(codec::canonicalJson(*versionIn(manifest, "E-0007/v1").find("used_by")) == R"(["E-0002/v1"])");
}

BOOST_AUTO_TEST_SUITE_END()
