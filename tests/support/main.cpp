// The one entry point of every test program; tests register themselves.
#define BOOST_TEST_MODULE tickmark
#include <boost/test/unit_test.hpp>
