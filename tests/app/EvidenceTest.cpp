#include <fstream>

#include "app/House.h"
#include "support/FailingStream.h"
#include "tickmark/crypto/Sha256.h"

using namespace tickmark;
using domain::EvidenceEvent;
using domain::EvidenceState;
using test::House;
using test::must;
using test::refusedAs;

namespace {

std::filesystem::path objectPath(const House& house, const Digest& digest) {
    return house.root() / "archive" / "sha256" / digest.hex().substr(0, 2) / digest.hex();
}

void damage(const std::filesystem::path& file) {
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.put('X');
}

std::string readAll(ByteSource& source) {
    MemorySink sink;
    must(copyAll(source, sink));
    return std::string(textOf(sink.bytes()));
}

app::VersionName nameOf(const app::Receipt& receipt) { return {receipt.version.ref, receipt.version.number}; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(evidence, House)

BOOST_AUTO_TEST_CASE(a_receipt_states_digest_size_time_and_ledger_position) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    BOOST_CHECK(receipt.version.digest == crypto::Sha256::of(std::string_view("the log")));
    BOOST_CHECK_EQUAL(receipt.version.size, 7U);
    BOOST_CHECK(receipt.version.receivedAt == start());
    BOOST_CHECK_EQUAL(receipt.receivedBy, "au-01");
    BOOST_CHECK_EQUAL(receipt.answers, "IA-1");
    BOOST_CHECK(test::holds(receipt.checkpoint, context().settings.logOrigin));
    BOOST_CHECK_EQUAL(receipt.version.ledgerPosition, entries() - 1);
    const auto event = lastEvent();
    BOOST_CHECK_EQUAL(event.kind, "evidence.receive");
    BOOST_CHECK_EQUAL(std::string(event.facts.textAt("sha256")), receipt.version.digest.hex());
    const auto again = must(app::showReceipt(context(), as("au-01"), nameOf(receipt)));
    BOOST_CHECK(again.version == receipt.version);
}

BOOST_AUTO_TEST_CASE(the_media_type_comes_from_the_content_and_not_from_the_name) {
    BOOST_CHECK_EQUAL(give("au-01", toAudit("a.pdf"), "plain words\nin two lines\n").version.mediaType,
                      "text/plain");
    BOOST_CHECK_EQUAL(give("au-01", toAudit("a.txt"), "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n").version.mediaType,
                      "application/pdf");
    BOOST_CHECK_EQUAL(
        give("au-01", toAudit("b.txt"), "<!DOCTYPE html><html><body></body></html>").version.mediaType,
        "text/html");
    BOOST_CHECK_EQUAL(give("au-01", toAudit("c.txt"), "{\"a\": [1, 2]}").version.mediaType,
                      "application/json");
}

BOOST_AUTO_TEST_CASE(the_same_bytes_are_stored_once_and_the_second_receipt_says_so) {
    const auto first = give("au-01", toAudit("log.txt"), "the log");
    const auto second = give("au-01", toAudit("copy of log.txt"), "the log");
    BOOST_CHECK_EQUAL(objects().size(), 1U);
    BOOST_CHECK(!first.sameBytesBefore);
    BOOST_CHECK(second.sameBytesBefore);
    BOOST_CHECK_EQUAL(second.sameAs, app::versionName(first.version));
    BOOST_CHECK(second.version.ref != first.version.ref);
}

BOOST_AUTO_TEST_CASE(files_of_the_same_name_never_overwrite_each_other) {
    const auto first = give("au-01", toAudit("log.txt"), "one");
    const auto second = give("au-01", toAudit("log.txt"), "two");
    BOOST_CHECK_EQUAL(objects().size(), 2U);
    auto download = must(app::downloadEvidence(context(), as("au-01"), nameOf(first)));
    BOOST_CHECK_EQUAL(readAll(*download.bytes), "one");
    download = must(app::downloadEvidence(context(), as("au-01"), nameOf(second)));
    BOOST_CHECK_EQUAL(readAll(*download.bytes), "two");
}

BOOST_AUTO_TEST_CASE(a_next_version_keeps_the_earlier_one) {
    const auto first = give("au-01", toAudit("plan.txt"), "draft");
    app::EvidenceInput input = toAudit("plan.txt");
    input.evidence = first.version.ref.text();
    const auto second = give("au-01", input, "approved");
    BOOST_CHECK_EQUAL(app::versionName(second.version), first.version.ref.text() + "/v2");
    const auto view = must(app::showEvidence(context(), as("au-01"), first.version.ref));
    BOOST_CHECK_EQUAL(view.versions.size(), 2U);
}

BOOST_AUTO_TEST_CASE(nobody_adds_a_version_to_evidence_they_may_not_see) {
    const auto hidden = give("au-01", toAudit("secret.txt"), "of others");
    const auto mine = issued();
    app::EvidenceInput input;
    input.finding = mine.ref.text();
    input.evidence = hidden.version.ref.text();
    input.fileName = "mine.txt";
    const auto before = objects().size();
    BOOST_CHECK(refusedAs(tryGive("po-01", input, "mine"), ErrorKind::Invalid, "unknown-reference"));
    BOOST_CHECK_EQUAL(objects().size(), before);
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_evidence_too) {
    const auto receipt = give("au-01", toAudit("empty.txt"), "");
    BOOST_CHECK_EQUAL(receipt.version.size, 0U);
    auto download = must(app::downloadEvidence(context(), as("au-01"), nameOf(receipt)));
    BOOST_CHECK_EQUAL(readAll(*download.bytes), "");
}

BOOST_AUTO_TEST_CASE(a_process_owner_hands_over_for_their_own_finding_only) {
    const auto mine = issued();
    app::EvidenceInput input;
    input.finding = mine.ref.text();
    input.fileName = "answer.txt";
    const auto receipt = give("po-01", input, "answer");
    BOOST_CHECK_EQUAL(receipt.answers, mine.ref.text());
    BOOST_CHECK(finding(mine.ref).evidence.back() == receipt.version.id);
    BOOST_CHECK(refusedAs(tryGive("po-02", input, "answer"), ErrorKind::NotFound, "not-found"));
    BOOST_CHECK(refusedAs(tryGive("tm-01", input, "answer"), ErrorKind::Forbidden, "forbidden"));
    BOOST_CHECK(refusedAs(tryGive("po-01", toAudit("x.txt"), "x"), ErrorKind::Forbidden, "forbidden"));
}

BOOST_AUTO_TEST_CASE(it_must_be_clear_what_a_file_answers) {
    app::EvidenceInput input;
    input.fileName = "x.txt";
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "x"), ErrorKind::Invalid, "target"));
    input.audit = "IA-1";
    input.finding = "F-0001";
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "x"), ErrorKind::Invalid, "target"));
}

