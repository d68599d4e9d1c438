"""Bits that change by themselves in the database, the archive and the bundles: every change of content is found and named.

Each flip is one bit drawn with a printed seed (TICKMARK_SEED has the same ones again). Short: 400 flips. With TICKMARK_LONG
100,000: 20,000 in the database, one at a time; 70,000 in the archive and 10,000 in the bundles, one in each of many files before
one run of `tickmark check --read-data`, which must name each of those files and no other.

Whether a flip changed anything is decided here and not by Tickmark: rows of every table, entries of every index and the schema,
read with Python's sqlite3 before and after. A free page, unused bytes and the header's change counter may pass in silence.
"""
import collections
import concurrent.futures
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo  # noqa: E402
from house import TICKMARK, VERIFY, House, Suite, run  # noqa: E402
from server import Person, Server  # noqa: E402

LONG = bool(os.environ.get("TICKMARK_LONG"))
SEED = int(os.environ.get("TICKMARK_SEED", time.time_ns() % 1_000_000))
IN_DATABASE, IN_ARCHIVE, IN_BUNDLES = (20_000, 70_000, 10_000) if LONG else (200, 180, 20)
JOBS = 2

# SQLite keeps for each value whether it is TEXT or a BLOB. A bit there leaves the bytes as they are, and Tickmark reads the same
# value; such flips are counted by themselves.

# What no record stands behind: passing state, and figures computed from records whenever they are wanted again. The ledger
# does not speak of these, so a change that leaves the file's structure whole is not found. Each is named in docs/reliability.md.
WITHOUT_PROOF = {"password", "session", "token", "throttle", "upload", "object_proof", "work_run", "work_problem", "storage_sample",
                 "preference", "saved_filter", "calendar_feed", "mail_address", "digest", "search_text", "search_position",
                 "evidence_words", "counter", "idea"}
# SQLite's own check of a full text passes over a few bytes of its blocks, about one flip in 600; every word in them is proved.
WITHOUT_PROOF |= {"finding_search_data", "search_index_data"}


def furnish(house):
    demo.furnish(house)
    house.tickmark("token", "create", "reader", "--account", "la-01", "--scope", "read")
    with Server(house.data) as server:  # until the search has read everything
        Person(server, "la-01", demo.passwords(house)["la-01"])
        words = "SELECT count(*) = (SELECT count(*) FROM evidence_version) FROM evidence_words"
        with sqlite3.connect(f"file:{house.data / 'tickmark.db'}?mode=ro", uri=True) as base:
            while base.execute(words).fetchone() == (0,):
                assert server.process.poll() is None
                time.sleep(0.1)
        base.close()
        assert server.stop() == 0


def flip(content, bit):
    content[bit >> 3] ^= 1 << (bit & 7)


def check(data, *words, program=TICKMARK):
    """(exit code, problems, what was written to stderr)."""
    done = subprocess.run([str(program), "--data", str(data), "--json", "check", *words], capture_output=True, timeout=120)
    try:
        problems = json.loads(done.stdout.decode("utf-8", "replace"))["problems"] if done.stdout else []
    except ValueError:
        problems = []
    return done.returncode, problems, done.stderr.decode("utf-8", "replace")


def pages_of(file):
    """{page: name of the table or index it belongs to}, where SQLite was built to tell; else nothing."""
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as base:
            return dict(base.execute("SELECT pageno, name FROM dbstat"))
    except sqlite3.Error:
        return {}


class DatabaseFlips:
    """One worker: a house of its own, whose database is written anew for each flip."""

    def __init__(self, folder, model):
        self.house = demo.copy(House(model), folder)
        self.file = self.house.data / "tickmark.db"
        self.sound = self.file.read_bytes()
        self.queries = demo.plan(self.file)
        self.before = demo.contents(self.file, self.queries)
        self.bytes_before = demo.contents(self.file, self.queries, classes=False)
        assert not any(value.startswith("unreadable") for value in self.before.values()), self.before

    def restore(self):
        for tail in ("-wal", "-shm", "-journal"):
            pathlib.Path(f"{self.file}{tail}").unlink(missing_ok=True)
        self.file.write_bytes(self.sound)

    def one(self, bit):
        content = bytearray(self.sound)
        flip(content, bit)
        self.restore()
        self.file.write_bytes(content)
        after = demo.contents(self.file, self.queries)
        changed = sorted(name for name in self.before if after[name] != self.before[name])
        if not changed:
            return {"bit": bit, "changed": []}
        class_only = demo.contents(self.file, self.queries, classes=False) == self.bytes_before
        blind = demo.integrity_is_ok(self.file)
        self.restore()
        self.file.write_bytes(content)
        code, problems, err = check(self.house.data, "--read-data")
        named = [problem["subject"] for problem in problems if problem["subject"]]
        # A database that cannot be opened at all is refused with a word about the database, not about a row.
        refused = code in (1, 3, 4) and bool(re.search(r"database|tickmark\.db|ledger|catalog", err))
        return {"bit": bit, "changed": changed, "class_only": class_only, "blind": blind, "code": code, "named": named, "refused": refused, "err": err[:300],
                "unreadable": any(after[name].startswith("unreadable") for name in changed)}


def worker(arguments):
    folder, model, bits = arguments
    flips = DatabaseFlips(folder, model)
    return [flips.one(bit) for bit in bits]


suite = Suite(furnish)


