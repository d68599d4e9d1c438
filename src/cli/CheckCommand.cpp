// tickmark check: proves rows, objects, ledger and bundles against each other.
#include "cli/CheckReport.h"
#include "cli/Command.h"
#include "cli/Progress.h"

namespace tickmark::cli {
namespace {

struct CheckOptions {
    bool readData = false;
};

Outcome check(Program& program, const CheckOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    Progress bar("Reading evidence");
    TM_TRY(const auto outcome,
           app::check(*context, options.readData,
                      [&](std::uint64_t done, std::uint64_t all) { bar.show(done, all); }));
    print(program, checkJson(outcome, options.readData), checkText(outcome, options.readData));
    return outcome.problems.empty() ? 0 : 1;
}

}  // namespace

codec::Json checkJson(const app::CheckOutcome& outcome, bool readData) {
    codec::Json problems = codec::Json::array();
    for (const auto& problem : outcome.problems) {
        problems.push(codec::Json()
                          .set("code", problem.code)
                          .set("subject", problem.subject)
                          .set("message", problem.message));
    }
    codec::Json unreferenced = codec::Json::array();
    for (const std::string& digest : outcome.unreferenced) unreferenced.push(digest);
    codec::Json json;
    json.set("ok", outcome.problems.empty()).set("problems", std::move(problems));
    json.set("unreferenced", std::move(unreferenced))
        .set("rows", outcome.rows)
        .set("objects", outcome.objects);
    json.set("entries", outcome.entries).set("read_data", readData).set("bytes_read", outcome.bytesRead);
    return json;
}

std::string checkText(const app::CheckOutcome& outcome, bool readData) {
    std::string text = "Compared " + std::to_string(outcome.rows) + " rows with " +
                       std::to_string(outcome.entries) + " ledger entries, and " +
                       std::to_string(outcome.objects) + " objects in the archive";
    text += readData ? "; read and hashed " + sizeText(outcome.bytesRead) + ".\n"
                     : "; their bytes were not read (--read-data does).\n";
    for (const std::string& digest : outcome.unreferenced) text += "unreferenced  " + digest + "\n";
    for (const auto& problem : outcome.problems) {
        text += "PROBLEM  " + problem.code + "  " + problem.subject + "  " + problem.message + "\n";
    }
    text += outcome.problems.empty() ? "No problem found.\n"
                                     : std::to_string(outcome.problems.size()) + " problems found.\n";
    return text;
}

void addCheck(CLI::App& root, Program& program) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command =
        addCommand(root, program, "check", "Prove catalog, archive, ledger and bundles", options, check);
    command->add_flag("--read-data", options->readData, "Read and hash every byte of evidence too");
}

}  // namespace tickmark::cli