BOOST_AUTO_TEST_CASE(bytes_that_do_not_match_what_was_declared_leave_nothing_behind) {
    const auto before = entries();
    app::EvidenceInput input = toAudit("log.txt");
    input.declaredSize = 100;
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "too few"), ErrorKind::Invalid, "truncated"));
    input.declaredSize = 3;
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "too many"), ErrorKind::Invalid, "too-long"));
    input.declaredSize.reset();
    input.declaredDigest = crypto::Sha256::of(std::string_view("other bytes"));
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "these bytes"), ErrorKind::Invalid, "digest-mismatch"));
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(a_file_over_the_cap_is_refused_before_and_while_it_is_read) {
    context().settings.uploadCap = 10;
    app::EvidenceInput input = toAudit("big.bin");
    input.declaredSize = 11;
    test::PatternSource source(11);
    BOOST_CHECK(refusedAs(app::recordEvidence(context(), as("au-01"), input, source), ErrorKind::TooLarge,
                          "over-cap"));
    BOOST_CHECK_EQUAL(source.rest(), 11U);
    input.declaredSize.reset();
    BOOST_CHECK(refusedAs(tryGive("au-01", input, "eleven byte"), ErrorKind::TooLarge, "over-cap"));
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(a_disk_without_reserve_takes_no_file) {
    context().settings.diskReserve = 1ULL << 60U;
    BOOST_CHECK(refusedAs(tryGive("au-01", toAudit("x.txt"), "x"), ErrorKind::Environment, "disk-full"));
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(a_source_that_breaks_off_leaves_nothing_behind) {
    const auto before = entries();
    for (const std::uint64_t limit :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4096}, std::uint64_t{1 << 20}}) {
        test::PatternSource whole(3 << 20);
        test::FailingSource broken(whole, limit);
        BOOST_CHECK(refusedAs(app::recordEvidence(context(), as("au-01"), toAudit("x.bin"), broken),
                              ErrorKind::Environment, "injected-fault"));
    }
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(a_file_name_that_could_harm_is_refused_before_a_byte_is_read) {
    const std::string long300(300, 'a');
    for (const std::string& name :
         {std::string("../etc/passwd"), std::string("a/b.txt"), std::string("a\\b.txt"),
          std::string("a\nb.txt"), std::string("a\x01.txt"), std::string("."), std::string(".."),
          std::string(), long300, std::string("invoice\xE2\x80\xAEtxt.exe"), std::string("bad\xC3\x28.txt"),
          std::string("nul\0.txt", 8)}) {
        test::PatternSource source(10);
        const auto refused =
            test::refusal(app::recordEvidence(context(), as("au-01"), toAudit(name), source));
        BOOST_TEST_CONTEXT(name) {
            BOOST_CHECK_EQUAL(refused.type, "file-name");
            BOOST_CHECK_EQUAL(refused.field, "file_name");
            BOOST_CHECK_EQUAL(source.rest(), 10U);
        }
    }
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(facts_that_break_a_rule_are_refused_before_a_byte_is_kept) {
    app::EvidenceInput input = toAudit("log.txt");
    input.source = std::string(501, 's');
    BOOST_CHECK(test::holds(describe(test::refusal(tryGive("au-01", input, "x"))), "source"));
    input = toAudit("log.txt");
    input.title = std::string(301, 't');
    BOOST_CHECK_EQUAL(test::refusal(tryGive("au-01", input, "x")).field, "title");
    input = toAudit("log.txt");
    input.periodFrom = must(Date::parse("2026-02-02"));
    input.periodTo = must(Date::parse("2026-02-01"));
    BOOST_CHECK(!tryGive("au-01", input, "x").ok());
    input = toAudit("log.txt");
    input.redactionOf = "E-9999/v1";
    BOOST_CHECK_EQUAL(test::refusal(tryGive("au-01", input, "x")).field, "redaction_of");
    input.redactionOf = "no such form";
    BOOST_CHECK_EQUAL(test::refusal(tryGive("au-01", input, "x")).type, "evidence-reference");
    BOOST_CHECK(objects().empty());
}

BOOST_AUTO_TEST_CASE(a_download_is_an_event_before_the_first_byte_leaves) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    const auto before = entries();
    const auto download = must(app::downloadEvidence(context(), as("tm-01"), nameOf(receipt)));
    BOOST_CHECK_EQUAL(entries(), before + 1);
    BOOST_CHECK_EQUAL(lastEvent().kind, "evidence.download");
    BOOST_CHECK_EQUAL(lastEvent().actor, "tm-01");
}

BOOST_AUTO_TEST_CASE(evidence_is_not_downloaded_by_those_it_does_not_concern) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    for (const char* account : {"la-02", "au-02", "po-01", "ao-01", "xa-01", "ad-01"}) {
        BOOST_TEST_CONTEXT(account)
        BOOST_CHECK(refusedAs(app::downloadEvidence(context(), as(account), nameOf(receipt)),
                              ErrorKind::NotFound, "not-found"));
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_object_is_found_on_download_and_quarantined) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    damage(objectPath(*this, receipt.version.digest));
    auto download = must(app::downloadEvidence(context(), as("au-01"), nameOf(receipt)));
    MemorySink sink;
    BOOST_CHECK(refusedAs(copyAll(*download.bytes, sink), ErrorKind::Damaged, "object-damaged"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "evidence.quarantine");
    BOOST_CHECK(refusedAs(app::downloadEvidence(context(), as("au-01"), nameOf(receipt)), ErrorKind::Damaged,
                          "object-damaged"));
}

BOOST_AUTO_TEST_CASE(a_missing_object_is_told_and_quarantined) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    std::filesystem::remove(objectPath(*this, receipt.version.digest));
    BOOST_CHECK(refusedAs(app::downloadEvidence(context(), as("au-01"), nameOf(receipt)), ErrorKind::Damaged,
                          "object-damaged"));
    BOOST_CHECK_EQUAL(lastEvent().kind, "evidence.quarantine");
}

