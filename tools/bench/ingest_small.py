#!/usr/bin/env python3
"""Handing over many small files with one `tickmark evidence add` (durable, a catalog entry and receipts for each),
against `sha256sum` + `cp`, `openssl dgst` + `cp`, the former with a `sync`, and `restic backup` when it is installed.
Exit 1 when a ratio is over its limit."""
import os
import shutil
import subprocess

import ingest
import lab


def make_files(folder, count):
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:06}.bin").write_bytes(os.urandom(8 * lab.KIB))
    return sorted(folder.iterdir())


def restic(bench, source):
    """A fresh repository for each run, made outside the timed part."""
    environment = {**os.environ, "RESTIC_PASSWORD": "bench", "RESTIC_CACHE_DIR": str(bench.folder / "cache")}
    os.environ.update(environment)

    def run():
        repository = str(bench.target / "restic")
        subprocess.run(["restic", "-q", "-r", repository, "init"], check=True)
        return lab.timed([["restic", "-q", "-r", repository, "backup", source]])[0]
    return run


def main():
    options = lab.arguments(__doc__, runs=5, files=20000)
    with lab.workplace(options, "small", (options.files * 8 // 1024 * 8 + 4096) * lab.MIB) as folder:
        source = folder / "small"
        names = make_files(source, options.files)
        bench = ingest.Ingest(options, folder, 1024 * lab.MIB)
        copy = ["cp", "-r", source, bench.target / "copy"]
        contestants = {
            "tickmark": bench.tickmark(source),
            "sha256sum + cp": bench.by_hand(["sha256sum", *names], copy),
            "openssl dgst + cp": bench.by_hand(["openssl", "dgst", "-sha256", *names], copy),
            "sha256sum + cp + sync": bench.by_hand(["sha256sum", *names], copy, ["sync", "-f", bench.target]),
        }
        limits = {"sha256sum + cp": 0.85, "openssl dgst + cp": None, "sha256sum + cp + sync": None}
        if shutil.which("restic"):
            contestants["restic backup"] = restic(bench, source)
            limits["restic backup"] = None
        medians = bench.measure(options.runs, contestants)
    ingest.report(options, f"ingest of {options.files} × 8 KiB", medians, limits, max(bench.peaks))


if __name__ == "__main__":
    main()
