"""What ingest_large and ingest_small share: handing files over with `tickmark evidence add`, against hashing and
copying by hand.

The peers sync nothing; a second figure with a `sync` after their `cp` is what they would need to be as durable as we
are. Contestants are interleaved on a freshly made ext4 in a loop image, inputs in the page cache, memory touched and
everything synced before each timed run so that nobody pays for another's dirty pages.
"""
import os
import shutil

import lab

MEMORY_LIMIT_KIB = 64 * 1024


class Ingest:
    def __init__(self, options, folder, memory):
        self.programs = lab.Programs(options.build)
        self.folder = folder
        self.target = folder / "target"
        self.template = folder / "template"
        self.memory = memory
        self.peaks = []
        lab.DataDirectory(self.programs, self.template, 60)

    def prepare(self):
        if self.target.exists():
            shutil.rmtree(self.target)
        self.target.mkdir()
        shutil.copytree(self.template, self.target / "data", copy_function=shutil.copy2)
        os.sync()
        lab.touch_memory(self.memory)

    def tickmark(self, source):
        command = [self.programs.tickmark, "evidence", "add", source, "--finding", "S-1", "--as", lab.ACCOUNT, "--data",
                   self.target / "data"]

        def run():
            seconds, peak = lab.timed([command])
            self.peaks.append(peak)
            return seconds
        return run

    @staticmethod
    def by_hand(*commands):
        return lambda: lab.timed(commands)[0]

    def measure(self, rounds, contestants):
        times = lab.interleave(rounds, contestants, self.prepare)
        return {name: lab.median(each) for name, each in times.items()}


def report(options, job, medians, limits, peak):
    """`limits`: {peer: ratio or None}."""
    table = lab.Report(options)
    ours = medians["tickmark"]
    for peer, limit in limits.items():
        ratio = ours / medians[peer]
        table.line(f"{job} against {peer}", f"{ours:.3f} s", f"{medians[peer]:.3f} s", f"{ratio:.2f}×",
                   "" if limit is None else f"≤ {limit:.2f}×", None if limit is None else ratio <= limit)
    table.line(f"{job}, peak resident", f"{peak / 1024:.1f} MiB", "", "", f"≤ {MEMORY_LIMIT_KIB // 1024} MiB",
               peak <= MEMORY_LIMIT_KIB)
    table.end()
