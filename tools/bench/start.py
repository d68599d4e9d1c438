#!/usr/bin/env python3
"""From `tickmark serve` to the first answer on a data directory with 100,000 findings: a list of 50 asked with a
session from before, and /healthz. Each start is timed with the files in the page cache and after they were dropped
from it. Then what the idle server holds. Exit 1 when a limit was missed."""
import os
import socket
import subprocess
import time

import lab

LIMIT_MS = 50


def forget(paths):
    """Drops these files from the page cache."""
    os.sync()
    for path in paths:
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def first_answer(data, request):
    """Milliseconds from starting the program to the end of its first answer; resident KiB a second later."""
    port = lab.free_port()
    command = [data.programs.tickmark, "serve", "--data", data.folder, "--listen", f"127.0.0.1:{port}"]
    begin = time.perf_counter()
    with lab.Process(command) as server:
        answer = b""
        while not answer:
            try:
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    connection.sendall(request)
                    while not lab.answer_is_whole(answer):
                        answer += connection.recv(262144)
            except ConnectionRefusedError:
                time.sleep(0.0005)
        took = time.perf_counter() - begin
        if not answer.startswith(b"HTTP/1.1 200"):
            raise SystemExit(answer.decode())
        time.sleep(1)
        return took * 1e3, lab.status_kib(server.pid, "VmRSS")


def main():
    options = lab.arguments(__doc__, runs=9, findings=100000)
    with lab.workplace(options, "start", 4096 * lab.MIB) as folder:
        programs = lab.Programs(options.build)
        data = lab.DataDirectory(programs, folder / "data", options.findings)
        with lab.Tickmark(data) as server:
            cookie = server.cookie
        head = f"HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n"
        listing = f"GET /api/v1/findings?limit=50 {head}".encode()
        health = f"GET /healthz {head}".encode()
        libraries = [line.split()[2] for line in lab.output(["ldd", programs.tickmark]).splitlines() if "=> /" in line]
        times = {"list": [], "health": [], "cold": []}
        resident = []
        for number in range(options.runs + 1):
            one = {"list": first_answer(data, listing), "health": first_answer(data, health)}
            forget([data.folder / "tickmark.db", programs.tickmark])
            one["cold"] = first_answer(data, listing)
            if number > 0:
                for name, (took, held) in one.items():
                    times[name].append(took)
                    resident.append(held)
        bare = lab.median([bare_start(programs) for _ in range(options.runs)])
    table = lab.Report(options)
    words = {"list": "start to the first list of 50", "health": "start to the first /healthz",
             "cold": "start to the first list, program and database not in the page cache"}
    for name, each in times.items():
        took = lab.median(each)
        limit = None if name == "cold" else took < LIMIT_MS
        table.line(words[name], f"{took:.1f} ms", f"{bare:.1f} ms for `tickmark --version`", f"{took / bare:.1f}×",
                   "" if limit is None else f"< {LIMIT_MS} ms", limit)
    held = lab.median(resident)
    table.line("resident, idle after its first answer", f"{held / 1024:.1f} MiB", f"{len(libraries)} shared libraries",
               "", "≤ 24 MiB", held <= 24 * 1024)
    table.end()


def bare_start(programs):
    """What loading the program and its libraries costs: nobody can be faster."""
    begin = time.perf_counter()
    subprocess.run([programs.tickmark, "--version"], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - begin) * 1e3


if __name__ == "__main__":
    main()
