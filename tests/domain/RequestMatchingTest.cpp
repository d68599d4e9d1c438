#include "tickmark/domain/RequestMatching.h"

#include <boost/test/unit_test.hpp>

using namespace tickmark::domain;

namespace {

using Names = std::vector<std::string>;
const Names open{"ER-0001", "ER-0014", "ER-0140"};

Names answeredBy(const std::string& file) { return matchFiles({file}, open).files.front().requests; }

void same(const Names& found, const Names& expected) {
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(request_matching)

BOOST_AUTO_TEST_CASE(a_code_is_found_however_it_is_written) {
    for (const char* name : {"ER-0014.csv", "er-14 log.csv", "log_ER_0014_final.csv", "ER0014.pdf",
                             "Er 014 x.txt", "ER-0014/log.csv", "[er-14].txt", "2026-03-02 ER-14.csv"}) {
        BOOST_TEST_CONTEXT(name) { same(answeredBy(name), {"ER-0014"}); }
    }
}

BOOST_AUTO_TEST_CASE(a_code_inside_a_longer_word_or_number_is_none) {
    for (const char* name :
         {"server14.csv", "ER-00145.csv", "ER14b.csv", "ER-.csv", "ER.csv", "14.csv", "2ER-14.csv"}) {
        BOOST_TEST_CONTEXT(name) { BOOST_TEST(answeredBy(name).empty()); }
    }
    same(answeredBy("ER-140.csv"), {"ER-0140"});
}

BOOST_AUTO_TEST_CASE(one_file_answers_several_requests_each_once) {
    same(answeredBy("ER-14 and ER-1 and er0014.csv"), {"ER-0014", "ER-0001"});
}

BOOST_AUTO_TEST_CASE(nothing_is_left_out_and_what_fits_nothing_is_named) {
    const Matching all = matchFiles({"a.txt", "ER-1.txt", "ER-99.txt", "a.txt"}, open);
    BOOST_REQUIRE(all.files.size() == 4U);
    same(all.unmatched(), {"a.txt", "ER-99.txt", "a.txt"});
    same(all.files[2].strangers, {"er-99"});
    same(all.unanswered, {"ER-0014", "ER-0140"});
    const Matching none = matchFiles({"ER-1.txt"}, {});
    same(none.unmatched(), {"ER-1.txt"});
    same(none.files[0].strangers, {"er-1"});
}

BOOST_AUTO_TEST_SUITE_END()
