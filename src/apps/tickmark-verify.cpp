// tickmark-verify: checks one evidence bundle. No server, no database, no network, no configuration.
#include <unistd.h>
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>

#include "apps/OutOfMemory.h"
#include "apps/witness/WitnessCommand.h"
#include "tickmark/bundle/Anchors.h"
#include "tickmark/bundle/Verifier.h"

namespace {

namespace bundle = tickmark::bundle;

constexpr int wrongUsage = 2;
constexpr int environmentFailed = 4;
constexpr int internalError = 70;

struct Arguments {
    std::string file{};
    bundle::AnchorArguments anchors{};
    unsigned threads = 0;
    bool noFileDigest = false;
    bool json = false;
    bool quiet = false;
};

/// A bar on standard error, once the work has taken a second.
class ProgressBar {
  public:
    void show(std::uint64_t done, std::uint64_t total) {
        const auto now = std::chrono::steady_clock::now();
        if (now - m_start < std::chrono::seconds(1) || now - m_last < std::chrono::milliseconds(100)) return;
        m_last = now;
        constexpr std::uint64_t width = 40;
        const std::uint64_t filled = total == 0 ? 0 : std::min(done * width / total, width);
        std::string bar(filled, '#');
        bar.append(width - filled, '.');
        std::cerr << "\r[" << bar << "] "
                  << (total == 0 ? 0 : std::min<std::uint64_t>(done * 100 / total, 100)) << " %"
                  << std::flush;
        m_shown = true;
    }
    void clear() const {
        if (m_shown) std::cerr << "\r" << std::string(50, ' ') << "\r" << std::flush;
    }

  private:
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_last{};
    bool m_shown = false;
};

int complain(const tickmark::Error& error) {
    std::cerr << tickmark::describe(error);
    const bool ours =
        error.kind == tickmark::ErrorKind::Environment || error.kind == tickmark::ErrorKind::NotFound;
    return ours ? environmentFailed : wrongUsage;
}

int verify(const Arguments& arguments) {
    auto options = bundle::optionsFrom(arguments.anchors);
    if (!options) return complain(options.error());
    options->threads = arguments.threads;
    options->fileDigest = !arguments.noFileDigest;
    ProgressBar bar;
    if (!arguments.quiet && ::isatty(STDERR_FILENO) == 1) {
        options->progress = [&bar](std::uint64_t done, std::uint64_t total) { bar.show(done, total); };
    }
    const auto report = bundle::verifyBundle(arguments.file, *options);
    bar.clear();
    if (!report) return complain(report.error());
    if (arguments.json) {
        std::cout << tickmark::codec::prettyJson(bundle::reportAsJson(*report));
    } else if (!arguments.quiet) {
        std::cout << bundle::reportAsText(*report);
    }
    std::cout.flush();
    return std::cout ? bundle::exitCodeOf(report->verdict) : environmentFailed;
}

int run(int argc, char** argv) {
    if (tickmark::witness::isWitnessCommand(argc, argv)) return tickmark::witness::run(argc, argv);
    Arguments arguments;
    CLI::App app{
        "Checks an evidence bundle: intact, authentic, complete, in the log.\n"
        "Whom to trust comes from you, never from the bundle: give the organisation's certificate or its "
        "fingerprint."};
    app.set_version_flag("--version", "tickmark-verify " TICKMARK_VERSION);
    app.add_option("FILE", arguments.file, "the bundle, NAME.evidence.zip")->required();
    for (const bundle::AnchorOption& option : bundle::anchorOptions())
        app.add_option(option.name, arguments.anchors.*option.list, option.help)->allow_extra_args(false);
    app.add_option("--log-key", arguments.anchors.logKey, "the log's verifier key, NAME+ID+KEY");
    app.add_option("--threads", arguments.threads, "how many to work with; 0, as many as the machine has");
    app.add_flag("--no-file-digest", arguments.noFileDigest,
                 "do not hash the file as a whole: faster, and the report does not name its digest");
    app.add_flag("--json", arguments.json, "answer as JSON");
    app.add_flag("--quiet", arguments.quiet, "answer by the exit code only");
    app.footer(
        "Exit codes: 0 passed, 1 failed, 5 undecided, 2 wrong usage, 4 the file cannot be read.\n"
        "To watch a log over time and cosign it: tickmark-verify witness --help.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrongUsage;
    }
    return verify(arguments);
}

}  // namespace

int main(int argc, char** argv) {
    std::set_terminate(tickmark::endWithoutMemory);
    // Valijson writes to what an allocation that failed gave it; a verifier has nothing to lose by ending at
    // once.
    std::set_new_handler(tickmark::sayOutOfMemory);
    try {
        return run(argc, argv);
    } catch (const std::exception& error) {
        static_cast<void>(std::fprintf(stderr, "tickmark-verify: internal error: %s\n", error.what()));
        return internalError;
    }
}
