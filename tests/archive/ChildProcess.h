// Runs this very test program again, in a process of its own, for what a process can only suffer once:
// signals, limits, injected system call errors. The child is the disabled case child/take_files_in of
// FolderStoreChild.cpp.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

extern "C" char** environ;

namespace tickmark::test {

struct ChildOrder {
    std::filesystem::path root{};
    std::string work = "put";  ///< "put": one file of `size`; "batch": 12 files of `size`
    std::uint64_t size = 0;
    std::uint64_t fileSizeLimit = 0;     ///< RLIMIT_FSIZE, 0 for none
    std::vector<std::string> wrapper{};  ///< e.g. strace and its options, before the program
};

struct ChildReport {
    std::string outcome{};      ///< "ok", an error type, or empty when the child could not say
    std::uint64_t peakKiB = 0;  ///< VmHWM
};

inline ChildReport runChild(const ChildOrder& order) {
    const std::filesystem::path answer = order.root.string() + ".answer";
    std::filesystem::remove(answer);
    std::vector<std::string> words = order.wrapper;
    words.push_back(std::filesystem::read_symlink("/proc/self/exe").string());
    words.insert(words.end(), {"--run_test=child/take_files_in", "--log_level=nothing", "--report_level=no"});
    std::vector<std::string> settings{
        "TICKMARK_CHILD_ROOT=" + order.root.string(),
        "TICKMARK_CHILD_WORK=" + order.work,
        "TICKMARK_CHILD_SIZE=" + std::to_string(order.size),
        "TICKMARK_CHILD_ANSWER=" + answer.string(),
        "TICKMARK_CHILD_LIMIT=" + std::to_string(order.fileSizeLimit),
        "ASAN_OPTIONS=detect_leaks=0"};  // the leak checker cannot work below strace
    for (char** each = environ; *each != nullptr; ++each) settings.emplace_back(*each);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    for (std::string& setting : settings) environment.push_back(setting.data());
    environment.push_back(nullptr);

    posix_spawn_file_actions_t silence;
    ::posix_spawn_file_actions_init(&silence);
    for (const int fd : {STDOUT_FILENO, STDERR_FILENO}) {
        ::posix_spawn_file_actions_addopen(&silence, fd, "/dev/null", O_WRONLY, 0);
    }
    pid_t child = 0;
    const int failed =
        ::posix_spawnp(&child, arguments.front(), &silence, nullptr, arguments.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&silence);
    if (failed != 0) return {"not started", 0};
    int status = 0;
    ::waitpid(child, &status, 0);
    ChildReport report;
    std::ifstream(answer) >> report.outcome >> report.peakKiB;
    std::filesystem::remove(answer);
    return report;
}

}  // namespace tickmark::test
