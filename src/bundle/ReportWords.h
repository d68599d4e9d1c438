// The words of a report that its text and its JSON form share.
#pragma once

#include <string>
#include <string_view>

#include "tickmark/bundle/Verifier.h"

namespace tickmark::bundle {

/// "intact", "authentic", "complete", "in_the_log".
[[nodiscard]] std::string_view idOf(Statement statement) noexcept;
/// "Intact", "Authentic", "Complete", "In the log".
[[nodiscard]] std::string_view titleOf(Statement statement) noexcept;
/// "2023-12-14 22:13:20 UTC".
[[nodiscard]] std::string shownTime(Timestamp time);
/// "1 file", "2 files".
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace tickmark::bundle
