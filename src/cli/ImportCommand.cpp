// tickmark import: findings, actions, audits from CSV; catalogs from OSCAL or CSV.
#include "cli/Command.h"
#include "tickmark/app/Import.h"

namespace tickmark::cli {
namespace {

struct ImportOptions {
    std::filesystem::path file{};
    std::string account{};
    std::string audit{};
    std::string code{};
    std::string title{};
    bool dryRun = false;
};

Outcome report(Program& program, const app::ImportOutcome& outcome, const std::string& what) {
    codec::Json refs = codec::Json::array();
    for (const std::string& ref : outcome.refs) refs.push(ref);
    codec::Json json;
    json.set("created", outcome.created).set("dry_run", outcome.dryRun).set("refs", std::move(refs));
    print(program, json,
          outcome.dryRun
              ? "Dry run: " + std::to_string(outcome.created) + " " + what + " would be created; nothing was."
              : "Created " + std::to_string(outcome.created) + " " + what + ".");
    return 0;
}

Outcome findings(Program& program, const ImportOptions& options) {
    TM_TRY(const std::string csv, readInput(options.file));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto outcome, app::importFindings(*context, actor, options.audit, csv, options.dryRun));
    return report(program, outcome, "findings");
}

Outcome actions(Program& program, const ImportOptions& options) {
    TM_TRY(const std::string csv, readInput(options.file));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto outcome, app::importActions(*context, actor, options.audit, csv, options.dryRun));
    return report(program, outcome, "actions");
}

Outcome audits(Program& program, const ImportOptions& options) {
    TM_TRY(const std::string csv, readInput(options.file));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const domain::Actor actor, app::actorForCommand(*context, options.account));
    TM_TRY(const auto outcome, app::importAudits(*context, actor, csv, options.dryRun));
    return report(program, outcome, "audits");
}

Outcome catalog(Program& program, const ImportOptions& options) {
    TM_TRY(const std::string file, readInput(options.file));
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    domain::Actor actor = machineOwner();
    if (!options.account.empty()) {
        TM_TRY(actor, app::actorForCommand(*context, options.account));
    }
    TM_TRY(const auto outcome,
           app::importCatalog(*context, actor, options.code, options.title, file, options.dryRun));
    return report(program, outcome, "clauses");
}

CLI::App* common(CLI::App* command, const std::shared_ptr<ImportOptions>& options, bool asRequired) {
    command->add_option("file", options->file, "The file, or - for standard input")->required();
    command->add_option("--as", options->account, "Account to act for")->required(asRequired);
    command->add_flag("--dry-run", options->dryRun, "Check everything, keep nothing");
    return command;
}

}  // namespace

void addImport(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("import", "Import findings, actions, audits or a catalog");
    group->require_subcommand(1);
    auto options = std::make_shared<ImportOptions>();
    common(addCommand(*group, program, "findings", "Findings of an audit from CSV", options, findings),
           options, true)
        ->add_option("--audit", options->audit, "Reference of the audit")
        ->required();
    options = std::make_shared<ImportOptions>();
    common(
        addCommand(*group, program, "actions", "Actions of an audit's findings from CSV", options, actions),
        options, true)
        ->add_option("--audit", options->audit, "Reference of the audit")
        ->required();
    options = std::make_shared<ImportOptions>();
    common(addCommand(*group, program, "audits", "Audits from CSV", options, audits), options, true);
    options = std::make_shared<ImportOptions>();
    CLI::App* command =
        common(addCommand(*group, program, "catalog", "A catalog from OSCAL JSON or CSV", options, catalog),
               options, false);
    command->add_option("--code", options->code, "Short name, e.g. nist-800-53-low")->required();
    command->add_option("--title", options->title, "Title (default: the file's)");
}

}  // namespace tickmark::cli
