// Somebody else was quicker: the form again with what was typed, beside what stands now.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/pages/Page.h"

namespace tickmark::http::pages {

/// One field as it stands now and as it was typed.
struct Difference {
    std::string_view field{};  ///< the program's word for it, as the form calls it
    std::string theirs{};
    std::string yours{};
};

/// Include {{>CONFLICT}}: those of the fields in which both differ, side by side; a sentence when none does.
void putConflict(view::Model& model, const std::vector<Difference>& fields);

/// What a form that is shown again after a stale save needs: the revision that saving replaces knowingly, and
/// the fields to compare.
struct Standing {
    std::int64_t rev = 0;
    std::vector<Difference> fields{};
};

/// The refusal of a stale save for a form that shows both: its fix says how to go on there.
[[nodiscard]] Error besideForm(Error stale);

/// "Name (account)" of somebody that may be named, the account of anybody else, "nobody" for none.
[[nodiscard]] std::string personWord(WebApp& web, const Request& request, const std::string& account);

}  // namespace tickmark::http::pages
