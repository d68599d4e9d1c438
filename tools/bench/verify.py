#!/usr/bin/env python3
"""Verifying a bundle with `tickmark-verify` on one thread and on four, against what one would run without it: `unzip
-t` of the file and `sha256sum -c` of the unpacked payload. Neither side hashes the file as a whole. Exit 1 when a ratio
or the memory is over its limit."""
import bundle_mix
import lab

LIMITS = {1: 0.2, 4: 0.07}
MEMORY_LIMIT_KIB = 24 * 1024


def main():
    options = lab.arguments(__doc__, runs=5, mib=1024)
    size = options.mib * lab.MIB
    with lab.workplace(options, "verify", size * 5 + 1024 * lab.MIB) as folder:
        mix = bundle_mix.Mix(options, folder)
        bundle = folder / "b.evidence.zip"
        lab.output(mix.seal(bundle))
        lab.output(["unzip", "-q", bundle, "-d", folder / "unpacked"])
        peaks = {}

        def prepare():
            for path in [bundle, *(each for each in (folder / "unpacked").rglob("*") if each.is_file())]:
                with open(path, "rb") as file:
                    while file.read(4 * lab.MIB):
                        pass

        def ours(threads):
            command = [mix.verifier, "--quiet", "--no-file-digest", "--threads", str(threads), "--anchor",
                       f"{bundle}.pem", bundle]

            def run():
                seconds, peak = lab.timed([command])
                peaks[threads] = max(peaks.get(threads, 0), peak)
                return seconds
            return run

        def by_hand():
            return lab.timed([["unzip", "-tqq", bundle],
                              ["sh", "-c", f"cd {folder}/unpacked && sha256sum -c --quiet manifest-sha256.txt"]])[0]

        times = lab.interleave(options.runs, {"one": ours(1), "four": ours(4), "by hand": by_hand}, prepare)
    medians = {name: lab.median(each) for name, each in times.items()}
    table = lab.Report(options)
    for name, threads in (("one", 1), ("four", 4)):
        ratio = medians[name] / medians["by hand"]
        table.line(f"verifying {options.mib} MiB, threads: {threads}, against unzip -t + sha256sum -c",
                   f"{medians[name]:.3f} s", f"{medians['by hand']:.3f} s", f"{ratio:.3f}×", f"≤ {LIMITS[threads]}×",
                   ratio <= LIMITS[threads])
        table.line(f"the same, peak resident, threads: {threads}", f"{peaks[threads] / 1024:.1f} MiB", "", "",
                   f"≤ {MEMORY_LIMIT_KIB // 1024} MiB", peaks[threads] <= MEMORY_LIMIT_KIB)
    table.end()


if __name__ == "__main__":
    main()
