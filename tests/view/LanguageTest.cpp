// Texts of the program in another language.
#include "tickmark/view/Language.h"

#include <boost/test/unit_test.hpp>

#include "tickmark/view/Page.h"
#include "tickmark/view/Words.h"
#include "view/Catalog.h"

namespace tickmark::view {
namespace {

using namespace std::string_view_literals;

const Catalog& catalog() {
    static const Catalog made(
        "Draft\0Entwurf\0"
        "There is no KPI {}.\0Es gibt keine Kennzahl {}.\0"
        "{} is {}; only a draft is changed.\0Nur ein Entwurf wird geändert; {2} ist {1}.\0"
        "{} of {}\0{} von {}\0"
        "approved\0genehmigt\0"
        "lead auditor\0Auditleitung\0"
        "process owner\0Prozessverantwortliche\0"
        " or \0 oder \0"
        "Only {} can close it.\0Nur {} kann abschließen.\0"sv);
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(language)

BOOST_AUTO_TEST_CASE(a_text_is_looked_up_as_it_stands) {
    BOOST_TEST(catalog().translated("Draft") == "Entwurf");
    BOOST_TEST(catalog().translated("Drafts") == "Drafts");
    BOOST_TEST(catalog().translated("").empty());
}

BOOST_AUTO_TEST_CASE(a_pattern_keeps_what_stands_in_its_gaps) {
    BOOST_TEST(catalog().translated("There is no KPI K-0001.") == "Es gibt keine Kennzahl K-0001.");
    BOOST_TEST(catalog().translated("There is no KPI .") == "Es gibt keine Kennzahl .");
    BOOST_TEST(catalog().translated("There is no KPI K-0001") == "There is no KPI K-0001");
}

BOOST_AUTO_TEST_CASE(gaps_change_places_and_words_in_them_are_translated) {
    BOOST_TEST(catalog().translated("IP-0001 is approved; only a draft is changed.") ==
               "Nur ein Entwurf wird geändert; genehmigt ist IP-0001.");
}

BOOST_AUTO_TEST_CASE(a_pattern_with_hardly_a_word_of_its_own_is_never_guessed) {
    BOOST_TEST(catalog().translated("3 of 7") == "3 of 7");
    const std::string_view gaps[] = {"3", "7"};
    BOOST_TEST(Catalog::filled(catalog().exact("{} of {}"), gaps) == "3 von 7");
}

BOOST_AUTO_TEST_CASE(a_list_of_roles_is_said_word_by_word) {
    BOOST_TEST(catalog().translated("the lead auditor or the process owner") ==
               "Auditleitung oder Prozessverantwortliche");
    BOOST_TEST(catalog().translated("Only the lead auditor or the process owner can close it.") ==
               "Nur Auditleitung oder Prozessverantwortliche kann abschließen.");
    BOOST_TEST(catalog().translated("the lead auditor or the miller") == "the lead auditor or the miller");
}

BOOST_AUTO_TEST_CASE(sentences_that_the_program_joined_are_said_one_by_one) {
    BOOST_TEST(catalog().translated("There is no KPI K-7. Only the lead auditor can close it.") ==
               "Es gibt keine Kennzahl K-7. Nur Auditleitung kann abschließen.");
    BOOST_TEST(catalog().translated("There is no KPI K-7. Nobody knows why.") ==
               "Es gibt keine Kennzahl K-7. Nobody knows why.");
}

BOOST_AUTO_TEST_CASE(numbers_are_written_as_the_language_writes_them) {
    BOOST_TEST(countText(12345) == "12,345");
    BOOST_TEST(sizeText(1536) == "1.5 KiB");
    const LanguageScope german(Language::German);
    BOOST_TEST(countText(12345) == "12.345");
    BOOST_TEST(sizeText(1536) == "1,5 KiB");
}

BOOST_AUTO_TEST_CASE(the_pattern_with_the_most_words_of_its_own_is_taken) {
    BOOST_TEST(catalog().translated("There is no KPI 1 of 2.") == "Es gibt keine Kennzahl 1 of 2.");
}

BOOST_AUTO_TEST_CASE(a_header_chooses_the_known_language_of_the_greatest_weight) {
    const std::pair<std::string_view, Language> cases[] = {
        {"", Language::English},
        {"de", Language::German},
        {"de-AT,de;q=0.9,en;q=0.8", Language::German},
        {"en-GB,de;q=0.9", Language::English},
        {"fr, de;q=0.5, en;q=0.4", Language::German},
        {"de;q=0, en", Language::English},
        {"de;q=banana", Language::English},
        {",,;q=,", Language::English},
        {"*", Language::English},
    };
    for (const auto& [header, expected] : cases) {
        BOOST_TEST_CONTEXT(header)
        BOOST_TEST((preferredLanguage(header) == expected));
    }
}

BOOST_AUTO_TEST_CASE(a_scope_ends_where_it_began) {
    BOOST_TEST((currentLanguage() == Language::English));
    {
        const LanguageScope german(Language::German);
        BOOST_TEST((currentLanguage() == Language::German));
        const LanguageScope english(Language::English);
        BOOST_TEST(said("Draft") == "Draft");
    }
    BOOST_TEST((currentLanguage() == Language::English));
}

BOOST_AUTO_TEST_CASE(every_page_can_be_rendered_in_every_language) {
    for (const Language language : languages()) {
        const LanguageScope scope(language);
        BOOST_TEST_CONTEXT(codeOf(language))
        BOOST_TEST(render("pages/audits.html", Model()).ok());
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tickmark::view
