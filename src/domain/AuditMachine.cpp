// The machine of an audit (ISO 19011:2018 clause 6): planned, on site, reporting, follow-up, closed.
#include <algorithm>

#include "domain/Machine.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<AuditState, AuditEvent>;
using Rule = machine::GuardRule<AuditCase>;

enum AuditGuard : unsigned { NothingOpen = 1U << 1U };

constexpr RoleSet leadAuditor{Role::LeadAuditor};

constexpr std::array arrows{
    Arrow{AuditState::Planned, AuditEvent::StartFieldwork, AuditState::Fieldwork, leadAuditor, 0},
    Arrow{AuditState::Fieldwork, AuditEvent::StartReporting, AuditState::Reporting, leadAuditor, 0},
    Arrow{AuditState::Reporting, AuditEvent::StartFollowUp, AuditState::FollowUp, leadAuditor, 0},
    Arrow{AuditState::FollowUp, AuditEvent::Close, AuditState::Closed, leadAuditor, NothingOpen},
    Arrow{AuditState::Planned, AuditEvent::Cancel, AuditState::Cancelled, leadAuditor, needsReason},
    Arrow{AuditState::Fieldwork, AuditEvent::Cancel, AuditState::Cancelled, leadAuditor, needsReason},
    Arrow{AuditState::Reporting, AuditEvent::Cancel, AuditState::Cancelled, leadAuditor, needsReason},
    Arrow{AuditState::FollowUp, AuditEvent::Cancel, AuditState::Cancelled, leadAuditor, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<AuditEvent>{AuditEvent::StartFieldwork, "start the fieldwork of this audit",
                           "The fieldwork cannot be started yet", ""},
    EventWords<AuditEvent>{AuditEvent::StartReporting, "start the reporting of this audit",
                           "The reporting cannot be started yet", ""},
    EventWords<AuditEvent>{AuditEvent::StartFollowUp, "start the follow-up of this audit",
                           "The follow-up cannot be started yet", ""},
    EventWords<AuditEvent>{AuditEvent::Close, "close this audit", "Cannot be closed yet", ""},
    EventWords<AuditEvent>{AuditEvent::Cancel, "cancel this audit", "Cannot be cancelled yet",
                           "Say why it does not go on."},
};
static_assert(machine::speaksOfAll(eventWords, AuditEvent::Cancel));

std::string openFindings(const AuditCase& item, const StepInput& /*input*/) {
    constexpr std::size_t named = 20;
    const std::size_t count = item.openFindings.size() + static_cast<std::size_t>(item.unnamed);
    if (count == 0) return {};
    std::string text;
    for (std::size_t i = 0; i < std::min(item.openFindings.size(), named); ++i) {
        text += (i == 0 ? "" : ", ") + item.openFindings[i];
    }
    if (count > named) text = filledIn("{} and {} more", {text, std::to_string(count - named)});
    return filledIn(count == 1 ? "{} stands against it" : "{} stand against it", {text});
}

constexpr std::array rules{Rule{NothingOpen, false, openFindings}};

struct AuditMachine {
    using State = AuditState;
    using Event = AuditEvent;
    using Case = AuditCase;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.audit.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return rules; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<AuditState, AuditEvent>> auditTransitions() noexcept { return arrows; }

Result<AuditState> next(const AuditCase& item, AuditEvent event, const StepInput& input) {
    return machine::nextState<AuditMachine>(item, event, input);
}

std::vector<AuditStep> stepsOf(const AuditCase& item, const StepInput& input) {
    return machine::steps<AuditMachine>(item, input);
}

}  // namespace tickmark::domain
