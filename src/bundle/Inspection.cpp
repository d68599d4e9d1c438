#include "bundle/Inspection.h"

#include "bundle/Codes.h"
#include "bundle/EntryNames.h"

namespace tickmark::bundle {
namespace {

// More of one kind says nothing new, and a hostile file must not fill the memory with complaints.
constexpr std::size_t mostProblems = 1000;

}  // namespace

Outcome::Outcome() {
    for (const Code& code : allCodes()) {
        m_states[std::string(code.code)].reason = "the file could not be read as a bundle";
    }
}

void Outcome::begin(std::string_view code) {
    State& state = m_states.find(code)->second;
    if (state.status != CheckStatus::NotChecked) return;
    state.status = CheckStatus::Passed;
    state.reason.clear();
}

void Outcome::list(std::string_view code, std::string_view place, std::string message, bool open) {
    State& state = m_states.find(code)->second;
    if (state.problems.size() >= mostProblems) {
        ++state.further;
        return;
    }
    const Code& known = codeNamed(code);
    if (!open) ++state.failures;
    state.problems.push_back({std::string(code), entry::shown(place), std::move(message),
                              std::string(open ? known.openMeaning : known.meaning),
                              std::string(open ? known.openAdvice : known.advice), open});
}

void Outcome::fail(std::string_view code, std::string_view place, std::string message) {
    State& state = m_states.find(code)->second;
    state.status = CheckStatus::Failed;
    state.reason.clear();
    list(code, place, std::move(message), false);
}

void Outcome::leave(std::string_view code, std::string reason) {
    State& state = m_states.find(code)->second;
    if (state.status == CheckStatus::Failed) return;
    state.status = CheckStatus::NotChecked;
    state.reason = std::move(reason);
}

void Outcome::leaveWithProblem(std::string_view code, std::string_view place, std::string message) {
    leave(code, message);
    list(code, place, std::move(message), true);
}

void Outcome::setWeight(std::string_view code, bool weighs) { m_states.find(code)->second.weighs = weighs; }

void Outcome::summarise(std::string_view code, std::string summary) {
    m_states.find(code)->second.summary = std::move(summary);
}

CheckStatus Outcome::status(std::string_view code) const { return m_states.find(code)->second.status; }

void Outcome::writeTo(Report& report) const {
    for (const Code& code : allCodes()) {
        const State& state = m_states.find(code.code)->second;
        Check check{
            std::string(code.code), std::string(code.title), code.statement, state.status, {}, state.weighs};
        if (state.status == CheckStatus::NotChecked) check.reason = state.reason;
        if (state.status == CheckStatus::Passed) check.reason = state.summary;
        if (state.status == CheckStatus::Failed) {
            const std::size_t count = state.failures + state.further;
            check.reason = std::to_string(count) + (count == 1 ? " problem" : " problems");
        }
        report.checks.push_back(std::move(check));
        report.problems.insert(report.problems.end(), state.problems.begin(), state.problems.end());
        if (state.further == 0) continue;
        report.problems.push_back({std::string(code.code), "",
                                   std::to_string(state.further) + " further problems.",
                                   std::string(code.meaning), std::string(code.advice), false});
    }
}

std::string_view Inspection::text(std::string_view name) const {
    const auto found = files.find(name);
    return found == files.end() ? std::string_view() : std::string_view(found->second.text);
}

}  // namespace tickmark::bundle
