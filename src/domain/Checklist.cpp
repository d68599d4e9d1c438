#include "tickmark/domain/Checklist.h"

#include <algorithm>
#include <charconv>

#include "domain/EnumText.h"
#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

constexpr EnumWords<CheckResult, 3> results{{
    {CheckResult::Conforming, "conforming", "Conforming"},
    {CheckResult::Finding, "finding", "Finding"},
    {CheckResult::NotExamined, "not_examined", "Not examined"},
}};
static_assert(isComplete(results, CheckResult::NotExamined));

constexpr std::size_t mostLinks = 200;

template <class Rows>
auto* find(Rows& checklist, ChecklistRowId row) noexcept {
    const auto found =
        std::find_if(checklist.begin(), checklist.end(), [&](const auto& item) { return item.row == row; });
    return found == checklist.end() ? nullptr : &*found;
}

/// "890 incidents" is 890, "890,000 incidents" and "890.5" say nothing certain; nothing when no whole number
/// followed by a space or the end stands first.
std::optional<std::int64_t> countIn(const std::string& population) {
    std::int64_t count = 0;
    const char* end = population.data() + population.size();
    const auto read = std::from_chars(population.data(), end, count);
    if (read.ec != std::errc{} || count < 0) return std::nullopt;
    if (read.ptr != end && *read.ptr != ' ') return std::nullopt;
    // "12 000 records": the number goes on after the space.
    if (end - read.ptr > 1 && read.ptr[1] >= '0' && read.ptr[1] <= '9') return std::nullopt;
    return count;
}

void checkSample(FieldReport& report, Sample& sample) {
    report.text("sample.population", sample.population, wordsRule);
    report.text("sample.method", sample.method, wordsRule);
    report.text("sample.looked_at", sample.lookedAt, wordsRule);
    report.atLeast("sample.size", sample.size, 0);
    const auto population = countIn(sample.population);
    if (population && sample.size > *population) {
        report.complain("sample.size", "The sample is larger than its population.",
                        "at most the population's number", "Correct the size or the population.");
    }
}

bool saysWhatWasSeen(const ChecklistItem& row) {
    return !row.sample.lookedAt.empty() || row.sample.size > 0 || !row.evidence.empty();
}

void checkResult(FieldReport& report, const ChecklistItem& row) {
    if (row.result == CheckResult::Conforming && !saysWhatWasSeen(row)) {
        report.complain("sample.looked_at", "A conforming row does not say what was looked at.",
                        "what was looked at, the sample's size or an evidence version",
                        "Write what was looked at, so that somebody else can do it again.");
    }
    if (row.result == CheckResult::Finding && row.findings.empty()) {
        report.complain("findings", "The row ends with a finding, but names none.", "at least one finding",
                        "Record the finding from the row, or name one of this audit.");
    }
    if (row.result == CheckResult::NotExamined && row.reason.empty()) {
        report.complain("reason", "A row that was not examined does not say why.", "a reason",
                        "Write why it was not examined.");
    }
    if (row.result != CheckResult::NotExamined && !row.reason.empty()) {
        report.complain("reason", "A reason for not examining stands beside another result.",
                        "a reason only with the result \"Not examined\"",
                        "Remove the reason, or choose \"Not examined\".");
    }
}

}  // namespace

std::string_view toText(CheckResult value) noexcept { return textIn(results, value); }
std::string_view titleOf(CheckResult value) noexcept { return titleIn(results, value); }
std::optional<CheckResult> checkResultFrom(std::string_view text) noexcept { return valueIn(results, text); }

void numberRows(std::vector<ChecklistItem>& checklist) {
    std::int64_t last = 0;
    for (const ChecklistItem& item : checklist) last = std::max(last, item.row.value);
    for (ChecklistItem& item : checklist) {
        if (!item.row.stored()) item.row.value = ++last;
    }
}

ChecklistItem* rowOf(std::vector<ChecklistItem>& checklist, ChecklistRowId row) noexcept {
    return find(checklist, row);
}
const ChecklistItem* rowOf(const std::vector<ChecklistItem>& checklist, ChecklistRowId row) noexcept {
    return find(checklist, row);
}

bool isExamined(const ChecklistItem& row) noexcept {
    return row.result == CheckResult::Conforming || row.result == CheckResult::Finding;
}

ChecklistProgress progressOf(const std::vector<ChecklistItem>& checklist) noexcept {
    ChecklistProgress progress;
    for (const ChecklistItem& row : checklist) {
        ++progress.rows;
        if (row.result == CheckResult::Conforming) ++progress.conforming;
        if (row.result == CheckResult::Finding) ++progress.withFinding;
        if (row.result == CheckResult::NotExamined) ++progress.notExamined;
    }
    return progress;
}

Result<void> validate(ChecklistItem& row) {
    FieldReport report;
    report.text("clause", row.clause, {0, codeRule.maximum, false});
    report.text("question", row.question, neededWordsRule);
    report.text("note", row.note, wordsRule);
    checkSample(report, row.sample);
    report.text("reason", row.reason, wordsRule);
    report.atMost("findings", row.findings.size(), mostLinks);
    report.atMost("evidence", row.evidence.size(), mostLinks);
    checkResult(report, row);
    return report.finish();
}

}  // namespace tickmark::domain
