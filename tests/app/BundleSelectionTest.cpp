#include <fstream>
#include <sstream>

#include "app/House.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/Kpis.h"
#include "tickmark/app/Lists.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusal;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

/// A house with two issued findings, F-0001 with E-0001 and F-0002 with E-0002.
class TwoFindings : public House {
  public:
    TwoFindings() {
        issued();
        issued();
    }

    [[nodiscard]] Result<domain::Bundle> trySeal(const app::BundleDraft& draft) const {
        return app::sealBundle(context(), as("la-01"), draft);
    }
    [[nodiscard]] domain::Bundle seal(const app::BundleDraft& draft) const { return must(trySeal(draft)); }

    /// The file's bytes: nothing in it is packed, so what it says can be looked for.
    [[nodiscard]] std::string bytesOf(const domain::Bundle& bundle) const {
        std::ostringstream text;
        text << std::ifstream(context().directory.bundles() / bundle.fileName, std::ios::binary).rdbuf();
        return text.str();
    }
    [[nodiscard]] bundle::Report verified(const domain::Bundle& bundle) const {
        return must(app::verifyStoredBundle(context(), as("la-01"), bundle.ref));
    }
};

app::BundleDraft whole() {
    app::BundleDraft draft;
    draft.audit = "IA-1";
    return draft;
}

app::BundleDraft since(const domain::Bundle& bundle) {
    app::BundleDraft draft = whole();
    draft.since = bundle.ref.text();
    return draft;
}

app::BundleDraft only(std::vector<std::string> findings) {
    app::BundleDraft draft = whole();
    draft.findings = std::move(findings);
    return draft;
}

using Texts = std::vector<std::string>;

/// An item for F-0001 that moves K-0001, which is measured from E-0003/v1.
class Measured {
  public:
    explicit Measured(TwoFindings& house) : m_house(house) {
        app::KpiDraft kpi;
        kpi.name = "Incidents";
        kpi.unit = "incidents";
        kpi.rule = domain::MeasurementRule{};
        m_kpi = must(app::defineKpi(house.context(), house.as("im-01"), kpi)).ref;
        house.give("au-01", House::toAudit("incidents.csv"), "number\r\nI1\r\nI2\r\n");
        again();
        const auto finding = house.finding(domain::FindingRef("F-0001"));
        const auto item =
            must(app::improveFinding(house.context(), house.as("la-01"), finding.ref, finding.rev));
        app::ImprovementDraft draft;
        draft.source = item.source;
        draft.sourceRef = item.sourceRef;
        draft.title = item.title;
        draft.kpi = m_kpi.text();
        must(app::editImprovement(house.context(), house.as("im-01"), item.ref, item.rev, draft));
    }
    void again() const {
        must(app::computeSeries(m_house.context(), m_house.as("im-01"), m_kpi, "E-0003/v1", {}, ""));
    }

  private:
    TwoFindings& m_house;
    domain::KpiRef m_kpi{};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundle_selection, TwoFindings)

BOOST_AUTO_TEST_CASE(a_bundle_of_the_whole_audit_says_so_and_holds_every_finding) {
    const auto sealed = seal(whole());
    BOOST_CHECK(sealed.selection == domain::BundleSelection{});
    BOOST_CHECK(sealed.snapshotSize > 0);
    BOOST_CHECK_EQUAL(verified(sealed).findings, 2);
    BOOST_CHECK(test::holds(bytesOf(sealed), R"("selection":{"kind":"audit"})"));
}

