#include "tickmark/ledger/Witness.h"

#include <boost/test/unit_test.hpp>

#include "ledger/LogStory.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::ledger;
using test::holds;
using test::LogStory;
using test::must;
using test::refusal;
using test::refusedAs;

BOOST_AUTO_TEST_SUITE(witness)

BOOST_AUTO_TEST_CASE(a_request_is_written_and_read_as_c2sp_has_it) {
    LogStory log;
    log.growTo(11);
    const WitnessRequest request{7, log.proof(7, 11), log.note(11)};
    const std::string text = request.text();
    BOOST_TEST(text.starts_with("old 7\n" + toBase64(request.proof.front().bytes()) + "\n"));
    BOOST_TEST(text.ends_with("\n\n" + log.note(11)));
    const WitnessRequest again = must(WitnessRequest::parse(text));
    BOOST_TEST(again.old == 7U);
    BOOST_CHECK(again.proof == request.proof);
    BOOST_TEST(again.checkpoint == request.checkpoint);
    BOOST_TEST(must(WitnessRequest::parse("old 0\n\n" + log.note(1))).proof.empty());
}

BOOST_AUTO_TEST_CASE(a_request_in_any_other_form_is_refused) {
    LogStory log;
    const std::string note = log.growTo(11).note(11);
    const std::string hash = toBase64(leafHash("x").bytes()) + "\n";
    std::string many;
    for (int i = 0; i < 64; ++i) many += hash;
    for (const std::string& bad :
         {std::string(), note, "old\n\n" + note, "old 07\n\n" + note, "old -1\n\n" + note, "Old 7\n\n" + note,
          "old 7\nAAAA\n\n" + note, "old 7\n" + hash + note, "old 7\n" + many + "\n" + note,
          std::string("old 7\n\n"), "old 7\n\n" + note.substr(0, note.size() - 1), "old 7\n\n" + note + "x"})
        BOOST_TEST(refusedAs(WitnessRequest::parse(bad), ErrorKind::Invalid, "witness-request"));
    many.resize(many.size() - hash.size());
    BOOST_TEST(WitnessRequest::parse("old 7\n" + many + "\n" + note).ok());
}

BOOST_AUTO_TEST_CASE(every_honest_step_is_an_extension) {
    LogStory log;
    log.growTo(40);
    for (std::uint64_t second = 0; second <= 40; ++second) {
        for (std::uint64_t first = 0; first <= second; ++first) {
            const auto judged =
                judgeExtension(log.head(first), {log.head(second), first, log.proof(first, second)});
            BOOST_TEST(judged.ok(), "from " << first << " to " << second);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_same_head_once_more_needs_no_proof) {
    LogStory log;
    log.growTo(9);
    BOOST_TEST(judgeExtension(log.head(9), {log.head(9), std::nullopt, {}}).ok());
    BOOST_TEST(judgeExtension(log.head(9), {log.head(9), 3, log.proof(3, 9)}).ok());
}

BOOST_AUTO_TEST_CASE(a_smaller_log_was_rolled_back_whatever_is_proved) {
    LogStory log;
    log.growTo(12);
    for (const std::uint64_t size : {0U, 1U, 11U}) {
        const auto judged = judgeExtension(log.head(12), {log.head(size), size, log.proof(size, 12)});
        BOOST_TEST(refusedAs(judged, ErrorKind::Damaged, "log-rolled-back"));
        BOOST_TEST(holds(refusal(judged).message, "rolled back"));
    }
}

BOOST_AUTO_TEST_CASE(the_same_size_with_another_root_is_a_fork) {
    LogStory log;
    log.growTo(12);
    LogStory fork;
    fork.growTo(11).growTo(12, "changed");
    const auto judged = judgeExtension(log.head(12), {fork.head(12), 12, {}});
    BOOST_TEST(refusedAs(judged, ErrorKind::Damaged, "log-forked"));
}

BOOST_AUTO_TEST_CASE(a_log_rewritten_anywhere_before_the_head_seen_is_noticed) {
    LogStory log;
    log.growTo(12);
    for (std::size_t position = 0; position < 12; ++position) {
        LogStory rewritten;
        rewritten.growTo(position).growTo(position + 1, "changed").growTo(30);
        const auto judged = judgeExtension(log.head(12), {rewritten.head(30), 12, rewritten.proof(12, 30)});
        BOOST_TEST(refusedAs(judged, ErrorKind::Damaged, "log-rewritten"));
    }
}

BOOST_AUTO_TEST_CASE(a_missing_proof_leaves_the_question_open_and_says_what_is_needed) {
    LogStory log;
    log.growTo(12);
    const auto none = judgeExtension(log.head(5), {log.head(12), std::nullopt, {}});
    BOOST_TEST(refusedAs(none, ErrorKind::Undecided, "proof-missing"));
    BOOST_TEST(holds(refusal(none).fix, "--since 5"));
    const auto other = judgeExtension(log.head(5), {log.head(12), 3, log.proof(3, 12)});
    BOOST_TEST(refusedAs(other, ErrorKind::Undecided, "proof-missing"));
}

BOOST_AUTO_TEST_CASE(another_log_is_not_compared) {
    LogStory log;
    LogStory other("other.example");
    BOOST_TEST(refusedAs(judgeExtension(log.growTo(5).head(5), {other.growTo(5).head(5), 5, {}}),
                         ErrorKind::Invalid, "checkpoint"));
}

BOOST_AUTO_TEST_CASE(one_entry_is_not_called_entries) {
    LogStory log;
    log.growTo(2);
    const auto fromOne = judgeExtension(log.head(1), {log.head(0), 0, {}});
    BOOST_TEST(holds(refusal(fromOne).message, "saw the log with 1 entry, this head has 0 entries:"));
    const auto fromTwo = judgeExtension(log.head(2), {log.head(1), 1, {}});
    BOOST_TEST(holds(refusal(fromTwo).message, "saw the log with 2 entries, this head has 1 entry:"));
}

BOOST_AUTO_TEST_SUITE_END()
