// tickmark serve: pages and API until stopped.
#include "cli/Command.h"

namespace tickmark::cli {
namespace {

struct ServeOptions {
    std::string listen{};
    bool checkConfig = false;
};

Outcome serveUntilStopped(Program& program, const ServeOptions& options) {
    TM_CHECK(program.serve({program.data, options.listen, options.checkConfig}));
    return 0;
}

}  // namespace

void addServe(CLI::App& root, Program& program) {
    auto options = std::make_shared<ServeOptions>();
    CLI::App* command = addCommand(root, program, "serve", "Serve pages and API", options, serveUntilStopped);
    command->add_option("--listen", options->listen, "ADDRESS:PORT (default: the settings', 127.0.0.1:8080)");
    command->add_flag("--check-config", options->checkConfig, "Only say whether the settings are sound");
}

}  // namespace tickmark::cli
