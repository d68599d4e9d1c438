// The rule set that warns when an auditor suggests a cause or a solution.
#include "tickmark/domain/AuditorWords.h"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>
#include <sstream>

using namespace tickmark::domain;

namespace {

std::vector<WordWarning> inFinding(std::string_view text) {
    return warningsIn("nature", text, AuditorText::Finding);
}
std::vector<WordWarning> inComment(std::string_view text) {
    return warningsIn("reason", text, AuditorText::Comment);
}

std::string example(std::string_view phrase) {
    std::string word(phrase);
    if (word.ends_with('*')) word.back() = 'x';
    return "Eleven records " + word + " eleven records.";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(auditor_words)

BOOST_AUTO_TEST_CASE(every_phrase_warns_in_a_finding_with_its_kind) {
    for (const WordRule& rule : wordRules()) {
        BOOST_TEST_CONTEXT(rule.phrase) {
            const auto warnings = inFinding(example(rule.phrase));
            BOOST_REQUIRE(!warnings.empty());
            bool named = false;
            for (const auto& one : warnings) named = named || one.kind == rule.kind;
            BOOST_TEST(named);
            BOOST_TEST(warnings.front().field == "nature");
            const bool quiet = inComment(example(rule.phrase)).empty();
            BOOST_TEST(quiet == !rule.inComments);
        }
    }
    BOOST_TEST(wordRules().size() > 40U);
}

BOOST_AUTO_TEST_CASE(a_text_that_states_what_was_seen_draws_no_warning) {
    for (const char* text :
         {"Three of ten incidents were closed without a confirmed priority.",
          "Clause 8.6.1 requires that incidents are recorded; 12 of 40 calls have no record.",
          "The residue was tested. The shoulder strap and the overdue list are shown. Becauseway is a name.",
          "Interview with the service desk lead: records are kept for 90 days.", ""}) {
        BOOST_TEST(inFinding(text).empty(), text);
    }
}

BOOST_AUTO_TEST_CASE(the_case_does_not_matter_and_the_phrase_is_given_as_written) {
    const auto warnings = inFinding("Closed Because nobody asked. The team SHOULD ask.");
    BOOST_REQUIRE(warnings.size() == 2U);
    BOOST_TEST(warnings[0].phrase == "Because");
    BOOST_TEST((warnings[0].kind == SuggestionKind::Cause));
    BOOST_TEST(warnings[0].message.find("\"Because\" reads like a cause.") == 0U);
    BOOST_TEST(warnings[1].phrase == "SHOULD");
    BOOST_TEST((warnings[1].kind == SuggestionKind::Solution));
    BOOST_TEST(toText(warnings[1].kind) == "solution");
}

BOOST_AUTO_TEST_CASE(a_phrase_over_two_lines_is_seen) {
    BOOST_TEST(inFinding("Closed early due\nto the tool.").size() == 1U);
}

BOOST_AUTO_TEST_CASE(words_of_others_between_quotation_marks_are_not_looked_at) {
    BOOST_TEST(inFinding("The procedure says \"staff should ask because it matters\".").empty());
    BOOST_TEST(inFinding("It says \xE2\x80\x9Cyou should\xE2\x80\x9D in 4.2.").empty());
    BOOST_TEST(inFinding("It says \"ask\", and staff should.").size() == 1U);
    BOOST_TEST(inFinding("A mark \" without an end, because of it.").size() == 1U);
    BOOST_TEST(inFinding("It ends with a mark because \"").size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_comment_may_ask_but_not_say_how) {
    BOOST_TEST(inComment("The response should name where else it was looked for.").empty());
    BOOST_TEST(inComment("The root cause does not explain the three cases.").empty());
    BOOST_TEST(inComment("We recommend a mandatory field.").size() == 1U);
}

BOOST_AUTO_TEST_CASE(only_nonconformities_are_looked_at_and_both_parts_are) {
    Finding finding;
    finding.classCode = "minor";
    finding.nature = "Closed because nobody asked.";
    finding.objectiveEvidence = "We recommend a field.";
    const auto warnings = warningsOf(finding);
    BOOST_REQUIRE(warnings.size() == 2U);
    BOOST_TEST(warnings[0].field == "nature");
    BOOST_TEST(warnings[1].field == "objective_evidence");
    for (const char* code : {"observation", "opportunity", "conformity"}) {
        finding.classCode = code;
        BOOST_TEST(warningsOf(finding).empty(), code);
    }
    finding.classCode = "unknown-class";
    BOOST_TEST(warningsOf(finding).size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_document_lists_exactly_the_rules) {
    std::ifstream file(std::string(TICKMARK_SOURCE_DIR) + "/docs/auditor-words.md");
    BOOST_REQUIRE(file.good());
    std::set<std::string> listed;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("| ") && line.find("| a ") != std::string::npos) listed.insert(line);
    }
    std::set<std::string> expected;
    for (const WordRule& rule : wordRules()) {
        std::string phrase(rule.phrase);
        if (phrase.ends_with('*')) phrase.insert(phrase.size() - 1, "\\");
        expected.insert("| " + phrase + " | a " + std::string(toText(rule.kind)) + " | " +
                        (rule.inComments ? "yes" : "no") + " |");
    }
    BOOST_CHECK_EQUAL_COLLECTIONS(listed.begin(), listed.end(), expected.begin(), expected.end());
}

BOOST_AUTO_TEST_SUITE_END()
