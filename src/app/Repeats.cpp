// Findings that come again: proposing and checking what a finding repeats.
#include "tickmark/app/Trends.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/Findings.h"

namespace tickmark::app {
namespace {

constexpr std::size_t candidates = 50;
constexpr std::size_t proposals = 5;
constexpr int longestChain = 1000;

}  // namespace

Result<std::vector<RepeatProposal>> proposeRepeats(storage::ReadSession& session, const storage::Scope& scope,
                                                   const domain::Finding& finding) {
    std::vector<RepeatProposal> proposed;
    TM_TRY(const auto earlier, storage::repeatCandidates(session, scope, finding, candidates));
    for (const domain::Finding& one : earlier) {
        const auto sign = domain::repeatSign(finding, one);
        if (!sign) continue;
        TM_TRY(const domain::Audit audit, storage::findAudit(session, one.audit));
        proposed.push_back({one.ref.text(), one.title, audit.ref.text(), sign->reason()});
        if (proposed.size() == proposals) break;
    }
    return proposed;
}

Result<void> checkRepeat(storage::ReadSession& session, const domain::FindingRef& finding,
                         const std::string& earlier) {
    auto found = storage::findFinding(session, domain::FindingRef(earlier));
    if (!found && found.error().kind != ErrorKind::NotFound) return std::move(found).error();
    if (!found) return invalid("unknown-reference", "repeat_of", "There is no finding \"" + earlier + "\".");
    std::string at = earlier;
    for (int step = 0; step < longestChain && !at.empty(); ++step) {
        if (at == finding.text()) {
            return invalid("circular", "repeat_of",
                           "A finding repeats an earlier one; " + earlier + " is " + finding.text() +
                               " itself or repeats it already.",
                           "Name the finding of the earlier audit.");
        }
        auto one = storage::findFinding(session, domain::FindingRef(at));
        at = one ? one->repeatOf : std::string();
    }
    return {};
}

}  // namespace tickmark::app
