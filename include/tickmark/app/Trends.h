// The trend review: what findings have in common over audits and time, within what the actor may see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tickmark/app/Context.h"
#include "tickmark/domain/Trends.h"
#include "tickmark/storage/Trends.h"

namespace tickmark::app {

struct TrendQuestion {
    std::string by{};       ///< clause (also when empty), process, cause, branch or class
    std::string over{};     ///< audit or year; empty: audits as long as they fit, else years
    std::string catalog{};  ///< whose clauses the coverage map shows; empty: that of the latest audit
};

/// A column in time: one audit, or all audits of a year. As a filter of the list of findings: `audit`, or
/// from and to, or undated.
struct TrendColumn {
    std::string label{};
    std::string audit{};
    std::optional<Date> from{};
    std::optional<Date> to{};
    bool undated = false;
};
struct TrendGroup {
    std::string value{};  ///< as the list filters by it
    std::string label{};
    std::int64_t total = 0;             ///< over all audits, also those that have no column
    std::vector<std::int64_t> cells{};  ///< one for each column
};
/// Open findings whose audit's day lies that many days ago.
struct AgeBucket {
    std::string label{};
    std::int64_t count = 0;
    std::optional<Date> from{};  ///< of the audit's day
    std::optional<Date> to{};
    bool undated = false;
};
struct CoverageCell {
    std::int64_t findings = 0;  ///< that count in trends
    std::int64_t samples = 0;   ///< rows of the checklist that looked at something (domain::isExamined)
};
struct CoverageRow {
    std::string clause{};
    std::string title{};
    std::vector<CoverageCell> cells{};
    bool gap = false;  ///< a clause without clauses below it that no audit of the map looked at
};
struct Coverage {
    std::string catalog{};
    std::string title{};
    std::vector<std::string> audits{};  ///< references, oldest first
    std::vector<CoverageRow> rows{};
    std::int64_t gaps = 0;
    bool samplesShown = false;  ///< checklists are working papers; without them nothing is called a gap
};
struct TrendView {
    std::string by{};
    std::string over{};
    std::int64_t counted = 0;  ///< findings in all; one with several values stands in several groups
    std::int64_t open = 0;
    std::vector<TrendColumn> columns{};  ///< oldest first, the latest ones when there are more than fit
    std::vector<TrendGroup> groups{};    ///< most findings first
    std::vector<AgeBucket> ageing{};
    std::int64_t onTime = 0;  ///< closed by their date; the rate is of those that had one
    std::int64_t late = 0;
    std::int64_t withoutDate = 0;
    std::int64_t worked = 0;  ///< judged effective in every round; the rate is of those judged
    std::int64_t failed = 0;
    Coverage coverage{};
    std::vector<std::string> catalogs{};  ///< codes to choose from
};

/// The charts about findings, for those who review trends.
struct FindingCharts {
    std::vector<std::string> classes{};  ///< codes that open findings have, gravest first
    struct AgeRow {
        AgeBucket bucket{};                   ///< its count is over all classes
        std::vector<std::int64_t> byClass{};  ///< one for each of `classes`
    };
    std::vector<AgeRow> ageing{};  ///< buckets without open findings are left out
    std::int64_t open = 0;
    struct Month {
        std::string label{};  ///< "2022-11"
        Date from{};
        Date to{};
        std::int64_t found = 0;  ///< of audits whose day lies in it
        std::int64_t closed = 0;
    };
    std::vector<Month> months{};  ///< oldest first, without gaps, at most 24
    std::int64_t foundBefore = 0;
    std::int64_t closedBefore = 0;
    std::int64_t undated = 0;           ///< found in audits without a day; in no month
    std::vector<TrendGroup> clauses{};  ///< most findings first; without cells
    std::int64_t worked = 0;            ///< judged effective in every round
    std::int64_t failed = 0;
};
/// Errors: Forbidden for roles that take no part in the trend review.
[[nodiscard]] Result<FindingCharts> findingCharts(Context& context, const domain::Actor& actor);

/// Errors: Invalid "query" naming by, over or catalog; Forbidden for roles that take no part in it.
[[nodiscard]] Result<TrendView> reviewTrends(Context& context, const domain::Actor& actor,
                                             const TrendQuestion& question);

/// Earlier findings that this one may repeat, newest first, each with its reason.
struct RepeatProposal {
    std::string ref{};
    std::string title{};
    std::string audit{};
    std::string reason{};
};
[[nodiscard]] Result<std::vector<RepeatProposal>> proposeRepeats(storage::ReadSession& session,
                                                                 const storage::Scope& scope,
                                                                 const domain::Finding& finding);

/// Refuses a repeat_of that names nothing, the finding itself, or one that in turn repeats it.
[[nodiscard]] Result<void> checkRepeat(storage::ReadSession& session, const domain::FindingRef& finding,
                                       const std::string& earlier);

}  // namespace tickmark::app
