// Keys that must no longer be trusted, and the list that says so.
#include <algorithm>
#include <utility>

#include "app/Access.h"
#include "app/KeyFiles.h"
#include "tickmark/app/Keys.h"
#include "tickmark/app/SecondFactor.h"
#include "tickmark/crypto/Crl.h"
#include "tickmark/crypto/Sha256.h"
#include "tickmark/foundation/Text.h"
#include "tickmark/storage/Ledger.h"

namespace tickmark::app {
namespace {

namespace fs = std::filesystem;

struct Revoked {
    std::string serialHex{};
    std::string subject{};
    std::string fingerprint{};
};

/// What the new list and, for the seal, the new key will be. Made before anything is written.
struct Publication {
    Revoked revoked{};
    Bytes crl{};
    crypto::CrlFacts facts{};
    std::optional<crypto::SigningKey> seal{};
};

Revoked described(const crypto::Certificate& certificate) {
    return {certificate.serialHex(), certificate.subject(), certificate.fingerprint().hex()};
}

Result<crypto::Certificate> certificateOf(const fs::path& file, const std::string& what) {
    auto pem = archive::readSmallFile(file, keyFileCap);
    if (!pem) return notFound(what);
    return crypto::Certificate::fromPem(*pem);
}

/// The certificate that is meant; one of the local authority's that is not at hand is known by serial alone.
Result<Revoked> meant(const Context& context, const KeyRevocation& wish) {
    const fs::path folder = context.directory.keys();
    const int named = (wish.seal ? 1 : 0) + (wish.account.empty() ? 0 : 1) + (wish.serialHex.empty() ? 0 : 1);
    if (named != 1) {
        return invalid("key", "key", "Name one key: an account, --serial or --seal.",
                       "`tickmark key list` shows the signers' keys with their serial numbers.");
    }
    if (wish.seal) {
        TM_TRY(const auto certificate, certificateOf(folder / sealCertificateFile, "the seal's certificate"));
        return described(certificate);
    }
    if (!wish.account.empty()) {
        TM_TRY(const auto certificate,
               certificateOf(folder / "signers" / (wish.account + ".pem"), "signing key of " + wish.account));
        if (certificate.issuer() != context.keys->root.subject()) {
            return refused("foreign-key",
                           "The certificate of " + wish.account + " was issued by " + certificate.issuer() +
                               ", not by this installation.",
                           "Ask its issuer to revoke it, and remove the account's right to sign.");
        }
        return described(certificate);
    }
    const bool hex = wish.serialHex.size() <= 40 &&
                     std::all_of(wish.serialHex.begin(), wish.serialHex.end(), [](unsigned char c) {
                         return std::isdigit(c) != 0 || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
                     });
    if (!hex) {
        return invalid("serial", "--serial", "\"" + wish.serialHex + "\" is no serial number.",
                       "Write it as `tickmark key list` does: up to 40 hexadecimal digits.");
    }
    std::string lower;
    for (const char c : wish.serialHex)
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return Revoked{lower, {}, {}};
}

bool sameSerial(const std::string& a, const std::string& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::toupper(x) == std::toupper(y); });
}

Result<Publication> prepare(const Context& context, const KeyRevocation& wish) {
    Publication made;
    TM_TRY(made.revoked, meant(context, wish));
    TM_TRY(const std::string before, archive::readSmallFile(context.directory.keys() / crlFile, keyFileCap));
    TM_TRY(const crypto::CrlFacts old, crypto::readCrl(viewOf(before)));
    const bool already = std::any_of(old.revoked.begin(), old.revoked.end(), [&](const auto& entry) {
        return sameSerial(entry.serialHex, made.revoked.serialHex);
    });
    if (already) {
        return refused("already-revoked",
                       "The certificate " + made.revoked.serialHex + " is revoked already.");
    }
    TM_TRY(const auto authority, openAuthority(context, wish.authorityKey, wish.authorityPassphrase));
    auto revoked = old.revoked;
    revoked.push_back({made.revoked.serialHex, context.now()});
    TM_TRY(made.crl, authority.makeCrl(revoked, context.now(), crlDays, old.number.value_or(0) + 1));
    TM_TRY(made.facts, crypto::readCrl(made.crl));
    if (wish.seal) {
        TM_TRY(auto seal,
               authority.issue(crypto::CertificatePurpose::Seal,
                               context.settings.organisation + " evidence seal", context.now(), sealDays));
        made.seal = std::move(seal);
    }
    return made;
}

