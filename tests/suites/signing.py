#!/usr/bin/env python3
"""Signatures after the seal, timestamps and revocation, from the commands to OpenSSL's own verdict."""
import contextlib
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import time
import zipfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import BIN, TICKMARK, VERIFY, Suite, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

AUDIT = "IA-2022-03"


def furnish(house):
    house.write("ca", "a-long-authority-passphrase\n")
    house.write("own", "a-long-signer-passphrase\n")
    house.tickmark("init", "--organisation", "Signing House", "--passphrase-file", house.path("ca"))
    house.write("demo.json", house.tickmark("--json", "demo").out)
    for account in ("la-01", "xa-01"):
        house.tickmark("key", "issue", account, "--authority-passphrase-file", house.path("ca"),
                       "--passphrase-file", house.path("own"))


suite = Suite(furnish)


def seal(house, *more):
    return house.json("bundle", "seal", "--audit", AUDIT, "--as", "la-01", *more)


def openssl(*arguments, stdin=b"", code=0):
    answer = run("openssl", *arguments, stdin=stdin)
    assert answer.code == code, answer
    return answer


def pkcs12(house, account):
    """The signer takes the key along in a PKCS#12 file."""
    keys, file = house.data / "keys/signers", house.path(f"{account}.p12")
    openssl("pkcs12", "-export", "-inkey", keys / f"{account}.key.pem", "-in", keys / f"{account}.pem", "-out", file,
            "-passin", f"file:{house.path('own')}", "-passout", "pass:" + house.path("own").read_text().strip())
    return file


def verify(house, file, *more, code=0):
    answer = run(VERIFY, file, "--anchor", house.data / "keys/root.pem", "--json", *more)
    assert answer.code == code, answer
    return answer.json()


def codes(report):
    return {problem["code"] for problem in report["problems"]}


def unpacked(house, file):
    folder = house.path("unpacked")
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return folder / "META-INF"


def content(file):
    """Every byte before the central directory."""
    data = pathlib.Path(file).read_bytes()
    return data[:int.from_bytes(data[-6:-2], "little")]


@contextlib.contextmanager
def authority(house, mode="good"):
    """OpenSSL's own timestamp code behind a small listener on a free port."""
    keys = house.path("tsa")
    keys.mkdir(exist_ok=True)
    process = subprocess.Popen([str(BIN / "tsa_responder"), "--port", "0", "--mode", mode, "--key-dir", str(keys)],
                               stdout=subprocess.PIPE)
    try:
        port = int(re.search(rb"(\d+)", process.stdout.readline())[1])
        yield f"http://127.0.0.1:{port}/tsr", keys
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def configure(house, url, keys):
    settings = house.data / "tickmark.conf"
    text = re.sub(r"^timestamp_\w+ = .*$", "", settings.read_text(), flags=re.M)
    settings.write_text(f"{text}\ntimestamp_url = {url}\ntimestamp_anchor = {keys / 'root.pem'}\n")


@suite.test
def a_lead_auditor_signs_without_a_server_and_the_server_takes_the_file_back(house):
    made = seal(house)
    away = house.write("away.evidence.zip", pathlib.Path(made["file"]).read_bytes())
    crl = house.path("tickmark.crl")
    house.tickmark("key", "crl", "--out", crl)
    before = content(away)
    answer = run(TICKMARK, "--data", house.path("none"), "bundle", "sign", away, "--key", pkcs12(house, "la-01"),
                 "--passphrase-file", house.path("own"), "--comment", "Complete.", "--crl", crl, "--anchor", house.data / "keys/root.pem")
    assert answer.code == 0, answer
    assert not house.path("none").exists()
    assert content(away).startswith(before), "earlier bytes changed"
    report = verify(house, away, "--require", "approval")
    assert [one["role"] for one in report["signatures"]] == ["seal", "lead-auditor"], report
    assert report["signatures"][1]["comment"] == "Complete."

    taken = house.json("bundle", "take-back", made["bundle"], away, "--as", "la-01")
    assert taken["signatures"] == 2
    [row] = [one for one in house.json("bundle", "list", "--as", "la-01") if one["bundle"] == made["bundle"]]
    assert hashlib.sha256(pathlib.Path(row["file"]).read_bytes()).hexdigest() == row["sha256"] == taken["sha256"]
    assert [path.name for path in (house.data / "bundles").iterdir()] == [pathlib.Path(row["file"]).name]
    assert house.json("check", "--read-data")["ok"]
    error = house.error("bundle", "take-back", made["bundle"], away, "--as", "la-01", code=3)
    assert error["type"] == "nothing-new", error

    meta = unpacked(house, row["file"])
    for number in ("001", "002"):
        openssl("cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER",
                "-in", meta / f"signature{number}.p7s", "-content", meta / f"ASiCManifest{number}.xml",
                "-CAfile", house.data / "keys/root.pem", "-out", "/dev/null")


