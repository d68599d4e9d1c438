#include "bundle/Readme.h"

namespace tickmark::bundle {
namespace {

constexpr const char* commands = R"txt(WITHOUT TICKMARK

You need unzip, sha256sum, openssl 3 and a shell. Put the organisation's certificate, which you got from the
organisation itself and not from this bundle, beside the bundle as ANCHOR.pem. The bundle is B.evidence.zip here.

1. Unpack.

    unzip -q B.evidence.zip -d B && cd B

2. Every listed file has the digest it is listed with. This alone proves nothing about who listed it.

    sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt

3. The signed manifest names exactly this list. Without this line a forged bundle with new lists passes 2 and 4.

    grep -F 'URI="tagmanifest-sha256.txt"' META-INF/ASiCManifest001.xml | grep -qF "$(openssl dgst -sha256 -binary tagmanifest-sha256.txt | base64)"

4. The signed manifest was signed with a certificate that leads to your anchor. The purpose is "any" because
   OpenSSL's own default refuses certificates made for signing documents. OpenSSL judges by today: if the certificate
   has expired since the signing, add -attime and the signing time in seconds since 1970.

    openssl cms -verify -cades -binary -purpose any -inform DER -in META-INF/signature001.p7s -content META-INF/ASiCManifest001.xml -CAfile ../ANCHOR.pem -out /dev/null

5. The entry in the organisation's log commits to the payload list.

    grep -qF "\"manifest_sha256\":\"$(sha256sum manifest-sha256.txt | cut -c1-64)\"" tlog/seal.json

What these commands do not show: a file that nobody listed and nobody signed, a certificate of another purpose,
a revoked certificate, a zip that shows other files to other programs, the proof that the entry is in the log, and
whether an expected file is missing. A verifier shows these:

    tickmark-verify --anchor ANCHOR.pem B.evidence.zip

There is no timestamp from a third party (level B): the time of signing is the organisation's own statement.
)txt";

}  // namespace

std::string readmeText(const ReadmeFacts& facts) {
    std::string text = "EVIDENCE BUNDLE " + facts.bundleRef + "\n" + facts.organisation + "\n\n";
    text +=
        "Read data/report.html first: the findings, what was done about them, and the evidence by name and "
        "digest.\n"
        "data/manifest.json says the same for programs. The original files lie below data/evidence/.\n\n";
    if (!facts.rootFingerprint.empty()) {
        text +=
            "keys/root.pem is the organisation's certificate as this bundle brings it. Trust it only after\n"
            "comparing its fingerprint with one you got from the organisation on another way:\n\n"
            "    SHA256:" +
            facts.rootFingerprint + "\n\n";
    }
    text += "The organisation's log signs with this key (compare it in the same way):\n\n    " +
            facts.ledgerKey + "\n\n";
    return text + commands;
}

}  // namespace tickmark::bundle
