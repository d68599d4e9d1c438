#!/usr/bin/env python3
"""Power cuts: the file system of a working server is shut down without flushing its journal, and mounted again.

The data folder lies in an image of its own (ext4, xfs) behind a loop device. While clients upload, record and seal, the
ioctl FS_IOC_SHUTDOWN with "no log flush" drops everything that was not made durable, as a cut does. After mounting
again everything acknowledged before the cut must be there, start must not be refused, and `check --read-data` is clean.
That the harness can tell is shown by two planted faults: a program whose syncs do nothing, and one whose syncs of the
database's log do nothing; both must lose something that was acknowledged.

Rounds: 2 for each file system, or 1,000 with TICKMARK_LONG; TICKMARK_ROUNDS says another number. TICKMARK_SEED draws the
same again. Needs root and loop devices; without them the tests are left out and say so.
"""
import fcntl
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "suites"))
import crash  # noqa: E402
from house import House, Suite  # noqa: E402
from server import Server  # noqa: E402

SHUTDOWN = 0x8004587D  # FS_IOC_SHUTDOWN, the same for ext4 and xfs
NO_LOG_FLUSH = 2
SEED = int(os.environ.get("TICKMARK_SEED") or time.time_ns() % 1_000_000)
ROUNDS = int(os.environ.get("TICKMARK_ROUNDS") or (1000 if os.environ.get("TICKMARK_LONG") else 2))
MOST_MISSES = 5  # rounds in which a planted fault must have shown itself
MAKE = {"ext4": ("mkfs.ext4", "-q", "-F"), "xfs": ("mkfs.xfs", "-q", "-f")}
os.environ["PATH"] += ":/usr/sbin:/sbin"  # where Debian keeps them

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* 1: no sync at all; 2: none of the database's log */
static int dropped(int fd) {
    const char* plan = getenv("PLANTED");
    if (plan == NULL) return 0;
    if (plan[0] == '1') return 1;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, name, sizeof name - 1);
    if (size < 4) return 0;
    name[size] = '\0';
    return strcmp(name + size - 4, "-wal") == 0;
}
static int pass(const char* call, int fd) {
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
    return dropped(fd) ? 0 : real(fd);
}
int fsync(int fd) { return pass("fsync", fd); }
int fdatasync(int fd) { return pass("fdatasync", fd); }
int syncfs(int fd) { return pass("syncfs", fd); }
"""

suite = Suite(crash.furnish)


class Disk:
    """A file system in an image, mounted; `cut` takes the power away, `again` mounts what is left."""

    def __init__(self, folder, kind):
        self.image = folder / f"{kind}.img"
        self.place = folder / kind
        self.place.mkdir(exist_ok=True)
        with open(self.image, "wb") as file:
            file.truncate(512 * 1024 * 1024)
        self.ran(*MAKE[kind], self.image)
        self.ran("mount", "-o", "loop", self.image, self.place)

    @staticmethod
    def ran(*command):
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"

    def cut(self):
        handle = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(handle)

    def again(self):
        self.ran("umount", self.place)
        self.ran("mount", "-o", "loop", self.image, self.place)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["umount", "-l", str(self.place)], capture_output=True)


class CutServer:
    """A server whose killing is a power cut; `counted` is what was acknowledged before it."""

    def __init__(self, server, disk):
        self.server = server
        self.port = server.port
        self.disk = disk
        self.load = None
        self.counted = None

    def kill(self):
        load = self.load
        self.counted = (dict(load.files), dict(load.findings), dict(load.bundles))
        self.disk.cut()
        self.server.kill()


class CutLoad(crash.Load):
    """What is refused because the disk is gone is no surprise, and what is acknowledged after the cut does not count."""

    def until_broken(self, work, number):
        super().until_broken(work, number)
        self.surprises = [words for words in self.surprises if not words.startswith("5")]

    def run(self, seconds):
        self.server.load = self
        super().run(seconds)
        self.files, self.findings, self.bundles = self.server.counted


def possible():
    """Whether images can be mounted here; else the words that say why not."""
    if os.geteuid() != 0:
        return "only root mounts images"
    if not shutil.which("mkfs.ext4") or not shutil.which("mkfs.xfs"):
        return "e2fsprogs or xfsprogs are not installed"
    if not pathlib.Path("/dev/loop-control").exists():
        return "there are no loop devices"
    return ""


def one_round(disk, house, rng, planted, shim):
    """Loads, cuts, mounts, compares; the load. Raises AssertionError (or what a broken house raises) on a loss."""
    settings = {"LD_PRELOAD": str(shim), "PLANTED": planted} if planted else {}
    before = dict(os.environ)
    os.environ.update(settings)
    try:
        server = Server(house.data)
    finally:
        os.environ.clear()
        os.environ.update(before)
    with server:
        load = CutLoad(house, CutServer(server, disk), rng)
        load.run(rng.uniform(0.2, 1.5))
    disk.again()
    assert not load.surprises, load.surprises
    crash.compare(house, load)
    crash.nothing_unfinished(house)
    return load


def moved(model, disk):
    """The furnished house on the disk, made durable."""
    target = disk.place / "house"
    shutil.copytree(model.folder, target)
    subprocess.run(["sync", "-f", str(target)], check=True)
    return House(target)


def cuts(model, kind):
    why = possible()
    if why:
        print(f"# left out: {why}")
        return
    rng = random.Random(f"{SEED} {kind}")
    acknowledged = 0
    with Disk(model.folder.parent, kind) as disk:
        house = moved(model, disk)
        for number in range(ROUNDS):
            try:
                load = one_round(disk, house, rng, "", None)
            except Exception as error:
                raise AssertionError(f"{kind}, round {number + 1}, TICKMARK_SEED={SEED}: {error!r}") from error
            acknowledged += len(load.files) + len(load.findings) + len(load.bundles)
    print(f"# {kind}: {ROUNDS} cuts, {acknowledged} acknowledged things found again, seed {SEED}", flush=True)
    assert acknowledged, "the rounds were too short to say anything"


def caught(model, planted):
    """A planted fault must lose something in one of a few rounds."""
    why = possible()
    if why:
        print(f"# left out: {why}")
        return
    source, shim = model.write("shim.c", SHIM), model.path("shim.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(shim), str(source), "-ldl"], check=True)
    rng = random.Random(f"{SEED} {planted}")
    for number in range(MOST_MISSES):
        with Disk(model.folder.parent, "ext4") as disk:
            try:
                one_round(disk, moved(model, disk), rng, planted, shim)
            except Exception as loss:  # a record that is gone, a damaged file, a start that is refused
                print(f"# caught in round {number + 1}: {type(loss).__name__} {str(loss)[:100]!r}", flush=True)
                return
    raise AssertionError(f"{MOST_MISSES} cuts of a program with planted fault {planted} lost nothing: the harness sees nothing")


@suite.test
def a_power_cut_on_ext4_loses_nothing_acknowledged(house):
    cuts(house, "ext4")


@suite.test
def a_power_cut_on_xfs_loses_nothing_acknowledged(house):
    cuts(house, "xfs")


@suite.test
def a_program_that_syncs_nothing_is_caught(house):
    caught(house, "1")


@suite.test
def a_program_that_does_not_sync_the_databases_log_is_caught(house):
    caught(house, "2")


if __name__ == "__main__":
    suite.main()
