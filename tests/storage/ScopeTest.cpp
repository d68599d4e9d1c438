#include "Sample.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using namespace tickmark::storage;
using namespace tickmark::storage::sample;
using domain::Reach;

BOOST_AUTO_TEST_SUITE(storage_scope)

namespace {

const Date today = Date::of(2023, 1, 15);

// Two audits. Anna leads the first. Paul owns F-1, an action of F-2, and is asked for ER-1; Carla has the
// first audit shared with her until today.
struct World : Catalogued {
    domain::Party carla = party("carla", domain::Role::CertificationAuditor);
    domain::Party stranger = party("sam", domain::Role::ProcessOwner);
    domain::Audit other = audit("IA-2023-01");

    World() {
        store(*database, carla);
        store(*database, stranger);
        main.shares.push_back({.party = carla.id, .until = today});
        store(*database, main);
        store(*database, other);
        auto owned = add("F-1", main.id, owner.id);
        auto answered = add("F-2", main.id);
        add("F-3", main.id);
        add("F-4", other.id);
        auto draft = add("F-5", main.id, owner.id, domain::FindingState::Draft);
        act("AC-1", owned.id, {});
        act("AC-2", answered.id, owner.id);
        act("AC-3", draft.id, owner.id);
        ask("ER-1", domain::RequestState::Open, owner.id);
        ask("ER-2", domain::RequestState::Open, {});
        ask("ER-3", domain::RequestState::Draft, owner.id);
        seal("B-1", domain::BundleState::Sealed);
        seal("B-2", domain::BundleState::Draft);
        hand("E-1", owner.id, owned);
        hand("E-2", lead.id, answered);
        domain::Finding none;
        hand("E-3", lead.id, none);
    }
    domain::Finding add(const std::string& ref, domain::AuditId in, domain::PartyId by = {},
                        domain::FindingState state = domain::FindingState::Issued) {
        auto made = finding(ref, in);
        made.owner = by;
        made.state = state;
        store(*database, made);
        return made;
    }
    void act(const std::string& ref, domain::FindingId on, domain::PartyId by) {
        auto made = action(ref, on);
        made.owner = by;
        store(*database, made);
    }
    void ask(const std::string& ref, domain::RequestState state, domain::PartyId whom) {
        domain::EvidenceRequest made;
        made.ref = domain::RequestRef(ref);
        made.audit = main.id;
        made.state = state;
        made.text = "Please";
        made.assignee = whom;
        store(*database, made);
    }
    void seal(const std::string& ref, domain::BundleState state) {
        domain::Bundle made;
        made.ref = domain::BundleRef(ref);
        made.audit = main.id;
        made.state = state;
        store(*database, made);
    }
    void hand(const std::string& ref, domain::PartyId by, domain::Finding& of) {
        domain::Evidence evidence{.ref = domain::EvidenceRef(ref), .audit = main.id, .title = ref};
        store(*database, evidence);
        domain::EvidenceVersion version;
        version.evidence = evidence.id;
        version.ref = evidence.ref;
        version.audit = main.id;
        version.digest = crypto::Sha256::of(ref);
        version.receivedBy = by;
        store(*database, version);
        if (!of.id.stored()) return;
        of.evidence.push_back(version.id);
        store(*database, of);
    }

