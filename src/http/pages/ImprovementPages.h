// The pages of the improvement register, and what they share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/pages/Page.h"
#include "tickmark/app/Improvements.h"

namespace tickmark::http::pages {

inline constexpr std::string_view improvementReaders = "LA AU PO AO IM TM XA";
inline constexpr std::string_view improvementRecorders = "LA AU PO AO IM TM";

/// "/improvements/II-0001"
[[nodiscard]] std::string improvementAddress(std::string_view ref);
/// "2.50 high", or "not judged".
[[nodiscard]] std::string scoreText(std::int64_t score);
[[nodiscard]] bool mayRecordImprovement(domain::Role role) noexcept;
/// Texts and links of one row of the register: HREF, REF, NAME, OWNER_NAME, SCORE, DUE, HINT, {{>STATUS}}.
void putImprovementRow(view::Model& row, const storage::ImprovementRow& item, Date today);

[[nodiscard]] Result<void> addImprovementLists(Router& router, WebApp& web);
[[nodiscard]] Result<void> addImprovementPage(Router& router, WebApp& web);
[[nodiscard]] Result<void> addImprovementForms(Router& router, WebApp& web);

}  // namespace tickmark::http::pages
