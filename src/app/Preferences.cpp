#include "tickmark/app/Preferences.h"

#include <array>

#include "app/SessionCache.h"
#include "app/StoredPreferences.h"
#include "tickmark/storage/Preferences.h"
#include "tickmark/view/TimeZone.h"

namespace tickmark::app {
namespace {

template <class Choice>
struct Word {
    Choice choice{};
    std::string_view word{};
};
constexpr std::array<Word<Theme>, 3> themes{
    {{Theme::System, "system"}, {Theme::Light, "light"}, {Theme::Dark, "dark"}}};
constexpr std::array<Word<Density>, 2> densities{
    {{Density::Normal, "normal"}, {Density::Compact, "compact"}}};
constexpr std::array<Word<Motion>, 2> motions{{{Motion::System, "system"}, {Motion::Reduced, "reduced"}}};
constexpr std::array<Word<bool>, 2> switches{{{true, "on"}, {false, "off"}}};

template <class Choice, std::size_t count>
std::string wordFor(const std::array<Word<Choice>, count>& words, Choice choice) {
    for (const auto& one : words) {
        if (one.choice == choice) return std::string(one.word);
    }
    return {};
}

template <class Choice, std::size_t count>
Result<Choice> choiceOf(const std::array<Word<Choice>, count>& words, const char* field,
                        const std::string& given) {
    std::string known;
    for (const auto& one : words) {
        if (one.word == given) return one.choice;
        known += (known.empty() ? "" : ", ") + std::string(one.word);
    }
    return invalid("unknown-word", field, "There is no choice \"" + given + "\".",
                   "Name one of " + known + ".");
}

Result<std::string> zoneOf(const std::string& name) {
    if (name.empty() || name == "UTC") return std::string();
    if (name.size() <= 64 && view::isTimeZone(name)) return name;
    return invalid("time-zone", "time_zone", "This machine knows no time zone of that name.",
                   "Name a place as the list offers it, like Europe/Berlin, or UTC.");
}

Result<std::optional<view::Language>> languageOf(const std::string& code) {
    if (code == "system") return std::optional<view::Language>{};
    if (const auto language = view::languageFrom(code)) return language;
    return invalid("unknown-word", "language", "There is no language \"" + code + "\".",
                   "Name one of system, en, de.");
}

storage::PreferenceRow rowOf(const domain::Actor& actor, const Preferences& preferences) {
    const PreferenceWords words = wordsOf(preferences);
    return {.party = actor.id,
            .theme = words.theme,
            .density = words.density,
            .motion = words.motion,
            .shortcuts = preferences.shortcuts,
            .timeZone = words.timeZone,
            .language = words.language};
}

}  // namespace

PreferenceWords wordsOf(const Preferences& preferences) {
    return {wordFor(themes, preferences.theme),
            wordFor(densities, preferences.density),
            wordFor(motions, preferences.motion),
            wordFor(switches, preferences.shortcuts),
            preferences.timeZone.empty() ? "UTC" : preferences.timeZone,
            preferences.language ? std::string(view::codeOf(*preferences.language)) : "system"};
}

Result<Preferences> preferencesFrom(const PreferenceWords& words) {
    Preferences made;
    TM_TRY(made.theme, choiceOf(themes, "theme", words.theme));
    TM_TRY(made.density, choiceOf(densities, "density", words.density));
    TM_TRY(made.motion, choiceOf(motions, "motion", words.motion));
    TM_TRY(made.shortcuts, choiceOf(switches, "shortcuts", words.shortcuts));
    TM_TRY(made.timeZone, zoneOf(words.timeZone));
    TM_TRY(made.language, languageOf(words.language));
    return made;
}

Result<Preferences> storedPreferences(storage::ReadSession& session, domain::PartyId party) {
    TM_TRY(const auto row, storage::preferencesOf(session, party));
    if (!row) return Preferences{};
    // A zone stays as it was chosen: a machine that does not know it (any more) shows UTC.
    auto read = preferencesFrom(
        {row->theme, row->density, row->motion, row->shortcuts ? "on" : "off", "UTC", row->language});
    if (!read) return Preferences{};
    if (row->timeZone != "UTC") read->timeZone = row->timeZone;
    return *std::move(read);
}

Result<Preferences> savePreferences(Context& context, const domain::Actor& actor,
                                    const PreferenceWords& words) {
    TM_TRY(Preferences chosen, preferencesFrom(words));
    auto saved = context.database->write([&](storage::WriteSession& session) -> Result<bool> {
        TM_CHECK(storage::savePreferences(session, rowOf(actor, chosen)));
        return true;
    });
    context.signIns->sessions.forgetAll();
    if (!saved) return std::move(saved).error();
    return chosen;
}

Result<Preferences> preferencesOf(Context& context, const domain::Actor& actor) {
    return context.database->read(
        [&](storage::ReadSession& session) { return storedPreferences(session, actor.id); });
}

}  // namespace tickmark::app