@suite.test
def only_a_continuation_of_the_stored_file_is_taken_back(house):
    first, second = seal(house), seal(house)
    other = house.write("other.evidence.zip", pathlib.Path(second["file"]).read_bytes())
    key = pkcs12(house, "la-01")
    run(TICKMARK, "bundle", "sign", other, "--key", key, "--passphrase-file", house.path("own"))
    before = pathlib.Path(first["file"]).read_bytes()
    entries = house.entries()
    error = house.error("bundle", "take-back", first["bundle"], other, "--as", "la-01", code=3)
    assert error["type"] == "not-a-continuation", error
    broken = house.write("broken.evidence.zip", b"no zip")
    assert house.error("bundle", "take-back", first["bundle"], broken, "--as", "la-01", code=3)["type"] == "bundle-layout"
    assert house.error("bundle", "take-back", first["bundle"], other, "--as", "au-02", code=3)["type"] == "forbidden"
    assert pathlib.Path(first["file"]).read_bytes() == before and house.entries() == entries


@suite.test
def an_announced_approval_is_missed_until_it_is_there(house):
    made = seal(house, "--approval")
    report = verify(house, made["file"], code=1)
    assert codes(report) == {"E90"}, report
    away = house.write("away.evidence.zip", pathlib.Path(made["file"]).read_bytes())
    house.tickmark("key", "crl", "--out", house.path("crl"))
    run(TICKMARK, "bundle", "sign", away, "--key", pkcs12(house, "la-01"), "--passphrase-file", house.path("own"),
        "--crl", house.path("crl"), "--anchor", house.data / "keys/root.pem")
    verify(house, away)


@suite.test
def an_outside_auditor_rejects_with_a_comment_then_accepts_with_a_key_of_another_house(house):
    made = seal(house)
    file = house.write("b.evidence.zip", pathlib.Path(made["file"]).read_bytes())
    root, key, chain = foreign_key(house)
    sign = (TICKMARK, "bundle", "sign", file, "--key", key, "--certificate", chain, "--role", "certification-auditor")
    answer = run(*sign, "--decision", "rejected")
    assert answer.code == 3 and "comment" in answer.err, answer
    assert run(*sign, "--decision", "rejected", "--comment", "Two files are missing.").code == 0
    assert run(*sign, "--decision", "accepted", "--comment", "Now complete.").code == 0
    assert run(*sign, "--decision", "accepted").code == 3
    report = verify(house, file, code=5)
    assert [one["decision"] for one in report["signatures"]] == ["", "rejected", "accepted"]
    report = verify(house, file, "--anchor", root, "--require", "acceptance", code=5)
    assert codes(report) == {"I52"}, report


