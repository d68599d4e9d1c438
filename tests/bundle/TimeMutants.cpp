// Forgeries of time: timestamps, archive timestamps, revocations.
#include <algorithm>

#include "bundle/Forging.h"
#include "crypto/TestHouse.h"
#include "tickmark/crypto/Sha256.h"

namespace tickmark::bundle::test {
namespace {

using crypto::test::TokenRecipe;

AnchorArguments stamped() {
    AnchorArguments brought{{"anchor.pem"}};
    brought.timestampAnchors = {"tsa.pem"};
    return brought;
}

AnchorArguments withList(AnchorArguments brought, const std::string& list) {
    brought.crls = {list};
    return brought;
}

TokenRecipe recipeOf(const Forge& forge, const Digest& imprint, Timestamp at) {
    TokenRecipe recipe;
    recipe.signers = {forge.clock};
    recipe.imprint = imprint;
    recipe.at = at;
    return recipe;
}

Digest valueOf(Parts& parts, unsigned group = 1) {
    return expected(crypto::signatureImprint(viewOf(parts.at(signatureName(group)))));
}

/// `good` with a timestamp on the seal that breaks a rule.
Make sealStamped(const std::function<Bytes(Forge& forge, const Digest& value)>& make) {
    return [make](Forge& forge) {
        Parts parts = forge.parts();
        std::string& signature = parts.at(entry::signature);
        signature = withToken(signature, make(forge, valueOf(parts)));
        return parts.zip();
    };
}

/// The complete bundle, changed afterwards.
Make fromComplete(const Change& change) {
    return [change](Forge& forge) {
        Parts parts = forge.complete();
        change(parts, forge);
        return parts.zip();
    };
}

Make archived(const std::function<Bytes(Forge& forge, const Digest& manifest)>& make) {
    return [make](Forge& forge) {
        Parts parts = forge.parts();
        appendArchive(parts, [&](const Digest& manifest) { return make(forge, manifest); });
        return parts.zip();
    };
}

crypto::SigningKey clockWith(const Forge& forge, const char* usages) {
    crypto::test::Wish wish{"Clock"};
    wish.extendedUsageWords = usages;
    return crypto::test::issueAsWished(crypto::test::rootKeyOf(forge.timeRoot), wish,
                                       crypto::test::makeKey("P-256"));
}

std::vector<Mutant> stampMutants() {
    const Timestamp at = sealTime.plusSeconds(10);
    return {
        {"timestamp-of-something-else", "E60", sealStamped([=](Forge& f, const Digest&) {
             return f.stampAt(crypto::Sha256::of(std::string_view("something else")), at);
         }),
         stamped()},
        {"timestamps-swapped", "E60", fromComplete([=](Parts& p, Forge& f) {
             const Digest second = valueOf(p, 2);
             Parts plain = f.parts();
             p.at(entry::signature) = withToken(plain.at(entry::signature), f.stampAt(second, at));
         }),
         fullTrust()},
        {"signed-after-its-timestamp", "E60", sealStamped([](Forge& f, const Digest& value) {
             return f.stampAt(value, sealTime.plusSeconds(-3600));
         }),
         stamped()},
        {"timestamp-by-an-unknown-authority", "E90", sealStamped([=](Forge& f, const Digest& value) {
             const auto clock = expected(
                 f.otherTime.issue(crypto::CertificatePurpose::TimeStamping, "Clock", founded, 3650));
             return crypto::test::stamp(value, {clock, at});
         }),
         requiring(stamped(), {"timestamp"}), Verdict::Indeterminate},
        {"timestamp-by-a-certificate-of-another-purpose", "E60",
         sealStamped([=](Forge& f, const Digest& value) {
             TokenRecipe recipe = recipeOf(f, value, at);
             recipe.signers = {clockWith(f, "critical,timeStamping,codeSigning")};
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"timestamp-purpose-not-critical", "E60", sealStamped([=](Forge& f, const Digest& value) {
             TokenRecipe recipe = recipeOf(f, value, at);
             recipe.signers = {clockWith(f, "timeStamping")};
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"timestamp-of-version-two", "E60", sealStamped([=](Forge& f, const Digest& value) {
             TokenRecipe recipe = recipeOf(f, value, at);
             recipe.version = 2;
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"timestamp-with-a-weak-digest", "E60", sealStamped([=](Forge& f, const Digest& value) {
             TokenRecipe recipe = recipeOf(f, value, at);
             recipe.digest = EVP_sha1();
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"timestamp-with-two-signers", "E60", sealStamped([=](Forge& f, const Digest& value) {
             TokenRecipe recipe = recipeOf(f, value, at);
             recipe.signers.push_back(clockWith(f, "critical,timeStamping"));
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"authority-revoked-before-its-timestamp", "E60",
         sealStamped([=](Forge& f, const Digest& value) { return f.stampAt(value, at); }),
         withList(stamped(), "clock-revoked.crl")},
        {"required-timestamp-missing", "E90", [](Forge& f) { return f.good; },
         requiring(stamped(), {"timestamp"})},
    };
}

std::vector<Mutant> archiveMutants() {
    return {
        {"archive-timestamp-of-something-else", "E60", archived([](Forge& f, const Digest&) {
             return f.stampAt(crypto::Sha256::of(std::string_view("something else")), archiveTime);
         }),
         stamped()},
        {"archive-timestamp-missing", "E60",
         fromComplete([](Parts& p, Forge&) { p.remove("META-INF/timestamp001.tst"); }), fullTrust()},
        {"archive-timestamp-empty", "E60", archived([](Forge&, const Digest&) { return Bytes(); }),
         stamped()},
        {"archive-timestamp-with-trailing-bytes", "E60", archived([](Forge& f, const Digest& manifest) {
             Bytes token = f.stampAt(manifest, archiveTime);
             token.push_back(0);
             return token;
         }),
         stamped()},
        {"archive-timestamp-by-the-seals-key", "E60", archived([](Forge& f, const Digest& manifest) {
             TokenRecipe recipe = recipeOf(f, manifest, archiveTime);
             recipe.signers = {f.house.sealKey};
             return crypto::test::makeToken(recipe);
         }),
         stamped()},
        {"archive-timestamps-out-of-order", "E60", fromComplete([](Parts& p, Forge& f) {
             appendArchive(p, [&](const Digest& manifest) {
                 return f.stampAt(manifest, archiveTime.plusSeconds(-86'400));
             });
         }),
         fullTrust()},
        {"archive-manifest-missing", "E30",
         fromComplete([](Parts& p, Forge&) { p.remove("META-INF/ASiCArchiveManifest001.xml"); }),
         fullTrust()},
        {"archive-manifest-without-a-file", "E30",
         [](Forge& f) {
             Parts p = f.parts();
             DigestList all = p.covered();
             all.erase(std::string(entry::report));
             const std::string xml = asicManifest(all, {true, 1});
             p.files.push_back({"META-INF/ASiCArchiveManifest001.xml", xml});
             p.files.push_back({"META-INF/timestamp001.tst",
                                std::string(textOf(f.stampAt(crypto::Sha256::of(xml), archiveTime)))});
             return p.zip();
         },
         stamped()},
        {"archive-manifest-of-a-signature", "E30",
         [](Forge& f) {
             Parts p = f.parts();
             std::string xml = asicManifest(p.covered(), {true, 1});
             replaceIn(xml, "timestamp001.tst", "signature001.p7s");
             p.files.push_back({"META-INF/ASiCArchiveManifest001.xml", xml});
             p.files.push_back({"META-INF/timestamp001.tst",
                                std::string(textOf(f.stampAt(crypto::Sha256::of(xml), archiveTime)))});
             return p.zip();
         },
         stamped()},
        {"archive-timestamp-before-the-seal", "E10",
         [](Forge& f) {
             Parts p = f.parts();
             appendArchive(p, [&](const Digest& manifest) { return f.stampAt(manifest, archiveTime); });
             std::rotate(p.files.end() - 4, p.files.end() - 2, p.files.end());
             return p.zip();
         },
         stamped()},
        {"changed-under-an-archive-timestamp", "E31",
         fromComplete([](Parts& p, Forge&) { p.at(entry::report) += "<!-- later -->"; }), fullTrust()},
    };
}

std::vector<Mutant> revocationMutants() {
    const auto good = [](Forge& f) { return f.good; };
    const auto stampedAt = [](Timestamp at) {
        return sealStamped([at](Forge& f, const Digest& value) { return f.stampAt(value, at); });
    };
    const AnchorArguments anchor{{"anchor.pem"}};
    return {
        {"revoked-before-the-signing", "E51", good, withList(anchor, "revoked-before.crl")},
        {"revoked-before-the-signing-by-its-own-list", "E51",
         [](Forge& f) {
             Parts p = f.parts();
             const Bytes list = expected(f.house.root.makeCrl(
                 {{f.house.sealKey.certificate().serialHex(), sealTime.plusSeconds(-86'400)}},
                 sealTime.plusSeconds(-3600), 400, 2));
             p.at(entry::signature) = std::string(
                 textOf(expected(crypto::signCades(f.house.sealKey, viewOf(p.at(entry::asicManifest)),
                                                   crypto::Commitment::Origin, sealTime, {list}))));
             return p.zip();
         }},
        {"revoked-after-a-signing-that-nobody-timestamped", "I52", good,
         withList(anchor, "revoked-after.crl"), Verdict::Indeterminate},
        {"revoked-after-a-timestamp", "", stampedAt(sealTime.plusSeconds(10)),
         withList(stamped(), "revoked-after.crl"), Verdict::Pass},
        {"revoked-before-the-timestamp", "E51", stampedAt(sealTime.plusSeconds(2 * 86'400)),
         withList(stamped(), "revoked-after.crl")},
        {"revoked-before-the-archive-timestamp", "E51",
         archived([](Forge& f, const Digest& manifest) { return f.stampAt(manifest, archiveTime); }),
         withList(stamped(), "revoked-after.crl")},
        {"no-revocation-list", "I52",
         [](Forge& f) {
             Parts p = f.parts();
             p.at(entry::signature) = std::string(textOf(expected(crypto::signCades(
                 f.house.sealKey, viewOf(p.at(entry::asicManifest)), crypto::Commitment::Origin, sealTime))));
             return p.zip();
         },
         anchor, Verdict::Indeterminate},
    };
}

}  // namespace

std::vector<Mutant> timeMutants() {
    std::vector<Mutant> all;
    for (auto part : {stampMutants(), archiveMutants(), revocationMutants()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace tickmark::bundle::test
