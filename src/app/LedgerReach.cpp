// Which of the things that the ledger names an actor may open.
#include <map>

#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Lists.h"

namespace tickmark::app {
namespace {

template <class Thing>
Result<bool> found(const Result<Thing>& thing) {
    if (thing) return true;
    if (thing.error().kind == ErrorKind::NotFound) return false;
    return thing.error();
}

/// "E-0144/v2" is a version of "E-0144", whose page shows all versions.
domain::EvidenceRef evidenceIn(const std::string& ref) {
    return domain::EvidenceRef(ref.substr(0, ref.find('/')));
}

Result<bool> mayOpen(storage::ReadSession& session, const storage::Scope& scope, const ledger::Event& event) {
    const std::string& ref = event.ref;
    if (ref.empty()) return false;
    if (event.subject == "finding")
        return found(storage::findFindingVisible(session, domain::FindingRef(ref), scope));
    if (event.subject == "action")
        return found(storage::findActionVisible(session, domain::ActionRef(ref), scope));
    if (event.subject == "audit")
        return found(storage::findAuditVisible(session, domain::AuditRef(ref), scope));
    if (event.subject == "bundle" || event.subject == "bundle-seal")
        return found(storage::findBundleVisible(session, domain::BundleRef(ref), scope));
    if (event.subject == "evidence-request")
        return found(storage::findRequestVisible(session, domain::RequestRef(ref), scope));
    if (event.subject == "evidence" || event.subject == "evidence-version")
        return found(storage::findEvidenceVersionVisible(session, evidenceIn(ref), 0, scope));
    // Who may read KPIs at all is asked by role alone; a series has no page of its own.
    if (event.subject == "kpi") return true;
    // Whether accounts have a page for somebody is asked by role alone.
    return event.subject == "party";
}

}  // namespace

Result<std::vector<bool>> mayOpenThings(Context& context, const domain::Actor& actor,
                                        const std::vector<LedgerLine>& lines) {
    return context.database->read([&](storage::ReadSession& session) -> Result<std::vector<bool>> {
        const storage::Scope scope = scopeOf(context, actor);
        std::map<std::string, bool> known;
        std::vector<bool> answers;
        for (const LedgerLine& line : lines) {
            const std::string key = line.event.subject + " " + line.event.ref;
            auto at = known.find(key);
            if (at == known.end()) {
                TM_TRY(const bool may, mayOpen(session, scope, line.event));
                at = known.emplace(key, may).first;
            }
            answers.push_back(at->second);
        }
        return answers;
    });
}

}  // namespace tickmark::app
