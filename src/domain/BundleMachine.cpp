// The machine of a bundle. A sealed file never changes; only what the catalog says about it does.
#include "domain/Machine.h"

namespace tickmark::domain {
namespace {

using machine::EventWords;
using machine::needsReason;
using Arrow = Transition<BundleState, BundleEvent>;
using Rule = machine::GuardRule<Bundle>;

constexpr RoleSet leadAuditor{Role::LeadAuditor};

constexpr std::array arrows{
    Arrow{BundleState::Draft, BundleEvent::Seal, BundleState::Sealed, leadAuditor, 0},
    Arrow{BundleState::Sealed, BundleEvent::Supersede, BundleState::Superseded, leadAuditor, 0},
    Arrow{BundleState::Sealed, BundleEvent::Revoke, BundleState::Revoked, leadAuditor, needsReason},
};
static_assert(machine::isDeterministic(std::span<const Arrow>(arrows)));

constexpr std::array eventWords{
    EventWords<BundleEvent>{BundleEvent::Seal, "seal this bundle", "Cannot be sealed yet", ""},
    EventWords<BundleEvent>{BundleEvent::Supersede, "supersede this bundle", "Cannot be superseded yet", ""},
    EventWords<BundleEvent>{BundleEvent::Revoke, "revoke this bundle", "Cannot be revoked yet",
                            "Say why it must not be relied on."},
};
static_assert(machine::speaksOfAll(eventWords, BundleEvent::Revoke));

struct BundleMachine {
    using State = BundleState;
    using Event = BundleEvent;
    using Case = Bundle;
    static std::span<const Arrow> table(const Case& /*item*/) { return arrows; }
    static State stateOf(const Case& item) { return item.state; }
    static State target(const Case& /*item*/, const Arrow& arrow) { return arrow.to; }
    static const EventWords<Event>& wordsOf(Event event) {
        return eventWords[static_cast<std::size_t>(event)];
    }
    static std::span<const Rule> guards() { return {}; }
    static std::optional<Error> lock(const Case& /*item*/) { return std::nullopt; }
};

}  // namespace

std::span<const Transition<BundleState, BundleEvent>> bundleTransitions() noexcept { return arrows; }

Result<BundleState> next(const Bundle& item, BundleEvent event, const StepInput& input) {
    return machine::nextState<BundleMachine>(item, event, input);
}

}  // namespace tickmark::domain
