#include <boost/test/unit_test.hpp>
#include <set>

#include "tickmark/domain/Action.h"
#include "tickmark/domain/Audit.h"
#include "tickmark/domain/Bundle.h"
#include "tickmark/domain/Evidence.h"
#include "tickmark/domain/Finding.h"
#include "tickmark/domain/Improvement.h"
#include "tickmark/domain/Review.h"

using namespace tickmark;
using namespace tickmark::domain;

namespace {

/// Every enumerator has its own text, which leads back to it; nothing else does.
template <class Enum, class ToText, class From>
void textsLeadBack(Enum last, ToText toWords, From from) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<Enum>(i);
        const std::string_view text = toWords(value);
        BOOST_TEST_CONTEXT(text) {
            BOOST_TEST(!text.empty());
            BOOST_TEST(seen.insert(text).second);
            BOOST_REQUIRE(from(text).has_value());
            BOOST_TEST((*from(text) == value));
            BOOST_TEST(!from(std::string(text) + "x").has_value());
        }
    }
    BOOST_TEST(toWords(static_cast<Enum>(static_cast<int>(last) + 1)).empty());
    BOOST_TEST(!from("").has_value());
    BOOST_TEST(!from("no such word").has_value());
}

template <class Enum, class From>
void textsLeadBack(Enum last, From from) {
    textsLeadBack(
        last, [](Enum value) { return toText(value); }, from);
}

