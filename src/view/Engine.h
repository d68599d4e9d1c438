// The template engine as this module's other files use it.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/view/Page.h"
#include "tickmark/view/ReportTemplates.h"

namespace tickmark::view {

/// Renders a template that is not embedded; the embedded parts can be included. Errors: Internal "template".
[[nodiscard]] Result<std::string> renderOwn(std::string_view name, std::string_view text, const Model& model);

/// Renders templates of a report that were checked.
[[nodiscard]] Result<ReportDocument> renderJudged(const ReportTemplates& templates, const codec::Json& data,
                                                  const ReportFrame& frame);

}  // namespace tickmark::view
