// The codes of the specification, each with its words for an auditor.
#pragma once

#include <string_view>
#include <vector>

#include "tickmark/bundle/Verifier.h"

namespace tickmark::bundle {

struct Code {
    std::string_view code{};
    std::string_view title{};
    Statement statement = Statement::Intact;
    std::string_view meaning{};
    std::string_view advice{};
};

/// In the order of the report.
[[nodiscard]] const std::vector<Code>& allCodes();
[[nodiscard]] const Code& codeNamed(std::string_view code);

/// Profile 1 has no timestamps, so this one never weighs on a verdict.
inline constexpr std::string_view codeWithoutWeight = "E60";

}  // namespace tickmark::bundle
