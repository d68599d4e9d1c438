#include "tickmark/domain/Policy.h"

#include <algorithm>

#include "domain/EnumText.h"
#include "domain/FieldReport.h"

namespace tickmark::domain {
namespace {

using State = PolicyState;
using Event = PolicyEvent;

constexpr EnumWords<State, 4> states{{
    {State::Draft, "draft", "Draft"},
    {State::Submitted, "submitted", "Submitted"},
    {State::Approved, "approved", "Approved"},
    {State::Superseded, "superseded", "Superseded"},
}};
static_assert(isComplete(states, State::Superseded));

constexpr EnumWords<Event, 4> events{{
    {Event::Submit, "submit", "Submit"},
    {Event::Reject, "reject", "Reject"},
    {Event::Approve, "approve", "Approve"},
    {Event::Supersede, "supersede", "Supersede"},
}};
static_assert(isComplete(events, Event::Supersede));

bool wasApproved(State state) noexcept { return state == State::Approved || state == State::Superseded; }

}  // namespace

std::string_view toText(State value) noexcept { return textIn(states, value); }
std::string_view toText(Event value) noexcept { return textIn(events, value); }
std::string_view titleOf(State value) noexcept { return titleIn(states, value); }
std::string_view titleOf(Event value) noexcept { return titleIn(events, value); }
std::optional<State> policyStateFrom(std::string_view text) noexcept { return valueIn(states, text); }
std::optional<Event> policyEventFrom(std::string_view text) noexcept { return valueIn(events, text); }

void addWriter(PolicyVersion& version, PartyId writer) {
    if (std::find(version.writers.begin(), version.writers.end(), writer) == version.writers.end())
        version.writers.push_back(writer);
}

Result<void> validate(PolicyVersion& version) {
    FieldReport report;
    report.reference("ref", version.ref.text());
    report.text("title", version.title, titleRule);
    report.text("text", version.text, neededWordsRule);
    report.text("changes", version.changes, wordsRule);
    report.text("comment", version.comment, wordsRule);
    report.day("effective_on", version.effectiveOn);
    report.day("review_on", version.reviewOn);
    if (version.effectiveOn && version.reviewOn && *version.reviewOn <= *version.effectiveOn) {
        report.complain("review_on", "The review does not come after the day from which the policy holds.",
                        "the review is later than effective_on", "Choose a later day for the review.");
    }
    return report.finish();
}

const PolicyVersion* inForce(const std::vector<PolicyVersion>& versions, Date today) noexcept {
    const PolicyVersion* found = nullptr;
    for (const PolicyVersion& version : versions) {
        if (!wasApproved(version.state) || !version.effectiveOn || today < *version.effectiveOn) continue;
        if (found == nullptr || found->version < version.version) found = &version;
    }
    return found;
}

}  // namespace tickmark::domain
