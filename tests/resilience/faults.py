#!/usr/bin/env python3
"""Every file system call of put, commit, seal, backup and restore, made to fail once.

strace counts the calls of a run that touch the house, then runs the same command on a copy of the house again and again
and lets one of them fail (EIO, ENOSPC) or kills the process there; a limit on the size of files makes writes short.
After each: an exit code of 0 or a printed receipt means that the thing is there, whole; a refusal has words; without the
fault `check --read-data` is clean and the same command succeeds. Calls are injected by strace and not by a preloaded
library, because SQLite and the standard library do not pass through the same symbols.

Cases: a drawn sample of 6 for each command (TICKMARK_SAMPLE says another number), or all of them with TICKMARK_LONG.
TICKMARK_SEED draws the same again.
"""
import collections
import hashlib
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "suites"))
from house import TICKMARK, VERIFY, House, Suite, run  # noqa: E402

LONG = bool(os.environ.get("TICKMARK_LONG"))
SEED = int(os.environ.get("TICKMARK_SEED") or time.time_ns() % 1_000_000)
SAMPLE = int(os.environ.get("TICKMARK_SAMPLE") or 6)
AUDIT = "IA-2022-03"
FINDING = ("ref,class,title,clauses,requirement,objective_evidence,nature,owner\n"
           "F-901,minor,Priority not confirmed,8.6.1,It is confirmed.,Three were closed without.,A step is missing.,po-01\n")
CALLS = ("openat,read,pread64,readv,preadv,write,pwrite64,writev,pwritev,fsync,fdatasync,syncfs,sync_file_range,rename,"
         "renameat,renameat2,link,linkat,unlink,unlinkat,ftruncate,fallocate,mkdir,mkdirat,copy_file_range,sendfile,fchmod,"
         "getdents64,newfstatat,statx")
READING = {"read", "pread64", "readv", "preadv", "getdents64", "newfstatat", "statx"}
FAULTS = ("EIO", "ENOSPC", "KILL")


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Faulty House")
    house.tickmark("demo")
    house.write("evidence.bin", bytes(range(256)) * 3000)
    house.write("finding.csv", FINDING)
    house.tickmark("backup", house.path("before.tar"))


suite = Suite(furnish)


class Job:
    """One command of the program, and what must hold of a house after it."""

    def __init__(self, name, words, done):
        self.name = name
        self.words = words  # house -> arguments
        self.done = done    # house -> None; raises when the acknowledged thing is not there


def rows(house, query, *values):
    base = sqlite3.connect(f"file:{house.data / 'tickmark.db'}?mode=ro", uri=True)
    try:
        return base.execute(query, values).fetchall()
    finally:
        base.close()


def evidence_is_there(house):
    digest = hashlib.sha256(house.path("evidence.bin").read_bytes()).hexdigest()
    assert rows(house, "SELECT 1 FROM evidence_version WHERE digest = ?", digest), "the receipt's version is not in the catalog"
    kept = list((house.data / "archive").rglob(digest))
    assert kept and hashlib.sha256(kept[0].read_bytes()).hexdigest() == digest, "the receipt's object is not in the archive"


def finding_is_there(house):
    assert rows(house, "SELECT 1 FROM finding WHERE ref = 'F-901'"), "the finding is not in the catalog"


def bundle_is_there(house):
    (name,), = rows(house, "SELECT record ->> 'file_name' FROM bundle WHERE state = 'sealed'")
    verdict = run(VERIFY, "--anchor", house.data / "keys/root.pem", house.data / "bundles" / name)
    assert verdict.code == 0, verdict


def backup_is_there(house):
    again = House(house.path("again"))
    shutil.rmtree(again.folder, ignore_errors=True)
    again.folder.mkdir()
    again.tickmark("restore", house.path("after.tar"))
    again.tickmark("check", "--read-data")


def restored_is_there(house):
    House(house.path("other")).tickmark("check", "--read-data")


JOBS = {
    "put": Job("put", lambda h: ("--data", h.data, "evidence", "add", "--audit", AUDIT, "--as", "la-01", h.path("evidence.bin")),
               evidence_is_there),
    "commit": Job("commit", lambda h: ("--data", h.data, "import", "findings", h.path("finding.csv"), "--as", "la-01", "--audit", AUDIT),
                  finding_is_there),
    "seal": Job("seal", lambda h: ("--data", h.data, "bundle", "seal", "--audit", AUDIT, "--as", "la-01"), bundle_is_there),
    "backup": Job("backup", lambda h: ("--data", h.data, "backup", h.path("after.tar")), backup_is_there),
    "restore": Job("restore", lambda h: ("--data", h.path("other/data"), "restore", h.path("before.tar")), restored_is_there),
}


def strace(house, job, *options):
    return run("strace", "-f", "-qq", "-o", *options, TICKMARK, *job.words(house))