BOOST_AUTO_TEST_CASE(a_bundle_of_one_finding_speaks_of_no_other) {
    const auto sealed = seal(only({"F-0002"}));
    BOOST_CHECK(sealed.selection.kind == domain::SelectionKind::Findings);
    BOOST_CHECK(sealed.selection.findings == Texts{"F-0002"});
    BOOST_CHECK_EQUAL(sealed.files, 1);
    const std::string bytes = bytesOf(sealed);
    BOOST_CHECK(test::holds(bytes, R"("selection":{"findings":["F-0002"],"kind":"findings"})"));
    BOOST_CHECK(!test::holds(bytes, "F-0001"));
    BOOST_CHECK(!test::holds(bytes, "E-0001"));
    BOOST_CHECK(verified(sealed).verdict == bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(a_finding_named_twice_is_in_the_bundle_once) {
    const auto sealed = seal(only({"F-0002", "F-0001", "F-0002"}));
    BOOST_CHECK(sealed.selection.findings == (Texts{"F-0001", "F-0002"}));
    BOOST_CHECK_EQUAL(verified(sealed).findings, 2);
}

BOOST_AUTO_TEST_CASE(a_finding_that_is_not_of_the_audit_is_refused_by_name) {
    const auto unknown = refusal(trySeal(only({"F-0001", "F-0099"})));
    BOOST_CHECK(unknown.kind == ErrorKind::Invalid);
    BOOST_CHECK_EQUAL(unknown.field, "findings");
    BOOST_CHECK(test::holds(describe(unknown), "F-0099"));
    BOOST_CHECK(test::holds(describe(unknown), "IA-1"));

    domain::Audit other;
    other.ref = domain::AuditRef("IA-2");
    other.title = "Another audit";
    other.catalog = "iso20000-1";
    other.team = {{as("la-01").id, true, "none"}, {as("au-01").id, false, "none"}};
    const auto made = must(app::createAudit(context(), as("la-01"), other));
    must(app::changeAuditState(context(), as("la-01"), made.ref, made.rev, domain::AuditEvent::StartFieldwork,
                               {}));
    app::FindingDraft strange = draft();
    strange.audit = "IA-2";
    const auto elsewhere = must(app::recordFinding(context(), as("au-01"), strange));
    const auto refused = refusal(trySeal(only({elsewhere.ref.text()})));
    BOOST_CHECK_EQUAL(refused.type, "unknown-reference");
    BOOST_CHECK(!test::holds(describe(refused), "IA-2"));
}

BOOST_AUTO_TEST_CASE(a_draft_cannot_be_named) {
    const auto inside = recorded();
    const auto refused = refusal(trySeal(only({inside.ref.text()})));
    BOOST_CHECK_EQUAL(refused.type, "unknown-reference");
    BOOST_CHECK(test::holds(describe(refused), "not issued"));
}

BOOST_AUTO_TEST_CASE(named_findings_and_a_delta_exclude_each_other) {
    app::BundleDraft both = since(seal(whole()));
    both.findings = {"F-0001"};
    BOOST_CHECK(refusedAs(trySeal(both), ErrorKind::Invalid, "selection"));
}

BOOST_AUTO_TEST_CASE(a_delta_holds_what_changed_and_names_the_rest) {
    const auto first = seal(whole());
    must(app::saveResponse(context(), as("po-01"), domain::FindingRef("F-0002"),
                           finding(domain::FindingRef("F-0002")).rev, response()));
    const auto second = seal(since(first));
    const domain::BundleSelection& chosen = second.selection;
    BOOST_CHECK(chosen.kind == domain::SelectionKind::Delta);
    BOOST_CHECK(chosen.findings == Texts{"F-0002"});
    BOOST_CHECK(chosen.unchanged == Texts{"F-0001"});
    BOOST_CHECK(chosen.since == first.ref);
    BOOST_CHECK(chosen.sinceDigest == first.digest);
    BOOST_CHECK(chosen.sinceLogSize > first.snapshotSize);
    BOOST_CHECK(verified(second).verdict == bundle::Verdict::Pass);
    BOOST_CHECK_EQUAL(verified(second).findings, 1);
    BOOST_CHECK(test::holds(bytesOf(second), R"("since":{"bundle":"B-0001","log_size":)" +
                                                 std::to_string(chosen.sinceLogSize) + R"(,"sha256":")" +
                                                 first.digest.hex()));
}

BOOST_AUTO_TEST_CASE(an_action_and_a_file_of_an_action_change_their_finding) {
    step("la-01", domain::FindingRef("F-0001"), domain::FindingEvent::Withdraw, "seen twice");
    const auto open = planAccepted();  // F-0003
    const auto first = seal(whole());
    const auto mine = must(app::showFinding(context(), as("la-01"), open.ref)).actions.front();
    actionStep("la-01", mine.ref, domain::ActionEvent::Approve);
    BOOST_CHECK(seal(since(first)).selection.findings == Texts{open.ref.text()});
    actionStep("ao-01", mine.ref, domain::ActionEvent::Start);
    const auto third = seal(whole());
    app::EvidenceInput input;
    input.action = mine.ref.text();
    input.fileName = "record.txt";
    give("ao-01", input, "the record");
    BOOST_CHECK(seal(since(third)).selection.findings == Texts{open.ref.text()});
}

BOOST_AUTO_TEST_CASE(the_improvements_of_a_finding_and_their_measurements_are_in_its_bundle) {
    const Measured measured(*this);
    const auto sealed = seal(only({"F-0001"}));
    const std::string bytes = bytesOf(sealed);
    for (const char* text : {R"("improvements":[{)", R"("finding":"F-0001","kpi":"K-0001")", "data/kpis.json",
                             R"("evidence":"E-0003/v1","evidence_sha256":")", R"("kind":"kpi.compute")",
                             R"("kind":"improvement.record")"}) {
        BOOST_CHECK_MESSAGE(test::holds(bytes, text), text);
    }
    BOOST_CHECK_EQUAL(sealed.files, 2);
    BOOST_CHECK(verified(sealed).verdict == bundle::Verdict::Pass);
    const auto other = seal(only({"F-0002"}));
    BOOST_CHECK(!test::holds(bytesOf(other), "II-0001"));
    BOOST_CHECK(!test::holds(bytesOf(other), "data/kpis.json"));
    BOOST_CHECK(verified(other).verdict == bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(what_a_measurement_was_made_from_can_be_withheld_with_a_reason) {
    const Measured measured(*this);
    app::BundleDraft draft = only({"F-0001"});
    draft.withheld = {{"E-0003/v1", "personal data"}};
    const auto sealed = seal(draft);
    BOOST_CHECK_EQUAL(sealed.files, 1);
    const auto report = verified(sealed);
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    BOOST_REQUIRE_EQUAL(report.withheld.size(), 1U);
    BOOST_CHECK_EQUAL(report.withheld.front().version, "E-0003/v1");
}

BOOST_AUTO_TEST_CASE(a_changed_item_and_a_new_measurement_change_the_finding_they_answer) {
    const Measured measured(*this);
    const auto first = seal(whole());
    BOOST_CHECK(refusedAs(trySeal(since(first)), ErrorKind::Refused, "nothing-changed"));
    measured.again();
    const auto second = seal(since(first));
    BOOST_CHECK(second.selection.findings == Texts{"F-0001"});
    BOOST_CHECK(second.selection.unchanged == Texts{"F-0002"});
    BOOST_CHECK(verified(second).verdict == bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(reading_a_file_and_sealing_are_no_change) {
    const auto first = seal(whole());
    must(app::downloadEvidence(context(), as("la-01"), {domain::EvidenceRef("E-0001"), 1}));
    const auto refused = refusal(trySeal(since(first)));
    BOOST_CHECK(refused.kind == ErrorKind::Refused);
    BOOST_CHECK_EQUAL(refused.type, "nothing-changed");
    BOOST_CHECK(test::holds(describe(refused), "B-0001"));
}

BOOST_AUTO_TEST_CASE(a_delta_needs_a_bundle_of_the_same_audit_that_stands) {
    app::BundleDraft draft = whole();
    draft.since = "B-0001";
    BOOST_CHECK_EQUAL(refusal(trySeal(draft)).field, "since");
    const auto first = seal(whole());
    must(app::revokeBundle(context(), as("la-01"), first.ref, first.rev, "wrong file"));
    const auto refused = refusal(trySeal(draft));
    BOOST_CHECK_EQUAL(refused.type, "unknown-reference");
    BOOST_CHECK(test::holds(describe(refused), "revoked"));
}

BOOST_AUTO_TEST_CASE(the_audits_own_file_is_in_the_whole_audit_only) {
    const auto plan = give("au-01", toAudit("plan.pdf"), "the plan of the audit");
    const auto sealed = seal(whole());
    BOOST_CHECK_EQUAL(sealed.files, 3);
    BOOST_CHECK(test::holds(bytesOf(sealed), "data/evidence/audit/E-0003.v1.plan.pdf"));
    BOOST_CHECK(verified(sealed).verdict == bundle::Verdict::Pass);
    BOOST_CHECK(!test::holds(bytesOf(seal(only({"F-0001"}))), "E-0003"));
    BOOST_CHECK(refusedAs(trySeal(since(sealed)), ErrorKind::Refused, "nothing-changed"));
    app::EvidenceInput next = toAudit("plan-2.pdf");
    next.evidence = plan.version.ref.text();
    give("au-01", next, "the plan, changed");
    const auto delta = seal(since(sealed));
    BOOST_CHECK(delta.selection.findings.empty());
    BOOST_CHECK(test::holds(bytesOf(delta), "data/evidence/audit/E-0003.v2.plan-2.pdf"));
    BOOST_CHECK(verified(delta).verdict == bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(a_file_of_a_draft_stays_inside) {
    recorded();  // F-0003 with E-0003
    BOOST_CHECK(!test::holds(bytesOf(seal(whole())), "E-0003"));
}

BOOST_AUTO_TEST_CASE(a_redacted_copy_stands_for_its_original_which_is_listed_and_withheld) {
    app::EvidenceInput copy;
    copy.finding = "F-0001";
    copy.fileName = "log-redacted.txt";
    copy.redactionOf = "E-0001/v1";
    const auto given = give("au-01", copy, "the ***");
    const auto sealed = seal(only({"F-0001"}));
    BOOST_REQUIRE_EQUAL(sealed.withheld.size(), 1U);
    BOOST_CHECK(test::holds(sealed.withheld.front().reason, app::versionName(given.version)));
    const std::string bytes = bytesOf(sealed);
    const auto original = objects();
    BOOST_CHECK(test::holds(bytes, R"("redaction_of":"E-0001/v1","redaction_of_sha256":")"));
    BOOST_CHECK(!test::holds(bytes, "E-0001.v1.log.txt"));
    const auto report = verified(sealed);
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    BOOST_CHECK_EQUAL(report.withheld.size(), 1U);
}

BOOST_AUTO_TEST_CASE(a_superseding_bundle_names_the_one_before_with_its_digest) {
    const auto first = seal(whole());
    app::BundleDraft draft = whole();
    draft.supersedes = first.ref.text();
    const auto second = seal(draft);
    BOOST_CHECK(second.supersedesDigest == first.digest);
    BOOST_CHECK(test::holds(bytesOf(second),
                            R"("supersedes":{"bundle":"B-0001","sha256":")" + first.digest.hex() + "\""));
    BOOST_CHECK(must(app::showBundle(context(), as("la-01"), first.ref)).bundle.state ==
                domain::BundleState::Superseded);
    BOOST_CHECK(trySeal(since(first)).error().type == "nothing-changed");
}

BOOST_AUTO_TEST_CASE(a_preview_says_what_would_be_selected) {
    const auto first = seal(whole());
    must(app::saveResponse(context(), as("po-01"), domain::FindingRef("F-0001"),
                           finding(domain::FindingRef("F-0001")).rev, response()));
    const auto preview = must(app::previewBundle(context(), as("la-01"), since(first)));
    BOOST_CHECK_EQUAL(preview.findings, 1);
    BOOST_CHECK(preview.selection.findings == Texts{"F-0001"});
    BOOST_CHECK(preview.selection.unchanged == Texts{"F-0002"});
}

BOOST_AUTO_TEST_SUITE_END()
