#include "http/pages/BulkSteps.h"

#include <algorithm>

#include "tickmark/domain/ImprovementSteps.h"
#include "tickmark/domain/Transitions.h"

namespace tickmark::http::pages {
namespace {

using app::BulkDeed;
using app::BulkKind;
using domain::Role;

template <class Table>
void addEvents(std::vector<BulkStep>& steps, const Table& table, Role role) {
    for (const auto& arrow : table) {
        if (!arrow.roles.has(role)) continue;
        const std::string code = "move:" + std::string(domain::toText(arrow.event));
        const bool known =
            std::any_of(steps.begin(), steps.end(), [&](const BulkStep& step) { return step.code == code; });
        if (!known) steps.push_back({code, std::string(domain::titleOf(arrow.event))});
    }
}

void addMoves(std::vector<BulkStep>& steps, BulkKind kind, Role role) {
    switch (kind) {
        case BulkKind::Finding:
            for (const auto of : {domain::FindingKind::Nonconformity, domain::FindingKind::Suggestion,
                                  domain::FindingKind::Conformity}) {
                addEvents(steps, domain::findingTransitions(of), role);
            }
            return;
        case BulkKind::Action:
            return addEvents(steps, domain::actionTransitions(), role);
        case BulkKind::Request:
            return addEvents(steps, domain::requestTransitions(), role);
        case BulkKind::Evidence:
            return addEvents(steps, domain::evidenceTransitions(), role);
        case BulkKind::Improvement:
            return addEvents(steps, domain::improvementTransitions(), role);
        case BulkKind::Audit:
            return addEvents(steps, domain::auditTransitions(), role);
        case BulkKind::Lesson:
            steps.push_back({"move:retract", "Retract"});
            return;
    }
}

/// Auditors assign what an audit found, the improvement manager what the register holds, owners ask for time.
bool mayTry(BulkKind kind, BulkDeed deed, Role role) {
    const bool auditor = role == Role::LeadAuditor || role == Role::Auditor;
    const bool owner = role == Role::ProcessOwner || role == Role::ActionOwner;
    if (!app::takes(kind, deed)) return false;
    if (kind == BulkKind::Improvement)
        return role == Role::ImprovementManager || (owner && deed != BulkDeed::Assign);
    if (deed == BulkDeed::Extend) return owner;
    if (deed == BulkDeed::Attach) return auditor || owner;
    return auditor || (kind == BulkKind::Action && role == Role::ProcessOwner);
}

std::string deedLabel(BulkDeed deed) {
    switch (deed) {
        case BulkDeed::Assign:
            return "Assign to the person chosen below";
        case BulkDeed::Due:
            return "Set the date chosen below";
        case BulkDeed::Attach:
            return "Point at evidence";
        case BulkDeed::Extend:
            return "Ask for more time, until the date chosen below";
        case BulkDeed::Move:
            return "Move";
    }
    return {};
}

}  // namespace

std::vector<BulkStep> bulkSteps(BulkKind kind, Role role) {
    std::vector<BulkStep> steps;
    for (const BulkDeed deed : {BulkDeed::Assign, BulkDeed::Due, BulkDeed::Extend, BulkDeed::Attach}) {
        if (mayTry(kind, deed, role)) steps.push_back({std::string(app::toText(deed)), deedLabel(deed)});
    }
    addMoves(steps, kind, role);
    return steps;
}

Result<void> readBulkStep(const std::string& code, app::BulkOrder& order) {
    if (code.starts_with("move:")) {
        order.deed = BulkDeed::Move;
        order.event = code.substr(5);
        return {};
    }
    const auto deed = app::bulkDeedFrom(code);
    if (!deed || *deed == BulkDeed::Move) {
        return invalid("unknown-word", "do", "No step is chosen.",
                       "Choose what is to be done with the rows.");
    }
    order.deed = *deed;
    return {};
}

namespace {

/// The title of an event when it is one, else its word.
template <class Event>
std::string titleOr(const std::optional<Event>& event, const std::string& word) {
    return event ? std::string(titleOf(*event)) : word;
}

std::string stepLabel(BulkKind kind, const std::string& event) {
    switch (kind) {
        case BulkKind::Finding:
            return titleOr(domain::findingEventFrom(event), event);
        case BulkKind::Action:
            return titleOr(domain::actionEventFrom(event), event);
        case BulkKind::Request:
            return titleOr(domain::requestEventFrom(event), event);
        case BulkKind::Evidence:
            return titleOr(domain::evidenceEventFrom(event), event);
        case BulkKind::Improvement:
            return titleOr(domain::improvementEventFrom(event), event);
        case BulkKind::Audit:
            return titleOr(domain::auditEventFrom(event), event);
        case BulkKind::Lesson:
            return "Retract";
    }
    return event;
}

}  // namespace

std::string bulkStepLabel(const app::BulkOrder& order) {
    switch (order.deed) {
        case BulkDeed::Assign:
            return order.owner.empty() ? "Take the owner away" : "Assign to " + order.owner;
        case BulkDeed::Due:
            return "Set the date " + (order.due ? order.due->iso() : std::string());
        case BulkDeed::Attach:
            return "Point at evidence";
        case BulkDeed::Extend:
            return "Ask for more time until " + (order.due ? order.due->iso() : std::string());
        case BulkDeed::Move:
            break;
    }
    return stepLabel(order.kind, order.event);
}

}  // namespace tickmark::http::pages