def foreign_key(house):
    """A certification body's root and its auditor's key, made with OpenSSL."""
    folder = house.path("body")
    folder.mkdir()
    root, key, certificate = folder / "root.pem", folder / "key.pem", folder / "auditor.pem"
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-keyout",
            folder / "ca.pem", "-out", root, "-subj", "/CN=Certification Body", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
            folder / "req.pem", "-subj", "/CN=Certification auditor")
    extensions = house.write("body/ext", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n")
    openssl("x509", "-req", "-in", folder / "req.pem", "-CA", root, "-CAkey", folder / "ca.pem", "-CAcreateserial",
            "-days", "20", "-out", certificate, "-extfile", extensions)
    return root, key, certificate


@suite.test
def people_sign_over_http_with_the_keys_that_the_installation_keeps(house):
    made = seal(house)
    secret = house.path("own").read_text().strip()
    accounts = json.loads(house.path("demo.json").read_text())["accounts"]
    passwords = {one["account"]: one["password"] for one in accounts}
    with Server(house.data) as server:
        lead = Person(server, "la-01", passwords["la-01"])
        address = f"/api/v1/bundles/{made['bundle']}"
        rev = lead.get(address)["rev"]
        try:
            lead.post(f"{address}/signatures", {"decision": "approved", "passphrase": "wrong-passphrase-here"}, rev)
            raise AssertionError("a wrong passphrase signed")
        except Refused as refused:
            assert refused.problem["type"].endswith("passphrase"), refused
        signed = lead.post(f"{address}/signatures", {"decision": "approved", "comment": "Read.", "passphrase": secret}, rev)
        assert [one["role"] for one in signed["signatures"]] == ["seal", "lead-auditor"]
        data, _ = lead.raw("GET", f"{address}/content")
        assert hashlib.sha256(data).hexdigest() == signed["sha256"]
        file = house.write("signed.evidence.zip", data)
        assert server.stop() == 0
    verify(house, file, "--require", "approval")


@suite.test
def an_authority_stamps_the_seal_and_openssl_agrees(house):
    with authority(house) as (url, keys):
        configure(house, url, keys)
        made = seal(house)
    anchor = ("--tsa-anchor", keys / "root.pem")
    report = verify(house, made["file"], *anchor, "--require", "timestamp")
    assert report["bundle"]["level"] in ("T", "LT"), report
    assert report["signatures"][0]["trusted_time"]
    assert verify(house, made["file"])["verdict"].upper() == "PASS", "a timestamp that nobody can judge does not weigh"
    verify(house, made["file"], "--require", "timestamp", code=5)


@suite.test
def what_was_sealed_offline_is_stamped_later(house):
    with authority(house) as (url, keys):
        gone = url
    configure(house, gone, keys)
    made = seal(house)
    assert verify(house, made["file"])["bundle"]["level"] == "B"
    waiting = house.json("bundle", "timestamp", "--pending", code=1)
    assert waiting[0]["level"] == "B" and waiting[0]["error"], waiting
    with authority(house) as (url, keys):
        configure(house, url, keys)
        done = house.json("bundle", "timestamp", "--pending")
        assert done[0]["level"] in ("T", "LT") and "error" not in done[0], done
    assert house.json("bundle", "timestamp", "--pending") == []
    [row] = house.json("bundle", "list", "--as", "la-01")
    verify(house, row["file"], "--tsa-anchor", keys / "root.pem", "--require", "timestamp")
    assert house.json("check", "--read-data")["ok"]


@suite.test
def a_file_is_stamped_and_renewed_for_the_archive_without_a_server(house):
    made = seal(house)
    file = house.write("b.evidence.zip", pathlib.Path(made["file"]).read_bytes())
    with authority(house) as (url, keys):
        stamp = (TICKMARK, "--data", house.path("none"), "bundle", "timestamp", file, "--url", url, "--tsa-anchor", keys / "root.pem")
        assert run(*stamp, "--level", "T").code == 0
        assert run(*stamp, "--level", "T").code == 3
        before = content(file)
        for _ in range(2):
            answer = run(*stamp, "--level", "LTA")
            assert answer.code == 0, answer
        assert content(file).startswith(before)
    report = verify(house, file, "--tsa-anchor", keys / "root.pem", "--require", "timestamp")
    assert len(report["archive_timestamps"]) == 2, report
    meta = unpacked(house, file)
    for number in ("001", "002"):
        openssl("ts", "-verify", "-in", meta / f"timestamp{number}.tst", "-token_in", "-data",
                meta / f"ASiCArchiveManifest{number}.xml", "-CAfile", keys / "root.pem")


@suite.test
def an_authority_that_misbehaves_leaves_a_bundle_without_a_timestamp_and_says_why(house):
    file = pathlib.Path(seal(house)["file"])
    before = file.read_bytes()
    for mode, word in (("refuse", "timestamp-refused"), ("wrong-nonce", "timestamp-response"),
                       ("wrong-imprint", "timestamp-response"), ("garbage", "timestamp-"), ("bad-eku", "timestamp-untrusted")):
        with authority(house, mode) as (url, keys):
            copy = house.write(f"{mode}.evidence.zip", before)
            answer = run(TICKMARK, "--json", "bundle", "timestamp", copy, "--url", url, "--tsa-anchor", keys / "root.pem", "--level", "T")
            assert answer.code in (3, 4), answer
            error = json.loads(answer.err[answer.err.index("{"):])["error"]
            assert error["type"].startswith(word), (mode, error)
            assert copy.read_bytes() == before
    error = run(TICKMARK, "bundle", "timestamp", file, "--url", "http://127.0.0.1:1/tsr", "--level", "T")
    assert error.code == 4, error


@suite.test
def a_bundle_sealed_before_the_revocation_verifies_and_one_after_does_not(house):
    with authority(house) as (url, keys):
        configure(house, url, keys)
        early = house.write("early.evidence.zip", pathlib.Path(seal(house)["file"]).read_bytes())
        time.sleep(1.1)  # certificates and lists know whole seconds, and "in the same second" counts as revoked
        old = {name: (house.data / "keys" / name).read_bytes() for name in ("seal.pem", "seal.key.pem", "root.crl")}
        revoked = house.json("key", "revoke", "--seal", "--reason", "Stolen.", "--authority-passphrase-file", house.path("ca"))
        assert revoked["new_seal"].startswith("SHA256:")
        new = seal(house)["file"]
        crl = house.path("now.crl")
        house.tickmark("key", "crl", "--out", crl)
        anchor = ("--tsa-anchor", keys / "root.pem", "--crl", crl)
        verify(house, early, *anchor)
        verify(house, new, *anchor)
        # Whoever has the stolen key goes on with the list from before.
        for name, data in old.items():
            (house.data / "keys" / name).write_bytes(data)
        late = seal(house)["file"]
    verify(house, late, "--tsa-anchor", keys / "root.pem")
    assert "E51" in codes(verify(house, late, *anchor, code=1))
    text = openssl("crl", "-inform", "DER", "-in", crl, "-noout", "-text").out
    assert revoked["serial"].upper().lstrip("0") in text.upper(), text
    openssl("crl", "-inform", "DER", "-in", crl, "-noout", "-CAfile", house.data / "keys/root.pem")


@suite.test
def a_revoked_seal_seals_nothing_and_a_signer_is_revoked_by_account(house):
    revoke = ("key", "revoke", "la-01", "--reason", "Left.", "--authority-passphrase-file", house.path("ca"))
    first = house.json(*revoke)
    assert house.error(*revoke, code=3)["type"] == "already-revoked"
    assert house.json("key", "crl")["revoked"][0]["serial"] == first["serial"]
    renewed = house.json("key", "crl", "--renew", "--authority-passphrase-file", house.path("ca"))
    assert renewed["number"] == first["list_number"] + 1 and len(renewed["revoked"]) == 1
    assert house.error("key", "revoke", "--serial", "zz", "--reason", "x", "--authority-passphrase-file", house.path("ca"), code=3)["type"] == "serial"
    assert house.error("key", "revoke", "--reason", "x", "--authority-passphrase-file", house.path("ca"), code=3)["type"] == "key"
    seal_serial = openssl("x509", "-in", house.data / "keys/seal.pem", "-noout", "-serial").out.strip().split("=")[1]
    house.tickmark("key", "revoke", "--serial", seal_serial, "--reason", "x", "--authority-passphrase-file", house.path("ca"))
    error = house.error("bundle", "seal", "--audit", AUDIT, "--as", "la-01", code=3)
    assert error["type"] == "seal-revoked", error


@suite.test
def a_key_inside_a_token_signs(house):
    module = next((path for path in pathlib.Path("/usr/lib").rglob("libsofthsm2.so")), None)
    assert module, "softhsm2 is not installed"
    house.path("tokens").mkdir()
    configuration = house.write("softhsm.conf", f"directories.tokendir = {house.path('tokens')}\nobjectstore.backend = file\n")
    environment = {"SOFTHSM2_CONF": str(configuration)}
    keys = house.data / "keys/signers"
    openssl("pkcs8", "-topk8", "-nocrypt", "-in", keys / "la-01.key.pem", "-passin", f"file:{house.path('own')}", "-out", house.path("plain.pem"))
    assert run("softhsm2-util", "--init-token", "--free", "--label", "audit", "--pin", "1234", "--so-pin", "5678", env=environment).code == 0
    assert run("softhsm2-util", "--import", house.path("plain.pem"), "--token", "audit", "--label", "lead", "--id", "01",
               "--pin", "1234", env=environment).code == 0
    file = house.write("b.evidence.zip", pathlib.Path(seal(house)["file"]).read_bytes())
    pin, wrong = house.write("pin", "1234\n"), house.write("wrong", "9999\n")
    sign = (TICKMARK, "bundle", "sign", file, "--token", "pkcs11:token=audit;object=lead", "--module", module,
            "--certificate", keys / "la-01.pem", "--passphrase-file")
    answer = run(*sign, wrong, env=environment)
    assert answer.code == 3 and "PIN" in answer.err, answer
    answer = run(*sign, pin, env=environment)
    assert answer.code == 0, answer
    report = verify(house, file, code=5)
    assert report["signatures"][1]["role"] == "lead-auditor" and codes(report) == {"I52"}, report
    house.tickmark("key", "crl", "--out", house.path("crl"))
    verify(house, file, "--crl", house.path("crl"), "--require", "approval")


if __name__ == "__main__":
    suite.main()
