// The computed inputs of a management review.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "app/ReviewInputs.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/storage/Actions.h"
#include "tickmark/storage/Improvements.h"
#include "tickmark/storage/Kpis.h"
#include "tickmark/storage/Parties.h"
#include "tickmark/storage/Reviews.h"

namespace tickmark::app {
namespace {

using codec::Json;
using domain::ReviewTopic;

std::string countOf(std::int64_t number) { return std::to_string(number); }

std::string trendOf(const domain::Kpi& kpi, const std::vector<double>& values) {
    if (values.size() < 2) return "one value";
    const double change = values.back() - values[values.size() - 2];
    if (change == 0) return "unchanged";
    std::string way = change > 0 ? "up" : "down";
    if (!kpi.direction) return way;
    const bool better = (change > 0) == (*kpi.direction == domain::KpiDirection::HigherIsBetter);
    return way + (better ? ", better" : ", worse");
}

std::string targetWords(const domain::Kpi& kpi, double value) {
    const auto met = domain::meetsTarget(kpi, value);
    if (!met) return "no target";
    return *met ? "met" : "missed";
}

struct Tally {
    std::int64_t open = 0;
    std::int64_t closed = 0;
    std::int64_t overdue = 0;
    void count(bool final, bool late) {
        ++(final ? closed : open);
        if (!final && late) ++overdue;
    }
};

/// Effectiveness checks as they stood on a day.
struct Verdicts {
    std::int64_t effective = 0;
    std::int64_t failed = 0;
    std::int64_t late = 0;
    std::int64_t toCome = 0;
    void count(const domain::EffectivenessCheck& check, Date day) {
        if (check.verdict && check.doneOn && *check.doneOn <= day) {
            ++(*check.verdict == domain::EffectivenessVerdict::Effective ? effective : failed);
        } else if (check.plannedOn) {
            ++(*check.plannedOn < day ? late : toCome);
        }
    }
};

bool isDone(domain::ActionState state) {
    return state == domain::ActionState::Effective || state == domain::ActionState::NotEffective;
}

Result<void> tallyActions(const ReviewScene& scene, domain::AuditId audit, Tally& tally) {
    TM_TRY(const auto actions, storage::actionsOf(scene.session, audit));
    for (const domain::Action& action : actions) {
        if (Date::of(action.createdAt) > scene.day) continue;
        TM_TRY(const std::string then,
               stateThen(scene, "action", action.ref.text(), domain::toText(domain::ActionState::Planned),
                         domain::toText(action.state)));
        const auto state = domain::actionStateFrom(then);
        if (!state || *state == domain::ActionState::Cancelled) continue;
        tally.count(isDone(*state), action.due && *action.due < scene.day);
    }
    return {};
}

/// The item that a decision became, and where it stood then.
Result<std::string> followedUp(const ReviewScene& scene, const std::string& item) {
    if (item.empty()) return std::string("not an item yet");
    TM_TRY(const auto found, storage::findImprovement(scene.session, domain::ImprovementRef(item)));
    if (Date::of(found.createdAt) > scene.day) return std::string("not an item yet");
    TM_TRY(const std::string then,
           stateThen(scene, "improvement", item, domain::toText(domain::ImprovementState::Identified),
                     domain::toText(found.state)));
    const auto state = domain::improvementStateFrom(then);
    return item + ": " + (state ? std::string(domain::titleOf(*state)) : then);
}

/// Held before this one: an earlier day, or the same day and recorded earlier.
bool precedes(const domain::ManagementReview& earlier, const ReviewScene& scene) {
    if (earlier.ref == scene.review.ref || !earlier.heldAt || Date::of(*earlier.heldAt) > scene.day) {
        return false;
    }
    if (*earlier.day != scene.day) return *earlier.day < scene.day;
    return !scene.review.id.stored() || earlier.id.value < scene.review.id.value;
}

}  // namespace

Result<Json> earlierActionsInput(const ReviewScene& scene) {
    TopicTable table(ReviewTopic::EarlierActions, "day", {"Review", "Decision", "Owner", "Due", "State"});
    TM_TRY(const auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listReviews(scene.session, page);
           }));
    for (const auto& row : rows) {
        const domain::ManagementReview& earlier = row.review;
        if (!precedes(earlier, scene)) continue;
        for (const domain::ReviewDecision& decision : earlier.decisions) {
            TM_TRY(const domain::Party owner, storage::findParty(scene.session, decision.owner));
            TM_TRY(const std::string state, followedUp(scene, decision.item));
            table.row({earlier.ref.text(), decision.text, owner.name, decision.due->iso(), state});
        }
    }
    return table.take();
}

Result<Json> performanceInput(const ReviewScene& scene) {
    TopicTable table(ReviewTopic::Performance, "mixed",
                     {"KPI", "Name", "Unit", "Baseline", "Target", "Latest", "Trend", "Target met"});
    table.note(
        "Values that were recorded and that lie in time by this day; baseline, target and what was withdrawn "
        "as they stand now.");
    TM_TRY(auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listKpis(scene.session, {}, page);
           }));
    std::reverse(rows.begin(), rows.end());
    for (const auto& row : rows) {
        const domain::Kpi& kpi = row.kpi;
        if (Date::of(kpi.createdAt) > scene.day) continue;
        TM_TRY(const std::vector<double> values, valuesThen(scene, kpi));
        const bool any = !values.empty();
        table.row({kpi.ref.text(), kpi.name, kpi.unit, decimal(kpi.baseline), decimal(kpi.target),
                   any ? decimal(values.back()) : "", any ? trendOf(kpi, values) : "no value",
                   any ? targetWords(kpi, values.back()) : ""});
    }
    return table.take();
}