BOOST_AUTO_TEST_CASE(nobody_quarantines_by_hand) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    BOOST_CHECK(refusedAs(app::changeEvidenceState(context(), as("la-01"), nameOf(receipt),
                                                   receipt.version.rev, EvidenceEvent::Quarantine, "so"),
                          ErrorKind::Refused, "forbidden-transition"));
}

BOOST_AUTO_TEST_CASE(a_withdrawal_takes_two_people_and_keeps_the_digest) {
    const auto receipt = give("au-01", toAudit("log.txt"), "the log");
    const auto name = nameOf(receipt);
    const auto proposed = must(app::changeEvidenceState(context(), as("la-01"), name, receipt.version.rev,
                                                        EvidenceEvent::ProposeWithdrawal, "personal data"));
    BOOST_CHECK(refusedAs(app::changeEvidenceState(context(), as("la-01"), name, proposed.rev,
                                                   EvidenceEvent::ConfirmWithdrawal, ""),
                          ErrorKind::Forbidden, "forbidden"));
    const auto audit = this->audit();
    domain::Audit wider = audit;
    wider.team.push_back({as("la-02").id, true, "none"});
    must(app::changeAudit(context(), as("la-01"), wider));
    const auto gone = must(app::changeEvidenceState(context(), as("la-02"), name, proposed.rev,
                                                    EvidenceEvent::ConfirmWithdrawal, ""));
    BOOST_CHECK(gone.state == EvidenceState::Withdrawn);
    BOOST_CHECK(gone.digest == receipt.version.digest);
    BOOST_CHECK(
        refusedAs(app::downloadEvidence(context(), as("au-01"), name), ErrorKind::Refused, "withdrawn"));
    const auto draft = must(app::recordFinding(context(), as("au-01"), this->draft()));
    BOOST_CHECK(refusedAs(app::attachEvidence(context(), as("au-01"), draft.ref, draft.rev,
                                              {app::versionName(receipt.version)}),
                          ErrorKind::Invalid, "withdrawn"));
}

