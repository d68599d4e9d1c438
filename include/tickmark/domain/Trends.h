// What findings are counted by in a trend review (ISO/IEC 20000-1:2018 clauses 9.2 and 10.1 f: the results of
// audits and of corrective action feed the review of nonconformities), and when one finding looks like a
// repeat of another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tickmark/domain/Finding.h"

namespace tickmark::domain {

/// Facets that follow from the record alone. Texts stand in ASCII lower case, at most 200 characters.
enum class FindingFacet {
    Process,  ///< as written
    Branch,   ///< fishbone branches of the last response
    Cause,    ///< texts of its root causes
    Closure,  ///< of a closed finding: "on_time", "late", "no_date" (the day it was closed against close_due)
    Effect,   ///< once judged: "failed" when any round was found not effective, else "worked"
    ClosedIn,  ///< of a closed finding: its month, "2022-11"
    CheckOn    ///< of a finding at work: the day for which its present round's check is booked, "2022-11-18"
};
[[nodiscard]] std::string_view toText(FindingFacet value) noexcept;  ///< "process", "branch", …
[[nodiscard]] std::string facetText(std::string_view text);          ///< how a text becomes a facet's value

/// Sorted, each pair once.
using FacetValues = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] FacetValues facetsOf(const Finding& finding);

/// The check of its present round that is booked and not done, while the finding is between an accepted plan
/// and its end; or nothing. The pointer is into `finding`.
[[nodiscard]] const EffectivenessCheck* bookedCheck(const Finding& finding) noexcept;

/// Whether trends count it: issued, not withdrawn, and not a mere conformity.
[[nodiscard]] bool countsInTrends(const Finding& finding) noexcept;

/// How alike two texts about causes are, 0 to 1: the words that both use, of the words of the shorter one.
/// Words of fewer than four letters and common ones do not count, endings (s, es, ed, ing) are cut off. Two
/// texts that share fewer than two words are not alike: 0.
[[nodiscard]] double likeness(std::string_view one, std::string_view other);

/// The share of common words from which two causes are called similar.
inline constexpr double similarFrom = 0.5;

/// Why `later` may be a repeat of `earlier`: a clause and the process are the same, and so is a cause when
/// `later` has one already. Nothing when it does not look like one. Findings without a process need an alike
/// cause; before a cause is known what was found (nature and title) is compared instead.
struct RepeatSign {
    std::vector<std::string> clauses{};  ///< the common ones
    std::string process{};               ///< the common one, or empty
    std::string cause{};                 ///< of the earlier finding, alike; or empty
    bool causeKnown = false;             ///< whether `later` has a response with a cause
    [[nodiscard]] std::string reason() const;
};
[[nodiscard]] std::optional<RepeatSign> repeatSign(const Finding& later, const Finding& earlier);

}  // namespace tickmark::domain