    Scope as(Reach reach, const domain::Party& who) const {
        return {.reach = reach, .party = who.id, .today = today};
    }
    template <class List>
    std::string refs(List&& list) {
        std::string text;
        auto page = read([&](ReadSession& s) { return list(s); });
        for (const auto& row : page.rows) {
            if (!text.empty()) text += ' ';
            if constexpr (requires { row.ref.text(); }) {
                text += row.ref.text();
            } else {
                text += row.ref;
            }
        }
        return text;
    }
    std::string findings(const Scope& scope) {
        return refs([&](ReadSession& s) { return listFindings(s, scope, {}, {}); });
    }
    std::string actions(const Scope& scope) {
        return refs([&](ReadSession& s) { return listActions(s, scope, {}, {}); });
    }
    std::string requests(const Scope& scope) {
        return refs([&](ReadSession& s) { return listRequests(s, scope, {}, {}); });
    }
    std::string bundles(const Scope& scope) {
        return refs([&](ReadSession& s) { return listBundles(s, scope, {}, {}); });
    }
    std::string evidence(const Scope& scope) {
        return refs([&](ReadSession& s) { return listEvidence(s, scope, {}, {}); });
    }
    std::string audits(const Scope& scope) {
        return refs([&](ReadSession& s) { return listAudits(s, scope, {}, {}); });
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_team_sees_its_audit_with_drafts) {
    World w;
    const Scope scope = w.as(Reach::TeamAudits, w.lead);
    BOOST_TEST(w.findings(scope) == "F-5 F-3 F-2 F-1");
    BOOST_TEST(w.actions(scope) == "AC-3 AC-2 AC-1");
    BOOST_TEST(w.requests(scope) == "ER-3 ER-2 ER-1");
    BOOST_TEST(w.bundles(scope) == "B-2 B-1");
    BOOST_TEST(w.evidence(scope) == "E-3 E-2 E-1");
    BOOST_TEST(w.audits(scope) == "IA-2022-03");
}

BOOST_AUTO_TEST_CASE(management_sees_every_audit_without_drafts) {
    World w;
    const Scope scope = w.as(Reach::Everything, w.stranger);
    BOOST_TEST(w.findings(scope) == "F-4 F-3 F-2 F-1");
    BOOST_TEST(w.actions(scope) == "AC-2 AC-1");
    BOOST_TEST(w.requests(scope) == "ER-2 ER-1");
    BOOST_TEST(w.audits(scope) == "IA-2023-01 IA-2022-03");
    BOOST_TEST(w.findings(everyone()) == "F-5 F-4 F-3 F-2 F-1");
}

BOOST_AUTO_TEST_CASE(an_owner_sees_what_names_them_and_what_hangs_on_it) {
    World w;
    const Scope scope = w.as(Reach::OwnItems, w.owner);
    BOOST_TEST(w.findings(scope) == "F-2 F-1");
    BOOST_TEST(w.actions(scope) == "AC-2 AC-1");
    BOOST_TEST(w.requests(scope) == "ER-1");
    BOOST_TEST(w.bundles(scope).empty());
    BOOST_TEST(w.evidence(scope) == "E-2 E-1");
    BOOST_TEST(w.audits(scope) == "IA-2022-03");
    const Scope none = w.as(Reach::OwnItems, w.stranger);
    BOOST_TEST(w.findings(none).empty());
    BOOST_TEST(w.actions(none).empty());
    BOOST_TEST(w.requests(none).empty());
    BOOST_TEST(w.evidence(none).empty());
    BOOST_TEST(w.audits(none).empty());
}

BOOST_AUTO_TEST_CASE(a_share_ends_after_its_last_day) {
    World w;
    Scope scope = w.as(Reach::SharedAudits, w.carla);
    BOOST_TEST(w.findings(scope) == "F-3 F-2 F-1");
    BOOST_TEST(w.actions(scope) == "AC-2 AC-1");
    BOOST_TEST(w.requests(scope) == "ER-2 ER-1");
    BOOST_TEST(w.bundles(scope) == "B-1");
    BOOST_TEST(w.audits(scope) == "IA-2022-03");
    scope.today = today.plusDays(1);
    BOOST_TEST(w.findings(scope).empty());
    BOOST_TEST(w.actions(scope).empty());
    BOOST_TEST(w.audits(scope).empty());
    BOOST_TEST(w.evidence(scope).empty());
}

BOOST_AUTO_TEST_CASE(an_administrator_sees_no_content) {
    World w;
    const Scope scope = w.as(Reach::Nothing, w.lead);
    for (const auto& text : {w.findings(scope), w.actions(scope), w.requests(scope), w.bundles(scope),
                             w.evidence(scope), w.audits(scope)}) {
        BOOST_TEST(text.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_thing_out_of_reach_is_not_found) {
    World w;
    const Scope scope = w.as(Reach::OwnItems, w.owner);
    need(w.database->read([&](ReadSession& s) -> Result<void> {
        BOOST_TEST(findFindingVisible(s, domain::FindingRef("F-1"), scope).ok());
        BOOST_TEST(
            (findFindingVisible(s, domain::FindingRef("F-3"), scope).error().kind == ErrorKind::NotFound));
        BOOST_TEST(!findFindingVisible(s, domain::FindingRef("F-5"), scope).ok());
        BOOST_TEST(findActionVisible(s, domain::ActionRef("AC-2"), scope).ok());
        BOOST_TEST(!findActionVisible(s, domain::ActionRef("AC-3"), scope).ok());
        BOOST_TEST(findRequestVisible(s, domain::RequestRef("ER-1"), scope).ok());
        BOOST_TEST(!findRequestVisible(s, domain::RequestRef("ER-2"), scope).ok());
        BOOST_TEST(!findBundleVisible(s, domain::BundleRef("B-1"), scope).ok());
        BOOST_TEST(findEvidenceVersionVisible(s, domain::EvidenceRef("E-1"), 1, scope).ok());
        BOOST_TEST(findEvidenceVersionVisible(s, domain::EvidenceRef("E-2"), 0, scope).ok());
        BOOST_TEST(!findEvidenceVersionVisible(s, domain::EvidenceRef("E-3"), 1, scope).ok());
        BOOST_TEST(findAuditVisible(s, domain::AuditRef("IA-2022-03"), scope).ok());
        BOOST_TEST(!findAuditVisible(s, domain::AuditRef("IA-2023-01"), scope).ok());
        BOOST_TEST(need(namedInAudit(s, w.main.id, w.owner.id)));
        BOOST_TEST(!need(namedInAudit(s, w.other.id, w.owner.id)));
        return {};
    }));
}

BOOST_AUTO_TEST_SUITE_END()
