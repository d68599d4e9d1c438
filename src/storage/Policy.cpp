#include "tickmark/storage/Policy.h"

#include "storage/EntityStore.h"

namespace tickmark::storage {

using domain::PolicyVersion;

const TableShape Mapping<PolicyVersion>::shape{
    "policy_version", "policy", "version, state, title, effective_on, review_on", {}};
std::string Mapping<PolicyVersion>::ref(const PolicyVersion& version) { return version.ref.text(); }
Row Mapping<PolicyVersion>::columns(const PolicyVersion& version) {
    return {Value(version.version), textValue(domain::toText(version.state)), textValue(version.title),
            dayValue(version.effectiveOn), dayValue(version.reviewOn)};
}
std::vector<SideRows> Mapping<PolicyVersion>::sides(const PolicyVersion&) { return {}; }

Result<LedgerPosition> save(WriteSession& session, PolicyVersion& version, ledger::Event event) {
    return saveEntity(session, version, std::move(event));
}

Result<PolicyVersion> policyVersionByRef(ReadSession& session, const domain::PolicyVersionRef& ref) {
    return findByRef<PolicyVersion>(session, ref.text(), "version of the policy");
}

Result<std::vector<PolicyVersion>> policyVersions(ReadSession& session) {
    return guarded([&]() -> Result<std::vector<PolicyVersion>> {
        Statement rows =
            session.connection().prepare("SELECT record FROM policy_version ORDER BY version DESC");
        std::vector<PolicyVersion> versions;
        while (rows.step()) {
            TM_TRY(versions.emplace_back(), ledger::decode<PolicyVersion>(rows.text(0)));
        }
        return versions;
    });
}

}  // namespace tickmark::storage
