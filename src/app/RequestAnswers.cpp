// Files that answer several requests, and which requests a dropped folder would answer.
#include <algorithm>

#include "app/Access.h"
#include "app/EvidenceIntake.h"
#include "app/EvidenceTarget.h"
#include "tickmark/app/EveryRow.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Lists.h"
#include "tickmark/storage/Audits.h"
#include "tickmark/storage/EvidenceRows.h"
#include "tickmark/storage/Requests.h"

namespace tickmark::app {
namespace {

/// Open and returned requests that this actor may answer, by reference.
Result<std::vector<std::string>> answerable(storage::ReadSession& session, const storage::Scope& scope,
                                            const domain::Actor& actor, const domain::Audit& audit) {
    storage::RequestFilter filter;
    filter.audit = audit.id;
    filter.states = {domain::RequestState::Open, domain::RequestState::Returned};
    if (!isAuditor(actor, audit)) filter.assignee = actor.id;
    TM_TRY(const auto rows, everyRow([&](const storage::PageRequest& page) {
               return storage::listRequests(session, scope, filter, page);
           }));
    std::vector<std::string> refs;
    refs.reserve(rows.size());
    for (const auto& row : rows) refs.push_back(row.ref);
    std::sort(refs.begin(), refs.end());
    return refs;
}

}  // namespace

Result<void> answerRequest(Context& context, storage::WriteSession& session, const domain::Actor& actor,
                           const std::string& request, const std::vector<std::string>& versions) {
    EvidenceInput input;
    input.request = request;
    TM_TRY(EvidenceTarget target, targetOf(context, session, actor, input));
    TM_TRY(const auto ids,
           versionsNamed(session, "versions", versions, target.audit.id, scopeOf(context, actor)));
    std::vector<domain::EvidenceVersion> fresh;
    for (const auto id : ids) {
        const auto& there = target.request->evidence;
        if (std::find(there.begin(), there.end(), id) != there.end()) continue;
        TM_TRY(auto version, storage::findEvidenceVersion(session, id));
        fresh.push_back(std::move(version));
    }
    if (fresh.empty()) return refused("nothing-new", request + " has these versions already.");
    std::vector<const domain::EvidenceVersion*> linked;
    linked.reserve(fresh.size());
    for (const auto& version : fresh) linked.push_back(&version);
    return link(context, session, actor, target, linked);
}

Result<domain::Matching> proposeMatching(Context& context, const domain::Actor& actor,
                                         const std::string& audit,
                                         const std::vector<std::string>& fileNames) {
    if (fileNames.empty()) {
        return invalid("file-name", "file_names", "No file is named.",
                       "Name the files, one for each line or member.");
    }
    return context.database->read([&](storage::ReadSession& session) -> Result<domain::Matching> {
        const storage::Scope scope = scopeOf(context, actor);
        TM_TRY(const domain::Audit found, storage::findAuditVisible(session, domain::AuditRef(audit), scope));
        TM_TRY(const auto open, answerable(session, scope, actor, found));
        return domain::matchFiles(fileNames, open);
    });
}

Result<void> answerRequests(Context& context, const domain::Actor& actor,
                            const std::vector<std::string>& requests,
                            const std::vector<std::string>& versions) {
    return context.database->write([&](storage::WriteSession& session) -> Result<void> {
        for (const std::string& request : requests)
            TM_CHECK(answerRequest(context, session, actor, request, versions));
        return {};
    });
}

}  // namespace tickmark::app
