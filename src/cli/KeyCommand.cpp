// tickmark key: fingerprints and signers' keys.
#include <algorithm>

#include "cli/Command.h"
#include "tickmark/app/Keys.h"
#include "tickmark/archive/Archive.h"
#include "tickmark/crypto/FingerprintWords.h"

namespace tickmark::cli {
namespace {

struct KeyOptions {
    std::string account{};
    std::filesystem::path file{};
    std::filesystem::path authorityKey{};
    std::filesystem::path authorityPassphrase{};
    std::filesystem::path passphrase{};
    std::string serial{};
    std::string reason{};
    bool seal = false;
    bool renew = false;
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

std::string indented(const std::string& lines) {
    std::string text;
    for (std::size_t from = 0; from < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', from), lines.size());
        text += (text.empty() ? "    " : "\n    ") + lines.substr(from, end - from);
        from = end + 1;
    }
    return text;
}

/// "85eb 91cb 13d7 …" for reading aloud.
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
    json.set("root_words", crypto::fingerprintWords(prints.root));
    json.set("ledger", prints.ledgerKey);
    print(program, json,
          "Root certificate   SHA256:" + prints.root.hex() + "\n  read aloud: " + grouped(prints.root.hex()) +
              "\n  or as words (they say the same):\n" + indented(crypto::fingerprintWords(prints.root)) +
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

std::string listText(const crypto::CrlFacts& facts) {
    std::string text = "Revocation list " + std::to_string(facts.number.value_or(0)) + ", " +
                       std::to_string(facts.revoked.size()) + " certificates, made " + facts.thisUpdate.iso();
    if (facts.nextUpdate) text += ", valid until " + Date::of(*facts.nextUpdate).iso();
    for (const auto& entry : facts.revoked) text += "\n  " + entry.serialHex + "  " + entry.at.iso();
    return text + "\n";
}

Outcome revoke(Program& program, const KeyOptions& options) {
    TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
    app::KeyRevocation wish;
    wish.account = options.account;
    wish.serialHex = options.serial;
    wish.seal = options.seal;
    wish.reason = options.reason;
    wish.authorityKey = options.authorityKey;
    TM_TRY(wish.authorityPassphrase,
           secretFrom(options.authorityPassphrase, "Passphrase of the authority's key", false));
    TM_TRY(const auto revoked, app::revokeKey(*context, machineOwner(), wish));
    codec::Json json;
    json.set("serial", revoked.serialHex).set("revoked_at", revoked.at.iso());
    json.set("list_number", revoked.listNumber);
    std::string text =
        "Revoked " + revoked.serialHex +
        (revoked.subject.empty() ? std::string() : " (" + revoked.subject + ")") + ".\nRevocation list " +
        std::to_string(revoked.listNumber) +
        " is published: hand it to verifiers with `tickmark key crl --out FILE`.\n"
        "What was signed before, with a timestamp, stays good; what is signed from now on does not.\n";
    if (revoked.newSeal) {
        json.set("new_seal", "SHA256:" + revoked.newSeal->hex());
        text += "The new seal is SHA256:" + revoked.newSeal->hex() + "\n";
    }
    print(program, json, text);
    return 0;
}

Outcome crl(Program& program, const KeyOptions& options) {
    app::RevocationList list;
    if (options.renew) {
        TM_TRY(const auto context, open(program, app::OpenMode::ReadWrite));
        TM_TRY(const Secret secret,
               secretFrom(options.authorityPassphrase, "Passphrase of the authority's key", false));
        TM_TRY(list, app::renewRevocationList(*context, machineOwner(), options.authorityKey, secret));
    } else {
        TM_TRY(const auto context, open(program, app::OpenMode::ReadOnly));
        TM_TRY(list, app::revocationList(*context));
    }
    codec::Json entries = codec::Json::array();
    for (const auto& entry : list.facts.revoked) {
        codec::Json one;
        one.set("serial", entry.serialHex).set("revoked_at", entry.at.iso());
        entries.push(std::move(one));
    }
    codec::Json json;
    json.set("number", list.facts.number.value_or(0)).set("made_at", list.facts.thisUpdate.iso());
    if (list.facts.nextUpdate) json.set("until", list.facts.nextUpdate->iso());
    json.set("revoked", std::move(entries));
    std::string text = listText(list.facts);
    if (!options.file.empty()) {
        constexpr unsigned publicMode = 0644;
        TM_CHECK(archive::writeFileDurably(options.file, list.der, publicMode));
        json.set("file", options.file.string());
        text += "Written to " + options.file.string() + "\n";
    }
    print(program, json, text);
    return 0;
}

void addAuthority(CLI::App* command, const std::shared_ptr<KeyOptions>& options) {
    command->add_option("--authority-key", options->authorityKey,
                        "The authority's key, when it is kept offline");
    command->add_option("--authority-passphrase-file", options->authorityPassphrase,
                        "File whose first line opens it");
}

}  // namespace

void addKey(CLI::App& root, Program& program) {
    CLI::App* group =
        root.add_subcommand("key", "Keys: fingerprint, anchor, issue, import, list, revoke, crl");
    group->require_subcommand(1);
    addCommand(*group, program, "fingerprint", "Print what an auditor compares over the phone",
               std::make_shared<KeyOptions>(), fingerprint);
    addCommand(*group, program, "anchor", "Print the root certificate (PEM) for verifiers",
               std::make_shared<KeyOptions>(), anchor);
    auto issued = std::make_shared<KeyOptions>();
    CLI::App* command =
        addCommand(*group, program, "issue", "Make a lead auditor's signing key", issued, issue);
    command->add_option("account", issued->account, "Sign-in name of the signer")->required();
    addAuthority(command, issued);
    command->add_option("--passphrase-file", issued->passphrase,
                        "File whose first line will protect the new key");
    auto imported = std::make_shared<KeyOptions>();
    command =
        addCommand(*group, program, "import", "Take a signing key from a PKCS#12 file", imported, import);
    command->add_option("account", imported->account, "Sign-in name of the signer")->required();
    command->add_option("file", imported->file, "The PKCS#12 file")->required();
    command->add_option("--passphrase-file", imported->passphrase, "File whose first line opens it");
    addCommand(*group, program, "list", "List signing keys", std::make_shared<KeyOptions>(), list);
    auto revoked = std::make_shared<KeyOptions>();
    command = addCommand(*group, program, "revoke", "Revoke a certificate and publish the list that says so",
                         revoked, revoke);
    command->add_option("account", revoked->account, "Sign-in name of the signer whose key it is");
    command->add_option("--serial", revoked->serial, "Serial number of any certificate of this installation");
    command->add_flag("--seal", revoked->seal, "The server's seal; a new one is made at once");
    command->add_option("--reason", revoked->reason, "Why")->required();
    addAuthority(command, revoked);
    auto listed = std::make_shared<KeyOptions>();
    command = addCommand(*group, program, "crl", "Show or write the revocation list", listed, crl);
    command->add_option("--out", listed->file, "Write it there (DER)");
    command->add_flag("--renew", listed->renew, "Publish it anew before the old one runs out");
    addAuthority(command, listed);
}

}  // namespace tickmark::cli
