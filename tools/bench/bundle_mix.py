"""What seal and verify share: the same mix of files, sealed as one bundle.

The mix is 1 GiB of bytes that do not compress, as photographs and packed documents do not: one file of a quarter, eight
of 32 MiB, 64 of 4 MiB, and the rest in files of 768 and 128 KiB; below 950 files, so that the bundle is portable.
"""
import os

import lab


def make_files(folder, mib):
    """About `mib` MiB; returns how many files."""
    folder.mkdir(parents=True)
    quarter = mib * lab.KIB // 4
    sizes = [quarter]
    sizes += [quarter // 8] * 8
    sizes += [quarter // 64] * 64
    sizes += [quarter * 3 // 4 // 256] * 256
    sizes += [quarter // 4 // 512] * 512
    for number, kib in enumerate(sizes):
        with open(folder / f"{number:04}.bin", "wb") as file:
            left = max(kib, 1) * lab.KIB
            while left > 0:
                left -= file.write(os.urandom(min(left, 4 * lab.MIB)))
    return len(sizes)


class Mix:
    """The files, an archive that holds them, and how to seal it."""

    def __init__(self, options, folder):
        self.bench = lab.Programs(options.build).tickmark.parent / "seal_bench"
        self.verifier = self.bench.parent / "tickmark-verify"
        self.files = folder / "files"
        self.store = folder / "store"
        self.count = make_files(self.files, options.mib)
        lab.output([self.bench, "prepare", self.files, self.store])

    def seal(self, target):
        return [self.bench, "seal", self.store, target]
