#include <fstream>

#include "app/House.h"
#include "tickmark/app/Keys.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
namespace fs = std::filesystem;

namespace {

app::BundleDraft whole() { return {"IA-1", "First bundle", {}, {}}; }

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    return names;
}

fs::path objectOf(const House& house, std::string_view bytes) {
    const std::string hex = crypto::Sha256::of(bytes).hex();
    return house.root() / "archive" / "sha256" / hex.substr(0, 2) / hex;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bundles, House)

BOOST_AUTO_TEST_CASE(a_sealed_bundle_passes_with_the_root_and_its_digest_stands_in_the_ledger) {
    closed();
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    BOOST_CHECK(sealed.state == domain::BundleState::Sealed);
    BOOST_CHECK_EQUAL(sealed.files, 2);
    bundle::VerifyOptions options;
    options.anchors.certificates.push_back(context().keys->root);
    const auto report = must(bundle::verifyBundle(context().directory.bundles() / sealed.fileName, options));
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    BOOST_CHECK(report.digest == sealed.digest);
    const auto view = must(app::showBundle(context(), as("la-01"), sealed.ref));
    BOOST_CHECK_EQUAL(view.ledgerPosition, entries() - 1);
    BOOST_CHECK_EQUAL(std::string(lastEvent().facts.textAt("sha256")), sealed.digest.hex());
    BOOST_CHECK(must(app::verifyStoredBundle(context(), as("la-01"), sealed.ref)).verdict ==
                bundle::Verdict::Pass);
}

