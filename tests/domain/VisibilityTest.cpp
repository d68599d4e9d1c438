#include "tickmark/domain/Visibility.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark;
using namespace tickmark::domain;

namespace {

constexpr PartyId me{7};
const Date today = Date::of(2022, 11, 18);

Actor as(Role role) { return {me, "me", role, "session"}; }

/// How person 7 stands to an audit.
struct Situation {
    std::string name{};
    bool onTeam = false;
    bool shared = false;
    bool named = false;
};

Audit auditOf(const Situation& situation) {
    Audit audit;
    audit.team = {{{8}, true, ""}};
    if (situation.onTeam) audit.team.push_back({me, false, ""});
    audit.shares = {{{9}, today.plusDays(10)}};
    if (situation.shared) audit.shares.push_back({me, today});
    return audit;
}

const std::vector<Situation> situations{{"stranger", false, false, false},
                                        {"on the team", true, false, false},
                                        {"shared with", false, true, false},
                                        {"named in it", false, false, true},
                                        {"all of it", true, true, true}};

/// What page map and architecture say, one column per situation above.
struct Row {
    Role role{};
    std::array<bool, 5> sees{};
};
const std::array<Row, 8> matrix{{
    {Role::LeadAuditor, {false, true, false, false, true}},
    {Role::Auditor, {false, true, false, false, true}},
    {Role::ProcessOwner, {false, false, false, true, true}},
    {Role::ActionOwner, {false, false, false, true, true}},
    {Role::ImprovementManager, {true, true, true, true, true}},
    {Role::TopManagement, {true, true, true, true, true}},
    {Role::CertificationAuditor, {false, false, true, false, true}},
    {Role::Administrator, {false, false, false, false, false}},
}};

}  // namespace

BOOST_AUTO_TEST_SUITE(visibility)

BOOST_AUTO_TEST_CASE(each_role_sees_an_audit_in_its_own_situations_only) {
    for (const Row& row : matrix) {
        for (std::size_t i = 0; i < situations.size(); ++i) {
            BOOST_TEST_CONTEXT(roleCode(row.role) << ", " << situations[i].name) {
                const Audit audit = auditOf(situations[i]);
                BOOST_TEST(maySee(as(row.role), audit, situations[i].named, today) == row.sees[i]);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_issued_finding_is_seen_like_its_audit_and_a_draft_by_the_team_only) {
    for (const Row& row : matrix) {
        for (std::size_t i = 0; i < situations.size(); ++i) {
            const Audit audit = auditOf(situations[i]);
            for (int s = 0; s <= static_cast<int>(FindingState::Closed); ++s) {
                Finding finding;
                finding.state = static_cast<FindingState>(s);
                const bool hidden =
                    finding.state == FindingState::Draft || finding.state == FindingState::Discarded;
                const bool auditor = row.role == Role::LeadAuditor || row.role == Role::Auditor;
                const bool expected = row.sees[i] && (!hidden || auditor);
                BOOST_TEST_CONTEXT(roleCode(row.role)
                                   << ", " << situations[i].name << ", " << toText(finding.state)) {
                    BOOST_TEST(maySee(as(row.role), audit, finding, situations[i].named, today) == expected);
                    finding.owner = situations[i].named ? me : PartyId{8};
                    BOOST_TEST(maySee(as(row.role), audit, finding, false, today) == expected);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_share_ends_after_its_last_day) {
    const Audit audit = auditOf({"", false, true, false});
    BOOST_TEST(sharedWith(audit, me, today));
    BOOST_TEST(sharedWith(audit, me, today.plusDays(-1)));
    BOOST_TEST(!sharedWith(audit, me, today.plusDays(1)));
    BOOST_TEST(!maySee(as(Role::CertificationAuditor), audit, false, today.plusDays(1)));
}

BOOST_AUTO_TEST_CASE(nobody_without_an_account_is_on_a_team_or_an_owner) {
    Audit audit;
    audit.team = {{{}, true, ""}};
    audit.shares = {{{}, today}};
    BOOST_TEST(!onTeam(audit, {}));
    BOOST_TEST(!leads(audit, {}));
    BOOST_TEST(!sharedWith(audit, {}, today));
    Finding unowned;
    unowned.state = FindingState::Issued;
    BOOST_TEST(!maySee({{}, "", Role::ProcessOwner, "cli"}, audit, unowned, false, today));
}

BOOST_AUTO_TEST_CASE(the_leader_is_the_member_marked_as_lead) {
    const Audit audit = auditOf({"", true, false, false});
    BOOST_TEST(leads(audit, {8}));
    BOOST_TEST(!leads(audit, me));
    BOOST_TEST(onTeam(audit, me));
    BOOST_TEST(!leads(audit, {99}));
}

BOOST_AUTO_TEST_CASE(each_role_has_its_reach) {
    BOOST_TEST((reachOf(Role::Auditor) == Reach::TeamAudits));
    BOOST_TEST((reachOf(Role::ActionOwner) == Reach::OwnItems));
    BOOST_TEST((reachOf(Role::TopManagement) == Reach::Everything));
    BOOST_TEST((reachOf(Role::CertificationAuditor) == Reach::SharedAudits));
    BOOST_TEST((reachOf(Role::Administrator) == Reach::Nothing));
}

BOOST_AUTO_TEST_SUITE_END()
