// tickmark ledger: entries, checkpoint, proofs.
#include <algorithm>
#include <limits>

#include "cli/Command.h"
#include "cli/WitnessCommand.h"
#include "tickmark/app/Ledgers.h"

namespace tickmark::cli {
namespace {

constexpr std::int64_t linesAtOnce = 200;

struct LedgerOptions {
    std::int64_t position = 0;
    std::int64_t from = 0;
    std::int64_t limit = std::numeric_limits<std::int64_t>::max();
};

Outcome checkpoint(Program& program, const LedgerOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const std::string note, app::currentCheckpoint(*context));
    print(program, codec::Json().set("checkpoint", note), note);
    return 0;
}

Outcome list(Program& program, const LedgerOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    if (options.limit < 1) return invalid("page", "limit", "The limit is at least 1.");
    codec::Json json = codec::Json::array();
    std::string text;
    std::int64_t from = options.from;
    for (std::int64_t left = options.limit; left > 0;) {
        TM_TRY(const auto lines,
               app::listLedger(*context, machineOwner(), from, std::min(left, linesAtOnce)));
        if (lines.empty()) break;
        for (const auto& line : lines) {
            json.push(codec::Json().set("position", line.position).set("leaf", line.leaf));
            text += std::to_string(line.position) + "  " + line.leaf + "\n";
        }
        from = lines.back().position + 1;
        left -= static_cast<std::int64_t>(lines.size());
    }
    print(program, json, text);
    return 0;
}

Outcome prove(Program& program, const LedgerOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto proof, app::proveEntry(*context, machineOwner(), options.position));
    print(program, codec::Json().set("tlog_proof", proof.text()), proof.text());
    return 0;
}

Outcome consistency(Program& program, const LedgerOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto answer, app::proveConsistency(*context, static_cast<std::uint64_t>(options.from)));
    codec::Json path = codec::Json::array();
    std::string text =
        "consistency " + std::to_string(answer.first) + " " + std::to_string(answer.second) + "\n";
    for (const Digest& node : answer.path) {
        path.push(toBase64(node.bytes()));
        text += toBase64(node.bytes()) + "\n";
    }
    codec::Json json;
    json.set("first", answer.first).set("second", answer.second).set("path", std::move(path));
    json.set("checkpoint", answer.checkpoint);
    print(program, json, text + "\n" + answer.checkpoint);
    return 0;
}

}  // namespace

void addLedger(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("ledger", "The append-only log: entries, proofs, witnesses");
    group->require_subcommand(1);
    addCommand(*group, program, "checkpoint", "Print the signed tree head", std::make_shared<LedgerOptions>(),
               checkpoint);
    auto listed = std::make_shared<LedgerOptions>();
    CLI::App* command = addCommand(*group, program, "list", "Print entries, oldest first", listed, list);
    command->add_option("--from", listed->from, "First position");
    command->add_option("--limit", listed->limit, "How many at most (default: all)");
    auto proved = std::make_shared<LedgerOptions>();
    command =
        addCommand(*group, program, "prove", "Print an inclusion proof (C2SP tlog-proof)", proved, prove);
    command->add_option("position", proved->position, "Position of the entry")->required();
    auto consistent = std::make_shared<LedgerOptions>();
    command = addCommand(*group, program, "consistency", "Prove that nothing was rewritten since a size",
                         consistent, consistency);
    command->add_option("--from", consistent->from, "An earlier checkpoint's size")
        ->required()
        ->check(CLI::NonNegativeNumber);
    addWitnessCommands(*group, program);
}

}  // namespace tickmark::cli
