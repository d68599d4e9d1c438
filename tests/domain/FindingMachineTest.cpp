#include "Grid.h"

using namespace tickmark;
using namespace tickmark::domain;
using grid::by;
using grid::forbiddenWith;
using grid::me;
using grid::other;
using grid::refusedWith;

namespace {

using S = FindingState;
using E = FindingEvent;
using FindingGrid = grid::Machine<FindingCase, S, E>;

Action doneAction(std::string ref, std::string cause) {
    Action action;
    action.ref = ActionRef(std::move(ref));
    action.state = ActionState::Done;
    action.rootCause = std::move(cause);
    action.owner = other;
    action.due = Date::of(2022, 12, 1);
    action.evidence = {{5}};
    return action;
}

/// Everything that any guard asks for; the verdict fits Close.
FindingCase complete(const std::string& classCode, S state) {
    FindingCase item;
    Finding& finding = item.finding;
    finding.classCode = classCode;
    finding.state = state;
    finding.clauses = {"8.6.1"};
    finding.requirement = "Incidents have a confirmed priority.";
    finding.objectiveEvidence = "694 of 890 have none.";
    finding.nature = "Priorities are not confirmed.";
    finding.evidence = {{1}};
    finding.owner = me;
    finding.round = 2;
    finding.responses = {{1, "", "", "", {}, {}, {}, {}, {}},
                         {2,
                          "corrected",
                          "looked everywhere",
                          "",
                          {},
                          {},
                          {{"RC-1", "no rule"}, {"RC-2", "no time"}},
                          {},
                          {}}};
    finding.checks = {{1, "c", {}, {}, EffectivenessVerdict::NotEffective, "", "", "", {}},
                      {2, "c", {}, {}, EffectivenessVerdict::Effective, "", "", "", {}}};
    item.actions = {doneAction("AC-1", "RC-1"), doneAction("AC-2", "RC-2")};
    return item;
}

FindingGrid machineOf(const std::string& classCode, std::vector<grid::Expected<S, E>> arrows) {
    const auto ready = [classCode](S state, E event, Role /*role*/) {
        FindingCase item = complete(classCode, state);
        if (event == E::Reopen) item.finding.checks[1].verdict = EffectivenessVerdict::NotEffective;
        return item;
    };
    const auto bare = [classCode](S state) {
        FindingCase item;
        item.finding.classCode = classCode;
        item.finding.state = state;
        Action mine;
        mine.ref = ActionRef("AC-9");
        mine.owner = me;
        item.actions = {mine};
        return item;
    };
    return {S::Closed, E::DecideNoAction, std::move(arrows), ready, bare};
}

// The arrows of the architecture's section "Domain".
FindingGrid nonconformity(const std::string& code = "major") {
    return machineOf(code, {
                               {S::Draft, E::Issue, S::Issued, "LA"},
                               {S::Draft, E::Discard, S::Discarded, "AU LA", true},
                               {S::Issued, E::Withdraw, S::Withdrawn, "AU LA", true},
                               {S::Issued, E::Respond, S::Responded, "PO"},
                               {S::Responded, E::Return, S::Returned, "AU LA", true},
                               {S::Returned, E::Respond, S::Responded, "PO"},
                               {S::Responded, E::AcceptPlan, S::PlanAccepted, "LA"},
                               {S::PlanAccepted, E::ReportImplemented, S::Implemented, "PO"},
                               {S::Implemented, E::SendBack, S::PlanAccepted, "AU LA", true},
                               {S::Implemented, E::Verify, S::Verified, "AU LA", true},
                               {S::Verified, E::Close, S::Closed, "LA"},
                               {S::Verified, E::Reopen, S::Returned, "LA", true},
                           });
}

FindingGrid suggestion(const std::string& code = "observation") {
    return machineOf(code, {
                               {S::Draft, E::Issue, S::Issued, "LA"},
                               {S::Draft, E::Discard, S::Discarded, "AU LA", true},
                               {S::Issued, E::Withdraw, S::Withdrawn, "AU LA", true},
                               {S::Issued, E::Acknowledge, S::Acknowledged, "PO"},
                               {S::Acknowledged, E::Convert, S::Converted, "PO LA IM"},
                               {S::Acknowledged, E::DecideNoAction, S::NoAction, "PO", true},
                               {S::Converted, E::Close, S::Closed, "LA"},
                               {S::NoAction, E::Close, S::Closed, "LA"},
                           });
}

FindingGrid conformity() {
    return machineOf("conformity", {
                                       {S::Draft, E::Issue, S::Issued, "LA"},
                                       {S::Draft, E::Discard, S::Discarded, "AU LA", true},
                                       {S::Issued, E::Withdraw, S::Withdrawn, "AU LA", true},
                                       {S::Issued, E::Close, S::Closed, "LA"},
                                   });
}

std::vector<FindingGrid> everyGrid() {
    return {nonconformity("major"), nonconformity("minor"), suggestion("observation"),
            suggestion("opportunity"), conformity()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(finding_machines)

BOOST_AUTO_TEST_CASE(each_table_holds_the_arrows_of_the_architecture_and_no_other) {
    grid::tableIsExactly(findingTransitions(FindingKind::Nonconformity), nonconformity());
    grid::tableIsExactly(findingTransitions(FindingKind::Suggestion), suggestion());
    grid::tableIsExactly(findingTransitions(FindingKind::Conformity), conformity());
}

BOOST_AUTO_TEST_CASE(every_state_event_and_role_ends_as_the_architecture_says) {
    for (const FindingGrid& machine : everyGrid()) grid::gridHolds(machine);
}

BOOST_AUTO_TEST_CASE(reasons_are_asked_where_the_architecture_asks) {
    for (const FindingGrid& machine : everyGrid()) grid::reasonsAreAsked(machine);
}

BOOST_AUTO_TEST_CASE(auditors_act_on_their_team_only) {
    for (const FindingGrid& machine : everyGrid()) grid::auditorsActOnTheirTeamOnly(machine);
}

BOOST_AUTO_TEST_CASE(steps_agree_with_next) {
    for (const FindingGrid& machine : everyGrid()) grid::stepsAgreeWithNext(machine);
}

BOOST_AUTO_TEST_CASE(an_unknown_class_is_treated_as_a_nonconformity) {
    BOOST_TEST(next(complete("mystery", S::Issued), E::Respond, by(Role::ProcessOwner)).ok());
    BOOST_TEST(!next(complete("mystery", S::Issued), E::Close, by(Role::LeadAuditor)).ok());
}

BOOST_AUTO_TEST_CASE(a_draft_cannot_be_closed_and_the_refusal_names_the_ways_out) {
    const auto result = next(complete("minor", S::Draft), E::Close, by(Role::LeadAuditor));
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().message ==
               "Nobody can close this finding while its state is Draft. Possible now: Issue (the lead "
               "auditor); Discard "
               "(the lead auditor or the auditor).");
    const auto last = next(complete("minor", S::Closed), E::Reopen, by(Role::LeadAuditor));
    BOOST_REQUIRE(!last.ok());
    BOOST_TEST(last.error().message == "Nobody can reopen this finding: its state, Closed, is final.");
}

BOOST_AUTO_TEST_CASE(only_the_lead_auditor_can_close) {
    forbiddenWith(complete("minor", S::Verified), E::Close, by(Role::Auditor),
                  "Only the lead auditor can close this finding.");
    forbiddenWith(complete("minor", S::Verified), E::Close, by(Role::LeadAuditor, "", false),
                  "Only the lead auditor on the audit's team can close this finding.");
}

BOOST_AUTO_TEST_CASE(each_missing_part_stands_alone_against_issuing) {
    const auto lead = by(Role::LeadAuditor, "");
    const auto broken = [&](const std::string& code, auto change, const std::string& words) {
        FindingCase item = complete(code, S::Draft);
        change(item.finding);
        refusedWith(item, E::Issue, lead, "Cannot be issued yet: " + words + ".");
    };
    for (const char* code : {"major", "minor", "observation", "opportunity"}) {
        broken(
            code, [](Finding& f) { f.clauses.clear(); }, "no clause is named");
        broken(
            code, [](Finding& f) { f.requirement = " \n"; }, "the requirement is empty");
        broken(
            code, [](Finding& f) { f.objectiveEvidence.clear(); }, "the objective evidence is empty");
        broken(
            code, [](Finding& f) { f.nature.clear(); }, "the nature is empty");
        broken(
            code, [](Finding& f) { f.evidence.clear(); }, "no evidence version is attached");
    }
    broken(
        "conformity", [](Finding& f) { f.clauses.clear(); }, "no clause is named");
    broken(
        "conformity", [](Finding& f) { f.objectiveEvidence.clear(); }, "the objective evidence is empty");
    broken(
        "conformity", [](Finding& f) { f.evidence.clear(); }, "no evidence version is attached");
    FindingCase conforming = complete("conformity", S::Draft);
    conforming.finding.requirement.clear();
    conforming.finding.nature.clear();
    BOOST_TEST(next(conforming, E::Issue, lead).ok());
}

BOOST_AUTO_TEST_CASE(several_missing_parts_are_named_together_and_one_by_one) {
    FindingCase item = complete("major", S::Draft);
    item.finding.clauses.clear();
    item.finding.nature.clear();
    const auto result = next(item, E::Issue, by(Role::LeadAuditor));
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(result.error().message == "Cannot be issued yet: no clause is named; the nature is empty.");
    BOOST_REQUIRE(result.error().parts.size() == 2U);
    BOOST_TEST(result.error().parts[1].message == "Cannot be issued yet: the nature is empty.");
}

BOOST_AUTO_TEST_CASE(only_the_process_owner_it_is_assigned_to_answers) {
    const auto owner = by(Role::ProcessOwner);
    const std::string who = "Only the process owner to whom it is assigned can ";
    const auto others = [&](const std::string& code, S state, E event, const std::string& deed) {
        for (const PartyId assigned : {other, PartyId{}}) {
            FindingCase item = complete(code, state);
            item.finding.owner = assigned;
            forbiddenWith(item, event, owner, who + deed + ".");
        }
    };
    others("minor", S::Issued, E::Respond, "respond to this finding");
    others("minor", S::Returned, E::Respond, "respond to this finding");
    others("minor", S::PlanAccepted, E::ReportImplemented, "report this finding as implemented");
    others("observation", S::Issued, E::Acknowledge, "acknowledge this finding");
    others("observation", S::Acknowledged, E::Convert, "convert this finding to an improvement");
    others("observation", S::Acknowledged, E::DecideNoAction, "decide on no action for this finding");
}

BOOST_AUTO_TEST_CASE(a_lead_auditor_or_improvement_manager_converts_what_others_own) {
    FindingCase item = complete("observation", S::Acknowledged);
    item.finding.owner = other;
    BOOST_TEST(next(item, E::Convert, by(Role::LeadAuditor)).ok());
    BOOST_TEST(next(item, E::Convert, by(Role::ImprovementManager, "", false)).ok());
}

BOOST_AUTO_TEST_CASE(each_missing_part_stands_alone_against_responding) {
    for (const S state : {S::Issued, S::Returned}) {
        const auto broken = [&](auto change, const std::string& words) {
            FindingCase item = complete("minor", state);
            change(item);
            refusedWith(item, E::Respond, by(Role::ProcessOwner),
                        "Cannot be responded to yet: " + words + ".");
        };
        broken([](FindingCase& c) { c.finding.responses[1].correction = " "; }, "the correction is empty");
        broken([](FindingCase& c) { c.finding.responses[1].extent.clear(); }, "the extent is empty");
        broken(
            [](FindingCase& c) {
                c.finding.responses[1].extentPlaces = {
                    {ExtentKind::Site, "Lyon", "logs", 40, 400, 3, {}, {}},
                    {ExtentKind::Site, "Oslo", "logs", 40, 400, 0, {}, {}},
                    {ExtentKind::Site, "Bonn", "logs", 40, 400, 1, {}, "AC-1"}};
            },
            "it was found again at Lyon, and no action or finding is named that deals with it");
        broken([](FindingCase& c) { c.finding.responses[1].rootCauses.clear(); }, "no root cause is named");
        broken([](FindingCase& c) { c.actions.clear(); }, "no action is planned");
        broken(
            [](FindingCase& c) {
                for (Action& a : c.actions) a.state = ActionState::Cancelled;
            },
            "no action is planned");
        broken(
            [](FindingCase& c) {
                for (Action& a : c.actions) a.state = ActionState::NotEffective;
            },
            "no action is planned");
        broken([](FindingCase& c) { c.actions[1].owner = {}; }, "action AC-2 has no owner");
        broken(
            [](FindingCase& c) {
                for (Action& a : c.actions) a.due.reset();
            },
            "actions AC-1, AC-2 have no due date");
    }
}

BOOST_AUTO_TEST_CASE(an_answer_of_an_earlier_round_does_not_count) {
    FindingCase item = complete("minor", S::Returned);
    item.finding.round = 3;
    const auto result = next(item, E::Respond, by(Role::ProcessOwner));
    BOOST_REQUIRE(!result.ok());
    BOOST_TEST(
        result.error().message ==
        "Cannot be responded to yet: the correction is empty; the extent is empty; no root cause is named.");
}

BOOST_AUTO_TEST_CASE(an_action_may_be_owned_by_a_role_in_words_and_a_cancelled_one_needs_nothing) {
    FindingCase item = complete("minor", S::Issued);
    item.actions[0].owner = {};
    item.actions[0].ownerRole = "Service desk lead";
    item.actions[1].state = ActionState::Cancelled;
    item.actions[1].owner = {};
    item.actions[1].due.reset();
    BOOST_TEST(next(item, E::Respond, by(Role::ProcessOwner)).ok());
}

BOOST_AUTO_TEST_CASE(a_correction_and_a_preventive_action_do_not_answer_a_root_cause) {
    for (const ActionKind kind : {ActionKind::Correction, ActionKind::Preventive}) {
        FindingCase item = complete("minor", S::Responded);
        item.actions[0].kind = kind;
        refusedWith(
            item, E::AcceptPlan, by(Role::LeadAuditor),
            "The plan cannot be accepted yet: root cause RC-1 has no corrective action that answers it.");
    }
    FindingCase item = complete("minor", S::Responded);
    item.actions[0].kind = ActionKind::Improvement;
    BOOST_TEST(next(item, E::AcceptPlan, by(Role::LeadAuditor)).ok());
}

BOOST_AUTO_TEST_CASE(a_verdict_of_somebody_who_owns_an_action_neither_closes_nor_reopens) {
    FindingCase item = complete("minor", S::Verified);
    item.finding.checks[1].by = other;  // owns both actions
    refusedWith(item, E::Close, by(Role::LeadAuditor),
                "Cannot be closed yet: actions AC-1, AC-2 are owned by whoever gave the verdict; another "
                "auditor judges them.");
    item.actions[0].owner = {9};
    item.finding.checks[1].verdict = EffectivenessVerdict::NotEffective;
    refusedWith(item, E::Reopen, by(Role::LeadAuditor),
                "Cannot be reopened yet: action AC-2 is owned by whoever gave the verdict; another auditor "
                "judges it.");
    item.actions[1].state = ActionState::Cancelled;
    BOOST_TEST(next(item, E::Reopen, by(Role::LeadAuditor)).ok());
    item.finding.checks[1].by = me;
    item.actions[1].state = ActionState::Done;
    BOOST_TEST(next(item, E::Reopen, by(Role::LeadAuditor)).ok());
}

BOOST_AUTO_TEST_CASE(a_plan_is_accepted_only_when_every_root_cause_has_an_action) {
    FindingCase item = complete("minor", S::Responded);
    item.actions[1].rootCause = "RC-1";
    refusedWith(item, E::AcceptPlan, by(Role::LeadAuditor),
                "The plan cannot be accepted yet: root cause RC-2 has no corrective action that answers it.");
    item.actions.clear();
    refusedWith(item, E::AcceptPlan, by(Role::LeadAuditor),
                "The plan cannot be accepted yet: root causes RC-1, RC-2 have no corrective action that "
                "answers them.");
    item = complete("minor", S::Responded);
    for (const ActionState useless : {ActionState::Cancelled, ActionState::NotEffective}) {
        item.actions[0].state = useless;
        refusedWith(
            item, E::AcceptPlan, by(Role::LeadAuditor),
            "The plan cannot be accepted yet: root cause RC-1 has no corrective action that answers it.");
    }
    item.finding.round = 9;
    refusedWith(item, E::AcceptPlan, by(Role::LeadAuditor),
                "The plan cannot be accepted yet: no root cause is named.");
}

BOOST_AUTO_TEST_CASE(a_plan_is_implemented_only_when_every_action_is_done_and_proven) {
    const std::vector<std::pair<ActionState, bool>> states{
        {ActionState::Planned, false},  {ActionState::Approved, false},    {ActionState::InProgress, false},
        {ActionState::OnHold, false},   {ActionState::Done, true},         {ActionState::Verified, true},
        {ActionState::Effective, true}, {ActionState::NotEffective, true}, {ActionState::Cancelled, true}};
    for (const auto& [state, done] : states) {
        FindingCase item = complete("minor", S::PlanAccepted);
        item.actions[0].state = state;
        BOOST_TEST_CONTEXT(toText(state)) {
            if (done) {
                BOOST_TEST(next(item, E::ReportImplemented, by(Role::ProcessOwner)).ok());
            } else {
                refusedWith(item, E::ReportImplemented, by(Role::ProcessOwner),
                            "Cannot be reported as implemented yet: action AC-1 is not done.");
            }
        }
    }
    FindingCase item = complete("minor", S::PlanAccepted);
    item.actions[1].evidence.clear();
    refusedWith(item, E::ReportImplemented, by(Role::ProcessOwner),
                "Cannot be reported as implemented yet: action AC-2 has no evidence.");
    item.actions[1].state = ActionState::Cancelled;
    BOOST_TEST(next(item, E::ReportImplemented, by(Role::ProcessOwner)).ok());
    item.actions[0].state = ActionState::Cancelled;
    refusedWith(item, E::ReportImplemented, by(Role::ProcessOwner),
                "Cannot be reported as implemented yet: no action is planned.");
}

BOOST_AUTO_TEST_CASE(nobody_verifies_a_finding_of_whose_actions_they_own_one) {
    for (const Role role : {Role::LeadAuditor, Role::Auditor}) {
        FindingCase item = complete("minor", S::Implemented);
        item.actions[1].owner = me;
        forbiddenWith(item, E::Verify, by(role),
                      "Only an auditor who owns none of its actions can verify this finding.");
    }
}

BOOST_AUTO_TEST_CASE(closing_and_reopening_follow_the_verdict_of_this_round) {
    const auto lead = by(Role::LeadAuditor);
    FindingCase item = complete("minor", S::Verified);
    refusedWith(item, E::Reopen, lead, "Cannot be reopened yet: the effectiveness check says effective.");
    item.finding.checks[1].verdict = EffectivenessVerdict::NotEffective;
    refusedWith(item, E::Close, lead, "Cannot be closed yet: the effectiveness check says not effective.");
    BOOST_TEST(toText(next(item, E::Reopen, lead).value()) == "returned");
    item.finding.checks[1].verdict.reset();
    refusedWith(item, E::Close, lead, "Cannot be closed yet: the effectiveness check has no verdict.");
    refusedWith(item, E::Reopen, lead, "Cannot be reopened yet: the effectiveness check has no verdict.");
    item.finding.checks.pop_back();
    refusedWith(item, E::Close, lead, "Cannot be closed yet: the effectiveness check has no verdict.");
}

BOOST_AUTO_TEST_CASE(a_closed_or_cancelled_audit_locks_its_findings) {
    for (const AuditState locked : {AuditState::Closed, AuditState::Cancelled}) {
        nonconformity().everyPair([&](S state, E event) {
            FindingCase item = complete("minor", state);
            item.audit = locked;
            const auto result = next(item, event, by(Role::LeadAuditor));
            BOOST_REQUIRE(!result.ok());
            BOOST_TEST((result.error().kind == ErrorKind::Refused));
            BOOST_TEST(result.error().type == "audit-locked");
            BOOST_TEST(stepsOf(item, by(Role::LeadAuditor)).empty());
        });
    }
}

BOOST_AUTO_TEST_CASE(a_reason_is_checked_like_any_other_text) {
    const FindingCase item = complete("minor", S::Draft);
    for (const std::string& reason : {std::string("\xFF"), std::string("a\x01"),
                                      std::string("\xE2\x80\xAE"
                                                  "abc"),
                                      std::string(4'001, 'x')}) {
        const auto result = next(item, E::Discard, by(Role::Auditor, reason));
        BOOST_REQUIRE(!result.ok());
        BOOST_TEST(result.error().field == "reason");
    }
    BOOST_TEST(next(item, E::Discard, by(Role::Auditor, "two\nlines")).ok());
}

BOOST_AUTO_TEST_CASE(steps_of_other_roles_are_told_but_not_permitted) {
    const auto steps = stepsOf(complete("minor", S::Responded), by(Role::ProcessOwner));
    BOOST_REQUIRE(steps.size() == 2U);
    for (const FindingStep& step : steps) BOOST_TEST(!step.permitted);
    const auto accept =
        std::find_if(steps.begin(), steps.end(), [](const auto& s) { return s.event == E::AcceptPlan; });
    BOOST_REQUIRE(accept != steps.end());
    BOOST_TEST(roleNames(accept->roles) == "the lead auditor");
    BOOST_TEST((accept->to == S::PlanAccepted));
}

BOOST_AUTO_TEST_CASE(what_stands_against_closing_an_audit) {
    const auto stands = [](const std::string& code, S state) {
        Finding finding;
        finding.classCode = code;
        finding.state = state;
        return standsAgainstClosing(finding);
    };
    for (int s = 0; s <= static_cast<int>(S::Closed); ++s) {
        const auto state = static_cast<S>(s);
        const bool over = state == S::Closed || state == S::Withdrawn || state == S::Discarded;
        const bool early =
            state == S::Draft || state == S::Issued || state == S::Responded || state == S::Returned;
        BOOST_TEST_CONTEXT(toText(state)) {
            BOOST_TEST(isFinal(state) == over);
            BOOST_TEST(stands("major", state) == !over);
            BOOST_TEST(stands("unheard-of", state) == !over);
            BOOST_TEST(stands("minor", state) == early);
            for (const char* code : {"observation", "opportunity", "conformity"}) {
                BOOST_TEST(stands(code, state) == (state == S::Draft));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_step_says_why_it_is_not_for_this_person) {
    FindingCase item = complete("minor", S::Implemented);
    const auto verifying = [&] {
        for (const FindingStep& step : stepsOf(item, by(Role::Auditor))) {
            if (step.event == E::Verify) return step;
        }
        return FindingStep{};
    };
    BOOST_TEST(verifying().permitted);
    BOOST_TEST(verifying().notYou.empty());
    item.actions.front().owner = me;
    BOOST_TEST(!verifying().permitted);
    BOOST_TEST(verifying().notYou.starts_with("Only "));
    BOOST_TEST(verifying().notYou.ends_with(" can verify this finding."));
}

BOOST_AUTO_TEST_SUITE_END()
