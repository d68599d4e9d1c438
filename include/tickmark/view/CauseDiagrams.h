// How causes were found, drawn: the chain of five whys and the fishbone of a response. Plain SVG without
// script; each picture carries a title and a description that say in words all that it shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Finding.h"
#include "tickmark/view/Page.h"

namespace tickmark::view {

/// A text in lines of at most `width` characters (code points). Lines break between words; a word longer than
/// a line is broken inside. Nothing is left out. An empty text has no lines.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Fills the include {{>WHYS_DIAGRAM}} with the chain from the problem over each why to the root causes;
/// nothing when the response has no whys. `id` makes the picture's ids unique on its page.
void putFiveWhys(Model& model, std::string_view id, std::string_view problem,
                 const domain::Response& response);

/// Fills the include {{>FISHBONE_DIAGRAM}} with one bone for each branch, any number of them, branches
/// written alike but for case gathered in one; nothing when the response has no fishbone.
void putFishbone(Model& model, std::string_view id, std::string_view problem,
                 const domain::Response& response);

}  // namespace tickmark::view
