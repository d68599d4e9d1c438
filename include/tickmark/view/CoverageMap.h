// Which clauses were looked at in which audits: a map of findings and samples, with its gaps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct CoverageMark {
    std::int64_t findings = 0;
    std::int64_t samples = 0;  ///< lines of the checklist
    std::string href{};        ///< the findings behind the number
};
struct CoverageLine {
    std::string clause{};
    std::string title{};
    std::vector<CoverageMark> marks{};  ///< one for each audit
    bool gap = false;
};
struct CoverageMap {
    std::string id{};
    std::string title{};
    std::vector<std::string> audits{};  ///< references, oldest first
    std::vector<CoverageLine> lines{};
    std::string source{};
};

/// Fills include `name`; nothing without audits or lines. A filled square holds findings (its number), an
/// open one samples only, a dashed line across the row a gap; each carries its words as a title.
void putCoverageMap(Model& model, std::string_view name, const CoverageMap& map);

}  // namespace tickmark::view
