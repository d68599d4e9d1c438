#include "tickmark/app/Keys.h"

#include <algorithm>

#include "app/Access.h"
#include "app/Folders.h"
#include "app/KeyFiles.h"
#include "tickmark/crypto/Password.h"
#include "tickmark/storage/Ledger.h"
#include "tickmark/storage/Parties.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

constexpr int signerDays = 3 * 365;

fs::path folderOf(const Context& context) { return context.directory.keys() / "signers"; }

SignerKey describeKey(const std::string& account, const crypto::Certificate& certificate) {
    return {account, certificate.subject(), certificate.fingerprint(), certificate.serialHex(),
            certificate.notAfter()};
}

Result<domain::Party> signerParty(Context& context, const std::string& account) {
    auto party = context.database->read(
        [&](storage::ReadSession& session) { return storage::findPartyByAccount(session, account); });
    if (!party) return party;
    const bool signs =
        party->role == domain::Role::LeadAuditor || party->role == domain::Role::CertificationAuditor;
    if (!signs)
        return refused(
            "role", "Lead auditors and certification auditors sign bundles; \"" + account + "\" is neither.");
    return party;
}

/// An account's earlier keys are told apart by a character that no account name holds.
constexpr char earlierMark = '@';

/// Moves an earlier pair to names with its serial.
Result<void> keepEarlier(const fs::path& folder, const std::string& account) {
    std::error_code failed;
    const fs::path certificateFile = folder / (account + ".pem");
    if (!fs::exists(certificateFile, failed)) return {};
    TM_TRY(const std::string text, archive::readSmallFile(certificateFile, keyFileCap));
    TM_TRY(const auto certificate, crypto::Certificate::fromPem(text));
    const std::string name = account + earlierMark + certificate.serialHex();
    fs::rename(folder / (account + ".key.pem"), folder / (name + ".key.pem"), failed);
    if (!failed) fs::rename(certificateFile, folder / (name + ".pem"), failed);
    if (!failed) return {};
    return environment("file-io", "The earlier signing key of " + account + " cannot be put aside.",
                       "Check keys/signers of the data directory.");
}

/// Enters the event and writes the pair, keeping an earlier one; a pair that cannot be written leaves no
/// event.
Result<SignerKey> keep(Context& context, const domain::Actor& actor, const std::string& account,
                       const crypto::SigningKey& key, const Secret& passphrase, const char* kind,
                       const Bytes& list = {}) {
    const fs::path folder = folderOf(context);
    TM_CHECK(makePrivateFolder(folder));
    std::string chain = key.certificate().pem();
    for (const auto& intermediate : key.intermediates()) chain += intermediate.pem();
    const SignerKey made = describeKey(account, key.certificate());
    auto entered =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, kind);
            event.subject = "key";
            event.ref = account;
            event.facts.set("fingerprint", made.fingerprint.hex())
                .set("serial", made.serialHex)
                .set("subject", made.subject);
            TM_TRY(const auto position, storage::append(session, event));
            TM_CHECK(keepEarlier(folder, account));
            TM_CHECK(archive::writeFileDurably(folder / (account + ".key.pem"),
                                               viewOf(key.keyPem(passphrase)), secretMode));
            TM_CHECK(archive::writeFileDurably(folder / (account + ".pem"), viewOf(chain), publicMode));
            if (!list.empty())
                TM_CHECK(archive::writeFileDurably(context.directory.keys() / crlFile, list, publicMode));
            return position;
        });
    if (!entered) return std::move(entered).error();
    return made;
}

}  // namespace

Fingerprints fingerprintsOf(const Context& context) {
    // A command may have renewed the seal since the start; what lies in the data directory counts.
    const auto fresh = loadKeyRing(context.directory.keys(), context.settings);
    const KeyRing& keys = fresh ? **fresh : *context.keys;
    const crypto::Certificate& seal = keys.seal.certificate();
    return {keys.root.fingerprint(), seal.fingerprint(),       seal.subject(),
            seal.notAfter(),         keys.ledgerPublic.text(), keys.root.pem()};
}

