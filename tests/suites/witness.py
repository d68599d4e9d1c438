#!/usr/bin/env python3
"""A certification body's witness against a server that grows honestly, and against three attacks on its log."""
import base64
import hashlib
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from house import TICKMARK, VERIFY, House, Suite, run  # noqa: E402

NAME = "witness.example/audits"


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Witnessed House")
    secret = house.write("password", "correct-horse-battery\n")
    house.tickmark("user", "create", "lead", "--role", "LA", "--password-file", secret)
    made = witness(house, "init", "--name", NAME)
    house.tickmark("ledger", "witness", "add", NAME, made.out.strip())


def witness(house, command, *arguments, code=0):
    answer = run(VERIFY, "witness", command, "--dir", house.path("witness"), *arguments)
    assert answer.code == code, f"expected exit code {code}\n{answer}"
    return answer


def log_key(house):
    return house.json("ledger", "show")["key"]


def ask(house, *words):
    """Writes a request and returns its file."""
    file = house.path(f"request-{time.monotonic_ns()}")
    house.tickmark("ledger", "request", "--for", NAME, *words, "--out", file)
    return file


def begin(house):
    """First contact, and the answer brought back."""
    answer = witness(house, "add", "--log", log_key(house), "--first", ask(house))
    house.tickmark("ledger", "cosign", house.write("answer", answer.out))


def grow(house, count=1, word="user"):
    for number in range(count):
        house.tickmark("user", "create", f"{word}{number}", "--role", "PO", "--password-file", house.path("password"))


def seen(house):
    return json.loads(witness(house, "show", "--json").out)


def refused_files(house):
    return sorted((house.path("witness") / "refused").iterdir())


# ---- the log in other hands: the tree of RFC 9162 once more, written for this test

def leaf_hash(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves):
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def signed_note(key_file, origin, vkey, size, root):
    """A checkpoint signed by openssl with the log's own key: what a thief of the key can do."""
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n".encode()
    body = key_file.parent.parent / "note"
    body.write_bytes(text)
    signature = subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", key_file, "-in", body],
                               check=True, capture_output=True).stdout
    key_id = bytes.fromhex(vkey[len(origin) + 1:].split("+")[0])
    line = base64.b64encode(key_id + signature).decode()
    return (text + f"\n— {origin} {line}\n".encode()).decode()


