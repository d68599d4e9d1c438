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
};

Outcome verify(Program& program, const VerifyCommandOptions& options) {
    TM_TRY(bundle::VerifyOptions trust, bundle::optionsFrom(options.anchors));
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
    command
        ->add_option("--anchor", options->anchors.files,
                     "PEM file with a certificate to trust; may be repeated")
        ->allow_extra_args(false);
    command
        ->add_option("--fingerprint", options->anchors.fingerprints,
                     "SHA256:HEX of a certificate to trust; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--log-key", options->anchors.logKey, "The log's verifier key, NAME+ID+KEY");
}

}  // namespace tickmark::cli
