#!/usr/bin/env python3
"""Power cuts by calculation: legal orders in which a disk may keep or lose what the program wrote.

strace records every call of a command that touches the house (disk.py); from that, states are drawn in which a power cut
may leave it: a place of the cut, and a subset of what no sync had made durable, torn at 512 or 4,096 bytes. In each, SQLite
recovers the database, which must be byte for byte one that the program had committed, none older than the last receipt; each
object under its final name has its digest, and each object and sealed bundle that the database names is there. One state in
200, and the first of each committed database, is also judged by `tickmark check --read-data`. Equal states are judged once.

States: 1,500 in all, or 100,000 with TICKMARK_LONG; TICKMARK_STATES says another number. TICKMARK_SEED draws the same again.
"""
import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "suites"))
from disk import Trace, lost, same_as_the_folder  # noqa: E402
from house import TICKMARK, Suite, run  # noqa: E402

SEED = int(os.environ.get("TICKMARK_SEED") or time.time_ns() % 1_000_000)
STATES = int(os.environ.get("TICKMARK_STATES") or (100_000 if os.environ.get("TICKMARK_LONG") else 1500))
AUDIT = "IA-2022-03"
FINDING = ("ref,class,title,clauses,requirement,objective_evidence,nature,owner\n"
           "F-901,minor,Priority not confirmed,8.6.1,It is confirmed.,Three were closed without.,A step is missing.,po-01\n")
COMMANDS = {
    "put": lambda h: ("evidence", "add", "--audit", AUDIT, "--as", "la-01", h.path("evidence.bin")),
    "batch": lambda h: ("evidence", "add", "--audit", AUDIT, "--as", "la-01", h.path("many")),
    "finding": lambda h: ("import", "findings", h.path("finding.csv"), "--as", "la-01", "--audit", AUDIT),
    "seal": lambda h: ("bundle", "seal", "--audit", AUDIT, "--as", "la-01"),
    "backup": lambda h: ("backup", h.path("data/../after.tar")),
}


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Reordered House")
    house.tickmark("demo")
    house.write("evidence.bin", bytes(range(256)) * 1200)
    house.write("finding.csv", FINDING)
    for number in range(40):
        house.write(f"many/{number}.bin", random.Random(number).randbytes(100 + number * 200))


suite = Suite(furnish)


class Broken(Exception):
    """A state that must not be."""


class Desk:
    """Judges the states of one command."""

    def __init__(self, house, name):
        self.house, self.name = house, name
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="tickmark-order-", dir="/dev/shm"))
        shutil.copytree(house.data, self.folder / "base")
        self.trace = Trace(house.folder, (TICKMARK, "--data", house.data, *COMMANDS[name](house)), self.folder / "calls.log")
        assert same_as_the_folder(self.trace), "the steps replayed do not make what the command left"
        self.trace.settle()
        (self.folder / "calls.log").unlink()
        self.base = os.fsencode(house.data / "tickmark.db")
        self.images, self.seen, self.kinds, self.judged = {}, {}, set(), 0
        self.known = {}
        self.checks = 0
        order = []
        for place in sorted({step.ended + 1 for step in self.trace.steps} | {0}):
            image, needs = self.recover(*lost(self.trace, place, None))
            order.append((place, image))
            self.images[image] = len(order)
        self.told = [(place, self.images[[image for at, image in order if at <= place][-1]]) for place, _ in self.trace.said]

    def content(self, names, changed, path):
        file = names.get(path)
        return None if file is None else bytes(changed.get(file, self.trace.files[file]))

    def recover(self, names, changed):
        """(digest of the recovered database, what it names); Broken when it cannot be opened."""
        base, wal = (self.content(names, changed, self.base + end) for end in (b"", b"-wal"))
        if self.content(names, changed, self.base + b"-journal"):
            raise Broken("a rollback journal that no mode of Tickmark writes")
        key = (zlib.crc32(base), wal and hashlib.blake2b(wal).digest())
        if key in self.known:
            return self.known[key]
        place = self.folder / "one.db"
        for end in ("-wal", "-shm"):
            pathlib.Path(f"{place}{end}").unlink(missing_ok=True)
        place.write_bytes(base)
        if wal is not None:
            pathlib.Path(f"{place}-wal").write_bytes(wal)
        database = sqlite3.connect(place)
        try:
            image = hashlib.blake2b(database.serialize()).digest()
            digests = {row[0] for row in database.execute("SELECT digest FROM evidence_version WHERE digest IS NOT NULL")}
            bundles = dict(database.execute("SELECT record ->> 'file_name', record ->> 'sha256' FROM bundle WHERE state = 'sealed'"))
        except sqlite3.Error as error:
            raise Broken(f"the database does not open: {error}") from None
        finally:
            database.close()
        if len(self.known) > 3000:
            self.known.clear()
        self.known[key] = image, (digests, bundles)
        return self.known[key]

    def judge(self, cut, names, changed, thorough):
        image, (digests, bundles) = self.recover(names, changed)
        if image not in self.images:
            raise Broken("the database is none that was committed")
        due = max((number for place, number in self.told if place < cut), default=0)
        if self.images[image] < due:
            raise Broken(f"an acknowledged commit is lost: {self.images[image]} of {due}")
        there = set()
        for path, file in names.items():
            if b"/archive/sha256/" in path:
                digest = os.path.basename(path).decode()
                there.add(digest)
                if file in changed and hashlib.sha256(changed[file]).hexdigest() != digest:
                    raise Broken(f"half an object: {digest}")
        if digests - there:
            raise Broken(f"objects that the database names are lost: {len(digests - there)}")
        for bundle in bundles:
            if self.content(names, changed, os.fsencode(self.house.data / "bundles" / bundle)) != (self.house.data / "bundles" / bundle).read_bytes():
                raise Broken("a sealed bundle is lost or damaged")
        tar = os.fsencode(self.house.path("after.tar"))
        if any(place < cut for place, _ in self.trace.said) and self.house.path("after.tar").exists() and \
                self.content(names, changed, tar) != self.house.path("after.tar").read_bytes():
            raise Broken("the backup is lost or damaged")
        if thorough or image not in self.kinds:
            self.kinds.add(image)
            self.check(names, changed)

    def check(self, names, changed):
        """The real program on the state, written out."""
        self.checks += 1
        place = self.folder / "whole"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder / "base", place)
        root = os.fsencode(self.house.data) + b"/"
        for path in set(self.trace.names) | set(names):
            if not path.startswith(root):
                continue
            target = place / os.fsdecode(path[len(root):])
            file = names.get(path)
            if file is None:
                target.unlink(missing_ok=True)
            elif file in changed or path not in self.trace.names:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                target.write_bytes(changed.get(file, self.trace.files[file]))
                target.chmod(0o600)
        answer = run(TICKMARK, "--data", place, "check", "--read-data")
        if answer.code != 0:
            raise Broken(str(answer))

    def states(self, number, rng):
        """Draws and judges that many; the number of different ones among them. Raises Broken."""
        places = sorted({step.ended + 1 for step in self.trace.steps} | {step.begun + 1 for step in self.trace.steps}
                        | {place + 1 for place, _ in self.trace.said} | {self.trace.length})
        for turn in range(number):
            cut = rng.choice(places)
            names, changed = lost(self.trace, cut, rng)
            due = max((place for place, _ in self.told if place < cut), default=0)
            key = hash((due, tuple(sorted(names.items())), tuple((file, zlib.crc32(changed[file]), len(changed[file]))
                                                                 for file in sorted(changed))))
            if key in self.seen:
                continue
            self.seen[key] = True
            try:
                self.judge(cut, names, changed, turn % 200 == 0)
            except Broken as error:
                raise Broken(f"{self.name}, cut at {cut} of {self.trace.length}, TICKMARK_SEED={SEED}: {error}") from None
        return len(self.seen)

    def close(self):
        shutil.rmtree(self.folder)


