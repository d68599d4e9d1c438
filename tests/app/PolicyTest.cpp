// The improvement policy from the first draft to the second version.
#include "tickmark/app/Policy.h"

#include "app/House.h"

using namespace tickmark;
using domain::PolicyEvent;
using domain::PolicyState;
using domain::PolicyVersion;
using test::House;
using test::must;
using test::refusedAs;

namespace {

struct Policies : House {
    app::PolicyDraft draftOf(const char* text = "We measure before and after.") {
        app::PolicyDraft draft;
        draft.title = "Improvement policy";
        draft.text = text;
        draft.effectiveOn = context().today();
        draft.reviewOn = context().today().plusDays(365);
        return draft;
    }
    PolicyVersion written(const char* text = "We measure before and after.") {
        return must(app::draftPolicy(context(), as("im-01"), draftOf(text)));
    }
    PolicyVersion move(const char* account, const PolicyVersion& version, PolicyEvent event,
                       const char* reason = "") {
        return must(app::movePolicy(context(), as(account), version.ref, version.rev, event, reason));
    }
    PolicyVersion approved(const char* text = "We measure before and after.") {
        return move("tm-01", move("im-01", written(text), PolicyEvent::Submit), PolicyEvent::Approve);
    }
    Result<app::PolicyView> view(const char* account, const PolicyVersion& version) {
        return app::showPolicyVersion(context(), as(account), version.ref);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(policies, Policies)

BOOST_AUTO_TEST_CASE(a_version_is_written_submitted_and_approved) {
    const auto draft = written();
    BOOST_TEST(draft.ref.text() == "IP-0001");
    BOOST_TEST(draft.version == 1);
    BOOST_TEST(lastEvent().kind == "policy.draft");
    const auto submitted = move("im-01", draft, PolicyEvent::Submit);
    BOOST_TEST(lastEvent().kind == "policy.submit");
    const auto done = move("tm-01", submitted, PolicyEvent::Approve);
    BOOST_TEST(lastEvent().kind == "policy.approve");
    BOOST_TEST(done.approvedAt.has_value());
    BOOST_TEST((done.decidedBy == as("tm-01").id));
    const auto seen = must(view("ao-01", done));
    BOOST_TEST(seen.inForce);
    BOOST_TEST(!seen.mayEdit);
    BOOST_TEST(must(view("im-01", done)).steps.empty());
}

BOOST_AUTO_TEST_CASE(an_approved_text_never_changes_and_every_version_stays_readable) {
    const auto first = approved("The first text.");
    BOOST_TEST(refusedAs(app::editPolicy(context(), as("im-01"), first.ref, first.rev, draftOf()),
                         ErrorKind::Refused, "not-a-draft"));
    const auto second = approved("The second text.");
    BOOST_TEST(second.version == 2);
    const auto before = must(view("la-01", first));
    BOOST_TEST((before.version.state == PolicyState::Superseded));
    BOOST_TEST(before.version.text == "The first text.");
    BOOST_TEST((before.version.approvedAt == first.approvedAt));
    const auto overview = must(app::showPolicy(context(), as("po-01")));
    BOOST_TEST(overview.versions.size() == 2U);
    BOOST_REQUIRE(overview.inForce.has_value());
    BOOST_TEST(overview.inForce->version == 2);
}

BOOST_AUTO_TEST_CASE(a_version_of_a_later_day_leaves_the_one_before_in_force) {
    const auto first = approved();
    auto later = draftOf("Later.");
    later.effectiveOn = context().today().plusDays(30);
    const auto second = move(
        "tm-01", move("im-01", must(app::draftPolicy(context(), as("im-01"), later)), PolicyEvent::Submit),
        PolicyEvent::Approve);
    BOOST_TEST(must(view("la-01", first)).inForce);
    BOOST_TEST(!must(view("la-01", second)).inForce);
}

BOOST_AUTO_TEST_CASE(a_rejected_version_is_a_draft_again_and_keeps_the_comment_until_it_is_submitted) {
    const auto submitted = move("im-01", written(), PolicyEvent::Submit);
    BOOST_TEST(refusedAs(app::editPolicy(context(), as("im-01"), submitted.ref, submitted.rev, draftOf()),
                         ErrorKind::Refused, "not-a-draft"));
    const auto back = move("tm-01", submitted, PolicyEvent::Reject, "Name the measures.");
    BOOST_TEST((back.state == PolicyState::Draft));
    BOOST_TEST(back.comment == "Name the measures.");
    const auto edited =
        must(app::editPolicy(context(), as("im-01"), back.ref, back.rev, draftOf("We measure every month.")));
    BOOST_TEST(edited.comment == "Name the measures.");
    const auto again = move("im-01", edited, PolicyEvent::Submit);
    BOOST_TEST(again.comment.empty());
    BOOST_TEST(again.text == "We measure every month.");
}

BOOST_AUTO_TEST_CASE(one_version_at_a_time_is_under_way) {
    const auto draft = written();
    BOOST_TEST(refusedAs(app::draftPolicy(context(), as("im-01"), draftOf()), ErrorKind::Refused,
                         "version-under-way"));
    BOOST_TEST(!must(app::showPolicy(context(), as("im-01"))).mayDraft);
    move("tm-01", move("im-01", draft, PolicyEvent::Submit), PolicyEvent::Approve);
    BOOST_TEST(must(app::showPolicy(context(), as("im-01"))).mayDraft);
    BOOST_TEST(!must(app::showPolicy(context(), as("tm-01"))).mayDraft);
}

BOOST_AUTO_TEST_CASE(what_is_not_approved_is_seen_by_the_two_who_work_on_it) {
    const auto draft = written();
    for (const char* account : {"im-01", "tm-01"}) BOOST_TEST(view(account, draft).ok());
    for (const char* account : {"la-01", "au-01", "po-01", "ao-01"}) {
        BOOST_TEST((view(account, draft).error().kind == ErrorKind::NotFound));
        BOOST_TEST(must(app::showPolicy(context(), as(account))).versions.empty());
    }
    for (const char* account : {"xa-01", "ad-01"}) {
        BOOST_TEST(refusedAs(app::showPolicy(context(), as(account)), ErrorKind::Forbidden, "forbidden"));
    }
}

BOOST_AUTO_TEST_CASE(only_the_manager_writes_and_nobody_supersedes_by_hand) {
    for (const char* account : {"tm-01", "la-01", "po-01", "ad-01"}) {
        BOOST_TEST(refusedAs(app::draftPolicy(context(), as(account), draftOf()), ErrorKind::Forbidden,
                             "forbidden"));
    }
    const auto version = approved();
    BOOST_TEST(refusedAs(
        app::movePolicy(context(), as("tm-01"), version.ref, version.rev, PolicyEvent::Supersede, ""),
        ErrorKind::Refused, "system-step"));
}

BOOST_AUTO_TEST_CASE(a_step_on_an_older_revision_changes_nothing) {
    const auto draft = written();
    must(app::editPolicy(context(), as("im-01"), draft.ref, draft.rev, draftOf("Another text.")));
    const auto entriesBefore = entries();
    const auto stale = app::movePolicy(context(), as("im-01"), draft.ref, draft.rev, PolicyEvent::Submit, "");
    BOOST_TEST((stale.error().kind == ErrorKind::Stale));
    BOOST_TEST(entries() == entriesBefore);
}

BOOST_AUTO_TEST_CASE(whoever_wrote_it_does_not_approve_it_after_a_change_of_role) {
    const auto submitted = move("im-01", written(), PolicyEvent::Submit);
    domain::Actor promoted = as("im-01");
    promoted.role = domain::Role::TopManagement;
    BOOST_TEST(refusedAs(
        app::movePolicy(context(), promoted, submitted.ref, submitted.rev, PolicyEvent::Approve, ""),
        ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_SUITE_END()
