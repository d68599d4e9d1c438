#!/usr/bin/env python3
"""Tools that know nothing of Tickmark look at a bundle: each accepts a good one and, where it looks, refuses a bad one."""
import base64
import hashlib
import pathlib
import shutil
import sys
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import SOURCE, TICKMARK, Suite, run  # noqa: E402

JARS = ":".join(f"/usr/share/java/{name}.jar" for name in ("bcpkix", "bcprov", "bcutil"))


def furnish(house):
    """A sealed bundle with the lead auditor's approval, unpacked, and a manifest with one digest changed."""
    house.write("ca", "a-long-authority-passphrase\n")
    own = house.write("own", "a-long-signer-passphrase\n")
    house.tickmark("init", "--organisation", "Interop House", "--passphrase-file", house.path("ca"))
    house.tickmark("demo")
    house.tickmark("key", "issue", "la-01", "--authority-passphrase-file", house.path("ca"), "--passphrase-file", own)
    made = house.json("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")
    bundle = house.path("b.evidence.zip")
    shutil.copy(made["file"], bundle)
    keys = house.data / "keys/signers"
    signed = run(TICKMARK, "bundle", "sign", bundle, "--key", keys / "la-01.key.pem", "--certificate", keys / "la-01.pem",
                 "--passphrase-file", own)
    assert signed.code == 0, signed
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(house.path("bag"))
    for number in ("001", "002"):
        manifest = house.path(f"bag/META-INF/ASiCManifest{number}.xml").read_bytes()
        digest = base64.b64encode(hashlib.sha256(house.path("bag/bagit.txt").read_bytes()).digest())
        assert manifest.count(digest) == 1
        house.write(f"changed{number}.xml", manifest.replace(digest, base64.b64encode(bytes(32))))


suite = Suite(furnish)
BOTH = ("001", "002")


def files(house, number):
    meta = house.path("bag/META-INF")
    return meta / f"signature{number}.p7s", meta / f"ASiCManifest{number}.xml", house.path(f"changed{number}.xml")


def root(house):
    return house.data / "keys/root.pem"


def accepts_and_refuses(command, house):
    """`command(signature, manifest)` on the right manifest and on the changed one, for both signatures."""
    for number in BOTH:
        signature, manifest, changed = files(house, number)
        good, bad = command(signature, manifest), command(signature, changed)
        assert good.code == 0, good
        assert bad.code != 0, bad


@suite.test
def openssl_cms_with_its_default_purpose(house):
    accepts_and_refuses(lambda signature, manifest: run(
        "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", manifest,
        "-CAfile", root(house), "-out", "/dev/null"), house)


@suite.test
def gnutls_certtool(house):
    accepts_and_refuses(lambda signature, manifest: run(
        "certtool", "--p7-verify", "--inder", "--infile", signature, "--load-data", manifest,
        "--load-ca-certificate", root(house)), house)


@suite.test
def gpgsm(house):
    home = house.path("gnupg")
    home.mkdir(mode=0o700)
    print_of = run("openssl", "x509", "-in", root(house), "-noout", "-fingerprint", "-sha1").out.split("=")[1].strip()
    house.write("gnupg/trustlist.txt", f"{print_of} S relax\n")
    environment = {"GNUPGHOME": str(home)}
    assert run("gpgsm", "--batch", "--import", root(house), env=environment).code == 0
    try:
        accepts_and_refuses(lambda signature, manifest: run(
            "gpgsm", "--batch", "--disable-crl-checks", "--verify", signature, manifest, env=environment), house)
    finally:
        run("gpgconf", "--kill", "all", env=environment)


@suite.test
def nss_cmsutil(house):
    store = house.path("nss")
    store.mkdir()
    assert run("certutil", "-N", "-d", f"sql:{store}", "--empty-password").code == 0
    assert run("certutil", "-A", "-d", f"sql:{store}", "-n", "root", "-t", "C,C,C", "-i", root(house)).code == 0
    accepts_and_refuses(lambda signature, manifest: run(
        "cmsutil", "-D", "-d", f"sql:{store}", "-u", "4", "-i", signature, "-c", manifest, "-o", "/dev/null"), house)


@suite.test
def bouncycastle(house):
    source = SOURCE / "tests/interop/VerifyCms.java"
    classes = house.path("classes")
    assert run("javac", "-nowarn", "-cp", JARS, "-d", classes, source).code == 0
    accepts_and_refuses(lambda signature, manifest: run(
        "java", "-cp", f"{JARS}:{classes}", "VerifyCms", signature, manifest, root(house)), house)


@suite.test
def sha256sum_on_the_bag(house):
    check = ("sha256sum", "-c", "--strict", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt")
    shell = " ".join(check)
    assert run("sh", "-c", f"cd '{house.path('bag')}' && {shell}").code == 0
    path = house.path("bag/data/manifest.json")
    path.write_bytes(path.read_bytes() + b" ")
    assert run("sh", "-c", f"cd '{house.path('bag')}' && {shell}").code != 0


@suite.test
def unzip_and_libzip_and_python_read_the_same_entries(house):
    bundle = house.path("b.evidence.zip")
    assert run("unzip", "-tqq", bundle).code == 0
    listed = run("unzip", "-Z1", bundle).out.splitlines()
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == listed
    assert listed[0] == "mimetype" and listed[-1] == "META-INF/signature002.p7s"
    bad = bytearray(bundle.read_bytes())
    bad[bad.find(b"bagit.txt") + 40] ^= 1
    assert run("unzip", "-tqq", house.write("bad.zip", bytes(bad))).code != 0


if __name__ == "__main__":
    suite.main()
