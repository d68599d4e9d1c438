#include "apps/witness/WitnessCommand.h"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <string_view>

#include "apps/witness/AddHead.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/codec/Json.h"

namespace tickmark::witness {
namespace {

using codec::Json;

constexpr int wrongUsage = 2;
constexpr int environmentFailed = 4;
constexpr unsigned publicMode = 0644;

struct Arguments {
    std::string folder{};
    std::string name{};
    AddRequest add{};
    std::string out{};
    bool json = false;
};

int exitCodeOf(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::Damaged:
            return 1;
        case ErrorKind::Undecided:
            return 5;
        case ErrorKind::Invalid:
        case ErrorKind::TooLarge:
            return wrongUsage;
        case ErrorKind::NotFound:
        case ErrorKind::Environment:
            return environmentFailed;
        case ErrorKind::Refused:
        case ErrorKind::Forbidden:
        case ErrorKind::Unauthenticated:
        case ErrorKind::Stale:
        case ErrorKind::Conflict:
        case ErrorKind::Throttled:
            return 3;
        case ErrorKind::Internal:
            return 70;
    }
    return 70;
}

int complain(const Error& error) {
    std::cerr << "tickmark-verify witness: " << describe(error) << "\n";
    return exitCodeOf(error.kind);
}

int written() {
    std::cout.flush();
    return std::cout ? 0 : environmentFailed;
}

int init(const Arguments& arguments) {
    const auto folder = WitnessFolder::make(arguments.folder, arguments.name);
    if (!folder) return complain(folder.error());
    std::cout << folder->verifierKey().text() << "\n";
    std::cerr << "This is the witness's verifier key. Give it to the owners of the logs; they add it with\n"
                 "  tickmark ledger witness add "
              << folder->name() << " KEY\nKeep the folder private, and keep copies of it.\n";
    return written();
}

int add(const Arguments& arguments) {
    const auto folder = WitnessFolder::open(arguments.folder);
    if (!folder) return complain(folder.error());
    const SystemClock clock;
    const auto added = addHead(*folder, arguments.add, clock);
    if (!added) return complain(added.error());
    if (arguments.out.empty()) {
        std::cout << added->cosignature;
    } else {
        const auto done = archive::writeFileDurably(arguments.out, viewOf(added->cosignature), publicMode);
        if (!done) return complain(done.error());
    }
    std::cerr << "Cosigned: " << added->origin << ", " << added->size << " entries";
    if (added->before)
        std::cerr << ", which begin with the " << *added->before << " seen before.\n";
    else
        std::cerr << ". First contact: what the log held until now is taken on trust.\n";
    return written();
}

Json logJson(const SeenLog& log, const ledger::Checkpoint& head) {
    return Json::object()
        .set("origin", head.origin)
        .set("log_key", log.key.text())
        .set("size", head.size)
        .set("root", head.root.hex())
        .set("first_at", log.firstAt.iso())
        .set("at", log.at.iso())
        .set("checkpoint", log.checkpoint);
}

int show(const Arguments& arguments) {
    const auto folder = WitnessFolder::open(arguments.folder);
    if (!folder) return complain(folder.error());
    const auto logs = folder->list();
    if (!logs) return complain(logs.error());
    Json list = Json::array();
    std::string text = "Witness " + folder->name() + "\nKey     " + folder->verifierKey().text() + "\n";
    if (logs->empty()) text += "No log seen yet.\n";
    for (const SeenLog& log : *logs) {
        const auto head = ledger::readCheckpoint(log.checkpoint);
        if (!head) return complain(head.error());
        list.push(logJson(log, *head));
        text += "\nLog     " + head->origin + "\n  key   " + log.key.text() + "\n  seen  " +
                std::to_string(head->size) + " entries, root " + head->root.hex() + "\n  at    " +
                log.at.iso() + " (first " + log.firstAt.iso() + ")\n";
    }
    const std::size_t refusals = folder->refusedCount();
    if (refusals > 0) text += "\nRefused heads in refused/: " + std::to_string(refusals) + "\n";
    const Json json = Json::object()
                          .set("name", folder->name())
                          .set("key", folder->verifierKey().text())
                          .set("logs", std::move(list))
                          .set("refused", static_cast<std::uint64_t>(refusals));
    std::cout << (arguments.json ? codec::prettyJson(json) : text);
    return written();
}

CLI::App* addCommand(CLI::App& app, Arguments& arguments, std::function<int()>& chosen, const char* name,
                     const char* help, int (*action)(const Arguments&)) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("--dir", arguments.folder, "the witness's folder")->required();
    command->callback(
        [&chosen, &arguments, action] { chosen = [&arguments, action] { return action(arguments); }; });
    return command;
}

}  // namespace

bool isWitnessCommand(int argc, const char* const* argv) {
    return argc > 1 && std::string_view(argv[1]) == "witness";
}

int run(int argc, const char* const* argv) {
    Arguments arguments;
    std::function<int()> chosen;
    CLI::App app{
        "Keeps the last head seen of a log, refuses one that does not extend it, and cosigns the rest.",
        "tickmark-verify witness"};
    app.require_subcommand(1);
    CLI::App* command = addCommand(app, arguments, chosen, "init", "Make a witness with a new key", init);
    command->add_option("--name", arguments.name, "the witness's name in its signatures")->required();
    command = addCommand(app, arguments, chosen, "add", "Judge a head, and cosign it when it holds", add);
    command
        ->add_option("FILE", arguments.add.file, "a request of `tickmark ledger request`, or a sealed bundle")
        ->required();
    command->add_option("--log", arguments.add.logKey, "the log's verifier key; needed at first contact");
    command->add_flag("--first", arguments.add.first,
                      "begin with this head when the log is not known yet (trust on first use)");
    command->add_option("--out", arguments.out, "write the cosignature here instead of standard output");
    command = addCommand(app, arguments, chosen, "show", "List the logs and the heads last seen", show);
    command->add_flag("--json", arguments.json, "answer as JSON");
    app.footer(
        "Exit codes: 0 done, 1 the log does not extend what was seen, 2 wrong usage, 3 refused,\n"
        "4 a file or the folder cannot be used, 5 undecided (first contact, or no proof was brought).");
    try {
        app.parse(argc - 1, argv + 1);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrongUsage;
    }
    return chosen();
}

}  // namespace tickmark::witness
