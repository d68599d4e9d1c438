// How every state machine is judged. next() and stepsOf() ask the same functions, so a page cannot offer what
// the use case refuses.
//
// A machine is a type with these static members: State, Event and Case (its enumerations and what its guards
// look at); table(item), the arrows; stateOf(item), where the thing stands; target(item, arrow), where the
// arrow leads, which differs from its `to` only for a resumed action; wordsOf(event), its EventWords;
// guards(), a span of GuardRule<Case>; lock(item), an error that refuses every step, or nothing.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tickmark/domain/Transitions.h"
#include "tickmark/foundation/Text.h"

namespace tickmark::domain::machine {

/// Bit 0 of every machine's guards: the step needs words. Its own guards begin at bit 1.
constexpr unsigned needsReason = 1U;

/// How the sentences about one event are made.
template <class Event>
struct EventWords {
    Event event{};
    std::string_view deed{};     ///< "close this finding"; follows "can" or "cannot"
    std::string_view refusal{};  ///< "Cannot be closed yet"; a colon and the guards follow
    std::string_view ask{};      ///< what to write when the reason is missing; empty when none is needed
};

/// One guard. `words` says what stands against the step, or nothing when the guard holds. Words of a personal
/// guard complete "Only … can close this finding."; words of the others complete "Cannot be closed yet: …".
template <class Case>
struct GuardRule {
    unsigned bit = 0;
    bool personal = false;
    std::string (*words)(const Case& item, const StepInput& input) = nullptr;
};

template <class State, class Event>
[[nodiscard]] constexpr bool isDeterministic(std::span<const Transition<State, Event>> table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = i + 1; j < table.size(); ++j) {
            if (table[i].from == table[j].from && table[i].event == table[j].event) return false;
        }
    }
    return true;
}

/// True when row i speaks about enumerator i and the last about `last`.
template <class Event, std::size_t count>
[[nodiscard]] constexpr bool speaksOfAll(const std::array<EventWords<Event>, count>& words, Event last) {
    if (count != static_cast<std::size_t>(last) + 1) return false;
    for (std::size_t i = 0; i < count; ++i) {
        if (words[i].event != static_cast<Event>(i) || words[i].deed.empty() || words[i].refusal.empty()) {
            return false;
        }
    }
    return true;
}

/// Refuses every step on what belongs to a closed or cancelled audit.
[[nodiscard]] std::optional<Error> lockOf(AuditState audit);
/// Who may, in words, when this person may not because of role or team; empty when they may. A step without
/// roles is the system's own and open to whoever triggers it.
[[nodiscard]] std::string whoInstead(RoleSet roles, const StepInput& input);
/// "Cannot be closed yet: the effectiveness check has no verdict."
[[nodiscard]] std::string guardSentence(std::string_view refusal, std::string_view words);
[[nodiscard]] Error guardError(std::string_view refusal, const std::vector<std::string>& words);
[[nodiscard]] Result<void> checkReason(bool needed, std::string_view ask, const std::string& reason);
[[nodiscard]] Error noSuchArrow(std::string_view state, std::string_view deed,
                                const std::vector<std::string>& possible);

template <class Machine>
using ArrowOf = Transition<typename Machine::State, typename Machine::Event>;

/// "Only the lead auditor can close this finding.", or empty when this person may.
template <class Machine>
[[nodiscard]] std::string notPermitted(const typename Machine::Case& item, const ArrowOf<Machine>& arrow,
                                       const StepInput& input) {
    std::string who = whoInstead(arrow.roles, input);
    for (const auto& rule : Machine::guards()) {
        if (!who.empty()) break;
        if (rule.personal && (arrow.guards & rule.bit) != 0) who = rule.words(item, input);
    }
    if (who.empty()) return {};
    return "Only " + who + " can " + std::string(Machine::wordsOf(arrow.event).deed) + ".";
}

/// The words of every impersonal guard that does not hold.
template <class Machine>
[[nodiscard]] std::vector<std::string> guardWords(const typename Machine::Case& item,
                                                  const ArrowOf<Machine>& arrow, const StepInput& input) {
    std::vector<std::string> words;
    for (const auto& rule : Machine::guards()) {
        if (rule.personal || (arrow.guards & rule.bit) == 0) continue;
        std::string broken = rule.words(item, input);
        if (!broken.empty()) words.push_back(std::move(broken));
    }
    return words;
}

template <class Machine>
[[nodiscard]] std::vector<std::string> possibleFrom(const typename Machine::Case& item) {
    std::vector<std::string> possible;
    for (const auto& arrow : Machine::table(item)) {
        if (arrow.from != Machine::stateOf(item) || arrow.roles.empty()) continue;
        std::string& step = possible.emplace_back(titleOf(arrow.event));
        step.append(" (").append(roleNames(arrow.roles)).append(")");
    }
    return possible;
}

template <class Machine>
[[nodiscard]] Result<typename Machine::State> nextState(const typename Machine::Case& item,
                                                        typename Machine::Event event,
                                                        const StepInput& input) {
    if (std::optional<Error> locked = Machine::lock(item)) return *std::move(locked);
    const EventWords<typename Machine::Event>& words = Machine::wordsOf(event);
    for (const auto& arrow : Machine::table(item)) {
        if (arrow.from != Machine::stateOf(item) || arrow.event != event) continue;
        std::string who = notPermitted<Machine>(item, arrow, input);
        if (!who.empty()) return forbidden(std::move(who));
        const std::vector<std::string> broken = guardWords<Machine>(item, arrow, input);
        if (!broken.empty()) return guardError(words.refusal, broken);
        TM_CHECK(checkReason((arrow.guards & needsReason) != 0, words.ask, input.reason));
        return Machine::target(item, arrow);
    }
    return noSuchArrow(titleOf(Machine::stateOf(item)), words.deed, possibleFrom<Machine>(item));
}

/// Every step that leaves the thing's state, whoever may take it. The system's own steps are not offered.
template <class Machine>
[[nodiscard]] std::vector<Step<typename Machine::Event, typename Machine::State>> steps(
    const typename Machine::Case& item, const StepInput& input) {
    std::vector<Step<typename Machine::Event, typename Machine::State>> found;
    if (Machine::lock(item)) return found;
    for (const auto& arrow : Machine::table(item)) {
        if (arrow.from != Machine::stateOf(item) || arrow.roles.empty()) continue;
        std::vector<std::string> blockedBy;
        for (const std::string& words : guardWords<Machine>(item, arrow, input)) {
            blockedBy.push_back(guardSentence(Machine::wordsOf(arrow.event).refusal, words));
        }
        std::string notYou = notPermitted<Machine>(item, arrow, input);
        const bool permitted = notYou.empty();
        found.push_back({arrow.event, Machine::target(item, arrow), arrow.roles, permitted,
                         std::move(blockedBy), (arrow.guards & needsReason) != 0, std::move(notYou)});
    }
    return found;
}

}  // namespace tickmark::domain::machine
