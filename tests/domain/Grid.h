// Walks a machine's whole state x event x role grid against arrows written down apart from the tables under
// test.
#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "tickmark/domain/Transitions.h"

namespace tickmark::domain::grid {

inline constexpr PartyId me{7};
inline constexpr PartyId other{8};

/// An arrow as the architecture states it; roles as codes separated by blanks. "*" is the system: anybody.
template <class State, class Event>
struct Expected {
    State from{};
    Event event{};
    State to{};
    std::string roles{};
    bool reason = false;
};

[[nodiscard]] inline std::vector<Role> allRoles() {
    std::vector<Role> roles;
    for (int i = 0; i <= static_cast<int>(Role::Administrator); ++i) roles.push_back(static_cast<Role>(i));
    return roles;
}

[[nodiscard]] inline bool names(const std::string& roles, Role role) {
    if (roles == "*") return true;
    std::istringstream words(roles);
    for (std::string code; words >> code;) {
        if (code == roleCode(role)) return true;
    }
    return false;
}

[[nodiscard]] inline StepInput by(Role role, std::string reason = "because", bool onTeam = true) {
    return {{me, "me", role, "session"}, onTeam, std::move(reason), Date::of(2022, 11, 18)};
}

template <class Case, class State, class Event>
struct Machine {
    State lastState{};
    Event lastEvent{};
    std::vector<Expected<State, Event>> arrows{};
    /// A thing in that state for which every guard of that event holds when `role` acts as person 7.
    std::function<Case(State, Event, Role)> ready{};
    /// A thing in that state for which as many guards as possible fail.
    std::function<Case(State)> bare{};

    [[nodiscard]] const Expected<State, Event>* arrow(State from, Event event) const {
        const auto found = std::find_if(arrows.begin(), arrows.end(), [&](const Expected<State, Event>& one) {
            return one.from == from && one.event == event;
        });
        return found == arrows.end() ? nullptr : &*found;
    }
    template <class Visit>
    void everyPair(Visit visit) const {
        for (int s = 0; s <= static_cast<int>(lastState); ++s) {
            for (int e = 0; e <= static_cast<int>(lastEvent); ++e) {
                const auto state = static_cast<State>(s);
                const auto event = static_cast<Event>(e);
                BOOST_TEST_CONTEXT(toText(state) << " + " << toText(event)) { visit(state, event); }
            }
        }
    }
};

template <class Span, class M>
void tableIsExactly(Span table, const M& machine) {
    BOOST_TEST(table.size() == machine.arrows.size());
    for (const auto& arrow : table) {
        const auto* expected = machine.arrow(arrow.from, arrow.event);
        BOOST_TEST_CONTEXT(toText(arrow.from) << " + " << toText(arrow.event)) {
            BOOST_REQUIRE(expected != nullptr);
            BOOST_TEST(toText(arrow.to) == toText(expected->to));
        }
    }
}

/// Every pair in the grid for every role: the arrow's end, a refusal of the role, or no such arrow. Nothing
/// else.
template <class M>
void gridHolds(const M& machine) {
    machine.everyPair([&](auto state, auto event) {
        const auto* arrow = machine.arrow(state, event);
        for (const Role role : allRoles()) {
            const auto result = next(machine.ready(state, event, role), event, by(role));
            BOOST_TEST_CONTEXT(roleCode(role)) {
                if (arrow == nullptr) {
                    BOOST_REQUIRE(!result.ok());
                    BOOST_TEST((result.error().kind == ErrorKind::Refused));
                    BOOST_TEST(result.error().type == "forbidden-transition");
                } else if (names(arrow->roles, role)) {
                    BOOST_REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().message));
                    BOOST_TEST(toText(*result) == toText(arrow->to));
                } else {
                    BOOST_REQUIRE(!result.ok());
                    BOOST_TEST((result.error().kind == ErrorKind::Forbidden));
                    BOOST_TEST(result.error().message.starts_with("Only "));
                }
            }
        }
    });
}

/// The reason is asked for exactly where the architecture asks for one, and white space is none.
template <class M>
void reasonsAreAsked(const M& machine) {
    machine.everyPair([&](auto state, auto event) {
        const auto* arrow = machine.arrow(state, event);
        if (arrow == nullptr) return;
        for (const Role role : allRoles()) {
            if (!names(arrow->roles, role)) continue;
            const auto result = next(machine.ready(state, event, role), event, by(role, " \n "));
            BOOST_TEST(result.ok() == !arrow->reason);
            if (result.ok()) continue;
            BOOST_TEST((result.error().kind == ErrorKind::Invalid));
            BOOST_TEST(result.error().type == "text");
            BOOST_TEST(result.error().field == "reason");
            BOOST_TEST(result.error().fix.starts_with("Say "));
        }
    });
}

