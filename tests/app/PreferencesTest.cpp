#include "tickmark/app/Preferences.h"

#include "app/House.h"
#include "tickmark/app/Ledgers.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;

BOOST_FIXTURE_TEST_SUITE(preferences, House)

BOOST_AUTO_TEST_CASE(somebody_who_never_chose_has_what_everybody_begins_with) {
    const auto words = app::wordsOf(must(app::preferencesOf(context(), as("po-01"))));
    BOOST_TEST(words.theme == "system");
    BOOST_TEST(words.density == "normal");
    BOOST_TEST(words.motion == "system");
    BOOST_TEST(words.shortcuts == "on");
    BOOST_TEST(words.timeZone == "UTC");
    BOOST_TEST(words.language == "system");
}

BOOST_AUTO_TEST_CASE(what_one_chooses_is_kept_and_is_nobody_elses) {
    const app::PreferenceWords chosen{"dark", "compact", "reduced", "off", "Europe/Berlin", "de"};
    must(app::savePreferences(context(), as("po-01"), chosen));
    const auto kept = must(app::preferencesOf(context(), as("po-01")));
    BOOST_CHECK(kept.theme == app::Theme::Dark);
    BOOST_CHECK(kept.density == app::Density::Compact);
    BOOST_CHECK(kept.motion == app::Motion::Reduced);
    BOOST_TEST(!kept.shortcuts);
    BOOST_TEST(kept.timeZone == "Europe/Berlin");
    BOOST_CHECK(kept.language == view::Language::German);
    BOOST_TEST(app::wordsOf(must(app::preferencesOf(context(), as("la-01")))).theme == "system");
    must(app::savePreferences(context(), as("po-01"), {}));
    BOOST_TEST(app::wordsOf(must(app::preferencesOf(context(), as("po-01")))).timeZone == "UTC");
}

BOOST_AUTO_TEST_CASE(a_word_that_is_no_choice_is_refused_and_changes_nothing) {
    const auto refuses = [&](auto member, const char* word, const char* type, const char* field) {
        app::PreferenceWords words;
        words.*member = word;
        const auto saved = app::savePreferences(context(), as("po-01"), words);
        BOOST_REQUIRE(!saved.ok());
        BOOST_TEST(saved.error().type == type);
        BOOST_TEST(saved.error().field == field);
        BOOST_TEST(!saved.error().fix.empty());
    };
    refuses(&app::PreferenceWords::theme, "pink", "unknown-word", "theme");
    refuses(&app::PreferenceWords::density, "loose", "unknown-word", "density");
    refuses(&app::PreferenceWords::motion, "wild", "unknown-word", "motion");
    refuses(&app::PreferenceWords::shortcuts, "maybe", "unknown-word", "shortcuts");
    refuses(&app::PreferenceWords::language, "xx", "unknown-word", "language");
    for (const char* zone : {"Mars/Olympus", "../../etc/passwd", "Europe/Berlin ", "europe/berlin"})
        refuses(&app::PreferenceWords::timeZone, zone, "time-zone", "time_zone");
    BOOST_TEST(app::wordsOf(must(app::preferencesOf(context(), as("po-01")))).theme == "system");
}

BOOST_AUTO_TEST_CASE(preferences_are_habits_and_no_entries_of_the_log) {
    const auto before = must(app::currentCheckpoint(context()));
    must(app::savePreferences(context(), as("po-01"), {"dark", "compact", "system", "on", "UTC", "en"}));
    BOOST_TEST(must(app::currentCheckpoint(context())) == before);
}

BOOST_AUTO_TEST_SUITE_END()
