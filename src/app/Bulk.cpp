#include "tickmark/app/Bulk.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "app/BulkDeeds.h"

namespace tickmark::app {
namespace {

constexpr std::array<std::pair<BulkKind, std::string_view>, 7> kinds{{{BulkKind::Finding, "finding"},
                                                                      {BulkKind::Action, "action"},
                                                                      {BulkKind::Request, "request"},
                                                                      {BulkKind::Evidence, "evidence"},
                                                                      {BulkKind::Improvement, "improvement"},
                                                                      {BulkKind::Audit, "audit"},
                                                                      {BulkKind::Lesson, "lesson"}}};
constexpr std::array<std::pair<BulkDeed, std::string_view>, 5> deeds{{{BulkDeed::Assign, "assign"},
                                                                      {BulkDeed::Due, "due"},
                                                                      {BulkDeed::Move, "move"},
                                                                      {BulkDeed::Attach, "attach"},
                                                                      {BulkDeed::Extend, "extend"}}};

template <class Table, class Value>
std::string_view nameIn(const Table& table, Value value) noexcept {
    for (const auto& [known, name] : table) {
        if (known == value) return name;
    }
    return {};
}

Result<void> mustBeReadable(const BulkOrder& order) {
    if (order.items.empty()) {
        return invalid("nothing-chosen", "items", "Nothing is chosen.", "Tick at least one row of the list.");
    }
    if (order.items.size() > largestBulk) {
        return invalid("too-many", "items",
                       std::to_string(order.items.size()) + " are chosen; one step takes at most " +
                           std::to_string(largestBulk) + ".",
                       "Narrow the filter, or do it in several steps.");
    }
    std::set<std::string_view> seen;
    for (const BulkItem& item : order.items) {
        if (seen.insert(item.ref).second) continue;
        return invalid("twice", "items", "\"" + item.ref + "\" is named twice.", "Name each once.");
    }
    if (takes(order.kind, order.deed)) return {};
    return invalid("bulk-deed", "deed",
                   "\"" + std::string(toText(order.deed)) +
                       "\" is nothing that is done to a thing of kind \"" + std::string(toText(order.kind)) +
                       "\".",
                   "Choose another step.");
}

Result<void> mustBeComplete(const BulkOrder& order) {
    const bool needsDay = order.deed == BulkDeed::Due || order.deed == BulkDeed::Extend;
    if (needsDay && !order.due) {
        return invalid("missing-member", "due", "The day is missing.", "Write it like 2022-11-18.");
    }
    if (order.deed == BulkDeed::Attach && order.evidence.empty()) {
        return invalid("missing-member", "evidence", "No evidence version is named.",
                       "Name versions like E-0117/v1.");
    }
    if (order.deed != BulkDeed::Move || isEventOf(order.kind, order.event)) return {};
    return invalid("unknown-word", "event", "There is no event \"" + order.event + "\" of this kind.",
                   "The steps that are possible now stand in \"steps\" of the thing itself.");
}

}  // namespace

std::string_view toText(BulkKind value) noexcept { return nameIn(kinds, value); }
std::string_view toText(BulkDeed value) noexcept { return nameIn(deeds, value); }

std::optional<BulkKind> bulkKindFrom(std::string_view text) noexcept {
    for (const auto& [kind, name] : kinds) {
        if (name == text) return kind;
    }
    return std::nullopt;
}

std::optional<BulkDeed> bulkDeedFrom(std::string_view text) noexcept {
    for (const auto& [deed, name] : deeds) {
        if (name == text) return deed;
    }
    return std::nullopt;
}

bool takes(BulkKind kind, BulkDeed deed) noexcept {
    switch (kind) {
        case BulkKind::Finding:
            return deed != BulkDeed::Extend;
        case BulkKind::Action:
        case BulkKind::Improvement:
            return true;
        case BulkKind::Request:
            return deed == BulkDeed::Assign || deed == BulkDeed::Due || deed == BulkDeed::Move;
        case BulkKind::Evidence:
        case BulkKind::Audit:
        case BulkKind::Lesson:
            return deed == BulkDeed::Move;
    }
    return false;
}

Result<BulkReport> changeMany(Context& context, const domain::Actor& actor, const BulkOrder& order) {
    TM_CHECK(mustBeReadable(order));
    TM_CHECK(mustBeComplete(order));
    std::optional<storage::Rehearsal> rehearsal;
    if (order.dryRun) rehearsal.emplace();
    BulkReport report;
    report.dryRun = order.dryRun;
    report.outcomes.reserve(order.items.size());
    for (const BulkItem& item : order.items) {
        BulkOutcome outcome;
        outcome.ref = item.ref;
        auto after = changeOne(context, actor, order, item);
        // What is wrong with the house is no judgement of this item, and would meet all the others too. What
        // was changed until then is in the ledger.
        if (!after && after.error().kind == ErrorKind::Environment && report.done == 0) {
            return std::move(after).error();
        }
        if (after) {
            outcome.state = after->state;
            outcome.rev = after->rev;
            ++report.done;
        } else {
            outcome.refusal = std::move(after).error();
            ++report.refused;
        }
        report.outcomes.push_back(std::move(outcome));
    }
    return report;
}

}  // namespace tickmark::app