template <class M>
void auditorsActOnTheirTeamOnly(const M& machine) {
    for (const auto& arrow : machine.arrows) {
        for (const Role role : {Role::LeadAuditor, Role::Auditor}) {
            if (arrow.roles == "*" || !names(arrow.roles, role)) continue;
            const auto result =
                next(machine.ready(arrow.from, arrow.event, role), arrow.event, by(role, "because", false));
            BOOST_TEST_CONTEXT(toText(arrow.from) << " + " << toText(arrow.event) << " " << roleCode(role)) {
                BOOST_REQUIRE(!result.ok());
                BOOST_TEST((result.error().kind == ErrorKind::Forbidden));
                BOOST_TEST(result.error().message.find("on the audit's team") != std::string::npos);
            }
        }
    }
}

/// What stepsOf says about one event must be what next does.
template <class Case, class Event>
void stepAgrees(const Case& item, Event event, const StepInput& input) {
    const auto steps = stepsOf(item, input);
    const auto offered =
        std::count_if(steps.begin(), steps.end(), [&](const auto& s) { return s.event == event; });
    BOOST_REQUIRE(offered <= 1);
    const auto result = next(item, event, input);
    if (offered == 0) {
        if (!result.ok()) BOOST_TEST(result.error().type == "forbidden-transition");
        if (result.ok()) BOOST_TEST(toText(event) == "quarantine");  // the system's own step is never offered
        return;
    }
    const auto step =
        *std::find_if(steps.begin(), steps.end(), [&](const auto& s) { return s.event == event; });
    BOOST_TEST(!step.roles.empty());
    if (!step.permitted) {
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST((result.error().kind == ErrorKind::Forbidden));
    } else if (!step.blockedBy.empty()) {
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST((result.error().kind == ErrorKind::Refused));
        BOOST_TEST(result.error().type == "guard");
        if (step.blockedBy.size() == 1) BOOST_TEST(result.error().message == step.blockedBy.front());
        if (step.blockedBy.size() > 1) {
            BOOST_REQUIRE(result.error().parts.size() == step.blockedBy.size());
            for (std::size_t i = 0; i < step.blockedBy.size(); ++i) {
                BOOST_TEST(result.error().parts[i].message == step.blockedBy[i]);
            }
        }
    } else if (step.needsReason && input.reason.empty()) {
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST(result.error().field == "reason");
    } else {
        BOOST_REQUIRE(result.ok());
        BOOST_TEST(toText(*result) == toText(step.to));
    }
}

template <class M>
void stepsAgreeWithNext(const M& machine) {
    machine.everyPair([&](auto state, auto event) {
        for (const Role role : allRoles()) {
            for (const bool onTeam : {true, false}) {
                for (const char* reason : {"", "because"}) {
                    BOOST_TEST_CONTEXT(roleCode(role) << (onTeam ? " on" : " off") << " the team, reason '"
                                                      << reason << "'") {
                        stepAgrees(machine.ready(state, event, role), event, by(role, reason, onTeam));
                        stepAgrees(machine.bare(state), event, by(role, reason, onTeam));
                    }
                }
            }
        }
    });
}

/// A step's only objection, as a sentence; fails unless next refuses with exactly these words.
template <class Case, class Event>
void refusedWith(const Case& item, Event event, const StepInput& input, const std::string& words) {
    const auto result = next(item, event, input);
    BOOST_REQUIRE_MESSAGE(!result.ok(), words);
    BOOST_TEST((result.error().kind == ErrorKind::Refused));
    BOOST_TEST(result.error().type == "guard");
    BOOST_TEST(result.error().message == words);
    BOOST_TEST(result.error().parts.empty());
}

template <class Case, class Event>
void forbiddenWith(const Case& item, Event event, const StepInput& input, const std::string& words) {
    const auto result = next(item, event, input);
    BOOST_REQUIRE_MESSAGE(!result.ok(), words);
    BOOST_TEST((result.error().kind == ErrorKind::Forbidden));
    BOOST_TEST(result.error().message == words);
}

}  // namespace tickmark::domain::grid
