// How a person wants the pages: looks, keys, times and language. Kept for the account, so they follow the
// person to another browser. They change nothing that is recorded, and the log does not know them.
#pragma once

#include <optional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/view/Language.h"

namespace tickmark::app {

enum class Theme { System, Light, Dark };
enum class Density { Normal, Compact };
enum class Motion { System, Reduced };

struct Preferences {
    Theme theme = Theme::System;
    Density density = Density::Normal;
    Motion motion = Motion::System;
    bool shortcuts = true;                     ///< single keys ("/", "j", "g f") do something
    std::string timeZone{};                    ///< IANA name; empty is UTC
    std::optional<view::Language> language{};  ///< nothing: what the browser prefers
};

/// As a form or program writes them: "system", "light", "dark"; "normal", "compact"; "system", "reduced";
/// "on", "off"; "Europe/Berlin"; "system", "en", "de".
struct PreferenceWords {
    std::string theme = "system";
    std::string density = "normal";
    std::string motion = "system";
    std::string shortcuts = "on";
    std::string timeZone = "UTC";
    std::string language = "system";
};
[[nodiscard]] PreferenceWords wordsOf(const Preferences& preferences);
/// Errors: Invalid "unknown-word" or "time-zone" naming the field (theme, density, motion, shortcuts,
/// time_zone, language).
[[nodiscard]] Result<Preferences> preferencesFrom(const PreferenceWords& words);

/// Anybody for themselves; holds from the next request on in this process. Errors: as preferencesFrom.
[[nodiscard]] Result<Preferences> savePreferences(Context& context, const domain::Actor& actor,
                                                  const PreferenceWords& words);
/// What the person chose, or what everybody begins with.
[[nodiscard]] Result<Preferences> preferencesOf(Context& context, const domain::Actor& actor);

}  // namespace tickmark::app