Result<Json> nonconformitiesInput(const ReviewScene& scene) {
    std::map<std::string, Tally> byClass;
    Tally actions;
    TM_TRY(const auto audits, auditsThen(scene));
    for (const domain::Audit& audit : audits) {
        TM_TRY(const auto findings, findingsThen(scene, audit.id));
        for (const FindingThen& then : findings) {
            byClass[then.classCode].count(domain::isFinal(then.state),
                                          then.finding.closeDue && *then.finding.closeDue < scene.day);
        }
        TM_CHECK(tallyActions(scene, audit.id, actions));
    }
    TopicTable table(ReviewTopic::Nonconformities, "mixed", {"What", "Open", "Closed", "Overdue"});
    table.note("States by the audit trail; due dates as they stand now. Cancelled actions are left out.");
    for (const domain::FindingClass& one : domain::defaultFindingClasses()) {
        const Tally& tally = byClass[std::string(one.code)];
        table.row(
            {std::string(one.title), countOf(tally.open), countOf(tally.closed), countOf(tally.overdue)});
    }
    table.row({"Actions", countOf(actions.open), countOf(actions.closed), countOf(actions.overdue)});
    return table.take();
}

Result<Json> auditsInput(const ReviewScene& scene) {
    constexpr std::size_t mostRows = 50;
    TopicTable table(ReviewTopic::Audits, "mixed",
                     {"Audit", "Title", "State", "Major", "Minor", "Others", "Open"});
    TM_TRY(const auto audits, auditsThen(scene));
    for (std::size_t i = 0; i < std::min(audits.size(), mostRows); ++i) {
        const domain::Audit& audit = audits[i];
        TM_TRY(const std::string then,
               stateThen(scene, "audit", audit.ref.text(), domain::toText(domain::AuditState::Planned),
                         domain::toText(audit.state)));
        TM_TRY(const auto findings, findingsThen(scene, audit.id));
        std::array<std::int64_t, 4> counts{};  // major, minor, others, open
        for (const FindingThen& finding : findings) {
            const bool major = finding.classCode == "major";
            const bool minor = finding.classCode == "minor";
            ++counts.at(major ? 0 : (minor ? 1 : 2));
            if (!domain::isFinal(finding.state)) ++counts[3];
        }
        const auto state = domain::auditStateFrom(then);
        table.row({audit.ref.text(), audit.title, state ? std::string(domain::titleOf(*state)) : then,
                   countOf(counts[0]), countOf(counts[1]), countOf(counts[2]), countOf(counts[3])});
    }
    table.note("The newest " + std::to_string(std::min(audits.size(), mostRows)) + " of " +
               std::to_string(audits.size()) + " audits recorded by this day; titles as they stand now.");
    return table.take();
}

Result<Json> effectivenessInput(const ReviewScene& scene) {
    Verdicts verdicts;
    TM_TRY(const auto audits, auditsThen(scene));
    for (const domain::Audit& audit : audits) {
        TM_TRY(const auto findings, findingsThen(scene, audit.id));
        for (const FindingThen& then : findings) {
            for (const auto& check : then.finding.checks) verdicts.count(check, scene.day);
        }
    }
    TopicTable table(ReviewTopic::Effectiveness, "mixed", {"Verdict", "Checks"});
    table.note("Verdicts given by this day; days that are planned as they stand now.");
    table.row({"Effective", countOf(verdicts.effective)}).row({"Not effective", countOf(verdicts.failed)});
    table.row({"Overdue", countOf(verdicts.late)}).row({"Still to come", countOf(verdicts.toCome)});
    return table.take();
}

Result<Json> improvementsInput(const ReviewScene& scene) {
    TM_TRY(const auto items, everyRow([&](const storage::PageRequest& page) {
               return storage::listImprovementItems(scene.session, storage::everything(), {}, page);
           }));
    std::map<domain::ImprovementState, std::int64_t> byState;
    std::int64_t overdue = 0;
    std::int64_t met = 0;
    std::int64_t missed = 0;
    for (const domain::ImprovementItem& item : items) {
        if (Date::of(item.createdAt) > scene.day) continue;
        TM_TRY(const std::string then,
               stateThen(scene, "improvement", item.ref.text(),
                         domain::toText(domain::ImprovementState::Identified), domain::toText(item.state)));
        const auto state = domain::improvementStateFrom(then).value_or(item.state);
        ++byState[state];
        if (!domain::isFinal(state) && item.due && *item.due < scene.day) ++overdue;
        if (const auto reached = domain::targetMet(item)) ++(*reached ? met : missed);
    }
    TopicTable table(ReviewTopic::Improvements, "mixed", {"What", "Items"});
    table.note("Steps by the audit trail; due dates and measured results as they stand now.");
    for (const auto& [state, number] : byState)
        table.row({std::string(domain::titleOf(state)), countOf(number)});
    table.row({"Overdue", countOf(overdue)});
    table.row({"Measured: target met", countOf(met)}).row({"Measured: target missed", countOf(missed)});
    return table.take();
}

}  // namespace tickmark::app
