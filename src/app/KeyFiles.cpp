#include "app/KeyFiles.h"

#include <utility>

#include "tickmark/foundation/Text.h"

namespace tickmark::app {
namespace {

Result<void> put(const std::filesystem::path& file, std::string_view text, unsigned mode) {
    return archive::writeFileDurably(file, viewOf(text), mode);
}

/// Reads one key file; a missing or broken one names itself.
Result<std::string> get(const std::filesystem::path& folder, const char* name) {
    auto text = archive::readSmallFile(folder / name, keyFileCap);
    if (text) return text;
    return environment("keys", "The key file keys/" + std::string(name) + " cannot be read.",
                       "Restore it from a backup; only the account that runs Tickmark may read it.");
}

Error broken(const char* name, const Error& cause) {
    return environment("keys", "The key file keys/" + std::string(name) + " cannot be used: " + cause.message,
                       "Restore it from a backup.");
}

}  // namespace

Result<MadeKeys> makeKeyFiles(const std::filesystem::path& folder, const std::filesystem::path& rootKeyTo,
                              const Settings& settings, const Secret& passphrase, Timestamp now) {
    TM_TRY(const crypto::LocalAuthority root, crypto::LocalAuthority::create(settings.organisation, now));
    TM_TRY(const crypto::SigningKey seal,
           root.issue(crypto::CertificatePurpose::Seal, settings.organisation + " evidence seal", now,
                      sealDays));
    const crypto::Ed25519Key ledgerKey = crypto::Ed25519Key::generate();
    const auto ledgerPublic = ledger::VerifierKey::of(settings.logOrigin, ledgerKey.publicKey());
    TM_TRY(const Bytes crl, root.makeCrl({}, now, crlDays, 1));

    const std::filesystem::path rootKey = rootKeyTo.empty() ? folder / rootKeyFile : rootKeyTo;
    std::error_code failed;
    if (std::filesystem::exists(rootKey, failed)) {
        return Error{ErrorKind::Conflict,
                     "exists",
                     "\"" + rootKey.string() + "\" is there already; no key is overwritten.",
                     "--authority-key-to",
                     {},
                     "Choose a name that is free.",
                     {}};
    }
    TM_CHECK(put(rootKey, root.keyPem(passphrase), secretMode));
    TM_CHECK(put(folder / rootCertificateFile, root.certificate().pem(), publicMode));
    TM_CHECK(put(folder / sealKeyFile, seal.keyPem({}), secretMode));
    TM_CHECK(put(folder / sealCertificateFile, seal.certificate().pem(), publicMode));
    TM_CHECK(put(folder / ledgerKeyFile, ledgerKey.toPem(), secretMode));
    TM_CHECK(put(folder / ledgerPublicFile, ledgerPublic.text() + "\n", publicMode));
    TM_CHECK(put(folder / crlFile, textOf(crl), publicMode));
    return MadeKeys{root.certificate().fingerprint(), ledgerPublic.text()};
}

Result<std::shared_ptr<const KeyRing>> loadKeyRing(const std::filesystem::path& folder,
                                                   const Settings& settings) {
    TM_TRY(const std::string sealKey, get(folder, sealKeyFile));
    TM_TRY(const std::string sealCertificate, get(folder, sealCertificateFile));
    TM_TRY(const std::string rootPem, get(folder, rootCertificateFile));
    TM_TRY(const std::string ledgerPem, get(folder, ledgerKeyFile));
    TM_TRY(const std::string crl, get(folder, crlFile));
    auto seal = crypto::SigningKey::fromPem(sealKey, sealCertificate, {});
    if (!seal) return broken(sealKeyFile, seal.error());
    auto root = crypto::Certificate::fromPem(rootPem);
    if (!root) return broken(rootCertificateFile, root.error());
    auto ledgerKey = crypto::Ed25519Key::fromPem(ledgerPem);
    if (!ledgerKey) return broken(ledgerKeyFile, ledgerKey.error());
    auto ledgerPublic = ledger::VerifierKey::of(settings.logOrigin, ledgerKey->publicKey());
    return std::shared_ptr<const KeyRing>(std::make_shared<KeyRing>(KeyRing{
        *std::move(seal), *std::move(ledgerKey), *std::move(root), std::move(ledgerPublic), {bytesOf(crl)}}));
}

Result<crypto::LocalAuthority> openAuthority(const Context& context, const std::filesystem::path& keyFile,
                                             const Secret& passphrase) {
    auto pem = archive::readSmallFile(keyFile.empty() ? context.directory.keys() / rootKeyFile : keyFile,
                                      keyFileCap);
    if (!pem) {
        return environment("keys", "The local authority's key cannot be read.",
                           "It may be kept offline: name the file with --authority-key.");
    }
    return crypto::LocalAuthority::fromPem(*pem, context.keys->root.pem(), passphrase);
}

std::string signWith(const KeyRing& ring, const ledger::Checkpoint& checkpoint) {
    return ledger::signCheckpoint(checkpoint, ring.ledger);
}

}  // namespace tickmark::app
