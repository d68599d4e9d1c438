#!/usr/bin/env python3
"""kill -9 during uploads, state changes and sealing; after each restart nothing acknowledged may be missing.

Rounds: 12, or 200 with TICKMARK_LONG set. The moments are drawn from a seed that is printed, so that a failure can be had
again with TICKMARK_SEED.
"""
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import TICKMARK, VERIFY, Suite, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

ROUNDS = 200 if os.environ.get("TICKMARK_LONG") else 12
SEED = int(os.environ.get("TICKMARK_SEED", time.time_ns() % 1_000_000))
AUDIT = "IA-2022-03"


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Crash House")
    house.tickmark("demo")


suite = Suite(furnish)


def passwords(house):
    lines = [line.split("  ") for line in (house.data / "demo-accounts.txt").read_text().splitlines() if line[:1] != "#"]
    return {line[0]: line[1] for line in lines}


class Load:
    """Clients that remember what they were told and stop at the first broken connection."""

    def __init__(self, house, server, rng):
        self.secrets = passwords(house)
        self.server = server
        self.seed = rng.random()
        self.files = {}      # version -> digest, acknowledged
        self.findings = {}   # reference -> state, acknowledged
        self.bundles = {}    # reference -> digest, acknowledged
        self.surprises = []

    def run(self, seconds):
        threads = [threading.Thread(target=self.until_broken, args=(work, number))
                   for number, work in enumerate((self.upload, self.upload, self.record, self.record, self.seal))]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.server.kill()
        for thread in threads:
            thread.join()

    def until_broken(self, work, number):
        rng = random.Random(f"{self.seed} {number}")
        try:
            account = "la-01" if work in (self.record, self.seal) else "au-02"
            person = Person(self.server, account, self.secrets[account])
            while True:
                work(person, rng)
        except (OSError, ValueError, AttributeError) as broken:
            # The connection went with the server; anything else is told.
            if isinstance(broken, (ValueError, AttributeError)):
                self.surprises.append(repr(broken))
        except Refused as refused:
            self.surprises.append(str(refused))
        except Exception as broken:  # http.client's own
            if type(broken).__module__ != "http.client":
                self.surprises.append(repr(broken))

    def upload(self, person, rng):
        content = rng.randbytes(rng.choice((0, 1, 8192, 100_000, 3_000_000)))
        receipt = person.upload(("audit", AUDIT), "crash.bin", content)
        self.files[receipt["version"]] = hashlib.sha256(content).hexdigest()

    def record(self, person, rng):
        made = person.post("/api/v1/findings", {"audit": AUDIT, "title": f"Crash {rng.random()}", "clauses": ["8.6.1"],
                                                "requirement": "r", "objective_evidence": "o", "nature": "n",
                                                "evidence": ["E-0001/v1"]})
        self.findings[made["ref"]] = "draft"
        person.move("findings", made["ref"], "issue")
        self.findings[made["ref"]] = "issued"
        if rng.random() < 0.5:
            person.move("findings", made["ref"], "withdraw", "Only a test.")
            self.findings[made["ref"]] = "withdrawn"

    def seal(self, person, rng):
        ref = person.post("/api/v1/bundles", {"audit": "SA-2022-240680"})["ref"]
        self.bundles[ref] = person.get(f"/api/v1/bundles/{ref}")["sha256"]


ORDER = {"draft": 0, "issued": 1, "withdrawn": 2}


def compare(house, load):
    """Everything acknowledged is there, at least as far as it was acknowledged."""
    with Server(house.data) as server:
        person = Person(server, "la-01", load.secrets["la-01"])
        for version, digest in load.files.items():
            ref, number = version.split("/v")
            content, _ = person.raw("GET", f"/api/v1/evidence/{ref}/v/{number}/content")
            assert hashlib.sha256(content).hexdigest() == digest, version
        for ref, state in load.findings.items():
            found = person.get(f"/api/v1/findings/{ref}")["state"]
            assert ORDER[found] >= ORDER[state], f"{ref} was acknowledged as {state} and is {found}"
        for ref, digest in load.bundles.items():
            content, _ = person.raw("GET", f"/api/v1/bundles/{ref}/content")
            assert hashlib.sha256(content).hexdigest() == digest, ref
        assert server.stop() == 0


def nothing_unfinished(house):
    found = house.tickmark("--json", "check", "--read-data").json()
    assert found["ok"], found
    assert list((house.data / "archive/tmp").iterdir()) == []
    sealed = {pathlib.Path(one["file"]).name for one in house.json("bundle", "list", "--as", "la-01") if "file" in one}
    there = {path.name for path in (house.data / "bundles").iterdir()}
    assert there == sealed, there ^ sealed
    for name in sorted(there)[-3:]:
        answer = run(VERIFY, house.data / "bundles" / name, "--anchor", house.data / "keys/root.pem", "--quiet")
        assert answer.code == 0, name


@suite.test
def a_killed_server_keeps_everything_it_acknowledged(house):
    rng = random.Random(SEED)
    print(f"# TICKMARK_SEED={SEED}, {ROUNDS} rounds", flush=True)
    files = findings = bundles = 0
    for _ in range(ROUNDS):
        with Server(house.data) as server:
            load = Load(house, server, rng)
            load.run(rng.uniform(0.1, 1.5))
        assert not load.surprises, load.surprises
        compare(house, load)
        nothing_unfinished(house)
        files, findings, bundles = files + len(load.files), findings + len(load.findings), bundles + len(load.bundles)
    print(f"# acknowledged and found again: {files} files, {findings} findings, {bundles} bundles", flush=True)
    assert files and findings and bundles, "the rounds were too short to say anything"


@suite.test
def a_killed_evidence_add_leaves_whole_batches_and_every_receipt_it_printed(house):
    rng = random.Random(SEED + 1)
    for number in range(3000):
        house.write(f"many/{number:04}.bin", rng.randbytes(rng.choice((100, 8192))))
    house.write("many/zz-large.bin", rng.randbytes(40_000_000))
    for _ in range(ROUNDS):
        process = subprocess.Popen([str(TICKMARK), "--data", str(house.data), "evidence", "add", str(house.path("many")),
                                    "--audit", AUDIT, "--as", "au-02"], stdout=subprocess.PIPE)
        timer = threading.Timer(rng.uniform(0.02, 1.5), process.kill)
        timer.start()
        output = process.stdout.read().decode()
        process.wait()
        timer.cancel()
        process.stdout.close()
        with_line_end = output[:output.rfind("\n") + 1].splitlines()
        known = listed(house)
        for line in with_line_end:
            version, digest = line.split()[:2]
            assert known.get(version) == digest, line
        nothing_unfinished(house)


def listed(house):
    known, after = {}, None
    while after != "":
        page = house.json("evidence", "list", "--as", "au-02", *(("--after", after) if after else ()))
        known.update({row["evidence"]: row["sha256"] for row in page["evidence"]})
        after = page["next"]
    return known


@suite.test
def a_killed_sealing_leaves_either_a_whole_bundle_or_none(house):
    rng = random.Random(SEED + 2)
    for _ in range(ROUNDS):
        process = subprocess.Popen([str(TICKMARK), "--data", str(house.data), "bundle", "seal", "--audit", AUDIT, "--as", "la-01"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        timer = threading.Timer(rng.uniform(0.01, 0.5), process.kill)
        timer.start()
        process.wait()
        timer.cancel()
        house.tickmark("user", "password", "po-02")  # any writing command begins by putting in order what a crash left
        nothing_unfinished(house)


if __name__ == "__main__":
    suite.main()
