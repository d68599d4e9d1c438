#!/usr/bin/env python3
"""Every command as a transcript: what it prints, its exit code, and what must not exist afterwards."""
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import DATA, TICKMARK, VERIFY, Suite, run  # noqa: E402

suite = Suite()


def contains(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is missing in:\n{text}"


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def sealed(house):
    """Issues nothing: F-901 stays a draft, so another finding is issued over the record of its evidence."""
    house.tickmark("demo")
    return house.json("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")


# ---- the program itself

@suite.test
def help_and_version_are_results_and_leave_no_data_directory(house):
    for words in (["--help"], ["--version"], ["evidence", "add", "--help"], ["verify", "--help"]):
        answer = run(TICKMARK, "--data", house.path("none"), *words)
        assert answer.code == 0 and answer.out and not answer.err, answer
    assert not house.path("none").exists()


@suite.test
def wrong_usage_is_exit_code_2_and_changes_nothing(house):
    before = house.entries()
    for words in (["no-such-command"], [], ["evidence"], ["evidence", "add"], ["bundle", "seal"], ["user", "create", "x"],
                  ["check", "--no-such-option"], ["ledger", "prove"], ["ledger", "consistency", "--from", "-1"],
                  ["user", "change", "owner", "--disable", "--enable"], ["verify"], ["restore"]):
        answer = house.tickmark(*words, code=2)
        assert answer.out == "" and answer.err, answer
    assert house.entries() == before


@suite.test
def a_folder_that_is_no_data_directory_is_refused_with_the_way_out(house):
    house.data = house.path("elsewhere")
    for words in (["check"], ["user", "list"], ["ledger", "checkpoint"], ["backup", house.path("b.tar")]):
        error = house.error(*words, code=3)
        assert error["type"] == "data-directory", error
        contains(error["fix"], "tickmark init")
    assert not house.data.exists()
    assert not house.path("b.tar").exists()


@suite.test
def the_data_directory_can_come_from_the_environment(house):
    answer = run(TICKMARK, "user", "list", env={"TICKMARK_DATA": str(house.data)})
    assert answer.code == 0, answer
    contains(answer.out, "lead")


# ---- init

@suite.test
def init_makes_a_directory_that_only_its_owner_can_enter(house):
    house.data = house.path("new")
    made = house.json("init", "--organisation", "New House", "--admin", "boss")
    assert made["admin_account"] == "boss" and made["admin_password"] and made["authority_passphrase"]
    assert re.fullmatch("SHA256:[0-9a-f]{64}", made["root_fingerprint"])
    assert made["ledger_key"].startswith("tickmark/new-house+")
    assert house.data.stat().st_mode & 0o777 == 0o700
    for key in ("seal.key.pem", "ledger.key.pem", "root.key.pem"):
        assert (house.data / "keys" / key).stat().st_mode & 0o777 == 0o600
    contains((house.data / "keys/root.key.pem").read_text(), "ENCRYPTED")
    text = "".join(path.read_text(errors="replace") for path in house.data.rglob("*") if path.is_file())
    assert made["admin_password"] not in text and made["authority_passphrase"] not in text
    assert house.json("check")["ok"]
    assert not house.path("new.partial").exists()


@suite.test
def init_refuses_a_directory_that_holds_anything(house):
    before = files_below(house.data)
    error = house.error("init", "--organisation", "Again", code=3)
    assert error["type"] == "not-empty" and error["field"] == "--data" and error["fix"], error
    assert files_below(house.data) == before


@suite.test
def init_keeps_the_authoritys_key_where_it_is_told_and_renaming_the_folder_harms_nothing(house):
    house.data = house.path("new")
    secret = house.write("ca", "a-long-passphrase\n")
    made = house.json("init", "--organisation", "New", "--passphrase-file", secret, "--authority-key-to", house.path("ca.pem"))
    assert "authority_passphrase" not in made
    assert house.path("ca.pem").exists() and not (house.data / "keys/root.key.pem").exists()
    house.data.rename(house.path("moved"))
    house.data = house.path("moved")
    assert house.json("check")["ok"]
    for path in house.data.rglob("*"):
        if path.is_file():
            assert str(house.folder).encode() not in path.read_bytes(), path


@suite.test
def a_place_where_nothing_can_be_made_is_an_environment_error(house):
    house.write("file", "x")
    house.data = house.path("file") / "below"
    error = house.error("init", "--organisation", "X", code=4)
    assert error["type"] == "file-io", error


# ---- users, tokens

@suite.test
def accounts_are_created_listed_changed_and_get_passwords(house):
    made = house.json("user", "create", "ao-01", "--role", "AO", "--name", "Tool admin", "--until", "2099-12-31")
    assert made["role"] == "AO" and made["valid_until"] == "2099-12-31" and len(made["password"]) >= 16
    listed = {one["account"]: one for one in house.json("user", "list")}
    assert set(listed) == {"admin", "lead", "second", "owner", "top", "cert", "ao-01"}
    assert all("password" not in one for one in listed.values())
    assert house.json("user", "change", "ao-01", "--disable")["disabled"] is True
    assert house.json("user", "change", "ao-01", "--enable", "--until", "never").get("valid_until") is None
    assert house.json("user", "password", "ao-01")["password"] != made["password"]
    contains(house.tickmark("user", "list").out, "ao-01", "Tool admin")


@suite.test
def a_second_factor_is_reset_with_a_reason_where_there_is_one(house):
    before = house.entries()
    house.tickmark("user", "second-factor-reset", "owner", code=2)
    assert house.error("user", "second-factor-reset", "owner", "--reason", " ", code=3)["field"] == "reason"
    assert house.error("user", "second-factor-reset", "owner", "--reason", "phone lost", code=3)["type"] == "no-second-factor"
    assert house.entries() == before


@suite.test
def a_bad_account_is_refused_with_field_and_fix(house):
    before = house.entries()
    assert house.error("user", "create", "ao-01", "--role", "XX", code=3)["field"] == "--role"
    assert house.error("user", "create", "ao-01", "--role", "AO", "--until", "31.12.2099", code=3)["field"] == "--until"
    assert house.error("user", "create", "lead", "--role", "LA", code=3)["type"] == "duplicate"
    weak = house.write("weak", "short\n")
    assert house.error("user", "create", "ao-01", "--role", "AO", "--password-file", weak, code=3)["field"] == "password"
    assert house.error("user", "create", "Not A Name", "--role", "AO", code=3)
    assert house.error("user", "change", "nobody", "--disable", code=3)["type"] == "not-found"
    assert house.entries() == before


@suite.test
def tokens_are_created_listed_and_revoked_and_their_secret_is_shown_once(house):
    made = house.json("token", "create", "ci", "--account", "owner", "--scope", "read", "--scope", "evidence")
    assert made["token"].startswith("tm_") and made["scopes"] == ["read", "evidence"]
    listed = house.json("token", "list")
    assert len(listed) == 1 and "token" not in listed[0] and listed[0]["revoked"] is False
    house.tickmark("token", "revoke", "ci")
    assert house.json("token", "list")[0]["revoked"] is True
    assert house.error("token", "create", "ci2", "--account", "owner", "--scope", "all", code=3)["type"] == "scope"
    assert house.error("token", "revoke", "none", code=3)["type"] == "not-found"


# ---- import

@suite.test
def an_import_says_what_it_made_and_a_dry_run_makes_nothing(house):
    before = house.entries()
    good = DATA / "csv/findings-good.csv"
    tried = house.json("import", "findings", good, "--as", "lead", "--audit", "IA-1", "--dry-run")
    assert tried == {"created": 3, "dry_run": True, "refs": tried["refs"]} and len(tried["refs"]) == 3
    assert house.entries() == before
    made = house.json("import", "findings", good, "--as", "lead", "--audit", "IA-1")
    assert made["refs"] == tried["refs"] and made["dry_run"] is False
    piped = house.tickmark("--json", "import", "catalog", "-", "--code", "mine", "--title", "Mine",
                           stdin=b"code,parent,title\n1,,One\n1.1,1,Two\n").json()
    assert piped["created"] == 2


@suite.test
def a_bad_import_names_every_bad_row_and_leaves_nothing(house):
    before = house.entries()
    bad = DATA / "csv/findings-rules-broken-on-lines-3-and-7.csv"
    error = house.error("import", "findings", bad, "--as", "lead", "--audit", "IA-1", code=3)
    assert [re.match(r"line (\d+)", part["message"])[1] for part in error["errors"]] == ["3", "7"]
    assert all(part["field"] and part["fix"] for part in error["errors"])
    text = house.tickmark("import", "findings", bad, "--as", "lead", "--audit", "IA-1", code=3).err
    contains(text, "line 3", "line 7")
    for name in ("findings-utf16.csv", "findings-latin1.csv", "empty.csv", "findings-quote-not-closed.csv"):
        house.error("import", "findings", DATA / "csv" / name, "--as", "lead", "--audit", "IA-1", code=3)
    house.error("import", "findings", house.path("no-such.csv"), "--as", "lead", "--audit", "IA-1", code=3)
    assert house.entries() == before


@suite.test
def a_real_oscal_catalog_is_imported(house):
    file = DATA / "oscal/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"
    assert house.json("import", "catalog", file, "--code", "nist-low")["created"] > 150
    assert house.error("import", "catalog", file, "--code", "nist-low", code=3)["type"] == "duplicate"
    wrong = DATA / "oscal/ifa_plan-of-action-and-milestones.json"
    assert house.error("import", "catalog", wrong, "--code", "x-1", code=3)["type"] == "oscal"


@suite.test
def acting_for_an_unknown_or_wrong_account_is_refused(house):
    good = DATA / "csv/findings-good.csv"
    error = house.error("import", "findings", good, "--as", "nobody", "--audit", "IA-1", code=3)
    assert error["field"] == "--as" and "user list" in error["fix"], error
    assert house.error("import", "findings", good, "--as", "top", "--audit", "IA-1", code=3)["type"] == "forbidden"
    house.tickmark("user", "change", "lead", "--disable")
    assert house.error("import", "findings", good, "--as", "lead", "--audit", "IA-1", code=3)["type"] == "account-disabled"


# ---- evidence

@suite.test
def a_file_is_handed_over_listed_and_read_back_unchanged(house):
    content = os.urandom(3_000_000)
    file = house.write("log.bin", content)
    receipts = house.json("evidence", "add", file, "--finding", "F-901", "--as", "lead")
    digest = hashlib.sha256(content).hexdigest()
    assert len(receipts) == 1 and receipts[0]["sha256"] == digest and receipts[0]["size"] == len(content)
    assert receipts[0]["answers"] == "F-901" and receipts[0]["ledger_position"] > 0
    rows = house.json("evidence", "list", "--as", "lead")["evidence"]
    assert [row["sha256"] for row in rows] == [digest]
    house.tickmark("evidence", "get", receipts[0]["evidence"], "--as", "lead", "-o", house.path("out.bin"))
    assert house.path("out.bin").read_bytes() == content
    error = house.error("evidence", "get", receipts[0]["evidence"], "--as", "lead", "-o", house.path("out.bin"), code=3)
    assert error["type"] == "exists"
    assert not house.path("out.bin.partial").exists()
    proof = house.tickmark("ledger", "prove", receipts[0]["ledger_position"]).out
    contains(proof, "tickmark/test-house")


@suite.test
def a_folder_of_files_gets_a_receipt_for_each(house):
    for number in range(250):
        house.write(f"many/{number:03}.csv", f"n,m\n1,{number}\n")
    house.write("many/large.bin", os.urandom(2_000_000))
    answer = house.tickmark("evidence", "add", house.path("many"), "--finding", "F-901", "--as", "lead")
    lines = answer.out.splitlines()
    assert len(lines) == 251, answer
    for line in lines:
        assert re.match(r"E-\d{4}/v1  [0-9a-f]{64}  \d+  ", line), line
    assert house.json("check", "--read-data")["objects"] == 251
    quiet = house.tickmark("evidence", "add", house.path("many/000.csv"), "--finding", "F-901", "--as", "lead", "--quiet")
    assert quiet.out == "", quiet
    again = house.json("evidence", "add", house.path("many/000.csv"), "--finding", "F-901", "--as", "lead")
    assert again[0]["same_as"] == lines[0].split()[0], again


@suite.test
def what_cannot_be_handed_over_is_refused_by_name_and_leaves_nothing(house):
    before = house.entries()
    good = house.write("good.txt", "good")
    error = house.error("evidence", "add", good, house.path("missing.txt"), "--finding", "F-901", "--as", "lead", code=3)
    contains(error["message"], "missing.txt")
    assert house.error("evidence", "add", good, "--finding", "F-999", "--as", "lead", code=3)["type"] == "not-found"
    assert house.error("evidence", "add", good, "--as", "lead", code=3)["type"] == "target"
    assert house.error("evidence", "add", good, "--finding", "F-901", "--as", "top", code=3)
    bad = house.write("many/bad\u202etxt.exe", "x")
    house.write("many/fine.txt", "x")
    error = house.error("evidence", "add", bad.parent, "--finding", "F-901", "--as", "lead", code=3)
    assert error["type"] == "file-name", error
    assert house.entries() == before
    assert files_below(house.data / "archive/sha256") == []


@suite.test
def a_dropped_folder_answers_the_requests_its_names_carry_and_nothing_is_skipped_in_silence(house):
    house.tickmark("demo")
    house.write("drop/er-1 list.csv", "a,b\n1,2\n")
    house.write("drop/ER-0001/more.csv", "a,b\n3,4\n")
    house.write("drop/notes.txt", "of nobody")
    drop = ("evidence", "add", house.path("drop"), "--requests", "IA-2022-03", "--as", "la-01")
    before = house.entries()
    shown = house.json(*drop, "--show-matching")
    assert shown["unmatched"] == ["notes.txt"], shown
    assert {row["file"]: row["requests"] for row in shown["files"]} == {
        "ER-0001/more.csv": ["ER-0001"], "er-1 list.csv": ["ER-0001"], "notes.txt": []}, shown
    error = house.error(*drop, code=3)
    assert error["type"] == "unmatched-files", error
    contains(error["message"], "Nothing was taken", "notes.txt")
    assert house.entries() == before
    taken = house.tickmark(*drop, "--skip-unmatched")
    assert len(taken.out.splitlines()) == 2 and taken.out.startswith("ER-0001  E-"), taken
    contains(taken.err, "Not taken, it names no open request: notes.txt")
    house.tickmark(*drop, "--request", "ER-0001", code=2)
    house.tickmark("evidence", "add", house.path("drop"), "--show-matching", "--as", "la-01", code=2)


@suite.test
def receipts_are_printed_even_when_a_later_file_is_refused(house):
    (house.data / "tickmark.conf").write_text((house.data / "tickmark.conf").read_text().replace(
        "upload_cap = ", "upload_cap = 3000000\n# was = "))
    small = house.write("a/small.txt", "small")
    house.write("a/too-large.bin", b"x" * 4_000_000)
    answer = house.tickmark("--json", "evidence", "add", small.parent, "--finding", "F-901", "--as", "lead", code=3)
    assert [one["file_name"] for one in json.loads(answer.out)] == ["small.txt"], answer
    contains(answer.err, "1 of 2", "over-cap")


@suite.test
def a_damaged_object_is_not_handed_out_and_is_found_by_the_check(house):
    receipt = house.json("evidence", "add", house.write("log.txt", "the log"), "--finding", "F-901", "--as", "lead")[0]
    path = house.data / "archive/sha256" / receipt["sha256"][:2] / receipt["sha256"]
    path.chmod(0o600)
    path.write_text("THE LOG")
    found = house.tickmark("--json", "check", "--read-data", code=1).json()
    assert [one["code"] for one in found["problems"]] == ["object-damaged"], found
    error = house.error("evidence", "get", receipt["evidence"], "--as", "lead", "-o", house.path("out"), code=1)
    assert error["type"] == "object-damaged"
    assert not house.path("out").exists() and not house.path("out.partial").exists()


# ---- bundles and verifying

@suite.test
def a_bundle_is_previewed_sealed_listed_verified_and_revoked(house):
    house.tickmark("demo")
    preview = house.json("bundle", "preview", "--audit", "IA-2022-03", "--as", "la-01")
    assert preview["missing"] == [] and preview["findings"] == 6
    made = house.json("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")
    file = pathlib.Path(made["file"])
    assert hashlib.sha256(file.read_bytes()).hexdigest() == made["sha256"] and made["files"] == preview["files"]
    root = house.json("key", "fingerprint")["root"]
    for program in ((TICKMARK, "verify"), (VERIFY,)):
        assert run(*program, file, "--fingerprint", root).code == 0
        assert run(*program, file, "--anchor", house.data / "keys/root.pem").code == 0
        assert run(*program, file).code == 5
        assert run(*program, file, "--fingerprint", "SHA256:" + "0" * 64).code in (1, 5)
        report = run(*program, file, "--fingerprint", root, "--json").json()
        assert report["verdict"].upper() == "PASS", report
    log = house.json("key", "fingerprint")["ledger"]
    assert run(TICKMARK, "verify", file, "--fingerprint", root, "--log-key", log).code == 0
    assert house.json("bundle", "list", "--as", "la-01")[0]["state"] == "sealed"
    assert house.json("bundle", "revoke", made["bundle"], "--as", "la-01", "--reason", "Wrong audit.")["state"] == "revoked"
    assert house.error("bundle", "revoke", made["bundle"], "--as", "la-01", "--reason", "Again.", code=3)["type"] == "forbidden-transition"


@suite.test
def a_changed_bundle_fails_and_every_check_has_its_line(house):
    file = pathlib.Path(sealed(house)["file"])
    changed = bytearray(file.read_bytes())
    changed[len(changed) // 2] ^= 1
    bad = house.write("bad.evidence.zip", bytes(changed))
    answer = run(TICKMARK, "verify", bad, "--anchor", house.data / "keys/root.pem")
    assert answer.code == 1, answer
    for code in ("E10", "E20", "E30", "E31", "E40", "E50", "E70", "E80", "E85", "E90"):
        contains(answer.out, code)
    contains(answer.out, "FAILED")
    cut = house.write("cut.evidence.zip", file.read_bytes()[:-1])
    assert run(TICKMARK, "verify", cut, "--anchor", house.data / "keys/root.pem").code == 1


@suite.test
def verifying_needs_no_data_directory_and_names_what_it_cannot_read(house):
    file = pathlib.Path(sealed(house)["file"])
    shutil.copy(house.data / "keys/root.pem", house.path("root.pem"))
    away = house.write("away.evidence.zip", file.read_bytes())
    answer = run(TICKMARK, "--data", house.path("none"), "verify", away, "--anchor", house.path("root.pem"))
    assert answer.code == 0, answer
    assert not house.path("none").exists()
    assert run(TICKMARK, "verify", house.path("no-such.zip")).code == 3
    assert run(TICKMARK, "verify", away, "--anchor", house.path("no-such.pem")).code == 3
    assert run(TICKMARK, "verify", away, "--fingerprint", "SHA256:abc").code == 3


@suite.test
def sealing_refuses_a_missing_file_by_name_and_leaves_no_bundle(house):
    house.tickmark("demo")
    # The oldest file of the audit is the finding's own; the newest is its plan, which no finding points at.
    rows = house.json("evidence", "list", "--as", "tm-01")["evidence"]
    row = [one for one in rows if one["audit"] == "SA-2022-240680"][-1]
    (house.data / "archive/sha256" / row["sha256"][:2] / row["sha256"]).unlink()
    answer = house.tickmark("--json", "bundle", "preview", "--audit", "SA-2022-240680", "--as", "la-01", code=1).json()
    assert any(row["evidence"] in name for name in answer["missing"]), answer
    error = house.error("bundle", "seal", "--audit", "SA-2022-240680", "--as", "la-01", code=1)
    contains(json.dumps(error), row["evidence"])
    assert files_below(house.data / "bundles") == []
    found = house.tickmark("--json", "check", code=1).json()
    assert [one["code"] for one in found["problems"]] == ["row-without-object"], found


@suite.test
def sealing_is_the_leads_and_a_withheld_file_needs_a_reason(house):
    house.tickmark("demo")
    assert house.error("bundle", "seal", "--audit", "IA-2022-03", "--as", "au-02", code=3)["type"] == "forbidden"
    error = house.error("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01", "--withhold", "E-0001/v1", code=3)
    assert error["field"] == "--withhold" and "=" in error["fix"], error
    assert house.error("bundle", "seal", "--audit", "IA-1", "--as", "lead", code=3)["type"] == "guard"
    assert files_below(house.data / "bundles") == []


@suite.test
def the_demonstration_takes_nobodys_account(house):
    house.tickmark("user", "create", "po-02", "--role", "PO")
    before = house.entries()
    error = house.error("demo", code=3)
    assert error["type"] == "account-taken" and "po-02" in error["message"], error
    assert house.entries() == before


@suite.test
def the_demonstration_is_loaded_once(house):
    made = house.json("demo")
    assert (made["audits"], made["findings"], made["plans"]) == (61, 95, 89) and len(made["left_out"]) == 1
    assert (house.data / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600
    contains((house.data / "demo-accounts.txt").read_text(), *(one["password"] for one in made["accounts"]))
    assert house.error("demo", code=3)["type"] == "demo-loaded"
    assert house.json("check", "--read-data")["ok"]


# ---- check, backup, restore, ledger, key

@suite.test
def a_backup_is_restored_to_the_same_house_and_never_over_another(house):
    house.tickmark("evidence", "add", house.write("log.txt", "the log"), "--finding", "F-901", "--as", "lead")
    checkpoint = house.tickmark("ledger", "checkpoint").out
    made = house.json("backup", house.path("b.tar"))
    assert made["objects"] == 1 and house.path("b.tar").stat().st_mode & 0o777 == 0o600
    assert house.error("backup", house.path("b.tar"), code=3)["type"] == "exists"
    assert house.error("restore", house.path("b.tar"), code=3)["type"] == "not-empty"
    house.data = house.path("restored")
    assert house.json("restore", house.path("b.tar"))["ok"]
    assert house.tickmark("ledger", "checkpoint").out == checkpoint
    house.tickmark("evidence", "get", "E-0001/v1", "--as", "lead", "-o", house.path("out"))
    assert house.path("out").read_text() == "the log"


@suite.test
def a_cut_off_backup_restores_nothing(house):
    house.tickmark("backup", house.path("b.tar"))
    whole = house.path("b.tar").read_bytes()
    house.data = house.path("restored")
    for size in (0, 1000, len(whole) // 2, len(whole) - 2000):
        error = house.error("restore", house.write("cut.tar", whole[:size]), code=1)
        assert error["type"] == "backup-damaged", error
        assert not house.data.exists() and not house.path("restored.partial").exists()


@suite.test
def a_backup_onto_a_full_disk_leaves_nothing(house):
    house.tickmark("evidence", "add", house.write("big.bin", os.urandom(3_000_000)), "--finding", "F-901", "--as", "lead")
    answer = run("bash", "-c", f"trap '' XFSZ; ulimit -f 1000; exec {TICKMARK} --json --data {house.data} backup {house.path('b.tar')}")
    assert answer.code == 4, answer
    assert json.loads(answer.err)["error"]["type"] == "disk-full"
    assert [path for path in os.listdir(house.folder) if path.startswith("b.tar")] == []


@suite.test
def evidence_that_does_not_fit_on_the_disk_leaves_nothing(house):
    before = house.entries()
    big = house.write("big.bin", os.urandom(6_000_000))
    answer = run("bash", "-c", f"trap '' XFSZ; ulimit -f 4000; exec {TICKMARK} --json --data {house.data} evidence add {big} "
                 "--finding F-901 --as lead")
    assert answer.code == 4, answer
    assert house.entries() == before
    assert files_below(house.data / "archive/sha256") == [] and files_below(house.data / "archive/tmp") == []


@suite.test
def a_changed_row_is_found_by_the_check(house):
    import sqlite3
    with sqlite3.connect(house.data / "tickmark.db") as database:
        database.execute("UPDATE party SET role = 'AD' WHERE ref = 'owner'")
    database.close()
    found = house.tickmark("--json", "check", code=1).json()
    assert found["ok"] is False and any("owner" in one["subject"] for one in found["problems"]), found


@suite.test
def the_ledger_is_listed_proved_and_consistent(house):
    size = house.entries()
    lines = house.json("ledger", "list", "--from", "0", "--limit", "3")
    assert [line["position"] for line in lines] == [0, 1, 2]
    assert all(json.loads(line["leaf"])["kind"] for line in lines)
    contains(house.json("ledger", "prove", "1")["tlog_proof"], "c2sp.org/tlog-proof")
    assert house.error("ledger", "prove", str(size + 5), code=3)["type"] == "not-found"
    answer = house.json("ledger", "consistency", "--from", "2")
    assert answer["first"] == 2 and answer["second"] == size and answer["path"]
    assert house.error("ledger", "consistency", "--from", str(size + 5), code=3)["type"] == "size"
    assert house.error("ledger", "list", "--limit", "0", code=3)["field"] == "limit"


@suite.test
def a_log_longer_than_a_page_is_listed_to_its_end(house):
    rows = "ref,class,title,requirement,objective_evidence,nature\n"
    rows += "".join(f"F-{number},minor,Finding {number},R,O,N\n" for number in range(1000, 1230))
    house.tickmark("import", "findings", house.write("many.csv", rows), "--as", "lead", "--audit", "IA-1")
    size = house.entries()
    assert size > 220
    assert [line["position"] for line in house.json("ledger", "list")] == list(range(size))
    assert len(house.json("ledger", "list", "--limit", "210")) == 210
    assert len(house.tickmark("ledger", "list", "--from", "5").out.splitlines()) == size - 5


@suite.test
def signers_keys_are_issued_under_passphrases_from_files(house):
    house.data = house.path("new")
    ca = house.write("ca", "a-long-passphrase\n")
    own = house.write("own", "the-signers-own-words\n")
    house.tickmark("init", "--organisation", "New", "--passphrase-file", ca)
    house.tickmark("user", "create", "la.one", "--role", "LA")
    issue = ("key", "issue", "la.one", "--authority-passphrase-file", ca, "--passphrase-file", own)
    answer = run(TICKMARK, "--data", house.data, "key", "issue", "--help")
    if "--authority-passphrase-file" not in answer.out:
        option = re.search(r"(--authority-passphrase[a-z-]*)", answer.out)[1]
        issue = ("key", "issue", "la.one", option, ca, "--passphrase-file", own)
    made = house.json(*issue)
    assert made["account"] == "la.one" and made["fingerprint"].startswith("SHA256:")
    house.tickmark(*issue)
    assert [one["account"] for one in house.json("key", "list")] == ["la.one", "la.one"]
    wrong = tuple(own if part == ca else part for part in issue)
    assert house.error(*wrong, code=3)["type"] == "passphrase"
    contains(house.tickmark("key", "anchor").out, "BEGIN CERTIFICATE")


@suite.test
def no_error_leaks_sql_or_the_programs_sources(house):
    (house.data / "tickmark.db").write_bytes(b"SQLite format 3\0" + os.urandom(8000))
    answer = house.tickmark("check", code=3)
    for word in ("SELECT", "src/", "std::", "Poco", ".cpp"):
        assert word not in answer.err, answer


if __name__ == "__main__":
    suite.main()
