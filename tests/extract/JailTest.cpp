// What a process can no longer do after it entered the jail; each is tried in a child.
#include "tickmark/extract/Jail.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <functional>

using namespace tickmark;

namespace {

constexpr int couldNotEnter = 9;

/// The child's exit code: 0 when `deed` was refused, 1 when it could be done.
int triedInJail(const std::function<bool()>& deed, unsigned seconds = 5) {
    const ::pid_t child = ::fork();
    if (child == 0) {
        if (!extract::enterJail({.seconds = seconds, .memory = 0})) ::_exit(couldNotEnter);
        ::_exit(deed() ? 1 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(jail)

BOOST_AUTO_TEST_CASE(no_file_is_opened_or_made) {
    BOOST_TEST(triedInJail([] { return ::open("/etc/hostname", O_RDONLY | O_CLOEXEC) >= 0; }) == 0);
    BOOST_TEST(triedInJail([] {
                   return ::open("/tmp/jail-was-here", O_CREAT | O_WRONLY | O_CLOEXEC, 0600) >= 0;
               }) == 0);
    BOOST_TEST(triedInJail([] { return ::access("/etc", F_OK) == 0; }) == 0);
}

BOOST_AUTO_TEST_CASE(no_connection_is_made) {
    BOOST_TEST(triedInJail([] { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0; }) == 0);
    BOOST_TEST(triedInJail([] { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0; }) == 0);
}

BOOST_AUTO_TEST_CASE(no_program_is_started_and_no_process_is_reached) {
    BOOST_TEST(triedInJail([] { return ::fork() >= 0; }) == 0);
    BOOST_TEST(triedInJail([] {
                   std::array<char*, 2> arguments{const_cast<char*>("/bin/true"), nullptr};  // NOLINT
                   return ::execv("/bin/true", arguments.data()) == 0;
               }) == 0);
    BOOST_TEST(triedInJail([] { return ::kill(::getppid(), 0) == 0; }) == 0);
}

BOOST_AUTO_TEST_CASE(no_memory_can_be_made_executable) {
    BOOST_TEST(triedInJail([] {
                   return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                                 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;  // NOLINT
               }) == 0);
}

BOOST_AUTO_TEST_CASE(what_is_open_can_be_read_and_written) {
    std::array<int, 2> ends{};
    BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    BOOST_TEST(triedInJail([&] { return ::write(ends[1], "words", 5) == 5; }) == 1);
    std::array<char, 5> words{};
    BOOST_TEST(::read(ends[0], words.data(), words.size()) == 5);
    BOOST_TEST(std::string(words.data(), words.size()) == "words");
    ::close(ends[0]);
    ::close(ends[1]);
}

BOOST_AUTO_TEST_CASE(a_reader_that_never_ends_is_ended) {
    std::atomic<unsigned> turns = 0;
    const int end = triedInJail(
        [&] {
            for (;;) ++turns;
            return true;
        },
        1);
    BOOST_TEST(end == 100 + SIGKILL);
}

BOOST_AUTO_TEST_SUITE_END()
