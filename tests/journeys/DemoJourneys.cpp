// The four journeys of the architecture on the demonstration's data, through the use cases.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "support/FailingStream.h"
#include "support/Outcome.h"
#include "tickmark/app/Accounts.h"
#include "tickmark/app/Actions.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/Bundles.h"
#include "tickmark/app/Demo.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Findings.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Initialise.h"
#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Lessons.h"
#include "tickmark/app/Lists.h"
#include "tickmark/app/Maintenance.h"
#include "tickmark/app/Objectives.h"
#include "tickmark/app/Policy.h"
#include "tickmark/app/Reviews.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/storage/Bundles.h"
#include "tickmark/storage/Findings.h"

using namespace tickmark;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

constexpr const char* serviceDesk = "IA-2022-03";

/// The demonstration, loaded once for all journeys; each of them goes on where its own finding stands.
class Demonstration {
  public:
    Demonstration() {
        std::string pattern = (fs::temp_directory_path() / "tickmark-journey-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder = pattern;
        clock = std::make_shared<SetClock>(must(Timestamp::parse("2026-03-02T09:00:00Z")));
        must(app::initialise({folder / "data", "Demonstration", {}, {}, "admin"}, *clock));
        context = must(app::openContext(folder / "data", app::OpenMode::ReadWrite, clock));
        outcome = must(app::loadDemo(*context, [](const std::string&) {}));
        for (const auto& account : outcome.accounts) {
            actors[account.account] = must(app::actorForCommand(*context, account.account));
        }
    }
    Demonstration(const Demonstration&) = delete;
    Demonstration& operator=(const Demonstration&) = delete;
    ~Demonstration() {
        context.reset();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }

    [[nodiscard]] domain::Actor as(const std::string& account) const { return actors.at(account); }
    [[nodiscard]] app::FindingView view(const domain::FindingRef& ref) const {
        return must(app::showFinding(*context, as("la-01"), ref));
    }
    domain::Finding step(const std::string& account, const domain::FindingRef& ref,
                         domain::FindingEvent event, const std::string& reason = {}) const {
        return must(
            app::changeFindingState(*context, as(account), ref, view(ref).finding.rev, event, reason));
    }
    void act(const std::string& account, const domain::ActionRef& ref, domain::ActionEvent event,
             const std::string& reason = {}) const {
        const auto shown = must(app::showAction(*context, as("la-01"), ref));
        must(app::changeActionState(*context, as(account), ref, shown.action.rev, event, reason));
    }
    app::Receipt give(const std::string& account, app::EvidenceInput input, std::string_view bytes) const {
        MemorySource source(viewOf(bytes));
        return must(app::recordEvidence(*context, as(account), input, source));
    }
    /// The audit that a finding in that state belongs to, and that finding.
    [[nodiscard]] domain::FindingRef findingIn(domain::FindingState state, domain::FindingKind kind) const {
        storage::FindingFilter filter;
        filter.states = {state};
        const auto page = must(context->database->read([&](storage::ReadSession& session) {
            return storage::listFindings(session, storage::everything(), filter, {200, {}});
        }));
        for (const auto& row : page.rows) {
            const auto* scheme = domain::findingClass(row.classCode);
            if (scheme != nullptr && scheme->kind == kind) return domain::FindingRef(row.ref);
        }
        BOOST_FAIL("the demonstration has no finding in that state");
        return domain::FindingRef("none");
    }

    fs::path folder{};
    std::shared_ptr<SetClock> clock{};
    std::unique_ptr<app::Context> context{};
    app::DemoOutcome outcome{};
    std::map<std::string, domain::Actor> actors{};
};

Demonstration& demo() {
    static Demonstration loaded;
    return loaded;
}

bundle::Report verify(const fs::path& file) {
    bundle::VerifyOptions options;
    options.anchors.certificates.push_back(demo().context->keys->root);
    return must(bundle::verifyBundle(file, options));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journeys)

BOOST_AUTO_TEST_CASE(the_demonstration_is_loaded_whole_and_agrees_with_its_ledger) {
    BOOST_CHECK_EQUAL(demo().outcome.audits, 61);
    BOOST_CHECK_EQUAL(demo().outcome.findings, 95);
    BOOST_CHECK_EQUAL(demo().outcome.plans + static_cast<std::int64_t>(demo().outcome.leftOut.size()), 90);
    const auto outcome = must(app::check(*demo().context, true));
    for (const auto& problem : outcome.problems)
        BOOST_ERROR(problem.code + " " + problem.subject + " " + problem.message);
    BOOST_CHECK(refusedAs(app::loadDemo(*demo().context, [](const std::string&) {}), ErrorKind::Refused,
                          "demo-loaded"));
}

BOOST_AUTO_TEST_CASE(the_register_has_items_at_every_step_and_one_that_began_a_second_round) {
    const auto at = [](int number) {
        const domain::ImprovementRef ref("II-000" + std::to_string(number));
        return must(app::showImprovement(*demo().context, demo().as("im-01"), ref)).item;
    };
    std::set<domain::ImprovementState> states;
    for (int number = 1; number <= 9; ++number) states.insert(at(number).state);
    using State = domain::ImprovementState;
    for (const State state :
         {State::Identified, State::GoalsSet, State::Analysed, State::Planned, State::Implementing,
          State::Evaluating, State::Standardised, State::Closed, State::Rejected}) {
        BOOST_CHECK_MESSAGE(states.contains(state), "no item is " << domain::toText(state));
    }
    BOOST_CHECK(at(1).state == State::Planned);
    BOOST_CHECK_EQUAL(at(1).round, 2);
}

BOOST_AUTO_TEST_CASE(the_policy_holds_in_its_second_version_and_items_serve_three_objectives) {
    Demonstration& d = demo();
    const auto policy = must(app::showPolicy(*d.context, d.as("ao-01")));
    BOOST_REQUIRE(policy.inForce.has_value());
    BOOST_CHECK_EQUAL(policy.inForce->version, 2);
    BOOST_CHECK_EQUAL(policy.versions.size(), 2U);
    BOOST_CHECK(policy.versions.back().state == domain::PolicyState::Superseded);
    const auto objectives = must(app::listObjectives(*d.context, d.as("po-01"), {}, {}));
    BOOST_REQUIRE_EQUAL(objectives.lines.size(), 3U);
    for (const auto& line : objectives.lines) {
        BOOST_TEST_CONTEXT(line.row.objective.title) {
            BOOST_CHECK(line.row.objective.state == domain::ObjectiveState::Approved);
            BOOST_CHECK(line.progress.has_value());
            BOOST_CHECK_GE(line.row.items, 2);
        }
    }
    const auto loose = must(d.context->database->read([&](storage::ReadSession& session) {
        storage::ImprovementFilter filter;
        filter.servesNone = true;
        return storage::listImprovements(session, storage::everything(), filter, {});
    }));
    const auto named = std::count_if(loose.rows.begin(), loose.rows.end(), [](const auto& row) {
        return row.title == "Name the configuration item before closing";
    });
    BOOST_CHECK_EQUAL(named, 1);
}

BOOST_AUTO_TEST_CASE(the_closed_item_left_a_lesson_and_a_missed_target_another_that_similar_work_is_offered) {
    const auto lessons = must(app::listLessons(*demo().context, demo().as("im-01"), {}, {})).rows;
    BOOST_REQUIRE_EQUAL(lessons.size(), 2U);
    BOOST_CHECK(lessons[1].kind == domain::LessonKind::Success);
    BOOST_CHECK(lessons[1].improvement.stored());
    BOOST_CHECK(lessons[0].kind == domain::LessonKind::Failure);
    app::LessonQuestion question;
    question.matter = {"Look at the queue", {{"Incident management"}, {}, {}, {}}};
    const auto offered = must(app::offerLessons(*demo().context, demo().as("po-01"), question));
    BOOST_REQUIRE(!offered.empty());
    BOOST_CHECK(offered.front().lesson.ref == lessons[1].ref);
}

BOOST_AUTO_TEST_CASE(journey_1_an_evidence_file_arrives_and_the_giver_holds_a_provable_receipt) {
    const auto ref = demo().findingIn(domain::FindingState::Issued, domain::FindingKind::Nonconformity);
    const auto owner = demo().view(ref).finding.owner == demo().as("po-01").id ? "po-01" : "po-02";
    app::EvidenceInput input;
    input.finding = ref.text();
    input.fileName = "exported.csv";
    const std::string bytes = "incident,closed\nINC0000045,2017-02-03\n";
    input.declaredSize = bytes.size();
    input.declaredDigest = crypto::Sha256::of(std::string_view(bytes));
    const auto receipt = demo().give(owner, input, bytes);
    // The receipt's position is proved under a checkpoint that anybody with the ledger's key can check.
    const auto lines =
        must(app::listLedger(*demo().context, demo().as("la-01"), receipt.version.ledgerPosition, 1));
    BOOST_REQUIRE_EQUAL(lines.size(), 1U);
    BOOST_CHECK(test::holds(lines.front().leaf, receipt.version.digest.hex()));
    const auto proof =
        must(app::proveEntry(*demo().context, demo().as("la-01"), receipt.version.ledgerPosition));
    const auto head = must(ledger::openCheckpoint(proof.checkpoint, demo().context->keys->ledgerPublic));
    BOOST_CHECK(ledger::inclusionHolds(proof.index, head.size, ledger::leafHash(lines.front().leaf),
                                       proof.path, head.root));
    // Who handed it over reads it back unchanged.
    auto download = must(app::downloadEvidence(*demo().context, demo().as(owner), {receipt.version.ref, 1}));
    BOOST_CHECK_EQUAL(std::string(textOf(test::takeAll(*download.bytes))), bytes);
}

BOOST_AUTO_TEST_CASE(journey_1_an_upload_that_breaks_off_leaves_no_row_and_no_object) {
    const auto before = must(app::check(*demo().context, false));
    app::EvidenceInput input;
    input.audit = serviceDesk;
    input.fileName = "broken.bin";
    input.declaredSize = 5'000'000;
    test::PatternSource whole(5'000'000);
    test::FailingSource broken(whole, 3'000'000);
    BOOST_CHECK(refusedAs(app::recordEvidence(*demo().context, demo().as("au-02"), input, broken),
                          ErrorKind::Environment, "injected-fault"));
    const auto after = must(app::check(*demo().context, false));
    BOOST_CHECK_EQUAL(after.objects, before.objects);
    BOOST_CHECK_EQUAL(after.rows, before.rows);
    BOOST_CHECK_EQUAL(after.entries, before.entries);
}

BOOST_AUTO_TEST_CASE(journey_2_a_finding_goes_from_its_draft_to_closed_through_every_hand) {
    auto& d = demo();
    app::EvidenceInput log;
    log.audit = serviceDesk;
    log.fileName = "sample.txt";
    const auto seen = d.give("au-02", log, "Ten incidents were sampled.");
    app::FindingDraft draft;
    draft.audit = serviceDesk;
    draft.title = "Resolution not confirmed by the user";
    draft.clauses = {"8.6.1"};
    draft.requirement = "Users confirm the resolution before an incident is closed.";
    draft.objectiveEvidence = "Three of ten sampled incidents were closed without.";
    draft.nature = "A required step is missing.";
    draft.owner = "po-01";
    draft.evidence = {app::versionName(seen.version)};
    const auto ref = must(app::recordFinding(*d.context, d.as("au-02"), draft)).ref;
    BOOST_CHECK(
        refusedAs(app::showFinding(*d.context, d.as("po-01"), ref), ErrorKind::NotFound, "not-found"));
    d.step("la-01", ref, domain::FindingEvent::Issue);

    domain::Response response;
    response.correction = "The three users were asked.";
    response.extent = "All incidents of the month were looked at.";
    response.causeMethod = "five whys";
    response.rootCauses = {{"RC-1", "The tool closes incidents by itself."}};
    must(app::saveResponse(*d.context, d.as("po-01"), ref, d.view(ref).finding.rev, response));
    BOOST_CHECK(refusedAs(app::changeFindingState(*d.context, d.as("po-01"), ref, d.view(ref).finding.rev,
                                                  domain::FindingEvent::Respond, {}),
                          ErrorKind::Refused, "guard"));
    app::ActionDraft plan;
    plan.finding = ref.text();
    plan.title = "Turn the automatic closing off";
    plan.rootCause = "RC-1";
    plan.owner = "ao-01";
    plan.due = d.context->today().plusDays(30);
    const auto action = must(app::planAction(*d.context, d.as("po-01"), plan));
    d.step("po-01", ref, domain::FindingEvent::Respond);
    d.step("au-02", ref, domain::FindingEvent::Return, "The extent leaves out the night shift.");
    response.extent = "All incidents of the month, the night shift included, were looked at.";
    must(app::saveResponse(*d.context, d.as("po-01"), ref, d.view(ref).finding.rev, response));
    d.step("po-01", ref, domain::FindingEvent::Respond);
    d.step("la-01", ref, domain::FindingEvent::AcceptPlan);

    d.act("la-01", action.ref, domain::ActionEvent::Approve);
    d.act("ao-01", action.ref, domain::ActionEvent::Start);
    app::EvidenceInput record;
    record.action = action.ref.text();
    record.fileName = "settings.txt";
    d.give("ao-01", record, "auto_close = off");
    d.act("ao-01", action.ref, domain::ActionEvent::ReportDone);
    d.step("po-01", ref, domain::FindingEvent::ReportImplemented);
    d.step("au-02", ref, domain::FindingEvent::Verify, "The setting was seen.");
    domain::EffectivenessCheck check;
    check.criterion = "No incident closed without confirmation in four weeks";
    check.verdict = domain::EffectivenessVerdict::Effective;
    must(app::saveEffectivenessCheck(*d.context, d.as("la-01"), ref, d.view(ref).finding.rev, check));
    const auto closed = d.step("la-01", ref, domain::FindingEvent::Close);
    BOOST_CHECK(closed.state == domain::FindingState::Closed);
    BOOST_CHECK_EQUAL(closed.responses.size(), 2U);
    BOOST_CHECK(d.view(ref).history.size() >= 14);
    BOOST_CHECK(must(app::check(*d.context, false)).problems.empty());
}

BOOST_AUTO_TEST_CASE(journey_3_and_4_a_bundle_is_sealed_handed_out_and_verified_without_the_house) {
    auto& d = demo();
    const auto sealed = must(app::sealBundle(*d.context, d.as("la-01"), {serviceDesk, {}, {}, {}}));
    BOOST_CHECK(sealed.files >= 1);
    // The certification auditor, for whom the audit was shared, carries it away.
    const fs::path file = must(app::bundleFile(*d.context, d.as("xa-01"), sealed.ref));
    const fs::path carried = d.folder / "carried.evidence.zip";
    fs::copy_file(file, carried);
    const auto report = verify(carried);
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    for (const auto statement : {bundle::Statement::Intact, bundle::Statement::Authentic,
                                 bundle::Statement::Complete, bundle::Statement::InTheLog}) {
        BOOST_CHECK(report.statusOf(statement) == bundle::CheckStatus::Passed);
    }
    BOOST_CHECK_EQUAL(report.auditRef, serviceDesk);
    // Without an anchor it is intact but nobody said whom to trust.
    BOOST_CHECK(must(bundle::verifyBundle(carried, {})).verdict == bundle::Verdict::Indeterminate);
    const auto finding =
        must(app::showFinding(*d.context, d.as("la-01"), domain::FindingRef("IA-2022-03-02")));
    const auto& places = finding.finding.responses.back().extentPlaces;
    BOOST_REQUIRE_EQUAL(places.size(), 2U);
    BOOST_CHECK_EQUAL(places[1].found, 30);
    BOOST_CHECK(!places[1].answer.empty());
    const auto& checks = report.checks;
    const auto measured = std::find_if(checks.begin(), checks.end(),
                                       [](const bundle::Check& check) { return check.code == "E85"; });
    BOOST_REQUIRE(measured != checks.end());
    BOOST_CHECK_MESSAGE(measured->reason.find("series of measurements") != std::string::npos,
                        "the bundle carries no measurement of an improvement");
}

BOOST_AUTO_TEST_CASE(journey_4_a_bundle_with_any_one_byte_changed_is_refused) {
    auto& d = demo();
    const auto sealed = must(app::sealBundle(*d.context, d.as("la-01"), {"SA-2022-240680", {}, {}, {}}));
    const std::string whole =
        must(archive::readSmallFile(d.context->directory.bundles() / sealed.fileName, 64U << 20U));
    const fs::path changed = d.folder / "changed.evidence.zip";
    // Every 97th byte: a prime that meets every entry, each of its headers and the directory at the end.
    for (std::size_t at = 0; at < whole.size(); at += 97) {
        std::string bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ 0x20);
        std::ofstream(changed, std::ios::binary | std::ios::trunc) << bytes;
        BOOST_REQUIRE_MESSAGE(verify(changed).verdict != bundle::Verdict::Pass, at);
    }
    std::ofstream(changed, std::ios::binary | std::ios::trunc) << whole;
    BOOST_CHECK(verify(changed).verdict == bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(
    the_demonstration_has_an_approved_review_whose_decision_is_followed_up_and_minutes_seal) {
    auto& d = demo();
    const domain::ReviewRef ref("MR-0001");
    const auto view = must(app::showReview(*d.context, d.as("tm-01"), ref));
    BOOST_CHECK(view.review.state == domain::ReviewState::Approved);
    BOOST_CHECK(view.review.inputs.find("K-0001") != std::string::npos);
    BOOST_CHECK_EQUAL(view.review.decisions.size(), 2U);
    const auto& item = view.review.decisions.front().item;
    const auto shown = must(app::showImprovement(*d.context, d.as("im-01"), domain::ImprovementRef(item)));
    BOOST_CHECK_EQUAL(shown.item.sourceRef, "MR-0001");
    must(app::sealReview(*d.context, d.as("im-01"), ref, view.review.rev));
    const auto report = verify(must(app::reviewFile(*d.context, d.as("la-01"), ref)));
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    for (const auto statement : {bundle::Statement::Intact, bundle::Statement::Authentic,
                                 bundle::Statement::Complete, bundle::Statement::InTheLog}) {
        BOOST_CHECK(report.statusOf(statement) == bundle::CheckStatus::Passed);
    }
}

BOOST_AUTO_TEST_SUITE_END()
