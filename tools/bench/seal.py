#!/usr/bin/env python3
"""Sealing a mix of files (every object hashed again, stored, fsynced, the finished file hashed and read back), against
`zip -0` of the same files, which syncs nothing. Exit 1 when the ratio or the memory is over its limit."""
import os

import bundle_mix
import lab

RATIO = 0.55
MEMORY_LIMIT_KIB = 40 * 1024


def main():
    options = lab.arguments(__doc__, runs=5, mib=1024)
    size = options.mib * lab.MIB
    with lab.workplace(options, "seal", size * 5 + 1024 * lab.MIB) as folder:
        mix = bundle_mix.Mix(options, folder)
        targets = [folder / "b.evidence.zip", folder / "b.evidence.zip.pem", folder / "peer.zip"]
        peaks = []

        def prepare():
            for target in targets:
                target.unlink(missing_ok=True)
            os.sync()
            lab.touch_memory(size + 256 * lab.MIB)

        def ours():
            seconds, peak = lab.timed([mix.seal(targets[0])])
            peaks.append(peak)
            return seconds

        times = lab.interleave(options.runs, {
            "tickmark": ours,
            "zip -0": lambda: lab.timed([["zip", "-0", "-q", "-r", targets[2], mix.files]])[0],
            "zip -0, sync": lambda: lab.timed([["zip", "-0", "-q", "-r", targets[2], mix.files],
                                               ["sync", "-f", targets[2]]])[0],
        }, prepare)
    medians = {name: lab.median(each) for name, each in times.items()}
    table = lab.Report(options)
    job = f"sealing {options.mib} MiB in {mix.count} files"
    for peer, limit in (("zip -0", RATIO), ("zip -0, sync", None)):
        ratio = medians["tickmark"] / medians[peer]
        table.line(f"{job} against {peer}", f"{medians['tickmark']:.3f} s", f"{medians[peer]:.3f} s", f"{ratio:.2f}×",
                   "" if limit is None else f"≤ {limit:.2f}×", None if limit is None else ratio <= limit)
    table.line(f"{job}, peak resident", f"{max(peaks) / 1024:.1f} MiB", "", "", f"≤ {MEMORY_LIMIT_KIB // 1024} MiB",
               max(peaks) <= MEMORY_LIMIT_KIB)
    table.end()


if __name__ == "__main__":
    main()