BOOST_AUTO_TEST_CASE(a_batch_is_received_as_a_whole_or_not_at_all) {
    const auto file = [&](const std::string& name, const std::string& bytes) {
        app::EvidenceFile one;
        one.input = toAudit(name);
        one.open = [bytes]() -> Result<std::unique_ptr<ByteSource>> {
            class Owned final : public ByteSource {
              public:
                explicit Owned(std::string text) : m_text(std::move(text)), m_source(viewOf(m_text)) {}
                Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
                    return m_source.read(buffer);
                }

              private:
                std::string m_text;
                MemorySource m_source;
            };
            return std::unique_ptr<ByteSource>(std::make_unique<Owned>(bytes));
        };
        return one;
    };
    std::vector<app::EvidenceFile> bad{file("a.txt", "a"), file("b.txt", "b"), file("c.txt", "c")};
    bad[1].input.declaredSize = 99;
    const auto before = entries();
    const auto refused = test::refusal(app::recordEvidenceBatch(context(), as("au-01"), bad));
    BOOST_CHECK_EQUAL(refused.type, "truncated");
    BOOST_CHECK_EQUAL(refused.field, "b.txt");
    bad = {file("a.txt", "a"), file("b/b.txt", "b")};
    BOOST_CHECK_EQUAL(test::refusal(app::recordEvidenceBatch(context(), as("au-01"), bad)).field, "b/b.txt");
    BOOST_CHECK_EQUAL(entries(), before);
    BOOST_CHECK(objects().empty());

    std::vector<app::EvidenceFile> good;
    for (int i = 0; i < 300; ++i)
        good.push_back(file(std::to_string(i) + ".csv", "n,m\n1," + std::to_string(i) + "\n"));
    const auto receipts = must(app::recordEvidenceBatch(context(), as("au-01"), good));
    BOOST_REQUIRE_EQUAL(receipts.size(), 300U);
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        BOOST_REQUIRE_EQUAL(receipts[i].version.originalName, std::to_string(i) + ".csv");
        BOOST_REQUIRE(receipts[i].version.digest ==
                      crypto::Sha256::of(std::string_view("n,m\n1," + std::to_string(i) + "\n")));
        BOOST_REQUIRE(receipts[i].version.mediaType.starts_with("text/"));
    }
    BOOST_CHECK_EQUAL(objects().size(), 300U);
}

BOOST_AUTO_TEST_CASE(a_batch_for_one_finding_links_every_file_to_it) {
    const auto target = issued();
    std::vector<app::EvidenceFile> files;
    for (int i = 0; i < 5; ++i) {
        app::EvidenceFile one;
        one.input.finding = target.ref.text();
        one.input.fileName = std::to_string(i) + ".bin";
        one.open = [i]() -> Result<std::unique_ptr<ByteSource>> {
            return std::unique_ptr<ByteSource>(std::make_unique<test::PatternSource>(1000, i + 1));
        };
        files.push_back(std::move(one));
    }
    const auto receipts = must(app::recordEvidenceBatch(context(), as("po-01"), files));
    BOOST_CHECK_EQUAL(finding(target.ref).evidence.size(), target.evidence.size() + 5);
    BOOST_CHECK_EQUAL(lastEvent().kind, "finding.attach-evidence");
}

BOOST_AUTO_TEST_CASE(what_uses_a_version_is_shown_only_as_far_as_one_may_see) {
    const auto shown = issued();
    const auto& version = shown.evidence.front();
    app::FindingDraft other = draft();
    other.owner = "po-02";
    other.evidence = {"E-0001/v1"};
    const auto foreign = must(app::recordFinding(context(), as("au-01"), other));
    step("la-01", foreign.ref, domain::FindingEvent::Issue);
    BOOST_REQUIRE(version.stored());
    const auto all = must(app::showEvidence(context(), as("au-01"), domain::EvidenceRef("E-0001")));
    BOOST_CHECK_EQUAL(all.usedBy.size(), 2U);
    const auto mine = must(app::showEvidence(context(), as("po-01"), domain::EvidenceRef("E-0001")));
    BOOST_REQUIRE_EQUAL(mine.usedBy.size(), 1U);
    BOOST_CHECK_EQUAL(mine.usedBy.front(), shown.ref.text());
}

BOOST_AUTO_TEST_SUITE_END()
