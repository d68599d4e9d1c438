"""Backups taken while people work, backups that are cut off, backups that are damaged.

`tickmark backup FILE` writes one whole file each time: a cut must leave nothing that could be taken for a backup, and the next one
must be whole. `tickmark backup --into FOLDER` keeps each file once: what was copied before a cut is not copied again.
"""
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo  # noqa: E402
from house import TICKMARK, VERIFY, House, Suite, run  # noqa: E402
from server import Person, Server  # noqa: E402

LONG = bool(os.environ.get("TICKMARK_LONG"))
SEED = int(os.environ.get("TICKMARK_SEED", time.time_ns() % 1_000_000))
BACKUPS, CUTS, FLIPS = (20, 60, 400) if LONG else (3, 6, 12)
MANY = 100_000 if LONG else 150
suite = Suite(demo.furnish)


class Work:
    """Clients that write until told to stop, and what they were told was done."""

    def __init__(self, house, server):
        self.secrets, self.server = demo.passwords(house), server
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.done, self.troubles = [], []
        self.threads = [threading.Thread(target=self.until_told, args=(deed, number))
                        for number, deed in enumerate((self.upload, self.upload, self.record, self.seal))]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def until_told(self, deed, number):
        rng = random.Random(f"{SEED} {number}")
        try:
            person = Person(self.server, "la-01", self.secrets["la-01"])
            while not self.stop.is_set():
                ref = deed(person, rng)
                with self.lock:
                    self.done.append(ref)
        except Exception as trouble:  # told at the end, whatever it is
            self.troubles.append(repr(trouble))

    def upload(self, person, rng):
        return person.upload(("audit", demo.AUDIT), "load.bin", rng.randbytes(rng.choice((1, 9000, 300_000))))["version"]

    def record(self, person, rng):
        return person.post("/api/v1/findings", {"audit": demo.AUDIT, "title": f"Under load {rng.random()}"})["ref"]

    def seal(self, person, _):
        time.sleep(0.2)
        return person.post("/api/v1/bundles", {"audit": demo.SMALL})["ref"]

    def so_far(self):
        with self.lock:
            return list(self.done)


def leaves(data):
    with sqlite3.connect(f"file:{data / 'tickmark.db'}?mode=ro", uri=True) as base:
        return [row[0] for row in base.execute("SELECT leaf FROM event ORDER BY position")]


def refs(data):
    with sqlite3.connect(f"file:{data / 'tickmark.db'}?mode=ro", uri=True) as base:
        return {row[0] for table in ("evidence_version", "finding", "bundle") for row in base.execute(f"SELECT ref FROM {table}")}


def restored(house, file, name):
    copy = House(house.path(name))
    copy.folder.mkdir()
    copy.tickmark("restore", file)
    return copy


def sound(copy):
    found = copy.tickmark("--json", "check", "--read-data").json()
    assert found["ok"], found["problems"][:5]
    return found


@suite.test
def a_backup_under_load_is_one_moment_of_the_ledger(house):
    print(f"# TICKMARK_SEED={SEED}", flush=True)
    taken = []
    with Server(house.data) as server, Work(house, server) as work:
        while len(work.so_far()) < 5:
            assert not work.troubles, work.troubles
            time.sleep(0.02)
        for number in range(BACKUPS):
            before = work.so_far()
            file = house.path(f"{number}.tar")
            house.tickmark("backup", file)
            taken.append((file, before, len(work.so_far()) - len(before)))
    assert not work.troubles, work.troubles
    final = leaves(house.data)
    for number, (file, before, meanwhile) in enumerate(taken):
        copy = restored(house, file, f"restored-{number}")
        found = sound(copy)
        ledger = leaves(copy.data)
        assert ledger == final[:len(ledger)], "the ledger of the backup does not begin the final one"
        missing = set(before) - refs(copy.data)
        assert not missing, f"done before the backup began, and not in it: {sorted(missing)[:5]}"
        bundles = sorted((copy.data / "bundles").iterdir())
        assert run(VERIFY, bundles[0], "--anchor", copy.data / "keys/root.pem", "--quiet").code == 0
        print(f"# backup {number}: {file.stat().st_size} bytes, {len(ledger)} of {len(final)} entries, {found['objects']} objects, "
              f"{len(found['unreferenced'])} of them newer than its rows, {meanwhile} deeds done meanwhile", flush=True)
    assert sum(meanwhile for _, _, meanwhile in taken), "nobody worked while the backups were taken"


