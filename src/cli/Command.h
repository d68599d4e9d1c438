// What the commands share: one shape, one way to open the data directory, to print and to ask.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "tickmark/app/Context.h"
#include "tickmark/cli/CommandLine.h"
#include "tickmark/codec/Json.h"
#include "tickmark/foundation/Result.h"
#include "tickmark/foundation/Secret.h"

namespace tickmark::cli {

/// What a command that ran through leaves as exit code (0 unless the thing examined is bad or undecided).
using Outcome = Result<int>;

/// Options that every command takes, and what the chosen one will do.
struct Program {
    std::filesystem::path data{};
    bool json = false;
    Serve serve{};
    std::function<Outcome()> chosen{};
};

/// Adds a subcommand with its action; the returned pointer takes further options. `options` lives as long as
/// the action.
template <class Options>
CLI::App* addCommand(CLI::App& parent, Program& program, const std::string& name, const std::string& help,
                     const std::shared_ptr<Options>& options, Outcome (*action)(Program&, const Options&)) {
    CLI::App* command = parent.add_subcommand(name, help);
    command->callback([&program, options, action]() {
        program.chosen = [&program, options, action]() { return action(program, *options); };
    });
    return command;
}

/// Opens the data directory with the machine's clock.
[[nodiscard]] Result<std::unique_ptr<app::Context>> open(const Program& program, app::OpenMode mode);
/// The administrator by virtue of holding the data directory.
[[nodiscard]] domain::Actor machineOwner();

/// Standard output: pretty JSON with --json, else the text with a line feed when it has none.
void print(const Program& program, const codec::Json& json, const std::string& text);
/// Standard error.
void note(const std::string& text);

/// A passphrase from a file's first line, or asked for on the terminal without echo (twice when `twice`).
/// Errors: Invalid when there is neither a file nor a terminal.
[[nodiscard]] Result<Secret> secretFrom(const std::filesystem::path& file, const std::string& question,
                                        bool twice);

/// Reads a whole file, or standard input for "-". Errors: NotFound, TooLarge.
[[nodiscard]] Result<std::string> readInput(const std::filesystem::path& file);

/// "2.0 GiB"
[[nodiscard]] std::string sizeText(std::uint64_t bytes);

// One function per file adds each command.
void addInit(CLI::App& root, Program& program);
void addServe(CLI::App& root, Program& program);
void addDemo(CLI::App& root, Program& program);
void addUser(CLI::App& root, Program& program);
void addToken(CLI::App& root, Program& program);
void addImport(CLI::App& root, Program& program);
void addEvidence(CLI::App& root, Program& program);
void addBundle(CLI::App& root, Program& program);
/// Subcommands of `bundle` that need no server, or work on what was sealed.
void addBundleSigning(CLI::App& group, Program& program);
void addVerify(CLI::App& root, Program& program);
void addCheck(CLI::App& root, Program& program);
void addBackup(CLI::App& root, Program& program);
void addRestore(CLI::App& root, Program& program);
void addLedger(CLI::App& root, Program& program);
void addKey(CLI::App& root, Program& program);
void addRemind(CLI::App& root, Program& program);
void addKpi(CLI::App& root, Program& program);
void addReport(CLI::App& root, Program& program);

}  // namespace tickmark::cli
