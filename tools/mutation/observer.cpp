// Joins a test program: the first failed assertion ends the process, because one is enough to catch a mutant.
#include <unistd.h>

#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>

namespace {

constexpr int caught = 9;

struct FirstFailure final : boost::unit_test::test_observer {
    void assertion_result(boost::unit_test::assertion_result result) override {
        if (result == boost::unit_test::AR_FAILED) _exit(caught);
    }
    void exception_caught(const boost::execution_exception&) override { _exit(caught); }
};

struct Watch {
    Watch() { boost::unit_test::framework::register_observer(observer); }
    ~Watch() { boost::unit_test::framework::deregister_observer(observer); }
    FirstFailure observer{};
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(Watch);
