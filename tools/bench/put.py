#!/usr/bin/env python3
"""One large file sent over HTTP: POST /api/v1/evidence (signed in, hashed, fsynced, catalogued) against nginx' DAV
module (PUT; neither hashed nor synced). The client of both is curl. Exit 1 when we are not fast enough."""
import os

import lab

LIMIT = 1.2


def sending(url, source, method, headers=()):
    """`-T` streams the file with its length; `Expect` would make curl wait for nginx, which never answers it."""
    command = ["curl", "-sS", "--fail-with-body", "-X", method, "-T", source, "-H", "Expect:", *headers, url]
    return lambda: lab.timed([command])[0]


def main():
    options = lab.arguments(__doc__, runs=5, mib=2048)
    size = options.mib * lab.MIB
    with lab.workplace(options, "put", size * 3 + 2048 * lab.MIB) as folder:
        data = lab.DataDirectory(lab.Programs(options.build), folder / "data", 60)
        source = folder / "large.bin"
        with open(source, "wb") as file:
            for _ in range(options.mib):
                file.write(os.urandom(lab.MIB))
        peer_folder = folder / "nginx"

        def prepare():
            # The archive keeps equal bytes once, so each run sends a file that was never there.
            for each in [*data.folder.glob("archive/sha256/*/*"), *(peer_folder / "www").glob("*")]:
                each.unlink()
            with open(source, "r+b") as file:
                file.write(os.urandom(64))
            os.sync()
            lab.touch_memory(size + 512 * lab.MIB)

        with lab.Tickmark(data) as ours, lab.Nginx(peer_folder, dav=True) as peer:
            headers = ["-H", f"Cookie: {ours.cookie}", "-H", f"X-CSRF-Token: {ours.csrf}"]
            times = lab.interleave(options.runs, {
                "tickmark": sending(ours.url("/api/v1/evidence?finding=S-1&file_name=large.bin"), source, "POST",
                                    headers),
                "nginx DAV": sending(peer.url("/large.bin"), source, "PUT"),
            }, prepare)
            peak = lab.status_kib(ours.pid, "VmHWM")
    rates = {name: size / lab.median(each) / 1e6 for name, each in times.items()}
    ratio = rates["tickmark"] / rates["nginx DAV"]
    table = lab.Report(options)
    table.line(f"upload of {options.mib} MiB against nginx DAV", f"{rates['tickmark']:.0f} MB/s",
               f"{rates['nginx DAV']:.0f} MB/s", f"{ratio:.2f}×", f"≥ {LIMIT:.2f}×", ratio >= LIMIT)
    table.line("upload, peak resident of the server", f"{peak / 1024:.1f} MiB", "", "", "≤ 64 MiB", peak <= 64 * 1024)
    table.end()


if __name__ == "__main__":
    main()
