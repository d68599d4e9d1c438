// data/report.html: the bundle's content for people. One self-contained page, well-formed as XML, no script,
// no reference to anything outside, made to be printed.
#pragma once

#include <string>

#include "tickmark/bundle/Content.h"

namespace tickmark::bundle {

/// Pure: the same content gives the same bytes.
[[nodiscard]] std::string reportPage(const Content& content);

}  // namespace tickmark::bundle
