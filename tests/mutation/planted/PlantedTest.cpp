// The planted tests: one sees its boundary, one does not, one asserts nothing.
#define BOOST_TEST_MODULE planted
#include <boost/test/unit_test.hpp>
#include <string>

namespace planted {
bool mayEnter(int age, int least);
bool isWithin(int value, int low, int high);
int halves(int count);
std::string shouted(std::string text);
bool nobodyAsks(int value);
std::size_t room();
}  // namespace planted

BOOST_AUTO_TEST_SUITE(planted_tests)

BOOST_AUTO_TEST_CASE(sees_its_boundary) {
    BOOST_TEST(planted::mayEnter(18, 18));
    BOOST_TEST(!planted::mayEnter(17, 18));
    BOOST_TEST(planted::mayEnter(19, 18));
}

BOOST_AUTO_TEST_CASE(does_not_see_its_boundary) { BOOST_TEST(planted::isWithin(5, 1, 9)); }

BOOST_AUTO_TEST_CASE(ends_only_with_its_loop) { BOOST_TEST(planted::halves(8) == 3); }

BOOST_AUTO_TEST_CASE(cannot_fail) {
    planted::shouted("a");
    BOOST_TEST(planted::room() == 4U);
}

BOOST_AUTO_TEST_SUITE_END()
