// What a child may do to the one who started it: nothing.
#include "app/ChildProgram.h"

#include <boost/test/unit_test.hpp>

#include "support/Outcome.h"

using namespace tickmark;
using app::ChildLimits;
using app::ChildOutcome;
using test::must;

namespace {

ChildOutcome shell(const std::string& script, const std::string& input = {}, const ChildLimits& limits = {}) {
    MemorySource source(viewOf(input));
    return must(app::runChild("/bin/sh", {"-c", script}, source, limits));
}

ChildLimits quick() {
    ChildLimits limits;
    limits.seconds = 1;
    return limits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(child_program)

BOOST_AUTO_TEST_CASE(what_goes_in_comes_out_whatever_its_size) {
    const std::string input(3'000'000, 'x');
    const ChildOutcome outcome = shell("cat; echo said >&2; exit 7", input);
    BOOST_TEST(outcome.code == 7);
    BOOST_TEST((outcome.output == input));
    BOOST_TEST(outcome.complaint == "said\n");
}

BOOST_AUTO_TEST_CASE(its_environment_holds_nothing_of_ours) {
    BOOST_TEST(shell("/usr/bin/env | sort").output.find("HOME=") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_child_that_never_ends_is_ended_also_when_it_closed_its_output) {
    BOOST_TEST(shell("sleep 600", {}, quick()).isLate);
    BOOST_TEST(shell("exec >&- 2>&-; sleep 600", {}, quick()).isLate);
    BOOST_TEST(shell("sleep 600 & sleep 600", {}, quick()).code == 128 + 9);
}

BOOST_AUTO_TEST_CASE(a_child_that_says_too_much_is_ended) {
    ChildLimits limits;
    limits.output = 1000;
    const ChildOutcome outcome = shell("while :; do echo more; done", {}, limits);
    BOOST_TEST(outcome.isTooLong);
    BOOST_TEST(outcome.output.size() == 1000U);
}

BOOST_AUTO_TEST_CASE(complaints_without_end_do_not_stop_the_talk) {
    const ChildOutcome outcome = shell("yes wrong | head -c 500000 >&2; echo right");
    BOOST_TEST(outcome.output == "right\n");
    BOOST_TEST(outcome.complaint.size() == ChildLimits{}.complaint);
}

BOOST_AUTO_TEST_CASE(a_child_that_does_not_listen_is_no_error) {
    BOOST_TEST(shell("echo done", std::string(2'000'000, 'x')).output == "done\n");
}

BOOST_AUTO_TEST_CASE(what_does_not_start_is_told) {
    MemorySource source(viewOf(std::string_view()));
    const auto none = app::runChild("/none/such", {}, source, {});
    BOOST_TEST(test::refusedAs(none, ErrorKind::Environment, "no-program"));
}

BOOST_AUTO_TEST_SUITE_END()
