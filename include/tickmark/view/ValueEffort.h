// Value against effort: where each item of the improvement register lies, to choose what comes first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/view/Page.h"

namespace tickmark::view {

struct ValueEffortItem {
    std::string ref{};
    std::string title{};
    std::string href{};
    std::int64_t value = 0;   ///< 1 to 5; anything else: not judged, and not drawn
    std::int64_t effort = 0;  ///< 1 to 5
};

/// Fills include `name`: a field from 1 to 5 both ways with its quarter "Do first" shaded; items at the same
/// place stand under each other, at most four, and then one mark says how many more. What is not judged is
/// counted in the caption. Nothing when no item is judged.
void putValueEffort(Model& model, std::string_view name, std::string_view id, std::string_view title,
                    const std::vector<ValueEffortItem>& items);

}  // namespace tickmark::view
