#include "domain/Machine.h"

namespace tickmark::domain::machine {
namespace {

bool isAuditorRole(Role role) { return role == Role::LeadAuditor || role == Role::Auditor; }

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) text += between;
        text += parts[i];
    }
    return text;
}

}  // namespace

std::optional<Error> lockOf(AuditState audit) {
    if (audit != AuditState::Closed && audit != AuditState::Cancelled) return std::nullopt;
    return refused("audit-locked",
                   "The audit is " + lower(titleOf(audit)) + "; its findings and actions are locked.",
                   "Record a recurrence as a new finding of another audit.");
}

std::string whoInstead(RoleSet roles, const StepInput& input) {
    if (roles.empty()) return {};
    if (!roles.has(input.actor.role)) return roleNames(roles);
    if (isAuditorRole(input.actor.role) && !input.onTeam) {
        const RoleSet mine{input.actor.role};
        return roleNames(mine) + " on the audit's team";
    }
    return {};
}

std::string guardSentence(std::string_view refusal, std::string_view words) {
    std::string sentence(refusal);
    sentence.append(": ").append(words).append(".");
    return sentence;
}

Error guardError(std::string_view refusal, const std::vector<std::string>& words) {
    Error error = refused("guard", guardSentence(refusal, joined(words, "; ")));
    if (words.size() > 1) {
        for (const std::string& one : words)
            error.parts.push_back(refused("guard", guardSentence(refusal, one)));
    }
    return error;
}

Result<void> checkReason(bool needed, std::string_view ask, const std::string& reason) {
    constexpr std::size_t longest = 4'000;
    if (needed && trim(reason).empty()) {
        return invalid("text", "reason", "This step needs a reason.", std::string(ask));
    }
    TM_CHECK(cleanText("reason", reason, {0, longest, true}));
    return {};
}

Error noSuchArrow(std::string_view state, std::string_view deed, const std::vector<std::string>& possible) {
    const std::string nobody = "Nobody can " + std::string(deed);
    if (possible.empty()) {
        return refused("forbidden-transition", nobody + ": its state, " + std::string(state) + ", is final.");
    }
    return refused("forbidden-transition",
                   nobody + " while its state is " + std::string(state) +
                       ". Possible now: " + joined(possible, "; ") + ".",
                   "Load it again and choose one of these steps.");
}

}  // namespace tickmark::domain::machine
