// The improvement policy: its rules, which version holds, and who may take which step.
#include "tickmark/domain/Policy.h"

#include <boost/test/unit_test.hpp>

#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::domain;
using test::must;
using test::refusedAs;

namespace {

constexpr PartyId writer{7};
constexpr PartyId someone{8};

Date day(const char* text) { return must(Date::parse(text)); }

PolicyVersion complete(std::int64_t number = 1) {
    PolicyVersion version;
    version.version = number;
    version.title = "Improvement policy";
    version.text = "We measure before and after.";
    version.effectiveOn = day("2026-01-01");
    version.reviewOn = day("2027-01-01");
    version.writers = {writer};
    return version;
}

std::vector<std::string> fieldsOf(PolicyVersion version) {
    const auto checked = validate(version);
    std::vector<std::string> fields;
    if (!checked) {
        for (const Error& part : checked.error().parts) fields.push_back(part.field);
    }
    return fields;
}
using Fields = std::vector<std::string>;

StepInput inputOf(Role role, PartyId id = someone, const char* reason = "because") {
    Actor actor;
    actor.id = id;
    actor.account = "account";
    actor.role = role;
    return {actor, false, reason, day("2026-02-01")};
}

PolicyVersion in(PolicyState state, const char* from, std::int64_t number) {
    PolicyVersion version = complete(number);
    version.state = state;
    version.effectiveOn = day(from);
    return version;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(policies)

BOOST_AUTO_TEST_CASE(every_state_event_and_role_is_decided) {
    constexpr std::array states{PolicyState::Draft, PolicyState::Submitted, PolicyState::Approved,
                                PolicyState::Superseded};
    constexpr std::array events{PolicyEvent::Submit, PolicyEvent::Reject, PolicyEvent::Approve};
    constexpr std::array roles{
        Role::LeadAuditor,        Role::Auditor,       Role::ProcessOwner,         Role::ActionOwner,
        Role::ImprovementManager, Role::TopManagement, Role::CertificationAuditor, Role::Administrator};
    std::vector<std::string> open;
    for (const auto state : states) {
        for (const auto event : events) {
            for (const auto role : roles) {
                PolicyVersion version = complete();
                version.state = state;
                const auto to = next(version, event, inputOf(role));
                const auto steps = stepsOf(version, inputOf(role));
                const bool offered = std::any_of(steps.begin(), steps.end(), [&](const PolicyStep& step) {
                    return step.event == event && step.permitted && step.blockedBy.empty();
                });
                BOOST_TEST(offered == to.ok());
                if (!to) continue;
                open.push_back(std::string(toText(state)) + " " + std::string(toText(event)) + " " +
                               std::string(roleCode(role)) + " " + std::string(toText(*to)));
            }
        }
    }
    const std::vector<std::string> expected{"draft submit IM submitted", "submitted reject TM draft",
                                            "submitted approve TM approved"};
    BOOST_TEST(open == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_what_is_approved_is_superseded_and_nobody_is_offered_that) {
    for (const auto state : {PolicyState::Draft, PolicyState::Submitted, PolicyState::Superseded}) {
        PolicyVersion version = complete();
        version.state = state;
        BOOST_TEST(refusedAs(next(version, PolicyEvent::Supersede, inputOf(Role::TopManagement)),
                             ErrorKind::Refused, "forbidden-transition"));
    }
    PolicyVersion approved = complete();
    approved.state = PolicyState::Approved;
    BOOST_TEST((must(next(approved, PolicyEvent::Supersede, inputOf(Role::TopManagement))) ==
                PolicyState::Superseded));
    BOOST_TEST(stepsOf(approved, inputOf(Role::TopManagement)).empty());
}

BOOST_AUTO_TEST_CASE(nobody_approves_what_they_wrote) {
    PolicyVersion version = complete();
    version.state = PolicyState::Submitted;
    addWriter(version, someone);
    addWriter(version, someone);
    BOOST_TEST(version.writers.size() == 2U);
    const auto own = next(version, PolicyEvent::Approve, inputOf(Role::TopManagement, someone));
    BOOST_TEST(refusedAs(own, ErrorKind::Forbidden, "forbidden"));
    BOOST_TEST(next(version, PolicyEvent::Approve, inputOf(Role::TopManagement, PartyId{9})).ok());
    BOOST_TEST(next(version, PolicyEvent::Reject, inputOf(Role::TopManagement, someone)).ok());
}

BOOST_AUTO_TEST_CASE(a_version_without_its_days_is_not_submitted_and_both_are_named) {
    PolicyVersion version = complete();
    version.effectiveOn.reset();
    version.reviewOn.reset();
    BOOST_TEST(fieldsOf(version).empty());
    const auto blocked = stepsOf(version, inputOf(Role::ImprovementManager)).at(0).blockedBy;
    BOOST_TEST(blocked.size() == 2U);
    BOOST_TEST(refusedAs(next(version, PolicyEvent::Submit, inputOf(Role::ImprovementManager)),
                         ErrorKind::Refused, "guard"));
}

BOOST_AUTO_TEST_CASE(a_rejection_needs_a_comment) {
    PolicyVersion version = complete();
    version.state = PolicyState::Submitted;
    const auto mute = next(version, PolicyEvent::Reject, inputOf(Role::TopManagement, someone, ""));
    BOOST_TEST(refusedAs(mute, ErrorKind::Invalid, "text"));
}

BOOST_AUTO_TEST_CASE(what_is_due_for_review_already_is_not_approved) {
    PolicyVersion version = complete();
    version.state = PolicyState::Submitted;
    version.reviewOn = day("2026-02-01");
    BOOST_TEST(refusedAs(next(version, PolicyEvent::Approve, inputOf(Role::TopManagement)),
                         ErrorKind::Refused, "guard"));
    version.reviewOn = day("2026-02-02");
    BOOST_TEST(next(version, PolicyEvent::Approve, inputOf(Role::TopManagement)).ok());
}

BOOST_AUTO_TEST_CASE(title_and_text_are_needed_and_the_review_comes_after_the_start) {
    BOOST_TEST(fieldsOf({}) == (Fields{"title", "text"}));
    PolicyVersion version = complete();
    version.reviewOn = version.effectiveOn;
    BOOST_TEST(fieldsOf(version) == Fields{"review_on"});
}

BOOST_AUTO_TEST_CASE(an_approved_version_leaves_the_one_before_in_force_until_its_day) {
    const std::vector<PolicyVersion> versions{in(PolicyState::Draft, "2026-01-01", 3),
                                              in(PolicyState::Approved, "2026-06-01", 2),
                                              in(PolicyState::Superseded, "2026-01-01", 1)};
    BOOST_TEST(inForce(versions, day("2025-12-31")) == nullptr);
    BOOST_TEST(inForce(versions, day("2026-05-31"))->version == 1);
    BOOST_TEST(inForce(versions, day("2026-06-01"))->version == 2);
    BOOST_TEST(inForce({}, day("2026-06-01")) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
