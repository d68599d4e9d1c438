#!/usr/bin/env python3
"""How long taking evidence in lasts, against hashing and copying by hand.

Usage: tools/bench/ingest.py [--program PATH] [--runs N] [--gib N] [--files N] [--work DIR] [--plain]

Two jobs, one file of 2 GiB and 20,000 files of 8 KiB, each done by Tickmark (durable: fsync of files and folders) and
by two peers that sync nothing: `sha256sum` + `cp`, and `openssl dgst -sha256` + `cp`. `--program` is ingest_bench.

What keeps it honest: a freshly made ext4 in a loop image (root needed; --plain uses DIR itself instead), inputs in the
page cache, memory touched before every timed run because a virtual machine's freed pages are slow to come back, the
contestants interleaved, medians, and a sync outside the timed part so that nobody pays for another's dirty pages.
Exit 1 when a ratio is over its limit.
"""
import argparse
import mmap
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

MIB = 1 << 20
# job -> (limit against sha256sum + cp, limit against openssl dgst + cp); None where none is set
LIMITS = {"large": (0.3, 0.7), "small": (0.85, None)}
MEMORY_LIMIT_KIB = 64 * 1024


def options():
    parser = argparse.ArgumentParser(description="Ingest against sha256sum + cp and openssl dgst + cp.")
    parser.add_argument("--program", default="build/release/bin/ingest_bench")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gib", type=float, default=2.0, help="size of the large file")
    parser.add_argument("--files", type=int, default=20000, help="number of 8 KiB files")
    parser.add_argument("--work", default=tempfile.gettempdir(), help="where the loop image is made")
    parser.add_argument("--plain", action="store_true", help="no loop image: use the filesystem of --work")
    return parser.parse_args()


def touch_memory(count):
    """Makes the machine own that many bytes of warm memory, then gives them back to the guest's free list."""
    with mmap.mmap(-1, count) as area:
        for offset in range(0, count, mmap.PAGESIZE):
            area[offset] = 1


def timed(commands, memory):
    os.sync()
    touch_memory(memory)
    begin = time.monotonic()
    outputs = [subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout for command in commands]
    return time.monotonic() - begin, outputs


class Filesystem:
    """A fresh ext4 in a loop image, or a plain folder."""

    def __init__(self, work, plain, size):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="ingest-", dir=work))
        self.folder = self.home / "fs"
        self.folder.mkdir()
        self.mounted = False
        self.device = None
        if plain:
            return
        image = self.home / "image"
        # Allocated and read directly: otherwise the host filesystem's cache is part of what is measured.
        subprocess.run(["fallocate", "-l", str(size), image], check=True)
        self.device = subprocess.run(["losetup", "--find", "--show", "--direct-io=on", "--sector-size", "4096", image],
                                     check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
        subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", self.device],
                       check=True)
        subprocess.run(["mount", self.device, self.folder], check=True)
        self.mounted = True

    def __enter__(self):
        return self.folder

    def __exit__(self, *_):
        if self.mounted:
            subprocess.run(["umount", self.folder], check=True)
        if self.device:
            subprocess.run(["losetup", "--detach", self.device], check=True)
        shutil.rmtree(self.home)


def make_inputs(folder, gib, files):
    large = folder / "large.bin"
    with open(large, "wb") as file:
        for _ in range(int(gib * 1024)):
            file.write(os.urandom(MIB))
    small = folder / "small"
    small.mkdir()
    for number in range(files):
        (small / f"{number:06}.bin").write_bytes(os.urandom(8192))
    return large, small


def contestants(job, program, large, small, target):
    if job == "large":
        copy = ["cp", large, target]
        return {"tickmark": [[program, "put", target, large]],
                "sha256sum + cp": [["sha256sum", large], copy],
                "openssl dgst + cp": [["openssl", "dgst", "-sha256", large], copy]}
    names = sorted(small.iterdir())
    copy = ["cp", "-r", small, target]
    return {"tickmark": [[program, "batch", target, small]],
            "sha256sum + cp": [["sha256sum", *names], copy],
            "openssl dgst + cp": [["openssl", "dgst", "-sha256", *names], copy]}


def measure(job, args, folder, large, small):
    target = folder / "target"
    memory = int(args.gib * 1024 * MIB) + 512 * MIB if job == "large" else 1024 * MIB
    times = {}
    peaks = []
    for _ in range(args.runs + 1):
        for name, commands in contestants(job, args.program, large, small, target).items():
            target.mkdir()
            seconds, outputs = timed(commands, memory)
            times.setdefault(name, []).append(seconds)
            peaks += [int(number) for number in re.findall(rb"(\d+) KiB peak", outputs[-1])]
            shutil.rmtree(target)
    # The first round only warms up.
    return {name: statistics.median(each[1:]) for name, each in times.items()}, max(peaks)


def report(job, medians, peak):
    ours = medians["tickmark"]
    within = peak <= MEMORY_LIMIT_KIB
    for (name, limit) in zip(("sha256sum + cp", "openssl dgst + cp"), LIMITS[job]):
        ratio = ours / medians[name]
        verdict = "" if limit is None else f"  limit {limit:.2f}  {'ok' if ratio <= limit else 'OVER'}"
        within = within and (limit is None or ratio <= limit)
        print(f"{job:6} tickmark {ours:6.3f} s  {name} {medians[name]:6.3f} s  ratio {ratio:.2f}{verdict}", flush=True)
    print(f"{job:6} peak resident {peak} KiB  limit {MEMORY_LIMIT_KIB}  {'ok' if peak <= MEMORY_LIMIT_KIB else 'OVER'}",
          flush=True)
    return within


def main():
    args = options()
    args.program = os.path.abspath(args.program)
    size = int((args.gib * 1024 * 2 + args.files * 8 / 1024 * 6 + 2048) * MIB)
    within = True
    with Filesystem(args.work, args.plain, size) as folder:
        large, small = make_inputs(folder, args.gib, args.files)
        for job in LIMITS:
            within = report(job, *measure(job, args, folder, large, small)) and within
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
