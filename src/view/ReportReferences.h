// What a report's template or style may not hold: scripts, and references to anything outside.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/ReportTemplates.h"

namespace tickmark::view {

void findReferences(const std::string& file, std::string_view html, std::vector<TemplateMistake>& mistakes);
/// The same for a style sheet; its escapes are read as a browser reads them.
void findStyleReferences(const std::string& file, std::string_view css,
                         std::vector<TemplateMistake>& mistakes);

}  // namespace tickmark::view
