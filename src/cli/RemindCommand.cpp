// tickmark remind: the daily digest by mail, from a timer or by hand.
#include "cli/Command.h"
#include "tickmark/app/DailyDigest.h"

namespace tickmark::cli {
namespace {

struct RemindOptions {
    bool now = false;
    bool dryRun = false;
};

codec::Json outcomeJson(const app::DigestOutcome& outcome) {
    codec::Json row;
    row.set("account", outcome.account)
        .set("address", outcome.address)
        .set("fate", app::toText(outcome.fate));
    if (!outcome.subject.empty()) row.set("subject", outcome.subject);
    if (!outcome.text.empty()) row.set("text", outcome.text);
    if (!outcome.error.empty()) row.set("error", outcome.error);
    return row;
}

std::string outcomeText(const app::DigestOutcome& outcome) {
    std::string text =
        outcome.account + "  " + outcome.address + "  " + std::string(app::toText(outcome.fate));
    if (!outcome.error.empty()) text += "  " + outcome.error;
    text += "\n";
    if (!outcome.text.empty()) text += "  " + outcome.subject + "\n\n" + outcome.text + "\n";
    return text;
}

Outcome remind(Program& program, const RemindOptions& options) {
    const auto mode = options.dryRun ? app::OpenMode::ReadOnly : app::OpenMode::ReadWrite;
    TM_TRY(const auto context, open(program, mode));
    app::DigestRun run;
    run.now = options.now;
    run.dryRun = options.dryRun;
    TM_TRY(const auto outcomes, app::sendDigests(*context, run));
    codec::Json rows = codec::Json::array();
    std::string text;
    bool failed = false;
    for (const auto& outcome : outcomes) {
        failed = failed || !outcome.error.empty();
        rows.push(outcomeJson(outcome));
        text += outcomeText(outcome);
    }
    if (outcomes.empty())
        text = "Nobody is written to: nobody gave an address, or digest_hour is not reached (--now).\n";
    print(program, rows, text);
    return failed ? 1 : 0;
}

}  // namespace

void addRemind(CLI::App& root, Program& program) {
    auto options = std::make_shared<RemindOptions>();
    CLI::App* command =
        addCommand(root, program, "remind", "Send today's digests of what is due, one a person at most",
                   options, remind);
    command->add_flag("--now", options->now, "Do not wait for digest_hour");
    command->add_flag("--dry-run", options->dryRun, "Show what would be sent; send and record nothing");
}

}  // namespace tickmark::cli
