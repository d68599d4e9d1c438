// data/report.html: the bundle's content for people.
#pragma once

#include <string>

#include "tickmark/bundle/Content.h"

namespace tickmark::bundle {

/// One page that needs nothing from outside: no script, no picture, no font; its links lead to files of the
/// bundle. It is HTML and well-formed XML at once. Pure; the same content gives the same page.
[[nodiscard]] std::string reportPage(const Content& content);

/// The same of a management review: its minutes with the frozen inputs. The content holds a review.
[[nodiscard]] std::string minutesPage(const Content& content);

}  // namespace tickmark::bundle
