// A folder dropped at once, and one file that answers several requests.
#include "app/House.h"

using namespace tickmark;
using test::House;
using test::must;
using test::refusedAs;
using Names = std::vector<std::string>;

namespace {

struct Asking : House {
    std::string mine = ask("po-01");
    std::string also = ask("po-01");
    std::string others = ask("po-02");

    std::string ask(const std::string& assignee) {
        app::RequestDraft draft;
        draft.audit = "IA-1";
        draft.text = "The log of October";
        draft.assignee = assignee;
        const auto made = must(app::createRequest(context(), as("la-01"), draft));
        must(app::changeRequestState(context(), as("la-01"), made.ref, made.rev, domain::RequestEvent::Open,
                                     {}));
        return made.ref.text();
    }
    domain::EvidenceRequest request(const std::string& ref) {
        return must(app::showRequest(context(), as("la-01"), domain::RequestRef(ref))).request;
    }
    std::string answer(const std::string& ref) {
        app::EvidenceInput input;
        input.request = ref;
        input.fileName = "log.csv";
        return app::versionName(give("po-01", input, "the log").version);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(request_answers, Asking)

BOOST_AUTO_TEST_CASE(files_are_matched_to_the_requests_that_the_actor_may_answer) {
    const Names files{mine + ".csv", others + ".csv", "notes.txt"};
    const auto own = must(app::proposeMatching(context(), as("po-01"), "IA-1", files));
    BOOST_TEST(own.unmatched() == (Names{others + ".csv", "notes.txt"}), boost::test_tools::per_element());
    BOOST_TEST(own.unanswered == Names{also}, boost::test_tools::per_element());
    const auto all = must(app::proposeMatching(context(), as("la-01"), "IA-1", files));
    BOOST_TEST(all.unmatched() == Names{"notes.txt"}, boost::test_tools::per_element());
    BOOST_CHECK(
        refusedAs(app::proposeMatching(context(), as("la-01"), "IA-1", {}), ErrorKind::Invalid, "file-name"));
    BOOST_CHECK(refusedAs(app::proposeMatching(context(), as("la-02"), "IA-1", files), ErrorKind::NotFound,
                          "not-found"));
}

BOOST_AUTO_TEST_CASE(one_file_answers_several_requests_with_an_event_for_each) {
    const std::string version = answer(mine);
    const auto before = entries();
    must(app::answerRequests(context(), as("po-01"), {also}, {version}));
    BOOST_CHECK_EQUAL(entries(), before + 1);
    BOOST_CHECK_EQUAL(lastEvent().kind, "request.attach-evidence");
    BOOST_CHECK_EQUAL(lastEvent().ref, also);
    BOOST_CHECK(request(mine).evidence == request(also).evidence);
    BOOST_CHECK(refusedAs(app::answerRequests(context(), as("po-01"), {also}, {version}), ErrorKind::Refused,
                          "nothing-new"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_one_request_refuses_is_given_to_none) {
    const std::string version = answer(mine);
    const auto before = entries();
    BOOST_CHECK(!app::answerRequests(context(), as("po-01"), {also, others}, {version}).ok());
    BOOST_CHECK(!app::answerRequests(context(), as("po-01"), {also, mine}, {version}).ok());
    BOOST_CHECK(!app::answerRequests(context(), as("po-01"), {also}, {"E-9999/v1"}).ok());
    BOOST_CHECK(request(also).evidence.empty());
    BOOST_CHECK_EQUAL(entries(), before);
}

BOOST_AUTO_TEST_CASE(a_cancelled_request_is_neither_proposed_nor_answered) {
    const std::string version = answer(mine);
    const auto now = request(also);
    must(app::changeRequestState(context(), as("la-01"), now.ref, now.rev, domain::RequestEvent::Cancel,
                                 "Not needed."));
    const auto matching = must(app::proposeMatching(context(), as("po-01"), "IA-1", {also + ".csv"}));
    BOOST_CHECK_EQUAL(matching.unmatched().size(), 1U);
    BOOST_CHECK_EQUAL(matching.files.front().strangers.size(), 1U);
    BOOST_CHECK(refusedAs(app::answerRequests(context(), as("po-01"), {also}, {version}), ErrorKind::Refused,
                          "request-state"));
}

BOOST_AUTO_TEST_SUITE_END()
