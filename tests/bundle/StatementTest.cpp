// What signatories say, and how the report repeats it.
#include <boost/test/unit_test.hpp>

#include "bundle/LinkTarget.h"
#include "bundle/SealingHouse.h"
#include "bundle/Vectors.h"
#include "tickmark/bundle/SignerStatement.h"

using namespace tickmark;
using namespace tickmark::bundle;
using namespace tickmark::bundle::test;

namespace {

const std::filesystem::path stored = std::string(TICKMARK_SOURCE_DIR) + "/tests/vectors";

Report reportOf(const std::string& name) {
    for (const Vector& vector : readVectors(stored)) {
        if (vector.name != name) continue;
        return expected(
            verifyBundle(stored / (name + ".evidence.zip"), expected(optionsFrom(vector.brought))));
    }
    throw std::runtime_error("no such vector");
}

std::string sentencesOf(const Report& report, Statement statement) {
    std::string all;
    for (const StatementLine& line : report.statements) {
        if (line.statement != statement) continue;
        for (const std::string& sentence : line.sentences) all += sentence + "\n";
    }
    return all;
}

bool says(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_statements)

BOOST_AUTO_TEST_CASE(the_strict_reader_and_the_schema_agree_on_what_a_statement_is) {
    const auto schema = expected(codec::JsonSchema::compile(
        readFile(std::string(TICKMARK_SOURCE_DIR) + "/schemas/json/statement.schema.json")));
    const SignerStatement good{"B-0001", SignatoryRole::CertificationAuditor, Decision::Rejected, "No.", "A"};
    const auto goodJson = expected(codec::parseJson(good.text()));
    int refused = 0;
    const auto agree = [&](const codec::Json& json) {
        const bool read = SignerStatement::parse(codec::canonicalJson(json)).ok();
        BOOST_TEST(read == schema.check(json).ok(), codec::canonicalJson(json));
        if (!read) ++refused;
    };
    agree(goodJson);
    for (const auto& [name, value] : *goodJson.members()) {
        codec::Json without = goodJson;
        without.members()->erase(name);
        agree(without);
        for (const auto& other :
             {codec::Json(""), codec::Json(1), codec::Json(std::string(2001, 'x')), codec::Json("approved"),
              codec::Json("accepted"), codec::Json("lead-auditor")}) {
            codec::Json changed = goodJson;
            agree(changed.set(name, other));
        }
    }
    BOOST_TEST(refused > 20);
    BOOST_TEST(SignerStatement::parse(good.text()).ok());
    BOOST_TEST(!SignerStatement::parse(good.text() + "\n").ok());
    BOOST_TEST(!SignerStatement::parse(" " + good.text()).ok());
}

BOOST_AUTO_TEST_CASE(a_comment_is_counted_in_characters_and_not_in_bytes) {
    SignerStatement statement{"B-0001", SignatoryRole::LeadAuditor, Decision::Approved, {}, "A"};
    for (int i = 0; i < 2000; ++i) statement.comment += "\xC3\xA9";
    BOOST_TEST(SignerStatement::parse(statement.text()).ok());
    statement.comment += "x";
    BOOST_TEST(SignerStatement::parse(statement.text()).error().field == "comment");
}

BOOST_AUTO_TEST_CASE(the_report_says_who_signed_with_what_when_and_by_whose_clock) {
    const Report report = reportOf("good-and-complete");
    BOOST_REQUIRE(report.signatures.size() == 3U);
    BOOST_TEST((report.level == Level::LTA));
    for (const SignatureFact& fact : report.signatures) {
        BOOST_TEST(fact.intact);
        BOOST_TEST(fact.trusted);
        BOOST_TEST((fact.level == Level::LTA));
        BOOST_TEST((*fact.trustedTime == fact.signingTime->plusSeconds(10)));
        BOOST_TEST(says(fact.authority, "Time-stamp clock"));
    }
    BOOST_TEST(report.signatures[1].role == "lead-auditor");
    BOOST_TEST(report.signatures[2].decision == "accepted");
    BOOST_REQUIRE(report.archiveTimestamps.size() == 1U);
    BOOST_TEST(report.archiveTimestamps.front().trusted);
    const std::string authentic = sentencesOf(report, Statement::Authentic);
    BOOST_TEST(says(authentic, "Approved by the lead auditor"));
    BOOST_TEST(
        says(authentic, "by the signer's own clock, and before 2023-12-15 22:13:30 UTC by the clock of"));
    BOOST_TEST(says(authentic, "Level LTA."));
}

BOOST_AUTO_TEST_CASE(a_rejection_passes_and_is_told_in_front_with_its_reason) {
    const Report report = reportOf("good-but-rejected");
    BOOST_TEST((report.verdict == Verdict::Pass));
    const std::string text = reportAsText(report);
    BOOST_TEST(says(text, "The certification auditor REJECTED it"));
    BOOST_TEST(says(sentencesOf(report, Statement::Authentic), "The sample of incidents is too small."));
}

BOOST_AUTO_TEST_CASE(the_log_statement_names_the_witness_and_the_earlier_head) {
    const Report report = reportOf("good-with-a-witness-and-an-earlier-head");
    BOOST_REQUIRE(report.witnesses.size() == 1U);
    BOOST_TEST(report.history.size() == 2U);
    const std::string log = sentencesOf(report, Statement::InTheLog);
    BOOST_TEST(says(log, "Your witness witness.example cosigned the log at 11 entries"));
    BOOST_TEST(says(log, "The log is still the one of earlier.checkpoint"));
    BOOST_TEST(!says(log, "No witness that you named"));
}

BOOST_AUTO_TEST_CASE(an_unknown_later_signer_leaves_the_question_open_and_says_what_to_bring) {
    const Report report = reportOf("approval-by-somebody-unknown");
    BOOST_REQUIRE(!report.problems.empty());
    BOOST_TEST(report.problems.front().open);
    BOOST_TEST(says(report.problems.front().advice, "--anchor"));
    BOOST_TEST(!report.signatures[1].trusted);
    BOOST_TEST(report.signatures[0].trusted);
}

BOOST_AUTO_TEST_CASE(who_is_about_to_sign_may_check_before_the_announced_approval_is_there) {
    auto options = expected(optionsFrom({{(stored / "anchor.pem").string()}}));
    const auto file = stored / "announced-approval-missing.evidence.zip";
    BOOST_TEST((expected(verifyBundle(file, options)).verdict == Verdict::Fail));
    options.approvalMayFollow = true;
    BOOST_TEST((expected(verifyBundle(file, options)).verdict == Verdict::Pass));
}

BOOST_AUTO_TEST_CASE(what_a_verifier_brings_is_refused_by_name_when_it_cannot_be_used) {
    const std::string anchor = (stored / "anchor.pem").string();
    AnchorArguments wrong;
    wrong.crls = {anchor};
    BOOST_TEST(optionsFrom(wrong).error().type == "crl");
    wrong = {};
    wrong.witnesses = {"nobody"};
    BOOST_TEST(optionsFrom(wrong).error().type == "verifier-key");
    wrong = {};
    wrong.previous = {anchor};
    BOOST_TEST(optionsFrom(wrong).error().field == "anchor.pem");
    wrong = {};
    wrong.required = {"everything"};
    BOOST_TEST(optionsFrom(wrong).error().type == "requirement");
    wrong = {};
    wrong.timestampAnchors = {(stored / "none.pem").string()};
    BOOST_TEST((optionsFrom(wrong).error().kind == ErrorKind::NotFound));
}

BOOST_AUTO_TEST_CASE(a_link_leads_to_an_entry_or_out_of_the_bundle) {
    const auto from = std::string_view("data/oscal/poam.json");
    BOOST_TEST(linkTarget(from, "../evidence/a%20b.txt").value() == "data/evidence/a b.txt");
    BOOST_TEST(linkTarget(from, "./poam.json#x").value() == "data/oscal/poam.json");
    BOOST_TEST(linkTarget(from, "../../../etc/passwd").has_value() == false);
    for (const char* out :
         {"https://example.org/x", "//example.org/x", "/etc/passwd", "#part", "", "mailto:a"})
        BOOST_TEST(!linkTarget(from, out).has_value(), out);
}

BOOST_AUTO_TEST_SUITE_END()