/// The revoked certificate stays beside the new one: earlier bundles were signed with it.
Result<void> publishSeal(const fs::path& folder, const Publication& made) {
    TM_TRY(const std::string old, archive::readSmallFile(folder / sealCertificateFile, keyFileCap));
    TM_CHECK(archive::writeFileDurably(folder / ("seal@" + made.revoked.serialHex + ".pem"), viewOf(old),
                                       publicMode));
    TM_CHECK(archive::writeFileDurably(folder / sealKeyFile, viewOf(made.seal->keyPem({})), secretMode));
    return archive::writeFileDurably(folder / sealCertificateFile, viewOf(made.seal->certificate().pem()),
                                     publicMode);
}

}  // namespace

Result<RevokedKey> revokeKey(Context& context, const domain::Actor& actor, const KeyRevocation& wish) {
    TM_CHECK(mustAdminister(actor, "revoke keys"));
    TM_TRY(const std::string reason, cleanText("reason", wish.reason, {1, 2000, true}));
    TM_CHECK(stepUp(context, actor, wish.code));
    TM_TRY(const Publication made, prepare(context, wish));
    auto entered =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, "key.revoke");
            event.subject = "key";
            event.ref = made.revoked.serialHex;
            event.facts.set("serial", made.revoked.serialHex)
                .set("subject", made.revoked.subject)
                .set("fingerprint", made.revoked.fingerprint)
                .set("reason", reason)
                .set("crl_sha256", crypto::Sha256::of(made.crl).hex());
            if (made.seal) event.facts.set("new_seal", made.seal->certificate().fingerprint().hex());
            TM_TRY(const auto position, storage::append(session, event));
            // The list first: a new seal without it would leave the old one trusted.
            TM_CHECK(archive::writeFileDurably(context.directory.keys() / crlFile, made.crl, publicMode));
            if (made.seal) TM_CHECK(publishSeal(context.directory.keys(), made));
            return position;
        });
    if (!entered) return std::move(entered).error();
    RevokedKey answer{made.revoked.serialHex,        made.revoked.subject,  context.now(),
                      made.facts.number.value_or(0), made.facts.nextUpdate, {}};
    if (made.seal) answer.newSeal = made.seal->certificate().fingerprint();
    return answer;
}

Result<RevocationList> revocationList(const Context& context) {
    TM_TRY(const std::string der, archive::readSmallFile(context.directory.keys() / crlFile, keyFileCap));
    RevocationList list;
    list.der = bytesOf(der);
    TM_TRY(list.facts, crypto::readCrl(list.der));
    return list;
}

Result<RevocationList> renewRevocationList(Context& context, const domain::Actor& actor,
                                           const fs::path& authorityKey, const Secret& authorityPassphrase) {
    TM_CHECK(mustAdminister(actor, "publish a revocation list"));
    TM_TRY(const RevocationList old, revocationList(context));
    TM_TRY(const auto authority, openAuthority(context, authorityKey, authorityPassphrase));
    RevocationList made;
    TM_TRY(made.der,
           authority.makeCrl(old.facts.revoked, context.now(), crlDays, old.facts.number.value_or(0) + 1));
    TM_TRY(made.facts, crypto::readCrl(made.der));
    auto entered =
        context.database->write([&](storage::WriteSession& session) -> Result<storage::LedgerPosition> {
            ledger::Event event = eventOf(context, actor, "key.crl");
            event.subject = "key";
            event.ref = "crl";
            event.facts.set("crl_sha256", crypto::Sha256::of(made.der).hex());
            TM_TRY(const auto position, storage::append(session, event));
            TM_CHECK(archive::writeFileDurably(context.directory.keys() / crlFile, made.der, publicMode));
            return position;
        });
    if (!entered) return std::move(entered).error();
    return made;
}

Result<std::shared_ptr<const KeyRing>> currentKeys(const Context& context) {
    TM_TRY(auto ring, loadKeyRing(context.directory.keys(), context.settings));
    for (const Bytes& crl : ring->crls) {
        TM_TRY(const crypto::CrlFacts facts, crypto::readCrl(crl));
        const std::string serial = ring->seal.certificate().serialHex();
        for (const auto& entry : facts.revoked) {
            if (!sameSerial(entry.serialHex, serial)) continue;
            return refused("seal-revoked",
                           "The seal's certificate " + serial + " is revoked; nothing is sealed.",
                           "Run `tickmark key revoke --seal` again: it makes a new one.");
        }
    }
    return ring;
}

}  // namespace tickmark::app