@suite.test
def a_bundle_that_gets_another_signature_meanwhile_is_in_the_backup(house):
    """A signature puts a new file in the old one's place: the file that the saved rows name must be saved too."""
    signer = House(house.path("signing"))
    signer.folder.mkdir()
    for name in ("authority", "own"):
        signer.write(name, "a-long-passphrase\n")
    signer.tickmark("init", "--organisation", "Signing House", "--passphrase-file", signer.path("authority"))
    signer.tickmark("demo")
    signer.tickmark("key", "issue", "la-01", "--authority-passphrase-file", signer.path("authority"),
                    "--passphrase-file", signer.path("own"))
    ref = signer.json("bundle", "seal", "--audit", demo.AUDIT, "--as", "la-01")["bundle"]
    keys, signed = signer.data / "keys/signers", signer.path("signed.zip")
    answer = run(TICKMARK, "bundle", "sign", signer.data / f"bundles/{ref}.evidence.zip", "--out", signed, "--key", keys / "la-01.key.pem",
                 "--certificate", keys / "la-01.pem", "--passphrase-file", signer.path("own"), "--role", "lead-auditor",
                 "--decision", "approved")
    assert answer.code == 0, answer
    target = signer.path("b.tar")
    process = subprocess.Popen([str(TICKMARK), "--data", str(signer.data), "backup", str(target)], stdout=subprocess.DEVNULL)
    while not pathlib.Path(f"{target}.db.partial").exists() and process.poll() is None:
        pass  # the rows are saved now, the bundles not all
    process.send_signal(signal.SIGSTOP)
    signer.tickmark("bundle", "take-back", ref, signed, "--as", "la-01")
    process.send_signal(signal.SIGCONT)
    assert process.wait() == 0
    sound(restored(signer, target, "restored"))


@suite.test
def a_restored_house_goes_on_and_the_witness_follows(house):
    house.tickmark("backup", house.path("b.tar"))
    copy = restored(house, house.path("b.tar"), "restored")
    (copy.folder / "witness").symlink_to(house.path("witness"))
    copy.tickmark("bundle", "seal", "--audit", demo.SMALL, "--as", "la-01")
    answer = demo.ask_witness(copy)
    assert answer.code == 0, answer
    sound(copy)


@suite.test
def a_backup_that_was_cut_off_leaves_none_and_the_next_is_whole(house):
    rng = random.Random(f"{SEED} cuts")
    for number in range(40):
        house.write(f"many/{number:02}.bin", rng.randbytes(1_000_000))
    house.tickmark("evidence", "add", house.path("many"), "--audit", demo.AUDIT, "--as", "au-02")
    began = time.monotonic()
    house.tickmark("backup", house.path("whole.tar"))
    whole = time.monotonic() - began
    cut = 0
    for _ in range(CUTS):
        target = house.path("backups/b.tar")
        target.parent.mkdir(exist_ok=True)
        process = subprocess.Popen([str(TICKMARK), "--data", str(house.data), "backup", str(target)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, whole))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if target.exists():  # it was faster
            target.unlink()
        else:
            cut += 1
        left = {path.name for path in target.parent.iterdir()}
        assert not any(name.endswith(".tar") for name in left), left
    assert cut, "no backup was cut off"
    house.tickmark("backup", house.path("backups/b.tar"))
    left = {path.name for path in house.path("backups").iterdir()}
    print(f"# {cut} of {CUTS} were cut off; beside the next backup lies {sorted(left - {'b.tar'})}", flush=True)
    assert left == {"b.tar"}, left
    sound(restored(house, house.path("backups/b.tar"), "restored"))
    sound(house)


