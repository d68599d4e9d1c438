// The full text follows the ledger; a search reaches what its person may see.
#include "tickmark/app/Search.h"

#include <algorithm>

#include "app/House.h"
#include "tickmark/app/Audits.h"
#include "tickmark/app/EvidenceUse.h"
#include "tickmark/app/Improvements.h"
#include "tickmark/app/TextIndex.h"

using namespace tickmark;
using domain::EvidenceEvent;
using storage::SearchKind;
using test::House;
using test::must;
using test::refusedAs;

namespace {

app::IndexPass follow(House& house) {
    return must(app::indexText(house.context(), {}, [] { return true; }));
}

/// What is found of one kind, as refs.
std::vector<std::string> found(House& house, const std::string& account, const std::string& typed,
                               SearchKind kind) {
    const auto groups = must(app::search(house.context(), house.as(account), typed, kind, {}));
    std::vector<std::string> refs;
    for (const auto& hit : groups.at(0).hits) refs.push_back(hit.ref);
    return refs;
}

using Refs = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(searching, House)

BOOST_AUTO_TEST_CASE(evidence_is_found_by_the_words_inside_its_file) {
    const auto name = app::versionName(give("au-01", toAudit("minutes.html"),
                                            "<!DOCTYPE html><html><body><p>The quorum was "
                                            "<b>zebra</b>striped &lt;script&gt;</p></body></html>")
                                           .version);
    BOOST_TEST(found(*this, "au-01", "zebra", SearchKind::Evidence).empty());
    const auto pass = follow(*this);
    BOOST_TEST(pass.read == 1U);
    BOOST_TEST(found(*this, "au-01", "quorum zeb", SearchKind::Evidence) == Refs{name});
    BOOST_TEST(found(*this, "au-01", "minutes", SearchKind::Evidence) == Refs{name});
    BOOST_TEST(found(*this, "au-01", "quorum giraffe", SearchKind::Evidence).empty());
    const auto groups = must(app::search(context(), as("au-01"), "quorum", SearchKind::Evidence, {}));
    const std::string passage = groups.at(0).hits.at(0).passage;
    BOOST_TEST(passage.find("\x01quorum\x02") != std::string::npos);
    const auto words = must(context().database->read([&](storage::ReadSession& session) {
        return storage::evidenceWords(session, domain::EvidenceVersionId{1});
    }));
    BOOST_REQUIRE(words.has_value());
    BOOST_TEST(words->outcome == "read");
}

BOOST_AUTO_TEST_CASE(a_pass_over_nothing_new_does_nothing) {
    give("au-01", toAudit("a.txt"), "words");
    BOOST_TEST(follow(*this).documents == 1U);
    const auto again = follow(*this);
    BOOST_TEST(again.events == 0U);
    BOOST_TEST(again.documents == 0U);
}

BOOST_AUTO_TEST_CASE(a_pass_that_was_stopped_goes_on_later) {
    for (const char* file : {"a.txt", "b.txt", "c.txt"})
        give("au-01", toAudit(file), std::string("elephant in ") + file);
    int allowed = 3;
    const auto part = must(app::indexText(context(), {}, [&] { return --allowed > 0; }));
    BOOST_TEST(part.read < 3U);
    follow(*this);
    BOOST_TEST(found(*this, "au-01", "elephant", SearchKind::Evidence).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_found_by_its_name_and_says_why) {
    give("au-01", toAudit("broken.pdf"), "%PDF-1.7\n%\xE2\xE3\xCF\xD3\nnothing");
    give("au-01", toAudit("picture.png"), "\x89PNG\r\n\x1a\n....");
    follow(*this);
    BOOST_TEST(found(*this, "au-01", "broken", SearchKind::Evidence).size() == 1U);
    BOOST_TEST(found(*this, "au-01", "picture", SearchKind::Evidence).size() == 1U);
    const auto outcomeOf = [&](std::int64_t id) {
        return must(context().database->read([&](storage::ReadSession& session) {
                   return storage::evidenceWords(session, domain::EvidenceVersionId{id});
               }))
            .value_or(storage::EvidenceWords{})
            .outcome;
    };
    BOOST_TEST(outcomeOf(1) == "broken-document");
    BOOST_TEST(outcomeOf(2) == "none");
}

BOOST_AUTO_TEST_CASE(a_missing_reader_keeps_names_findable) {
    give("au-01", toAudit("named.txt"), "words");
    must(app::indexText(context(), "/nonexistent/reader", [] { return true; }));
    BOOST_TEST(found(*this, "au-01", "named", SearchKind::Evidence).size() == 1U);
    BOOST_TEST(found(*this, "au-01", "words", SearchKind::Evidence).empty());
}

BOOST_AUTO_TEST_CASE(withdrawn_evidence_is_forgotten_word_for_word) {
    const auto receipt = give("au-01", toAudit("private.txt"), "confidential rhinoceros");
    follow(*this);
    BOOST_TEST(found(*this, "la-01", "rhinoceros", SearchKind::Evidence).size() == 1U);
    const app::VersionName name{receipt.version.ref, receipt.version.number};
    const auto proposed = must(app::changeEvidenceState(context(), as("la-01"), name, receipt.version.rev,
                                                        EvidenceEvent::ProposeWithdrawal, "personal data"));
    domain::Audit wider = audit();
    wider.team.push_back({as("la-02").id, true, "none"});
    must(app::changeAudit(context(), as("la-01"), wider));
    must(app::changeEvidenceState(context(), as("la-02"), name, proposed.rev,
                                  EvidenceEvent::ConfirmWithdrawal, ""));
    BOOST_TEST(found(*this, "la-01", "rhinoceros", SearchKind::Evidence).empty());
    follow(*this);
    const auto left = must(context().database->read([&](storage::ReadSession& session) {
        return storage::searchDocuments(session, storage::everything(), SearchKind::Evidence, "private", {});
    }));
    BOOST_TEST(left.rows.empty());
}

BOOST_AUTO_TEST_CASE(nobody_finds_what_they_may_not_see) {
    give("au-01", toAudit("secret.txt"), "an okapi");
    const auto finding = planAccepted();
    follow(*this);
    BOOST_TEST(found(*this, "au-01", "okapi", SearchKind::Evidence).size() == 1U);
    BOOST_TEST(found(*this, "po-01", "okapi", SearchKind::Evidence).empty());
    BOOST_TEST(found(*this, "po-02", finding.ref.text(), SearchKind::Finding).empty());
    BOOST_TEST(found(*this, "la-01", finding.ref.text(), SearchKind::Finding) == Refs{finding.ref.text()});
    BOOST_TEST(found(*this, "la-01", "AC", SearchKind::Action).size() == 1U);
    BOOST_TEST(found(*this, "po-02", "AC", SearchKind::Action).empty());
}

BOOST_AUTO_TEST_CASE(a_changed_item_is_found_by_its_new_words_only) {
    app::ImprovementDraft draft;
    draft.title = "Order the queues";
    draft.process = "Incident management";
    draft.description = "by walrus";
    const auto item = must(app::recordImprovement(context(), as("im-01"), draft));
    follow(*this);
    BOOST_TEST(found(*this, "im-01", "walrus", SearchKind::Improvement) == Refs{item.ref.text()});
    draft.description = "by narwhal";
    must(app::editImprovement(context(), as("im-01"), item.ref, item.rev, draft));
    follow(*this);
    BOOST_TEST(found(*this, "im-01", "walrus", SearchKind::Improvement).empty());
    BOOST_TEST(found(*this, "im-01", "narwhal", SearchKind::Improvement) == Refs{item.ref.text()});
}

BOOST_AUTO_TEST_CASE(signs_alone_are_no_search) {
    BOOST_TEST(refusedAs(app::search(context(), as("la-01"), "-- %", {}, {}), ErrorKind::Invalid, "search"));
}

BOOST_AUTO_TEST_SUITE_END()