def all_orders(house, name):
    desk = Desk(house, name)
    try:
        assert desk.trace.steps and desk.trace.said, "the trace is empty"
        began = time.monotonic()
        different = desk.states(STATES // len(COMMANDS), random.Random(f"{SEED} {name}"))
        print(f"# {name}: {len(desk.trace.steps)} steps, {len(desk.trace.syncs)} syncs, {STATES // len(COMMANDS)} states drawn, {different} "
              f"different, {len(desk.images)} databases committed, {desk.checks} checks by the program, "
              f"{time.monotonic() - began:.0f} s, seed {SEED}", flush=True)
    finally:
        desk.close()


def planted(house, name, ignored, what):
    """The program as if some of its syncs were not made: a state that must not be has to turn up."""
    desk = Desk(house, name)
    try:
        assert any(ignored(sync, step) for sync in desk.trace.syncs for step in desk.trace.steps), "the trace has no such sync"
        desk.trace.settle(ignored)
        try:
            desk.states(3000, random.Random(f"{SEED} {what}"))
        except Broken as error:
            print(f"# {what}: {str(error)[:160]!r}", flush=True)
            return
        raise AssertionError(f"{what}: 3,000 states and nothing seen")
    finally:
        desk.close()


@suite.test
def a_file_handed_over_survives_every_order(house):
    all_orders(house, "put")


@suite.test
def a_batch_of_files_survives_every_order(house):
    all_orders(house, "batch")


@suite.test
def a_recorded_finding_survives_every_order(house):
    all_orders(house, "finding")


@suite.test
def a_sealed_bundle_survives_every_order(house):
    all_orders(house, "seal")


@suite.test
def a_backup_survives_every_order(house):
    all_orders(house, "backup")


@suite.test
def files_that_are_not_synced_are_caught(house):
    planted(house, "put", lambda sync, step: not step.names, "no sync of files")


@suite.test
def folders_that_are_not_synced_are_caught(house):
    planted(house, "put", lambda sync, step: bool(step.names), "no sync of folders")


@suite.test
def a_log_of_the_database_that_is_not_synced_is_caught(house):
    planted(house, "finding", lambda sync, step: sync.path.endswith(b"-wal"), "no sync of the log")


@suite.test
def a_name_given_before_its_bytes_are_durable_is_caught(house):
    planted(house, "put", lambda sync, step: b"/archive" in sync.path and not step.names, "a name before its bytes")


if __name__ == "__main__":
    suite.main()