@suite.test
def a_bit_in_the_database_is_found_and_named(house):
    rng = random.Random(f"{SEED} database")
    size = (house.data / "tickmark.db").stat().st_size
    bits = [rng.randrange(size * 8) for _ in range(IN_DATABASE)]
    print(f"# TICKMARK_SEED={SEED}, {IN_DATABASE} flips in a database of {size} bytes", flush=True)
    with tempfile.TemporaryDirectory(prefix="tickmark-rot-") as folder:
        tasks = [(f"{folder}/{number}", house.folder, bits[number::JOBS]) for number in range(JOBS)]
        with concurrent.futures.ProcessPoolExecutor(JOBS) as pool:
            results = [one for part in pool.map(worker, tasks) for one in part]
    assert len(results) == IN_DATABASE
    logical = [one for one in results if one["changed"]]
    crashed = [one for one in logical if one["code"] not in (0, 1, 3, 4)]
    found = [one for one in logical if one["named"] or one["refused"]]
    silent = [one for one in logical if one not in found]
    unproved = [one for one in silent if set(one["changed"]) <= outside(house)]
    class_only = [one for one in silent if one not in unproved and one["class_only"]]
    missed = [one for one in silent if one not in unproved and one not in class_only]
    by_row = sum(any(name != "tickmark.db" for name in one["named"]) for one in found)
    print(f"# database: {len(results)} flips, {len(logical)} logical changes, {len(found)} detected ({by_row} by row, event, node or "
          f"head; {len(found) - by_row} by the file), {len(unproved)} in tables without proof, "
          f"{len(class_only)} of the storage class only, {len(missed)} missed", flush=True)
    blind = [one for one in logical if one["blind"]]
    print(f"# PRAGMA integrity_check alone would have missed {len(blind)} of {len(logical)}", flush=True)
    for name, count in collections.Counter(",".join(one["changed"]) for one in unproved).most_common():
        print(f"# without proof: {count} in {name}", flush=True)
    for one in missed[:40]:
        print(f"# MISSED bit {one['bit']}: {one['changed']}, exit code {one['code']} {one['err']}", flush=True)
    assert not crashed, crashed[:5]
    assert logical and found, "the flips were too few to say anything"
    assert not missed, collections.Counter(",".join(one["changed"]) for one in missed)


def outside(house):
    """The tables and indexes that WITHOUT_PROOF allows."""
    with sqlite3.connect(f"file:{house.data / 'tickmark.db'}?mode=ro", uri=True) as base:
        return {name for name, table in base.execute("SELECT name, tbl_name FROM sqlite_master") if table in WITHOUT_PROOF}


def flipped(files, rng):
    """One bit in each file; returns what the files held."""
    sound = {}
    for path in files:
        sound[path] = path.read_bytes()
        content = bytearray(sound[path])
        flip(content, rng.randrange(len(content) * 8))
        mode = path.stat().st_mode
        path.chmod(0o600)
        path.write_bytes(content)
        path.chmod(mode)
    return sound


def put_back(sound):
    for path, content in sound.items():
        mode = path.stat().st_mode
        path.chmod(0o600)
        path.write_bytes(content)
        path.chmod(mode)


@suite.test
def a_bit_in_an_object_is_found_and_the_evidence_named(house):
    rng = random.Random(f"{SEED} archive")
    with sqlite3.connect(house.data / "tickmark.db") as base:
        refs = collections.defaultdict(set)
        for digest, ref in base.execute("SELECT digest, ref FROM evidence_version"):
            refs[digest].add(ref)
    objects = sorted(path for path in (house.data / "archive/sha256").rglob("*") if path.is_file() and path.stat().st_size)
    done = missed = wrong = 0
    while done < IN_ARCHIVE:
        some = rng.sample(objects, min(len(objects) // 2, IN_ARCHIVE - done))
        sound = flipped(some, rng)
        code, problems, err = check(house.data, "--read-data")
        put_back(sound)
        named = {problem["subject"] for problem in problems if problem["code"] == "object-damaged"}
        assert code == 1, (code, err)
        missed += sum(not refs[path.name] & named for path in some)
        wrong += len(named - set().union(*(refs[path.name] for path in some)))
        done += len(some)
    print(f"# archive: {done} flips, {done} logical changes, {done - missed} detected, {missed} missed, {wrong} named wrongly", flush=True)
    assert missed == 0 and wrong == 0
    assert check(house.data, "--read-data")[0] == 0, "the files were not put back as they were"


@suite.test
def a_bit_in_a_bundle_is_found_by_check_and_by_the_verifier(house):
    rng = random.Random(f"{SEED} bundles")
    for _ in range(6):
        house.tickmark("bundle", "seal", "--audit", demo.SMALL, "--as", "la-01")
    bundles = sorted((house.data / "bundles").iterdir())
    anchor = house.data / "keys/root.pem"
    done = missed = unseen = 0
    while done < IN_BUNDLES:
        some = rng.sample(bundles, min(len(bundles), IN_BUNDLES - done))
        sound = flipped(some, rng)
        code, problems, err = check(house.data, "--read-data")
        named = {problem["subject"] for problem in problems if problem["code"].startswith("bundle")}
        assert code == 1, (code, err)
        assert named <= {path.name.split(".")[0] for path in some}, named
        missed += sum(path.name.split(".")[0] not in named for path in some)
        for path in some:
            answer = run(VERIFY, path, "--anchor", anchor, "--json")
            assert answer.code in (0, 1, 5), answer
            unseen += answer.code == 0
        put_back(sound)
        done += len(some)
    print(f"# bundles: {done} flips, {done} logical changes, {done - missed} detected by check, {missed} missed; "
          f"tickmark-verify alone passed {unseen}", flush=True)
    assert missed == 0 and unseen == 0
    assert check(house.data, "--read-data")[0] == 0, "the files were not put back as they were"


if __name__ == "__main__":
    suite.main()
