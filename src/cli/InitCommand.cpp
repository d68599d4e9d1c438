// tickmark init: makes a data directory.
#include "cli/Command.h"
#include "tickmark/app/Initialise.h"

namespace tickmark::cli {
namespace {

struct InitOptions {
    std::string organisation{};
    std::string admin{"admin"};
    std::filesystem::path passphraseFile{};
    std::filesystem::path authorityKeyTo{};
};

Outcome init(Program& program, const InitOptions& options) {
    app::InitialiseInput input;
    input.root = program.data;
    input.organisation = options.organisation;
    input.adminAccount = options.admin;
    input.authorityKeyTo = options.authorityKeyTo;
    if (!options.passphraseFile.empty()) {
        TM_TRY(input.authorityPassphrase,
               secretFrom(options.passphraseFile, "Passphrase of the authority's key", true));
    }
    const SystemClock clock;
    TM_TRY(const auto made, app::initialise(input, clock));
    codec::Json json;
    json.set("data", program.data.string())
        .set("root_fingerprint", "SHA256:" + made.rootFingerprint.hex())
        .set("ledger_key", made.ledgerKey)
        .set("admin_account", options.admin)
        .set("admin_password", made.adminPassword.reveal());
    std::string text = "Made " + program.data.string() + " for " + options.organisation + ".\n\n" +
                       "Sign in as          " + options.admin + "\nwith password       " +
                       made.adminPassword.reveal() + "   (shown once)\n";
    if (!made.authorityPassphrase.empty()) {
        json.set("authority_passphrase", made.authorityPassphrase.reveal());
        text += "authority's key     " + made.authorityPassphrase.reveal() +
                "   (its passphrase, shown once: keep it)\n";
    }
    text += "root fingerprint    SHA256:" + made.rootFingerprint.hex() + "\nledger key          " +
            made.ledgerKey + "\n\nNext: tickmark user create, then tickmark serve --data " +
            program.data.string() + "\n";
    print(program, json, text);
    return 0;
}

}  // namespace

void addInit(CLI::App& root, Program& program) {
    auto options = std::make_shared<InitOptions>();
    CLI::App* command = addCommand(root, program, "init", "Make a new data directory", options, init);
    command->add_option("--organisation", options->organisation, "Who keeps this catalog")->required();
    command->add_option("--admin", options->admin, "Sign-in name of the first administrator");
    command->add_option(
        "--passphrase-file", options->passphraseFile,
        "File whose first line encrypts the local authority's key (otherwise one is invented)");
    command->add_option(
        "--authority-key-to", options->authorityKeyTo,
        "Write the authority's key there (an offline medium) instead of into the data directory");
}

}  // namespace tickmark::cli
