// tickmark key: fingerprints and signers' keys.
#include "cli/Command.h"
#include "tickmark/app/Keys.h"

namespace tickmark::cli {
namespace {

struct KeyOptions {
    std::string account{};
    std::filesystem::path file{};
    std::filesystem::path authorityKey{};
    std::filesystem::path authorityPassphrase{};
    std::filesystem::path passphrase{};
};

codec::Json keyJson(const app::SignerKey& key) {
    codec::Json json;
    json.set("account", key.account).set("subject", key.subject).set("serial", key.serialHex);
    json.set("fingerprint", "SHA256:" + key.fingerprint.hex()).set("not_after", key.notAfter.iso());
    return json;
}

std::string keyText(const app::SignerKey& key) {
    return key.account + "  " + key.subject + "\n  SHA256:" + key.fingerprint.hex() + "\n  valid until " +
           Date::of(key.notAfter).iso() + "\n";
}

/// "85eb91cb 13d7d5e3 …" for reading aloud.
std::string grouped(const std::string& hex) {
    std::string text;
    for (std::size_t i = 0; i < hex.size(); i += 4) text += (i == 0 ? "" : " ") + hex.substr(i, 4);
    return text;
}

Outcome fingerprint(Program& program, const KeyOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    const app::Fingerprints prints = app::fingerprintsOf(*context);
    codec::Json json;
    json.set("root", "SHA256:" + prints.root.hex()).set("seal", "SHA256:" + prints.seal.hex());
    json.set("seal_subject", prints.sealSubject).set("seal_until", prints.sealUntil.iso());
    json.set("ledger", prints.ledgerKey);
    print(program, json,
          "Root certificate   SHA256:" + prints.root.hex() + "\n  read aloud: " + grouped(prints.root.hex()) +
              "\nSeal               SHA256:" + prints.seal.hex() + "\n  " + prints.sealSubject +
              ", valid until " + Date::of(prints.sealUntil).iso() + "\nLedger             " +
              prints.ledgerKey + "\n");
    return 0;
}

Outcome anchor(Program& program, const KeyOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    const app::Fingerprints prints = app::fingerprintsOf(*context);
    print(program, codec::Json().set("pem", prints.rootPem), prints.rootPem);
    return 0;
}

Outcome issue(Program& program, const KeyOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const Secret authority,
           secretFrom(options.authorityPassphrase, "Passphrase of the authority's key", false));
    TM_TRY(const Secret signer, secretFrom(options.passphrase, "New passphrase of the signer", true));
    TM_TRY(const auto key, app::issueSignerKey(*context, machineOwner(), options.account,
                                               options.authorityKey, authority, signer));
    print(program, keyJson(key), "Made a signing key.\n" + keyText(key));
    return 0;
}

Outcome import(Program& program, const KeyOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    TM_TRY(const std::string bytes, readInput(options.file));
    TM_TRY(const Secret passphrase, secretFrom(options.passphrase, "Passphrase of the PKCS#12 file", false));
    TM_TRY(const auto key,
           app::importSignerKey(*context, machineOwner(), options.account, viewOf(bytes), passphrase));
    print(program, keyJson(key), "Imported a signing key.\n" + keyText(key));
    return 0;
}

Outcome list(Program& program, const KeyOptions&) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
    TM_TRY(const auto keys, app::listSignerKeys(*context, machineOwner()));
    codec::Json json = codec::Json::array();
    std::string text;
    for (const auto& key : keys) {
        json.push(keyJson(key));
        text += keyText(key);
    }
    print(program, json,
          text.empty() ? "No signing keys yet; `tickmark key issue ACCOUNT` makes one.\n" : text);
    return 0;
}

}  // namespace

void addKey(CLI::App& root, Program& program) {
    CLI::App* group = root.add_subcommand("key", "Keys: fingerprint, anchor, issue, import, list");
    group->require_subcommand(1);
    addCommand(*group, program, "fingerprint", "Print what an auditor compares over the phone",
               std::make_shared<KeyOptions>(), fingerprint);
    addCommand(*group, program, "anchor", "Print the root certificate (PEM) for verifiers",
               std::make_shared<KeyOptions>(), anchor);
    auto issued = std::make_shared<KeyOptions>();
    CLI::App* command =
        addCommand(*group, program, "issue", "Make a lead auditor's signing key", issued, issue);
    command->add_option("account", issued->account, "Sign-in name of the signer")->required();
    command->add_option("--authority-key", issued->authorityKey,
                        "The authority's key, when it is kept offline");
    command->add_option("--authority-passphrase-file", issued->authorityPassphrase,
                        "File whose first line opens it");
    command->add_option("--passphrase-file", issued->passphrase,
                        "File whose first line will protect the new key");
    auto imported = std::make_shared<KeyOptions>();
    command =
        addCommand(*group, program, "import", "Take a signing key from a PKCS#12 file", imported, import);
    command->add_option("account", imported->account, "Sign-in name of the signer")->required();
    command->add_option("file", imported->file, "The PKCS#12 file")->required();
    command->add_option("--passphrase-file", imported->passphrase, "File whose first line opens it");
    addCommand(*group, program, "list", "List signing keys", std::make_shared<KeyOptions>(), list);
}

}  // namespace tickmark::cli
