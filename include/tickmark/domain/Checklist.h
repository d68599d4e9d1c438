// The working papers of an audit: rows, what was sampled, how each ended (ISO 19011:2018
// clauses 6.3.4, 6.4.7, A.6).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tickmark/domain/Audit.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::domain {

/// As many rows as one audit's checklist holds.
inline constexpr std::size_t mostChecklistRows = 2'000;

/// Gives each row without a number the next free one, in order. Rows of older records have none; reading and
/// writing number them alike.
void numberRows(std::vector<ChecklistItem>& checklist);

/// The row of that number in a numbered checklist, or nullptr.
[[nodiscard]] ChecklistItem* rowOf(std::vector<ChecklistItem>& checklist, ChecklistRowId row) noexcept;
[[nodiscard]] const ChecklistItem* rowOf(const std::vector<ChecklistItem>& checklist,
                                         ChecklistRowId row) noexcept;

/// Whether something was looked at: the row ended as conforming or with a finding. Coverage of clauses counts
/// these rows and no others.
[[nodiscard]] bool isExamined(const ChecklistItem& row) noexcept;

/// How far a checklist is.
struct ChecklistProgress {
    std::int64_t rows = 0;
    std::int64_t conforming = 0;
    std::int64_t withFinding = 0;
    std::int64_t notExamined = 0;
    bool operator==(const ChecklistProgress&) const = default;
    /// Rows that have a result, also those that were not examined for a reason.
    [[nodiscard]] std::int64_t settled() const noexcept { return conforming + withFinding + notExamined; }
    [[nodiscard]] std::int64_t open() const noexcept { return rows - settled(); }
};
[[nodiscard]] ChecklistProgress progressOf(const std::vector<ChecklistItem>& checklist) noexcept;

/// Cleans the row's texts in place and reports every broken rule: Invalid "validation" with fields like
/// "sample.size". Conforming asks for what was looked at, a sample's size or an evidence version; Finding
/// asks for a finding; NotExamined asks for a reason, and only it takes one. A sample larger than its
/// population, when the population begins with a number, is refused.
[[nodiscard]] Result<void> validate(ChecklistItem& row);

}  // namespace tickmark::domain
