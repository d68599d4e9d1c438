#include "tickmark/app/AuditLines.h"

#include <algorithm>
#include <array>

#include "tickmark/app/Lists.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Trends.h"
#include "tickmark/storage/Waiting.h"

namespace tickmark::app {
namespace {

using domain::AuditState;
using domain::FindingState;

struct Step {
    FindingState state = FindingState::Draft;
    const char* whose = "";
    const char* one = "";   ///< with one finding
    const char* many = "";  ///< "{}" is their number
};
/// What holds an audit up, in the order in which it is looked for: the auditors' own steps first.
constexpr std::array<Step, 9> steps{{
    {FindingState::Draft, "Lead auditor", "issue one draft", "issue {} drafts"},
    {FindingState::Responded, "Lead auditor", "judge one response", "judge {} responses"},
    {FindingState::Implemented, "Auditor", "verify one finding", "verify {} findings"},
    {FindingState::Verified, "Lead auditor", "check one effectiveness", "check {} for effectiveness"},
    {FindingState::Returned, "Process owner", "answer one returned finding", "answer {} returned findings"},
    {FindingState::Issued, "Process owner", "respond to one finding", "respond to {} findings"},
    {FindingState::PlanAccepted, "Process owner", "carry out one plan", "carry out {} plans"},
    {FindingState::Acknowledged, "Process owner", "decide on one observation", "decide on {} observations"},
    {FindingState::Converted, "Lead auditor", "close one converted finding", "close {} converted findings"},
}};

using ByState = std::map<std::string, std::int64_t>;

/// When no finding holds it up.
void putOwnStep(AuditLine& line) {
    const auto state = domain::auditStateFrom(line.audit.state);
    const bool fieldwork = state == AuditState::Fieldwork;
    line.whose = fieldwork ? "Auditor" : "Lead auditor";
    line.step = state == AuditState::Planned     ? "begin the fieldwork"
                : fieldwork                      ? "record what is found"
                : state == AuditState::Reporting ? "seal the bundle"
                                                 : "close the audit";
    line.by = state == AuditState::Planned ? line.audit.from : line.audit.to;
}

Result<void> putStep(storage::ReadSession& session, const ByState& states, AuditLine& line) {
    for (const Step& step : steps) {
        const auto at = states.find(std::string(domain::toText(step.state)));
        if (at == states.end() || at->second == 0) continue;
        line.whose = step.whose;
        line.step = filledIn(at->second == 1 ? step.one : step.many, {std::to_string(at->second)});
        line.stepState = at->first;
        TM_TRY(line.by, storage::earliestDue(session, line.audit.id, step.state));
        return {};
    }
    putOwnStep(line);
    return {};
}

}  // namespace

Result<std::vector<AuditLine>> auditLines(Context& context, const domain::Actor& actor, std::size_t most) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<AuditLine>> {
        const storage::Scope scope = scopeOf(context, actor);
        storage::AuditFilter filter;
        filter.states = {AuditState::Planned, AuditState::Fieldwork, AuditState::Reporting,
                         AuditState::FollowUp};
        TM_TRY(auto page, storage::listAudits(session, scope, filter, {most, {}}));
        TM_TRY(const auto counts, storage::countByAudit(session, scope));
        std::vector<AuditLine> lines;
        for (storage::AuditRow& audit : page.rows) {
            AuditLine line;
            ByState states;
            for (const auto& count : counts) {
                if (count.audit != audit.id || !count.open) continue;
                line.openByClass[count.classCode] += count.count;
                states[count.state] += count.count;
            }
            line.audit = std::move(audit);
            TM_CHECK(putStep(session, states, line));
            lines.push_back(std::move(line));
        }
        std::stable_sort(lines.begin(), lines.end(), [](const AuditLine& a, const AuditLine& b) {
            if (a.by.has_value() != b.by.has_value()) return a.by.has_value();
            return a.by && *a.by < *b.by;
        });
        return lines;
    });
}

}  // namespace tickmark::app
