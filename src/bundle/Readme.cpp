#include "bundle/Readme.h"

namespace tickmark::bundle {
namespace {

constexpr const char* commands = R"txt(WITHOUT TICKMARK

You need unzip, sha256sum, openssl 3 and a shell. Put the organisation's certificate, which you got from the
organisation itself and not from this bundle, beside the bundle as ANCHOR.pem; when people of other organisations
signed, add theirs to it. If there are timestamps (7 and 8 below say so), put the root certificate of the time-stamp
authority beside it as TSA.pem. The bundle is B.evidence.zip here.

1. Unpack.

    unzip -q B.evidence.zip -d B && cd B

2. Every listed file has the digest it is listed with. This alone proves nothing about who listed it.

    sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt

3. Each signed manifest names exactly this list. Without this line a forged bundle with new lists passes 2 and 4.

    ( for m in META-INF/ASiC*Manifest*.xml; do grep -F 'URI="tagmanifest-sha256.txt"' "$m" | grep -qF "$(openssl dgst -sha256 -binary tagmanifest-sha256.txt | base64)" || exit 1; done )

4. Each signed manifest was signed with a certificate that leads to your anchor: 001 is the organisation's seal, the
   later ones are people's, and META-INF/statement002.json and on say what they state. The purpose is "any" because
   OpenSSL's own default refuses certificates made for signing documents. OpenSSL judges by today: if a certificate
   has expired since the signing, add -attime and the signing time in seconds since 1970.

    ( for s in META-INF/signature*.p7s; do n=${s#META-INF/signature}; openssl cms -verify -cades -binary -purpose any -inform DER -in "$s" -content "META-INF/ASiCManifest${n%.p7s}.xml" -CAfile ../ANCHOR.pem -out /dev/null || exit 1; done )

5. Each later manifest names the signatures before it, as they are here.

    ( for m in META-INF/ASiC*Manifest*.xml; do sed -n 's/^.*URI="\(META-INF[^"]*\)"><.*<ds:DigestValue>\([^<]*\)<.*$/\2 \1/p' "$m" | while read -r d f; do [ "$(openssl dgst -sha256 -binary "$f" | base64)" = "$d" ] || exit 1; done || exit 1; done )

6. The entry in the organisation's log commits to the payload list.

    grep -qF "\"manifest_sha256\":\"$(sha256sum manifest-sha256.txt | cut -c1-64)\"" tlog/seal.json

7. The timestamps inside the signatures, if there are any, were made over these signatures.

    ( for s in META-INF/signature*.p7s; do p=$(openssl asn1parse -inform DER -in "$s"); t=$(echo "$p" | grep -A2 id-smime-aa-timeStampToken | tail -n 1 | cut -d: -f1); [ -n "$t" ] || continue; v=$(echo "$p" | grep 'd=5 .*prim: OCTET STRING' | cut -d: -f1); openssl asn1parse -inform DER -in "$s" -strparse $t -noout -out ../token.der && openssl asn1parse -inform DER -in "$s" -strparse $v -noout -out ../value.bin && openssl ts -verify -in ../token.der -token_in -data ../value.bin -CAfile ../TSA.pem || exit 1; done )

8. The archive timestamps, if there are any, were made over everything that stands before them.

    ( for t in META-INF/timestamp*.tst; do [ -e "$t" ] || continue; n=${t#META-INF/timestamp}; openssl ts -verify -in "$t" -token_in -data "META-INF/ASiCArchiveManifest${n%.tst}.xml" -CAfile ../TSA.pem || exit 1; done )

What these commands do not show: a file that nobody listed and nobody signed, a certificate of another purpose,
a revoked certificate, a zip that shows other files to other programs, the proof that the entry is in the log, and
whether an expected file is missing. A verifier shows these:

    tickmark-verify --anchor ANCHOR.pem B.evidence.zip

A signature without a timestamp from a third party (level B) states its time of signing itself.
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