@suite.test
def a_restore_that_was_cut_off_leaves_no_folder_and_the_next_is_whole(house):
    rng = random.Random(f"{SEED} restores")
    house.tickmark("backup", house.path("b.tar"))
    target = House(house.path("target"))
    target.folder.mkdir()
    for _ in range(CUTS):
        process = subprocess.Popen([str(TICKMARK), "--data", str(target.data), "restore", str(house.path("b.tar"))],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if target.data.exists() and any(target.data.iterdir()):
            sound(target)  # put in place as a whole or not at all
            subprocess.run(["rm", "-rf", str(target.data)], check=True)
    target.tickmark("restore", house.path("b.tar"))
    sound(target)


@suite.test
def a_damaged_backup_restores_nothing(house):
    rng = random.Random(f"{SEED} damage")
    house.tickmark("backup", house.path("b.tar"))
    whole = house.path("b.tar").read_bytes()
    passed = 0
    for number in range(FLIPS):
        content = bytearray(whole)
        if number % 3 == 2:
            del content[rng.randrange(len(content)):]
        else:
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        target = House(house.path(f"target-{number}"))
        target.folder.mkdir()
        answer = run(TICKMARK, "--data", target.data, "restore", house.write("damaged.tar", bytes(content)))
        if answer.code == 0:  # padding between files: what is restored must be what was saved
            passed += 1
            assert leaves(target.data) == leaves(house.data)
            sound(target)
            continue
        assert answer.code in (1, 3), answer
        assert not target.data.exists() or not any(target.data.iterdir()), "something was restored"
    print(f"# {FLIPS} damaged, {FLIPS - passed} refused, {passed} changed nothing that is restored", flush=True)
    assert passed < FLIPS


def series(house, *options):
    return house.json("backup", "--into", house.path("series"), *options)


@suite.test
def a_series_under_load_is_one_moment_after_another(house):
    taken = []
    with Server(house.data) as server, Work(house, server) as work:
        while len(work.so_far()) < 5:
            assert not work.troubles, work.troubles
            time.sleep(0.02)
        for _ in range(BACKUPS):
            before = work.so_far()
            taken.append((series(house), before))
            time.sleep(1.05)  # a moment's name is a second
    assert not work.troubles, work.troubles
    final = leaves(house.data)
    for made, before in taken:
        copy = House(house.path(made["moment"]))
        copy.folder.mkdir()
        copy.tickmark("restore", house.path("series"), "--moment", made["moment"])
        sound(copy)
        ledger = leaves(copy.data)
        assert ledger == final[:len(ledger)], "the ledger of the backup does not begin the final one"
        missing = set(before) - refs(copy.data)
        assert not missing, f"done before the backup began, and not in it: {sorted(missing)[:5]}"
        print(f"# {made['moment']}: {made['written']} of {made['bytes']} bytes were not there before", flush=True)
    assert house.json("backup", "--test", house.path("series"))["moment"] == taken[-1][0]["moment"]
    assert not list(house.path("series").glob("restore-proof*")), "the proof left its copy"


@suite.test
def a_series_that_was_cut_off_goes_on_where_it_stopped(house):
    rng = random.Random(f"{SEED} series")
    for number in range(MANY):
        house.write(f"many/{number // 1000:03}/{number:06}.bin", rng.randbytes(4096 if LONG else 100_000))
    house.tickmark("evidence", "add", house.path("many"), "--audit", demo.AUDIT, "--as", "au-02")
    objects = house.path("series/sha256")
    cut, before = 0, 0
    for _ in range(CUTS):
        process = subprocess.Popen([str(TICKMARK), "--data", str(house.data), "backup", "--into", str(house.path("series"))],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(rng.uniform(0, 0.3 * (1 + cut)))
        process.send_signal(signal.SIGKILL)
        cut += process.wait() != 0
        now = sum(1 for path in objects.glob("??/*")) if objects.exists() else 0
        assert now >= before, f"of {before} files {before - now} were lost"
        before = now
    assert cut, "no backup was cut off"
    for path in house.path("series/moments").glob("*.json"):  # one was faster than its cut
        path.unlink()
    time.sleep(1.05)
    made = series(house)
    print(f"# {cut} of {CUTS} were cut off and left {before} files; {made['written']} of {made['bytes']} bytes were written after them",
          flush=True)
    assert before == 0 or made["written"] < made["bytes"]
    assert sorted(path.name for path in house.path("series").iterdir()) == ["README.txt", "lock", "moments", "series.json", "sha256", "tmp"]
    house.tickmark("backup", "--test", house.path("series"))
    sound(restored(house, house.path("series"), "restored"))


@suite.test
def a_damaged_series_restores_nothing(house):
    rng = random.Random(f"{SEED} damaged series")
    series(house)
    files = sorted(path for path in house.path("series").glob("*/*/*") if path.is_file()) + sorted(house.path("series/moments").iterdir())
    for number in range(FLIPS):
        path = rng.choice(files)
        whole, target = path.read_bytes(), House(house.path(f"target-{number}"))
        if not whole:
            continue
        content = bytearray(whole)
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        path.chmod(0o600)
        path.write_bytes(bytes(content))
        target.folder.mkdir()
        proof = run(TICKMARK, "backup", "--test", house.path("series"), "--data", house.data)
        answer = run(TICKMARK, "--data", target.data, "restore", house.path("series"))
        path.write_bytes(whole)
        if answer.code == 0:  # a moment's own time or the order of its list
            assert path.suffix == ".json" and leaves(target.data) == leaves(house.data)
            continue
        assert proof.code != 0, f"{path} was damaged and the test passed\n{proof}"
        assert not target.data.exists() or not any(target.data.iterdir()), "something was restored"


if __name__ == "__main__":
    suite.main()