Result<SignerKey> issueSignerKey(Context& context, const domain::Actor& actor, const std::string& account,
                                 const fs::path& authorityKey, const Secret& authorityPassphrase,
                                 const Secret& signerPassphrase) {
    TM_CHECK(mustAdminister(actor, "issue signing keys"));
    TM_TRY(const domain::Party party, signerParty(context, account));
    TM_CHECK(crypto::checkPasswordRule("passphrase", signerPassphrase));
    TM_TRY(const auto authority, openAuthority(context, authorityKey, authorityPassphrase));
    TM_TRY(const auto key,
           authority.issue(crypto::CertificatePurpose::Signatory, party.name, context.now(), signerDays));
    // A list made before the certificate says nothing about it, so each new certificate needs a new list.
    TM_TRY(const RevocationList now, revocationList(context));
    TM_TRY(const Bytes list,
           authority.makeCrl(now.facts.revoked, context.now(), crlDays, now.facts.number.value_or(0) + 1));
    return keep(context, actor, account, key, signerPassphrase, "key.issue", list);
}

Result<SignerKey> importSignerKey(Context& context, const domain::Actor& actor, const std::string& account,
                                  ByteView pkcs12, const Secret& passphrase) {
    if (actor.account != account) TM_CHECK(mustAdminister(actor, "import another's signing key"));
    TM_TRY([[maybe_unused]] const domain::Party party, signerParty(context, account));
    TM_TRY(const auto key, crypto::SigningKey::fromPkcs12(pkcs12, passphrase));
    if (!key.certificate().maySignDocuments()) {
        return refused("key-usage",
                       "The certificate " + key.certificate().subject() + " may not sign documents.",
                       "Use one with the key usage digitalSignature or nonRepudiation that is not for TLS or "
                       "timestamps.");
    }
    if (passphrase.empty()) {
        return invalid("password", "passphrase", "The PKCS#12 file has no passphrase.",
                       "Protect it with one; Tickmark keeps signers' keys encrypted only.");
    }
    return keep(context, actor, account, key, passphrase, "key.import");
}

Result<std::vector<SignerKey>> listSignerKeys(Context& context, const domain::Actor& actor) {
    TM_CHECK(mustAdminister(actor, "list signing keys"));
    std::vector<SignerKey> keys;
    std::error_code failed;
    for (fs::directory_iterator at(folderOf(context), failed), end; !failed && at != end;
         at.increment(failed)) {
        const std::string name = at->path().filename().string();
        if (!name.ends_with(".pem") || name.ends_with(".key.pem")) continue;
        const std::string account = name.substr(0, name.size() - std::string_view(".pem").size());
        TM_TRY(const std::string pem, archive::readSmallFile(at->path(), keyFileCap));
        TM_TRY(const auto certificate, crypto::Certificate::fromPem(pem));
        keys.push_back(describeKey(account.substr(0, account.find(earlierMark)), certificate));
    }
    std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
        return a.account != b.account ? a.account < b.account : a.notAfter < b.notAfter;
    });
    return keys;
}

bool hasSignerKey(const Context& context, const std::string& account) {
    std::error_code failed;
    return fs::exists(folderOf(context) / (account + ".key.pem"), failed);
}

Result<crypto::SigningKey> openSignerKey(Context& context, const std::string& account,
                                         const Secret& passphrase) {
    const fs::path folder = folderOf(context);
    auto keyPem = archive::readSmallFile(folder / (account + ".key.pem"), keyFileCap);
    auto chain = archive::readSmallFile(folder / (account + ".pem"), keyFileCap);
    if (!keyPem || !chain) {
        return Error{ErrorKind::Refused,
                     "no-signing-key",
                     "The installation keeps no signing key for " + account + ".",
                     {},
                     {},
                     "The administrator makes one with `tickmark key issue " + account +
                         "`; or sign with a key of your own: `tickmark bundle sign`.",
                     {}};
    }
    return crypto::SigningKey::fromPem(*keyPem, *chain, passphrase);
}

}  // namespace tickmark::app
