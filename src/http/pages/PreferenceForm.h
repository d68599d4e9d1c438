// The form of one's own preferences on the page of one's account.
#pragma once

#include "http/pages/Page.h"
#include "tickmark/app/Preferences.h"

namespace tickmark::http::pages {

/// What the form says; a field that was not sent keeps what everybody begins with.
[[nodiscard]] app::PreferenceWords preferenceWordsIn(const Form& form);
/// Fills the form of templates/pages/me.html with these choices. `now` is shown in the chosen zone.
void putPreferenceForm(view::Model& model, const app::PreferenceWords& chosen, Timestamp now);

}  // namespace tickmark::http::pages
