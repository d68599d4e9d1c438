// tickmark verify: checks one bundle. Needs no data directory; tickmark-verify does the same without a
// server.
#include "cli/Command.h"
#include "cli/Progress.h"
#include "tickmark/bundle/Anchors.h"
#include "tickmark/bundle/Verifier.h"

namespace tickmark::cli {
namespace {

struct VerifyCommandOptions {
    std::filesystem::path file{};
    bundle::AnchorArguments anchors{};
    unsigned threads = 0;
};

Outcome verify(Program& program, const VerifyCommandOptions& options) {
    TM_TRY(bundle::VerifyOptions trust, bundle::optionsFrom(options.anchors));
    trust.threads = options.threads;
    std::optional<Progress> bar(std::in_place, "Verifying");
    trust.progress = [&bar](std::uint64_t done, std::uint64_t all) { bar->show(done, all); };
    TM_TRY(const bundle::Report report, bundle::verifyBundle(options.file, trust));
    bar.reset();
    print(program, bundle::reportAsJson(report), bundle::reportAsText(report));
    return bundle::exitCodeOf(report.verdict);
}

}  // namespace

void addVerify(CLI::App& root, Program& program) {
    auto options = std::make_shared<VerifyCommandOptions>();
    CLI::App* command =
        addCommand(root, program, "verify", "Check a bundle: exit code 0 passed, 1 failed, 5 undecided",
                   options, verify);
    command->add_option("file", options->file, "The bundle, NAME.evidence.zip")->required();
    for (const bundle::AnchorOption& option : bundle::anchorOptions()) {
        command->add_option(option.name, options->anchors.*option.list, option.help)->allow_extra_args(false);
    }
    command->add_option("--log-key", options->anchors.logKey, "The log's verifier key, NAME+ID+KEY");
    command->add_option("--threads", options->threads,
                        "How many to work with; 0, as many as the machine has");
}

}  // namespace tickmark::cli