def rewrite(house, position, change):
    """Changes one entry and makes everything else agree with it: leaf hashes, tree, every signed head."""
    vkey = log_key(house)
    origin = vkey.split("+")[0]
    base = sqlite3.connect(house.data / "tickmark.db", isolation_level=None)
    triggers = base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        base.execute(f"DROP TRIGGER {name}")
    leaf, = base.execute("SELECT leaf FROM event WHERE position = ?", (position,)).fetchone()
    changed = change(leaf)
    assert changed != leaf
    event = json.loads(changed)
    base.execute("UPDATE event SET leaf = ?, leaf_hash = ?, actor = ? WHERE position = ?",
                 (changed, leaf_hash(changed.encode()), event["actor"], position))
    leaves = [row[0] for row in base.execute("SELECT leaf_hash FROM event ORDER BY position")]
    base.execute("DELETE FROM tree_node")
    level, hashes = 0, leaves
    while len(hashes) > 1:
        level += 1
        hashes = [node_hash(hashes[2 * i], hashes[2 * i + 1]) for i in range(len(hashes) // 2)]
        base.executemany("INSERT INTO tree_node (level, idx, hash) VALUES (?, ?, ?)",
                         [(level, i, value) for i, value in enumerate(hashes)])
    for size, in base.execute("SELECT size FROM checkpoint").fetchall():
        root = root_of(leaves[:size])
        note = signed_note(house.data / "keys/ledger.key.pem", origin, vkey, size, root)
        base.execute("UPDATE checkpoint SET root = ?, note = ? WHERE size = ?", (root, note, size))
    for _, sql in triggers:
        base.execute(sql)
    base.close()


suite = Suite(furnish)


@suite.test
def a_new_witness_keeps_its_key_to_itself_and_is_not_made_twice(house):
    folder = house.path("witness")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "witness-key.pem").stat().st_mode & 0o777 == 0o600
    before = (folder / "witness-key.pem").read_bytes()
    answer = witness(house, "init", "--name", NAME, code=3)
    assert "a witness in this folder already" in answer.err, answer
    assert (folder / "witness-key.pem").read_bytes() == before
    run(VERIFY, "witness", "init", "--dir", house.path("other"), "--name", "white space")
    assert not house.path("other").exists()


@suite.test
def the_first_contact_must_be_wanted(house):
    request = ask(house)
    for words in ([], ["--first"], ["--log", log_key(house)]):
        answer = witness(house, "add", *words, request, code=5)
        assert "has not seen the log tickmark/witnessed-house before" in answer.err and answer.out == "", answer
    assert seen(house)["logs"] == []
    answer = witness(house, "add", "--log", log_key(house), "--first", request)
    assert "taken on trust" in answer.err, answer
    assert seen(house)["logs"][0]["size"] == int(request.read_text().split("\n")[3])


@suite.test
def a_log_that_only_grows_is_cosigned_and_the_server_takes_the_answer(house):
    begin(house)
    for number in range(1, 6):
        grow(house, number, f"round{number}-")
        request = ask(house)
        old, size = int(request.read_text().split("\n")[0][4:]), house.entries()
        answer = house.path("cosignature")
        told = witness(house, "add", "--out", answer, request)
        assert f"{size} entries, which begin with the {old} seen before" in told.err, told
        taken = json.loads(house.tickmark("--json", "ledger", "cosign", answer).out)
        assert [(one["witness"], one["size"]) for one in taken] == [(NAME, size)], taken
        shown = house.json("ledger", "show")["witnesses"]
        assert [(one["name"], one["size"]) for one in shown] == [(NAME, size)], shown
    assert refused_files(house) == []
    assert house.tickmark("check").code == 0


@suite.test
def the_cosignature_is_as_c2sp_writes_it(house):
    begin(house)
    lines = house.path("answer").read_text().splitlines()
    assert len(lines) == 1 and lines[0].startswith(f"— {NAME} "), lines
    raw = base64.b64decode(lines[0].split(" ")[2])
    name, key_id, key = seen(house)["key"].split("+", 2)
    key = base64.b64decode(key)
    assert len(raw) == 4 + 8 + 64 and key[0] == 4
    assert raw[:4].hex() == key_id == hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    moment, = struct.unpack(">Q", raw[4:12])
    assert abs(moment - time.time()) < 600
    note = seen(house)["logs"][0]["checkpoint"]
    signed = f"cosignature/v1\ntime {moment}\n".encode() + note[:note.index("\n\n") + 1].encode()
    house.write("public.der", bytes.fromhex("302a300506032b6570032100") + key[1:])
    checked = run("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER", "-inkey",
                  house.path("public.der"), "-in", house.write("signed", signed), "-sigfile",
                  house.write("signature", raw[12:]))
    assert checked.code == 0, checked


@suite.test
def an_older_log_put_back_is_refused_as_rolled_back(house):
    shutil.copytree(house.data, house.path("older"))
    grow(house, 4)
    begin(house)
    shutil.rmtree(house.data)
    shutil.copytree(house.path("older"), house.data)
    answer = witness(house, "add", ask(house), code=1)
    assert "the log was rolled back" in answer.err and answer.out == "", answer
    kept, = refused_files(house)
    words = json.loads(kept.read_text())
    assert words["reason"] == "log-rolled-back"
    assert int(words["seen"].split("\n")[1]) > int(words["brought"].split("\n")[1])
    asked = house.error("ledger", "request", "--for", NAME, "--since", "1000", code=3)
    assert "never had 1000" in asked["message"] and "rolled back" in asked["fix"], asked


@suite.test
def a_rolled_back_log_that_grew_past_the_head_seen_is_refused_as_rewritten(house):
    shutil.copytree(house.data, house.path("older"))
    grow(house, 2, "before")
    begin(house)
    size = seen(house)["logs"][0]["size"]
    shutil.rmtree(house.data)
    shutil.copytree(house.path("older"), house.data)
    grow(house, 6, "instead")
    answer = witness(house, "add", ask(house, "--since", str(size)), code=1)
    assert f"does not begin with the {size} entries that this witness saw" in answer.err and answer.out == "", answer
    assert json.loads(refused_files(house)[0].read_text())["reason"] == "log-rewritten"


@suite.test
def two_logs_of_the_same_size_are_refused_as_a_fork_and_both_heads_are_kept(house):
    twin = House(house.path("twin"))
    shutil.copytree(house.data, twin.data)
    twin.write("password", "correct-horse-battery\n")
    grow(house, 1, "here")
    grow(twin, 1, "there")
    assert house.entries() == twin.entries()
    ours, theirs = ask(house), ask(twin)
    witness(house, "add", "--log", log_key(house), "--first", ours)
    before = seen(house)["logs"]
    answer = witness(house, "add", theirs, code=1)
    assert "signed two different logs" in answer.err and answer.out == "", answer
    kept, = refused_files(house)
    words = json.loads(kept.read_text())
    assert words["reason"] == "log-forked" and words["seen"] != words["brought"]
    assert words["seen"] in ours.read_text() and words["brought"] in theirs.read_text()
    assert seen(house)["logs"] == before, "a refused head must not replace the one seen"
    witness(house, "add", ours)


@suite.test
def a_rewritten_entry_with_a_whole_new_tree_and_the_stolen_key_is_refused(house):
    grow(house, 3)
    begin(house)
    size = seen(house)["logs"][0]["size"]
    password = sqlite3.connect(house.data / "tickmark.db").execute(
        "SELECT position FROM event WHERE kind = 'party.set-password' ORDER BY position LIMIT 1").fetchone()[0]

    def blame(leaf):
        event = {**json.loads(leaf), "actor": "someone-else"}
        return json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    rewrite(house, password, blame)
    found = house.json("check", code=1)["problems"]
    assert [one["code"] for one in found] == ["cosigned-root"], found
    with sqlite3.connect(house.data / "tickmark.db") as catalog:
        catalog.execute("DELETE FROM cosigned")
    found = house.json("check", code=1)["problems"]  # the log still tells of the cosignature that is gone
    assert [one["code"] for one in found] == ["cosigned-missing"], found
    note = house.tickmark("ledger", "checkpoint").out
    assert int(note.split("\n")[1]) > size
    grow(house, 2, "after")
    answer = witness(house, "add", ask(house, "--since", str(size)), code=1)
    assert f"does not begin with the {size} entries that this witness saw" in answer.err and answer.out == "", answer
    words = json.loads(refused_files(house)[0].read_text())
    assert words["reason"] == "log-rewritten" and int(words["seen"].split("\n")[1]) == size
    # The proof of the thief's own head at the size that was seen contradicts the witness's copy directly.
    kept = sqlite3.connect(house.data / "tickmark.db").execute(
        "SELECT note FROM checkpoint WHERE size = ?", (size,)).fetchone()[0]
    answer = witness(house, "add", house.write("thief", f"old {size}\n\n{kept}"), code=1)
    assert "signed two different logs" in answer.err, answer


@suite.test
def another_key_and_a_changed_file_are_refused(house):
    begin(house)
    other = House(house.path("other"))
    run(TICKMARK, "--data", other.data, "init", "--organisation", "Witnessed House")
    grow(house)
    request = ask(house)
    answer = witness(house, "add", "--log", log_key(other), request, code=1)
    assert "differs from the one this witness knows" in answer.err, answer
    foreign = other.tickmark("ledger", "checkpoint").out
    answer = witness(house, "add", house.write("foreign", f"old 0\n\n{foreign}"), code=1)
    assert "not signed by the log's key" in answer.err, answer
    text = request.read_text()
    lines = text.split("\n")
    changed = "\n".join([lines[0], base64.b64encode(hashlib.sha256(b"x").digest()).decode(), *lines[2:]])
    answer = witness(house, "add", house.write("changed", changed), code=1)
    assert "or the file was changed on its way" in answer.err, answer
    for broken in (text[:-1], text.replace("old ", "new "), "", "old 0\n\n", text[:40]):
        witness(house, "add", house.write("broken", broken), code=2)
    witness(house, "add", request)


@suite.test
def a_request_without_the_right_proof_is_undecided_and_names_the_way(house):
    begin(house)
    grow(house)
    size = seen(house)["logs"][0]["size"]
    answer = witness(house, "add", ask(house, "--since", "0"), code=5)
    assert f"tickmark ledger request --since {size}" in answer.err and answer.out == "", answer
    assert refused_files(house) == [] and seen(house)["logs"][0]["size"] == size


@suite.test
def answers_that_fit_nothing_are_refused_by_the_server(house):
    begin(house)
    grow(house)
    good = witness(house, "add", ask(house)).out
    before = house.entries()
    raw = bytearray(base64.b64decode(good.split(" ")[2]))
    raw[20] ^= 1
    changed = good.rsplit(" ", 1)[0] + " " + base64.b64encode(bytes(raw)).decode() + "\n"
    error = house.error("ledger", "cosign", house.write("changed", changed), code=3)
    assert error["type"] == "cosignature-unfit", error
    run(VERIFY, "witness", "init", "--dir", house.path("stranger"), "--name", "stranger.example")
    strange = run(VERIFY, "witness", "add", "--dir", house.path("stranger"), "--log", log_key(house), "--first", ask(house))
    error = house.error("ledger", "cosign", house.write("strange", strange.out), code=3)
    assert error["type"] == "unknown-witness", error
    for broken in ("", "no line\n", good[:-1]):
        assert house.error("ledger", "cosign", house.write("broken", broken), code=3)["type"] == "cosignature"
    assert house.entries() == before, "a refused answer must not enter the log"
    house.tickmark("ledger", "cosign", house.write("both", strange.out + good))


@suite.test
def witnesses_are_added_listed_and_removed_by_their_own_names(house):
    key = seen(house)["key"]
    assert house.error("ledger", "witness", "add", "another.name", key, code=3)["type"] == "witness-name"
    assert house.error("ledger", "witness", "add", NAME, key, code=3)["type"] == "duplicate"
    assert house.error("ledger", "witness", "add", NAME, log_key(house), code=3)["type"] == "verifier-key"
    assert [one["key"] for one in house.json("ledger", "witness", "list")] == [key]
    begin(house)
    house.tickmark("ledger", "witness", "remove", NAME)
    assert house.json("ledger", "witness", "list") == []
    house.error("ledger", "witness", "remove", NAME, code=3)
    assert house.error("ledger", "request", "--for", NAME, code=3)["type"] == "not-found"
    house.tickmark("ledger", "witness", "add", NAME, key)
    assert "size" not in house.json("ledger", "witness", "list")[0], "a witness that comes back begins anew"
    kinds = [json.loads(line.split("  ", 1)[1])["kind"]
             for line in house.tickmark("ledger", "list", "--limit", "200").out.splitlines()]
    assert [kind for kind in kinds if kind.startswith("witness.")] == [
        "witness.add", "witness.cosign", "witness.remove", "witness.add"], kinds


@suite.test
def a_second_command_waits_for_nobody_in_the_same_folder(house):
    request = ask(house)
    with open(house.path("witness") / "lock", "r+b") as lock:
        import fcntl
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = witness(house, "add", "--log", log_key(house), "--first", request, code=3)
        assert "Another command works with this witness" in answer.err, answer
    witness(house, "add", "--log", log_key(house), "--first", request)


@suite.test
def a_damaged_memory_is_told_and_nothing_is_cosigned(house):
    begin(house)
    grow(house)
    memory, = (house.path("witness") / "logs").iterdir()
    whole = memory.read_text()
    for broken in (whole[:50], "{}", whole.replace("tickmark/witnessed-house\\n", "tickmark/witnessed-house\\n1", 1)):
        assert broken != whole
        memory.write_text(broken)
        answer = witness(house, "add", ask(house), code=1)
        assert "is not as it was written" in answer.err and answer.out == "", answer
    memory.write_text(whole)
    witness(house, "add", ask(house))


@suite.test
def bundles_carry_what_was_witnessed_and_a_witness_reads_them(house):
    house.tickmark("demo")
    begin(house)
    first = house.json("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")
    second = house.json("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")
    files = [house.data / "bundles" / f"{one['bundle']}.evidence.zip" for one in (first, second)]
    answer = witness(house, "add", files[0])
    assert "which begin with" in answer.err, answer
    house.tickmark("ledger", "cosign", house.write("answer", answer.out))
    size = seen(house)["logs"][0]["size"]
    answer = witness(house, "add", files[1])
    assert f"which begin with the {size} seen before" in answer.err, answer
    answer = witness(house, "add", files[0], code=1)
    assert "or this is an older file" in answer.err, answer
    house.tickmark("ledger", "cosign", house.write("answer", witness(house, "add", files[1]).out))
    report = run(VERIFY, files[1], "--anchor", house.data / "keys/root.pem", "--json").json()
    named = [(one["kind"], one["name"]) for one in report["log"]["history"]]
    assert named == [("bundle", first["bundle"]), ("witness", NAME)], named


@suite.test
def sealing_waits_for_a_witness_when_the_settings_ask_for_one(house):
    house.tickmark("demo")
    settings = house.data / "tickmark.conf"
    text = settings.read_text()
    assert "witness_max_age_days = 0" in text
    settings.write_text(text.replace("witness_max_age_days = 0", "witness_max_age_days = 7"))
    seal = ("bundle", "seal", "--audit", "IA-2022-03", "--as", "la-01")
    error = house.error(*seal, code=3)
    assert error["type"] == "witness-required" and "tickmark ledger request" in error["fix"], error
    begin(house)
    house.tickmark(*seal)
    base = sqlite3.connect(house.data / "tickmark.db")
    base.execute("UPDATE cosigned SET at = at - 8 * 86400 * 1000000")
    base.commit()
    base.close()
    error = house.error(*seal, code=3)
    assert "8 days old, and at most 7 are allowed" in error["message"], error


if __name__ == "__main__":
    suite.main()
