// Joins a test program: the first failed assertion ends the process, because one is enough to catch a mutant. With
// TICKMARK_MUTANT_CAUGHT_BY the test case's name is written to that file.
#include <unistd.h>

#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>

namespace {

constexpr int caught = 9;

[[noreturn]] void end() {
    const char* path = std::getenv("TICKMARK_MUTANT_CAUGHT_BY");
    std::FILE* file = path == nullptr ? nullptr : std::fopen(path, "w");
    if (file != nullptr) {
        std::fputs(boost::unit_test::framework::current_test_case().full_name().c_str(), file);
        std::fclose(file);
    }
    _exit(caught);
}

struct FirstFailure final : boost::unit_test::test_observer {
    void assertion_result(boost::unit_test::assertion_result result) override {
        if (result == boost::unit_test::AR_FAILED) end();
    }
    void exception_caught(const boost::execution_exception&) override { end(); }
};

struct Watch {
    Watch() { boost::unit_test::framework::register_observer(observer); }
    ~Watch() { boost::unit_test::framework::deregister_observer(observer); }
    FirstFailure observer{};
};

}  // namespace

BOOST_TEST_GLOBAL_FIXTURE(Watch);
