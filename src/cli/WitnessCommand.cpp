#include "cli/WitnessCommand.h"

#include "tickmark/app/Ledgers.h"
#include "tickmark/app/Witnesses.h"
#include "tickmark/archive/Archive.h"

namespace tickmark::cli {
namespace {

constexpr unsigned publicMode = 0644;

struct WitnessOptions {
    std::string name{};
    std::string key{};
    std::string file{};
    std::string out{};
    std::int64_t since = -1;
};

codec::Json witnessJson(const app::WitnessView& witness) {
    codec::Json json;
    json.set("name", witness.name).set("key", witness.verifierKey).set("added", witness.added.iso());
    if (witness.size) json.set("size", *witness.size).set("cosigned_at", witness.at.iso());
    return json;
}

std::string witnessText(const app::WitnessView& witness) {
    if (!witness.size) return witness.name + "  has cosigned nothing yet\n";
    return witness.name + "  cosigned " + std::to_string(*witness.size) + " entries at " + witness.at.iso() +
           "\n";
}

Outcome show(Program& program, const WitnessOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const std::string note, app::currentCheckpoint(*context));
    TM_TRY(const auto witnesses, app::listWitnesses(*context));
    codec::Json list = codec::Json::array();
    std::string text =
        "Log      " + context->settings.logOrigin + "\nKey      " + context->keys->ledgerPublic.text() + "\n";
    codec::Json json;
    json.set("origin", context->settings.logOrigin).set("key", context->keys->ledgerPublic.text());
    if (!note.empty()) {
        TM_TRY(const auto head, ledger::readCheckpoint(note));
        text += "Entries  " + std::to_string(head.size) + "\nRoot     " + head.root.hex() + "\n";
        json.set("size", head.size).set("root", head.root.hex()).set("checkpoint", note);
    }
    text += witnesses.empty() ? "No witness is known.\n" : "Witnesses\n";
    for (const auto& witness : witnesses) {
        text += "  " + witnessText(witness);
        list.push(witnessJson(witness));
    }
    print(program, json.set("witnesses", std::move(list)), text);
    return 0;
}

Outcome request(Program& program, const WitnessOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    std::optional<std::uint64_t> since;
    if (options.since >= 0) since = static_cast<std::uint64_t>(options.since);
    TM_TRY(const auto made, app::witnessRequest(*context, machineOwner(), options.name, since));
    if (!options.out.empty()) TM_CHECK(archive::writeFileDurably(options.out, viewOf(made.text), publicMode));
    codec::Json json;
    json.set("old", made.old).set("size", made.size).set("request", made.text);
    if (options.out.empty() || program.json) print(program, json, made.text);
    note(
        "The witness checks it with `tickmark-verify witness add --dir DIR FILE`; bring the answer with "
        "`tickmark ledger cosign FILE`.");
    return 0;
}

Outcome cosign(Program& program, const WitnessOptions& options) {
    TM_TRY(const std::string answer, readInput(options.file));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto taken, app::takeCosignatures(*context, machineOwner(), answer));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& one : taken) {
        json.push(
            codec::Json().set("witness", one.witness).set("size", one.size).set("cosigned_at", one.at.iso()));
        text += one.witness + " cosigned " + std::to_string(one.size) + " entries at " + one.at.iso() + ".\n";
    }
    print(program, json, text);
    return 0;
}

Outcome addOne(Program& program, const WitnessOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const auto added, app::addWitness(*context, machineOwner(), options.name, options.key));
    print(program, witnessJson(added), "Witness " + added.name + " is known now.");
    return 0;
}

Outcome list(Program& program, const WitnessOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto witnesses, app::listWitnesses(*context));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& witness : witnesses) {
        json.push(witnessJson(witness));
        text += witnessText(witness) + "  " + witness.verifierKey + "\n";
    }
    print(program, json, text.empty() ? "No witness is known." : text);
    return 0;
}

Outcome removeOne(Program& program, const WitnessOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_CHECK(app::removeWitness(*context, machineOwner(), options.name));
    print(program, codec::Json().set("removed", options.name), "Removed " + options.name + ".");
    return 0;
}

void addWitnessGroup(CLI::App& ledger, Program& program) {
    CLI::App* group = ledger.add_subcommand("witness", "Witnesses of the log: add, list, remove");
    group->require_subcommand(1);
    auto added = std::make_shared<WitnessOptions>();
    CLI::App* command = addCommand(*group, program, "add", "Believe a witness from now on", added, addOne);
    command->add_option("name", added->name, "The witness's name, as in its key")->required();
    command->add_option("key", added->key, "Its verifier key, as `tickmark-verify witness init` printed it")
        ->required();
    addCommand(*group, program, "list", "List witnesses and what they cosigned last",
               std::make_shared<WitnessOptions>(), list);
    auto removed = std::make_shared<WitnessOptions>();
    command = addCommand(*group, program, "remove", "Believe a witness no longer", removed, removeOne);
    command->add_option("name", removed->name, "The witness's name")->required();
}

}  // namespace

void addWitnessCommands(CLI::App& ledger, Program& program) {
    addCommand(ledger, program, "show", "Print the log's name, key and size, and its witnesses",
               std::make_shared<WitnessOptions>(), show);
    auto asked = std::make_shared<WitnessOptions>();
    CLI::App* command =
        addCommand(ledger, program, "request", "Write what a witness is to check and cosign", asked, request);
    command->add_option("--for", asked->name, "The witness's name")->required();
    command
        ->add_option("--since", asked->since,
                     "The size the witness saw last (default: the one it cosigned last)")
        ->check(CLI::NonNegativeNumber);
    command->add_option("--out", asked->out, "Write the request here instead of standard output");
    auto brought = std::make_shared<WitnessOptions>();
    command = addCommand(ledger, program, "cosign", "Take in a witness's answer", brought, cosign);
    command->add_option("file", brought->file, "The witness's answer, or - for standard input")->required();
    addWitnessGroup(ledger, program);
}

}  // namespace tickmark::cli
