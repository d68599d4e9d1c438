// The command line: every command, its help, its exit codes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/foundation/Result.h"

namespace tickmark::cli {

/// What `tickmark serve` was asked for.
struct ServeRequest {
    std::filesystem::path data{};
    std::string listen{};    ///< overrides the settings when not empty
    bool checkOnly = false;  ///< the settings, without serving
};

/// The server stands on the same floor as the commands, so the program brings it along. Returns when asked to
/// stop.
using Serve = std::function<Result<void>(const ServeRequest&)>;

/// Parses and runs one command. Results go to standard output, messages to standard error. Returns the exit
/// code: 0 success; 1 the thing examined is bad; 2 wrong usage; 3 refused; 4 environment; 5 undecided; 70
/// internal error.
[[nodiscard]] int run(int argc, const char* const* argv, const Serve& serve);

/// The one place where kinds of errors become exit codes.
[[nodiscard]] int exitCodeOf(ErrorKind kind) noexcept;

}  // namespace tickmark::cli
