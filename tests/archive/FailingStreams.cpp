// The test tools themselves: a fault that does not happen would make many tests say nothing.
#include <boost/test/unit_test.hpp>

#include "support/FailingStream.h"

namespace {

using namespace tickmark::test;
using tickmark::Bytes;

}  // namespace

BOOST_AUTO_TEST_SUITE(failing_streams)

BOOST_AUTO_TEST_CASE(a_failing_source_gives_exactly_its_limit_and_then_fails) {
    PatternSource inner(1000);
    FailingSource source(inner, 600);
    tickmark::MemorySink sink;
    BOOST_TEST(tickmark::copyAll(source, sink).error().type == "injected-fault");
    BOOST_TEST(inner.rest() == 400U);
}

BOOST_AUTO_TEST_CASE(a_failing_sink_passes_on_exactly_its_limit_and_then_fails) {
    PatternSource source(1000);
    tickmark::MemorySink taken;
    FailingSink sink(600, &taken);
    BOOST_TEST(tickmark::copyAll(source, sink).error().type == "injected-fault");
    BOOST_TEST(taken.bytes().size() == 600U);
}

BOOST_AUTO_TEST_CASE(a_failing_sink_takes_what_fits) {
    PatternSource source(600);
    FailingSink sink(600);
    BOOST_TEST(tickmark::copyAll(source, sink).value() == 600U);
}

BOOST_AUTO_TEST_CASE(a_pattern_does_not_depend_on_the_size_of_the_reads) {
    PatternSource whole(5000, 3);
    PatternSource little(5000, 3, 7);
    PatternSource other(5000, 4);
    const Bytes expected = takeAll(whole);
    BOOST_TEST((takeAll(little) == expected));
    BOOST_TEST((takeAll(other) != expected));
}

BOOST_AUTO_TEST_SUITE_END()
