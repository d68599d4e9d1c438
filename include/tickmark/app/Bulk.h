// One step for many things at once. Each is judged by its own rules and changed in its own transaction with
// its own ledger entry, exactly as the single step does it: what may go goes, what may not says why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/app/Context.h"

namespace tickmark::app {

/// What is changed.
enum class BulkKind { Finding, Action, Request, Evidence, Improvement, Audit, Lesson };
/// What is done. Assign: another owner or assignee. Due: another date (a finding's closing date). Move: one
/// event of the machine ("issue"); for lessons "retract". Attach: point at evidence versions. Extend: ask for
/// a later date, as the owner does.
enum class BulkDeed { Assign, Due, Move, Attach, Extend };

[[nodiscard]] std::string_view toText(BulkKind value) noexcept;  ///< "finding"
[[nodiscard]] std::string_view toText(BulkDeed value) noexcept;  ///< "assign"
[[nodiscard]] std::optional<BulkKind> bulkKindFrom(std::string_view text) noexcept;
[[nodiscard]] std::optional<BulkDeed> bulkDeedFrom(std::string_view text) noexcept;
/// Whether things of that kind know that deed: evidence is moved only, lessons and audits likewise.
[[nodiscard]] bool takes(BulkKind kind, BulkDeed deed) noexcept;

/// The most things one order may name.
inline constexpr std::size_t largestBulk = 500;

struct BulkItem {
    std::string ref{};     ///< "F-0001"; evidence as a version, "E-0117/v1"
    std::int64_t rev = 0;  ///< the revision that the person saw
};

struct BulkOrder {
    BulkKind kind = BulkKind::Finding;
    std::vector<BulkItem> items{};
    BulkDeed deed = BulkDeed::Move;
    std::string owner{};                  ///< Assign: an account, or empty for nobody
    std::optional<Date> due{};            ///< Due and Extend
    std::string event{};                  ///< Move
    std::vector<std::string> evidence{};  ///< Attach: "E-0117/v1"
    std::string reason{};                 ///< one for all, where the single step takes or asks for one
    bool dryRun = false;                  ///< says what would happen, and changes nothing
};

struct BulkOutcome {
    std::string ref{};
    std::string state{};   ///< as domain::toText, after the step; empty when refused
    std::int64_t rev = 0;  ///< after the step; 0 when refused
    std::optional<Error> refusal{};
};

struct BulkReport {
    bool dryRun = false;
    std::size_t done = 0;
    std::size_t refused = 0;
    std::vector<BulkOutcome> outcomes{};  ///< in the order of the items
};

/// A refusal of one item is an outcome, never an error. In a dry run each item is judged as if it were the
/// only one. Errors: Invalid "nothing-chosen", "too-many" (over largestBulk), "twice" (an item is named
/// twice), "bulk-deed" (the kind does not know the deed), "unknown-word" field event, "missing-member" for
/// what the deed needs; Environment as of any write, when nothing can be written any more.
[[nodiscard]] Result<BulkReport> changeMany(Context& context, const domain::Actor& actor,
                                            const BulkOrder& order);

}  // namespace tickmark::app