BOOST_AUTO_TEST_CASE(the_list_of_all_bundles_does_not_end_with_the_first_page) {
    closed();
    const auto first = must(app::sealBundle(context(), as("la-01"), whole()));
    must(context().database->write([&](storage::WriteSession& session) -> Result<void> {
        for (int i = 2; i <= 405; ++i) {
            domain::Bundle bundle = first;
            bundle.id = {};
            bundle.ref = domain::BundleRef("B-" + std::to_string(10'000 + i));
            ledger::Event event;
            event.at = context().now();
            event.kind = "bundle.compose";
            TM_CHECK(storage::save(session, bundle, event));
        }
        return {};
    }));
    BOOST_CHECK_EQUAL(must(app::everyBundle(context(), as("la-01"))).size(), 405U);
    BOOST_CHECK_EQUAL(must(app::everyBundle(context(), as("po-01"))).size(), 0U);
}

BOOST_AUTO_TEST_CASE(only_the_lead_of_the_audit_seals) {
    issued();
    for (const char* account : {"au-01", "tm-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::sealBundle(context(), as(account), whole()), ErrorKind::Forbidden, "forbidden"));
    }
    for (const char* account : {"la-02", "ad-01", "xa-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(
            refusedAs(app::sealBundle(context(), as(account), whole()), ErrorKind::NotFound, "not-found"));
    }
}

BOOST_AUTO_TEST_CASE(an_audit_without_an_issued_finding_has_nothing_to_seal) {
    recorded();
    BOOST_CHECK(refusedAs(app::sealBundle(context(), as("la-01"), whole()), ErrorKind::Refused, "guard"));
    BOOST_CHECK(namesIn(context().directory.bundles()).empty());
}

BOOST_AUTO_TEST_CASE(a_missing_object_refuses_the_sealing_by_name_and_leaves_nothing) {
    issued();
    fs::remove(objectOf(*this, "the log"));
    const auto before = entries();
    const auto preview = must(app::previewBundle(context(), as("la-01"), whole()));
    BOOST_REQUIRE_EQUAL(preview.missing.size(), 1U);
    const auto refused = test::refusal(app::sealBundle(context(), as("la-01"), whole()));
    BOOST_CHECK(refused.kind == ErrorKind::Damaged);
    BOOST_CHECK(test::holds(describe(refused), "E-0001/v1"));
    BOOST_CHECK(namesIn(context().directory.bundles()).empty());
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(a_damaged_object_refuses_the_sealing_by_name_and_leaves_no_file) {
    issued();
    const fs::path object = objectOf(*this, "the log");
    fs::permissions(object, fs::perms::owner_all);
    std::ofstream(object, std::ios::binary) << "THE LOG";
    const auto refused = test::refusal(app::sealBundle(context(), as("la-01"), whole()));
    BOOST_CHECK(refused.kind == ErrorKind::Damaged);
    BOOST_CHECK(test::holds(describe(refused), "E-0001"));
    BOOST_CHECK(namesIn(context().directory.bundles()).empty());
    BOOST_CHECK_EQUAL(lastEvent().kind, "bundle.seal-failed");
}

BOOST_AUTO_TEST_CASE(a_withheld_file_is_named_with_its_reason_and_not_inside) {
    issued();
    app::BundleDraft draft = whole();
    draft.withheld = {{"E-0001/v1", "personal data"}};
    const auto sealed = must(app::sealBundle(context(), as("la-01"), draft));
    BOOST_CHECK_EQUAL(sealed.files, 0);
    const auto report = must(app::verifyStoredBundle(context(), as("la-01"), sealed.ref));
    BOOST_CHECK(report.verdict == bundle::Verdict::Pass);
    BOOST_REQUIRE_EQUAL(report.withheld.size(), 1U);
    BOOST_CHECK(test::holds(report.withheld.front().text(), "personal data"));
    draft.withheld = {{"E-0099/v1", "personal data"}};
    BOOST_CHECK(
        refusedAs(app::sealBundle(context(), as("la-01"), draft), ErrorKind::Invalid, "unknown-reference"));
}

BOOST_AUTO_TEST_CASE(a_later_bundle_supersedes_an_earlier_one_once) {
    issued();
    const auto first = must(app::sealBundle(context(), as("la-01"), whole()));
    app::BundleDraft draft = whole();
    draft.supersedes = first.ref.text();
    const auto second = must(app::sealBundle(context(), as("la-01"), draft));
    BOOST_CHECK(second.ref != first.ref);
    const auto view = must(app::showBundle(context(), as("la-01"), first.ref));
    BOOST_CHECK(view.bundle.state == domain::BundleState::Superseded);
    BOOST_CHECK(
        refusedAs(app::sealBundle(context(), as("la-01"), draft), ErrorKind::Invalid, "unknown-reference"));
}

BOOST_AUTO_TEST_CASE(revoking_takes_a_lead_and_a_reason) {
    issued();
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    BOOST_CHECK(refusedAs(app::revokeBundle(context(), as("au-01"), sealed.ref, sealed.rev, "wrong"),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK_EQUAL(
        test::refusal(app::revokeBundle(context(), as("la-01"), sealed.ref, sealed.rev, "")).field, "reason");
    BOOST_CHECK(refusedAs(app::revokeBundle(context(), as("la-01"), sealed.ref, sealed.rev + 1, "wrong"),
                          ErrorKind::Stale, "stale-revision"));
    const auto revoked =
        must(app::revokeBundle(context(), as("la-01"), sealed.ref, sealed.rev, "wrong audit"));
    BOOST_CHECK(revoked.state == domain::BundleState::Revoked);
    BOOST_CHECK_EQUAL(lastEvent().kind, "bundle.revoke");
}

BOOST_AUTO_TEST_CASE(handing_a_bundle_out_is_an_event_and_a_changed_file_is_not_handed_out) {
    issued();
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    const auto file = must(app::bundleFile(context(), as("la-01"), sealed.ref));
    BOOST_CHECK_EQUAL(lastEvent().kind, "bundle.export");
    fs::permissions(file, fs::perms::owner_all);
    std::ofstream(file, std::ios::app) << "x";
    BOOST_CHECK(
        refusedAs(app::bundleFile(context(), as("la-01"), sealed.ref), ErrorKind::Damaged, "object-damaged"));
    fs::remove(file);
    BOOST_CHECK(
        refusedAs(app::bundleFile(context(), as("la-01"), sealed.ref), ErrorKind::Damaged, "object-damaged"));
}

BOOST_AUTO_TEST_CASE(a_certification_auditor_gets_a_shared_bundle_until_the_date) {
    issued();
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    BOOST_CHECK(
        refusedAs(app::bundleFile(context(), as("xa-01"), sealed.ref), ErrorKind::NotFound, "not-found"));
    must(app::shareAudit(context(), as("la-01"), domain::AuditRef("IA-1"), audit().rev, "xa-01",
                         context().today().plusDays(10)));
    BOOST_CHECK(app::bundleFile(context(), as("xa-01"), sealed.ref).ok());
    clock().set(start().plusSeconds(11 * 86'400));
    BOOST_CHECK(
        refusedAs(app::bundleFile(context(), as("xa-01"), sealed.ref), ErrorKind::NotFound, "not-found"));
}

BOOST_AUTO_TEST_CASE(a_cancelled_sealing_leaves_no_file_and_no_sealed_bundle) {
    issued();
    const auto cancel = [](std::uint64_t, std::uint64_t) { return false; };
    BOOST_CHECK(
        refusedAs(app::sealBundle(context(), as("la-01"), whole(), cancel), ErrorKind::Refused, "cancelled"));
    BOOST_CHECK(namesIn(context().directory.bundles()).empty());
    BOOST_CHECK_EQUAL(must(app::sealBundle(context(), as("la-01"), whole())).ref.text(), "B-0002");
}

BOOST_AUTO_TEST_CASE(a_file_that_a_crash_left_before_its_entry_is_removed_at_the_next_start) {
    issued();
    const auto cancel = [](std::uint64_t, std::uint64_t) { return false; };
    static_cast<void>(app::sealBundle(context(), as("la-01"), whole(), cancel));
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    std::ofstream(context().directory.bundles() / "B-0001.evidence.zip") << "unfinished";
    close();
    open();
    BOOST_REQUIRE_EQUAL(namesIn(context().directory.bundles()).size(), 1U);
    BOOST_CHECK_EQUAL(namesIn(context().directory.bundles()).front(), sealed.fileName);
}

BOOST_AUTO_TEST_CASE(drafts_stay_inside_the_house) {
    issued();
    app::FindingDraft secret = draft();
    secret.title = "Not yet issued and nobody's business";
    must(app::recordFinding(context(), as("au-01"), secret));
    const auto sealed = must(app::sealBundle(context(), as("la-01"), whole()));
    const auto report = must(app::verifyStoredBundle(context(), as("la-01"), sealed.ref));
    BOOST_CHECK_EQUAL(report.findings, 1);
}

BOOST_AUTO_TEST_CASE(a_signers_key_opens_with_its_passphrase_only_and_an_earlier_one_is_kept) {
    const Secret authority("ca-passphrase-long");
    const Secret own("the-signers-own-words");
    BOOST_CHECK(refusedAs(app::issueSignerKey(context(), as("la-01"), "la-01", {}, authority, own),
                          ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(app::issueSignerKey(context(), as("ad-01"), "po-01", {}, authority, own),
                          ErrorKind::Refused, "role"));
    BOOST_CHECK(refusedAs(app::issueSignerKey(context(), as("ad-01"), "la-01", {}, Secret("wrong"), own),
                          ErrorKind::Refused, "passphrase"));
    const auto first = must(app::issueSignerKey(context(), as("ad-01"), "la-01", {}, authority, own));
    BOOST_CHECK_EQUAL(lastEvent().kind, "key.issue");
    const auto second = must(app::issueSignerKey(context(), as("ad-01"), "la-01", {}, authority, own));
    const auto keys = must(app::listSignerKeys(context(), as("ad-01")));
    BOOST_REQUIRE_EQUAL(keys.size(), 2U);
    BOOST_CHECK_EQUAL(keys[0].account, "la-01");
    BOOST_CHECK_EQUAL(keys[1].account, "la-01");
    BOOST_CHECK(
        refusedAs(app::openSignerKey(context(), "la-01", Secret("wrong")), ErrorKind::Refused, "passphrase"));
    BOOST_CHECK(must(app::openSignerKey(context(), "la-01", own)).certificate().fingerprint() ==
                second.fingerprint);
    BOOST_CHECK(first.fingerprint != second.fingerprint);
}

BOOST_AUTO_TEST_SUITE_END()
