#include "http/pages/PreferenceForm.h"

#include <array>

namespace tickmark::http::pages {
namespace {

struct Choice {
    std::string_view code;
    std::string_view word;
};
constexpr std::array<Choice, 3> themes{{{"system", "As the system"}, {"light", "Light"}, {"dark", "Dark"}}};
constexpr std::array<Choice, 2> densities{{{"normal", "Normal"}, {"compact", "Compact"}}};
constexpr std::array<Choice, 2> motions{{{"system", "As the system"}, {"reduced", "Always reduced"}}};
constexpr std::array<Choice, 2> switches{{{"on", "On"}, {"off", "Off"}}};

template <std::size_t count>
void putChoices(view::Model& model, std::string_view section, const std::array<Choice, count>& choices,
                const std::string& chosen) {
    for (const Choice& one : choices) {
        putOption(model, section, "CODE", std::string(one.code), view::said(one.word), one.code == chosen);
    }
}

void putLanguages(view::Model& model, const std::string& chosen) {
    putOption(model, "LANGUAGE", "CODE", "system", view::said("As the browser"), chosen == "system");
    for (const view::Language language : view::languages()) {
        const std::string code(view::codeOf(language));
        putOption(model, "LANGUAGE", "CODE", code, std::string(view::nameOf(language)), chosen == code);
    }
}

/// "America/Argentina/Ushuaia" stands in the group America as "Argentina / Ushuaia".
std::string placeOf(std::string_view zone) {
    std::string place;
    for (const char c : zone) {
        if (c == '/') {
            place += " / ";
        } else {
            place += c == '_' ? ' ' : c;
        }
    }
    return place;
}

void putZones(view::Model& model, const std::string& chosen) {
    std::string region;
    view::Model* group = nullptr;
    bool known = chosen == "UTC";
    model.showIf(known, "UTC_CHOSEN");
    for (const std::string& zone : view::timeZones()) {
        const std::size_t slash = zone.find('/');
        if (slash == std::string::npos) continue;
        if (group == nullptr || zone.substr(0, slash) != region) {
            region = zone.substr(0, slash);
            group = &model.add("REGION").set("NAME", region);
        }
        known = known || zone == chosen;
        putOption(*group, "ZONE", "CODE", zone, placeOf(std::string_view(zone).substr(slash + 1)),
                  zone == chosen);
    }
    if (!known) model.add("OTHER_ZONE").set("NAME", chosen);
}

}  // namespace

app::PreferenceWords preferenceWordsIn(const Form& form) {
    app::PreferenceWords words;
    const auto take = [&](std::string_view name, std::string& into) {
        if (std::string text = form.text(name); !text.empty()) into = std::move(text);
    };
    take("theme", words.theme);
    take("density", words.density);
    take("motion", words.motion);
    take("shortcuts", words.shortcuts);
    take("time_zone", words.timeZone);
    take("language", words.language);
    return words;
}

void putPreferenceForm(view::Model& model, const app::PreferenceWords& chosen, Timestamp now) {
    putChoices(model, "THEME", themes, chosen.theme);
    putChoices(model, "DENSITY", densities, chosen.density);
    putChoices(model, "MOTION", motions, chosen.motion);
    putChoices(model, "SHORTCUTS", switches, chosen.shortcuts);
    putLanguages(model, chosen.language);
    putZones(model, chosen.timeZone);
    const view::TimeZoneScope there(chosen.timeZone);
    model.setTime("NOW", now);
}

}  // namespace tickmark::http::pages