template <class Enum>
void titlesAreForPeople(Enum last) {
    std::set<std::string_view> seen;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const std::string_view title = titleOf(static_cast<Enum>(i));
        BOOST_TEST_CONTEXT(title) {
            BOOST_REQUIRE(!title.empty());
            BOOST_TEST((title.front() >= 'A' && title.front() <= 'Z'));
            BOOST_TEST(title.find('_') == std::string_view::npos);
            BOOST_TEST(seen.insert(title).second);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(every_word_leads_back_to_its_value) {
    textsLeadBack(ActionKind::Improvement, actionKindFrom);
    textsLeadBack(ActionState::Cancelled, actionStateFrom);
    textsLeadBack(ActionEvent::Cancel, actionEventFrom);
    textsLeadBack(AuditType::Recertification, auditTypeFrom);
    textsLeadBack(AuditState::Cancelled, auditStateFrom);
    textsLeadBack(AuditEvent::Cancel, auditEventFrom);
    textsLeadBack(BundleState::Revoked, bundleStateFrom);
    textsLeadBack(BundleEvent::Revoke, bundleEventFrom);
    textsLeadBack(SelectionKind::Delta, selectionKindFrom);
    textsLeadBack(EvidenceState::Withdrawn, evidenceStateFrom);
    textsLeadBack(EvidenceEvent::ConfirmWithdrawal, evidenceEventFrom);
    textsLeadBack(Confidentiality::Secret, confidentialityFrom);
    textsLeadBack(RequestState::Cancelled, requestStateFrom);
    textsLeadBack(RequestEvent::Cancel, requestEventFrom);
    textsLeadBack(ImprovementSource::ManagementReview, improvementSourceFrom);
    textsLeadBack(ImprovementState::Cancelled, improvementStateFrom);
    textsLeadBack(ImprovementEvent::Cancel, improvementEventFrom);
    textsLeadBack(ImprovementLessonKind::Failure, improvementLessonKindFrom);
    textsLeadBack(ReviewState::Cancelled, reviewStateFrom);
    textsLeadBack(ReviewEvent::Cancel, reviewEventFrom);
    textsLeadBack(ReviewTopic::Resources, reviewTopicFrom);
    textsLeadBack(FindingState::Closed, findingStateFrom);
    textsLeadBack(FindingEvent::DecideNoAction, findingEventFrom);
    textsLeadBack(EffectivenessVerdict::NotEffective, effectivenessVerdictFrom);
    textsLeadBack(Role::Administrator, roleCode, roleFromCode);
}

BOOST_AUTO_TEST_CASE(every_title_is_fit_for_a_page) {
    titlesAreForPeople(ActionKind::Improvement);
    titlesAreForPeople(ActionState::Cancelled);
    titlesAreForPeople(ActionEvent::Cancel);
    titlesAreForPeople(AuditType::Recertification);
    titlesAreForPeople(AuditState::Cancelled);
    titlesAreForPeople(AuditEvent::Cancel);
    titlesAreForPeople(BundleState::Revoked);
    titlesAreForPeople(BundleEvent::Revoke);
    titlesAreForPeople(SelectionKind::Delta);
    titlesAreForPeople(EvidenceState::Withdrawn);
    titlesAreForPeople(EvidenceEvent::ConfirmWithdrawal);
    titlesAreForPeople(RequestState::Cancelled);
    titlesAreForPeople(RequestEvent::Cancel);
    titlesAreForPeople(ImprovementState::Cancelled);
    titlesAreForPeople(ReviewState::Cancelled);
    titlesAreForPeople(ReviewEvent::Cancel);
    titlesAreForPeople(ReviewTopic::Resources);
    titlesAreForPeople(ImprovementEvent::Cancel);
    titlesAreForPeople(FindingState::Closed);
    titlesAreForPeople(FindingEvent::DecideNoAction);
}

BOOST_AUTO_TEST_CASE(words_that_records_hold_do_not_change) {
    BOOST_TEST(toText(FindingState::PlanAccepted) == "plan_accepted");
    BOOST_TEST(toText(FindingEvent::AcceptPlan) == "accept-plan");
    BOOST_TEST(titleOf(FindingState::PlanAccepted) == "Plan accepted");
    BOOST_TEST(titleOf(FindingEvent::AcceptPlan) == "Accept the plan");
    BOOST_TEST(toText(ActionState::InProgress) == "in_progress");
    BOOST_TEST(toText(ActionEvent::ReportDone) == "report-done");
    BOOST_TEST(toText(AuditType::CertificationStage1) == "certification-stage-1");
    BOOST_TEST(toText(AuditState::FollowUp) == "follow_up");
    BOOST_TEST(toText(AuditEvent::StartFieldwork) == "start-fieldwork");
    BOOST_TEST(toText(EvidenceState::UnderReview) == "under_review");
    BOOST_TEST(toText(EvidenceEvent::StartReview) == "start-review");
    BOOST_TEST(toText(EffectivenessVerdict::NotEffective) == "not_effective");
}

BOOST_AUTO_TEST_CASE(roles_are_named_in_sentences) {
    BOOST_TEST(roleCode(Role::CertificationAuditor) == "XA");
    BOOST_TEST(roleName(Role::LeadAuditor) == "lead auditor");
    BOOST_TEST(roleNames({}) == "");
    BOOST_TEST(roleNames({Role::LeadAuditor}) == "the lead auditor");
    BOOST_TEST(roleNames({Role::Auditor, Role::LeadAuditor}) == "the lead auditor or the auditor");
    BOOST_TEST(roleNames({Role::LeadAuditor, Role::ProcessOwner, Role::TopManagement}) ==
               "the lead auditor, the process owner or top management");
    BOOST_TEST(!roleFromCode("la").has_value());
}

BOOST_AUTO_TEST_CASE(a_set_of_roles_holds_what_it_was_given) {
    constexpr RoleSet set{Role::LeadAuditor, Role::Administrator};
    static_assert(set.has(Role::LeadAuditor) && set.has(Role::Administrator) && !set.has(Role::Auditor));
    BOOST_TEST(RoleSet{}.empty());
    BOOST_TEST(!set.empty());
}

BOOST_AUTO_TEST_CASE(the_default_classes_have_their_kinds) {
    BOOST_REQUIRE(findingClass("major") != nullptr);
    BOOST_TEST(findingClass("major")->blocksCertificate);
    BOOST_TEST(!findingClass("minor")->blocksCertificate);
    BOOST_TEST((findingClass("minor")->kind == FindingKind::Nonconformity));
    BOOST_TEST((findingClass("observation")->kind == FindingKind::Suggestion));
    BOOST_TEST((findingClass("opportunity")->kind == FindingKind::Suggestion));
    BOOST_TEST((findingClass("conformity")->kind == FindingKind::Conformity));
    BOOST_TEST(findingClass("Major") == nullptr);
    BOOST_TEST(defaultFindingClasses().size() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
