#!/usr/bin/env python3
"""Handing over one large file with `tickmark evidence add` (durable), against `sha256sum` + `cp`, `openssl dgst` +
`cp`, and the latter with a `sync`. Exit 1 when a ratio is over its limit."""
import os

import ingest
import lab


def main():
    options = lab.arguments(__doc__, runs=5, mib=2048)
    size = options.mib * lab.MIB
    with lab.workplace(options, "large", size * 3 + 2048 * lab.MIB) as folder:
        source = folder / "large.bin"
        with open(source, "wb") as file:
            for _ in range(options.mib):
                file.write(os.urandom(lab.MIB))
        bench = ingest.Ingest(options, folder, size + 512 * lab.MIB)
        copy = ["cp", source, bench.target / "copy"]
        medians = bench.measure(options.runs, {
            "tickmark": bench.tickmark(source),
            "sha256sum + cp": bench.by_hand(["sha256sum", source], copy),
            "openssl dgst + cp": bench.by_hand(["openssl", "dgst", "-sha256", source], copy),
            "openssl dgst + cp + sync": bench.by_hand(["openssl", "dgst", "-sha256", source], copy,
                                                      ["sync", "-f", bench.target / "copy"]),
        })
    ingest.report(options, f"ingest of {options.mib} MiB", medians,
                  {"sha256sum + cp": 0.3, "openssl dgst + cp": 0.7, "openssl dgst + cp + sync": None},
                  max(bench.peaks))


if __name__ == "__main__":
    main()
