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
    std::string_view meaning{};  ///< of a failure
    std::string_view advice{};
    std::string_view openMeaning{};  ///< of a question that stays open
    std::string_view openAdvice{};
};

/// In the order of the report.
[[nodiscard]] const std::vector<Code>& allCodes();
[[nodiscard]] const Code& codeNamed(std::string_view code);

}  // namespace tickmark::bundle