def touching(house, job):
    """{call: {n}}: some thread's n-th such call touches the house. strace counts by thread as well."""
    log = house.path("calls.log")
    answer = strace(house, job, log, "-y", "-e", f"trace={CALLS}")
    assert answer.code == 0, answer
    counts = collections.Counter()
    found = collections.defaultdict(set)
    for line in log.read_text(errors="replace").splitlines():
        made = re.match(r"(\d+)\s+(\w+)\(", line)
        if not made:
            continue
        counts[made.groups()] += 1
        if str(house.folder) in line:
            found[made.group(2)].add(counts[made.groups()])
    return found


def cases(found):
    for call, places in sorted(found.items()):
        for place in sorted(places):
            for fault in FAULTS:
                if not (call in READING and fault == "ENOSPC"):
                    yield call, place, fault


def injection(call, place, fault):
    what = "signal=KILL" if fault == "KILL" else f"error={fault}"
    return f"inject={call}:{what}:when={place}"


def acknowledged(answer):
    return answer.code == 0 or "SHA-256" in answer.out


def whole(house, job):
    if job.name == "restore" and not (house.path("other/data") / "tickmark.db").exists():
        return
    data = House(house.path("other")) if job.name == "restore" else house
    answer = run(TICKMARK, "--data", data.data, "check", "--read-data")
    assert answer.code == 0, answer


def judge(house, job, answer, killed):
    """What must hold after a command that met a fault."""
    if not killed:
        assert answer.code >= 0, f"it ended by signal {-answer.code}\n{answer}"
        assert "terminate called" not in answer.err, answer
    if acknowledged(answer):
        job.done(house)
    elif not killed:
        # A restore checks what it restored: a page that could not be read again is one of its problems.
        words = re.search(r"^tickmark: \S+ .*|^PROBLEM +\S+ .*", answer.err + answer.out, re.MULTILINE)
        assert words, f"it failed without words\n{answer}"
    if job.name == "restore":
        shutil.rmtree(house.path("other"), ignore_errors=True)
        house.path("other").mkdir()
    else:
        whole(house, job)
    if job.name == "backup":
        house.path("after.tar").unlink(missing_ok=True)
    if job.name == "commit" and rows(house, "SELECT 1 FROM finding WHERE ref = 'F-901'"):
        return  # its number is taken
    again = run(TICKMARK, *job.words(house))
    assert again.code == 0, f"without the fault it still fails\n{again}"


def fresh(house, name):
    made = House(house.folder.parent / name)
    shutil.rmtree(made.folder, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", house.folder, made.folder], check=True)
    made.path("other").mkdir(exist_ok=True)
    return made


def run_all(house, name):
    job = JOBS[name]
    if not shutil.which("strace"):
        raise AssertionError("strace is not installed (Debian package strace)")
    found = touching(fresh(house, "count"), job)
    drawn = list(cases(found))
    assert len(drawn) > 40, f"only {len(drawn)} calls touch the house: the count is broken"
    total = len(drawn)
    if not LONG:
        drawn = random.Random(SEED).sample(drawn, min(SAMPLE, len(drawn)))
    told = collections.Counter()
    for call, place, fault in drawn:
        trial = fresh(house, "trial")
        answer = strace(trial, job, "/dev/null", "-e", f"trace={call}", "-e", injection(call, place, fault))
        killed = fault == "KILL" and answer.code in (-signal.SIGKILL, 128 + signal.SIGKILL)
        try:
            judge(trial, job, answer, killed)
        except AssertionError as error:
            raise AssertionError(f"{fault} at {call} number {place} (TICKMARK_SEED={SEED}): {error}\nfirst: {answer}") from None
        told["killed" if killed else "acknowledged" if acknowledged(answer) else "refused"] += 1
    print(f"  {name}: {len(drawn)} of {total} faults, {dict(told)}, seed {SEED}")


@suite.test
def every_call_of_putting_a_file_may_fail(house):
    run_all(house, "put")


@suite.test
def every_call_of_recording_a_finding_may_fail(house):
    run_all(house, "commit")


@suite.test
def every_call_of_sealing_may_fail(house):
    run_all(house, "seal")


@suite.test
def every_call_of_a_backup_may_fail(house):
    run_all(house, "backup")


@suite.test
def every_call_of_a_restore_may_fail(house):
    run_all(house, "restore")


@suite.test
def a_write_that_is_cut_short_is_refused_in_words(house):
    """A limit on the size of files ends a write in its middle, as a full disk does."""
    for name, limits in (("put", (16, 64, 256, 512)), ("seal", (64, 512, 1500)), ("backup", (64, 1024, 4096)), ("restore", (16, 512, 1024))):
        job = JOBS[name]
        for blocks in limits:
            trial = fresh(house, "trial")
            words = " ".join(f"'{word}'" for word in (TICKMARK, *job.words(trial)))
            answer = run("bash", "-c", f"trap '' XFSZ; ulimit -f {blocks}; exec {words}")
            assert answer.code != 0, f"{name} with files of {blocks} KiB at most\n{answer}"
            judge(trial, job, answer, False)


if __name__ == "__main__":
    suite.main()
