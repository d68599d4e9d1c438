#include "tickmark/ledger/History.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <stdexcept>

#include "ledger/LogStory.h"
#include "support/Outcome.h"

using namespace tickmark;
using namespace tickmark::ledger;
using test::holds;
using test::LogStory;
using test::must;
using test::refusal;
using test::refusedAs;

namespace {

HistoryEntry entryOf(const LogStory& log, std::uint64_t first, std::uint64_t second,
                     const std::string& name = "B-0001") {
    return {HistoryKind::Bundle, name, log.note(first), log.proof(first, second)};
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    BOOST_REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(history)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
    LogStory log;
    log.growTo(20);
    std::vector<HistoryEntry> entries{entryOf(log, 7, 20), entryOf(log, 20, 20, "B-0002")};
    entries.push_back({HistoryKind::Witness, "witness.example/ä", log.note(12), log.proof(12, 20)});
    const std::string text = writeHistory(entries);
    BOOST_CHECK(must(readHistory(text)) == entries);
    BOOST_TEST(writeHistory(must(readHistory(text))) == text);
    BOOST_TEST(text.starts_with(R"({"entries":[{"checkpoint":"audit.example/log\n7\n)"));
    BOOST_TEST(writeHistory({}) == R"({"entries":[]})");
    BOOST_TEST(must(readHistory(R"({"entries":[]})")).empty());
}

BOOST_AUTO_TEST_CASE(every_pair_of_heads_of_a_growing_log_holds) {
    LogStory log;
    log.growTo(33);
    for (std::uint64_t second = 1; second <= 33; ++second) {
        for (std::uint64_t first = 1; first <= second; ++first)
            BOOST_TEST(checkHistoryEntry(entryOf(log, first, second), log.head(second), log.key()).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_rewritten_past_does_not_hold) {
    LogStory log;
    log.growTo(20);
    LogStory rewritten;
    rewritten.growTo(3).growTo(4, "changed").growTo(20);
    for (std::uint64_t first = 4; first < 20; ++first) {
        HistoryEntry entry = entryOf(log, first, 20);
        entry.proof = rewritten.proof(first, 20);
        const auto checked = checkHistoryEntry(entry, rewritten.head(20), log.key());
        BOOST_TEST(refusedAs(checked, ErrorKind::Damaged, "history"));
        BOOST_TEST(holds(refusal(checked).message, "the log was rewritten"));
    }
}

BOOST_AUTO_TEST_CASE(every_changed_or_missing_hash_of_a_proof_is_noticed) {
    LogStory log;
    log.growTo(20);
    const HistoryEntry good = entryOf(log, 11, 20);
    BOOST_REQUIRE(good.proof.size() > 2U);
    for (std::size_t i = 0; i < good.proof.size(); ++i) {
        HistoryEntry changed = good;
        changed.proof[i] = leafHash("other");
        BOOST_TEST(!checkHistoryEntry(changed, log.head(20), log.key()).ok());
        changed.proof.erase(changed.proof.begin() + static_cast<std::ptrdiff_t>(i));
        BOOST_TEST(!checkHistoryEntry(changed, log.head(20), log.key()).ok());
    }
}

BOOST_AUTO_TEST_CASE(a_head_larger_than_the_bundles_is_a_rollback) {
    LogStory log;
    log.growTo(20);
    const auto checked = checkHistoryEntry(entryOf(log, 20, 20), log.head(12), log.key());
    BOOST_TEST(refusedAs(checked, ErrorKind::Damaged, "history"));
    BOOST_TEST(holds(refusal(checked).message, "the log was rolled back"));
}

BOOST_AUTO_TEST_CASE(a_head_by_another_key_or_of_another_log_is_refused) {
    LogStory log;
    log.growTo(20);
    LogStory twin;
    twin.growTo(20);
    BOOST_TEST(refusedAs(checkHistoryEntry(entryOf(twin, 7, 20), log.head(20), log.key()), ErrorKind::Damaged,
                         "checkpoint-signature"));
    Checkpoint other = log.head(20);
    other.origin = "another.log";
    BOOST_TEST(
        refusedAs(checkHistoryEntry(entryOf(log, 7, 20), other, log.key()), ErrorKind::Damaged, "history"));
}

BOOST_AUTO_TEST_CASE(the_form_is_strict) {
    LogStory log;
    log.growTo(9);
    const std::string good = writeHistory({entryOf(log, 5, 9)});
    const std::string hash = log.proof(5, 9).front().hex();
    for (const std::string& bad :
         {std::string(), std::string("[]"), std::string("{}"), std::string(R"({"entries":{}})"), good + "\n",
          replaced(good, "{\"entries\"", "{ \"entries\""), replaced(good, "\"bundle\"", "\"auditor\""),
          replaced(good, "\"B-0001\"", "\"\""), replaced(good, "\"B-0001\"", "1"),
          replaced(good, "\"B-0001\"", '"' + std::string(201, 'x') + '"'), replaced(good, hash, "00"),
          replaced(good, '"' + hash + '"', "17"), replaced(good, "\\n5\\n", "\\n05\\n"),
          replaced(good, "\"kind\":", "\"kinds\":"), replaced(good, "\"proof\":", "\"path\":"),
          replaced(good, "}]}", R"(,"z":1}]})"), replaced(good, "]}", R"(],"z":1})")})
        BOOST_TEST(refusedAs(readHistory(bad), ErrorKind::Invalid, "history"));
}

BOOST_AUTO_TEST_CASE(both_bounds_hold_and_what_fits_is_chosen_from_the_front) {
    LogStory log;
    log.growTo(9);
    std::vector<HistoryEntry> many(101, entryOf(log, 5, 9));
    BOOST_CHECK_THROW((void)writeHistory(many), std::logic_error);
    const std::vector<HistoryEntry> fitting = fitHistory(many);
    BOOST_TEST(fitting.size() <= 100U);
    BOOST_TEST(must(readHistory(writeHistory(fitting))).size() == fitting.size());
    std::string tooMany = R"({"entries":[)";
    for (int i = 0; i < 101; ++i) tooMany += i == 0 ? "1" : ",1";
    BOOST_TEST(refusedAs(readHistory(tooMany + "]}"), ErrorKind::TooLarge, "history"));
    BOOST_TEST(refusedAs(readHistory(std::string(longestHistory + 1, ' ')), ErrorKind::TooLarge, "history"));
    std::vector<HistoryEntry> large(90, entryOf(log, 5, 9));
    for (HistoryEntry& entry : large) entry.proof.assign(60, leafHash("x"));
    const auto chosen = fitHistory(large);
    BOOST_TEST(writeHistory(chosen).size() <= longestHistory);
    BOOST_TEST(!chosen.empty());
    BOOST_TEST(chosen.size() < 90U);
}

BOOST_AUTO_TEST_CASE(names_proofs_and_their_number_may_be_as_large_as_the_format_says) {
    LogStory log;
    log.growTo(9);
    HistoryEntry entry = entryOf(log, 5, 9, std::string(200, 'n'));
    entry.proof.assign(64, leafHash("x"));
    BOOST_CHECK(must(readHistory(writeHistory({entry}))) == std::vector<HistoryEntry>{entry});
    entry.proof.push_back(leafHash("x"));
    BOOST_TEST(refusedAs(readHistory(writeHistory({entry})), ErrorKind::Invalid, "history"));
    const std::vector<HistoryEntry> most(100, entryOf(log, 9, 9));
    BOOST_TEST(fitHistory(most).size() == 100U);
    BOOST_TEST(must(readHistory(writeHistory(most))).size() == 100U);
}

BOOST_AUTO_TEST_CASE(a_history_of_exactly_64_kib_fits_and_one_byte_more_does_not) {
    LogStory log;
    log.growTo(9);
    HistoryEntry large = entryOf(log, 9, 9);
    large.proof.assign(64, leafHash("x"));
    std::vector<HistoryEntry> entries;
    while (writeHistory(entries).size() + 5'000 < longestHistory) entries.push_back(large);
    large.proof.clear();
    while (writeHistory(entries).size() + 600 < longestHistory) entries.push_back(large);
    for (HistoryEntry& each : entries) {
        const std::size_t rest = longestHistory - writeHistory(entries).size();
        each.name.append(std::min<std::size_t>(rest, 200 - each.name.size()), 'n');
    }
    const std::string text = writeHistory(entries);
    BOOST_REQUIRE(text.size() == longestHistory);
    BOOST_CHECK(must(readHistory(text)) == entries);
    BOOST_TEST(fitHistory(entries).size() == entries.size());
    for (HistoryEntry& each : entries) {
        if (each.name.size() == 200) continue;
        each.name += 'n';
        break;
    }
    BOOST_TEST(fitHistory(entries).size() == entries.size() - 1);
    BOOST_CHECK_THROW((void)writeHistory(entries), std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_broken_entry_is_named_by_its_place_and_its_kind) {
    LogStory log;
    log.growTo(9);
    const std::string one = writeHistory({entryOf(log, 9, 9)});
    const std::string two = writeHistory({entryOf(log, 9, 9), entryOf(log, 9, 9, std::string(201, 'x'))});
    BOOST_TEST(refusal(readHistory(two)).message.starts_with("Entry 2 has no name"));
    BOOST_TEST(refusedAs(readHistory(R"({"entries":[],"z":1})"), ErrorKind::Invalid, "history"));
    BOOST_TEST(
        refusedAs(readHistory(replaced(one, "\"proof\":[]", "\"proof\":17")), ErrorKind::Invalid, "history"));
    HistoryEntry ahead = entryOf(log, 9, 9);
    BOOST_TEST(refusal(checkHistoryEntry(ahead, log.head(5), log.key()))
                   .message.starts_with("The head of bundle B-0001 has 9 entries"));
    ahead.kind = HistoryKind::Witness;
    ahead.name = "w.example";
    BOOST_TEST(refusal(checkHistoryEntry(ahead, log.head(5), log.key()))
                   .message.starts_with("The head that witness w.example cosigned has 9 entries"));
}

BOOST_AUTO_TEST_SUITE_END()
