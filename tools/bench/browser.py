#!/usr/bin/env python3
"""What headless Chromium sees on loopback, with 100,000 findings in the database: bytes over the wire and first contentful
paint of a first visit (empty cache, the median of `--rounds`; 0 leaves it out) to each kind of page that a lead auditor reaches; then one file handed
over through the page of a finding against `curl` sending the same bytes to the API. Exit 1 when a limit was missed."""
import json
import os
import re
import socketserver
import subprocess
import threading

import lab
from pages import Browser

MOST_BYTES = 120_000
MOST_PAINT = 300  # milliseconds
LEAST_RATE = 0.5


def chromium(wish):
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "browser.mjs")
    done = subprocess.run(["node", script], input=json.dumps(wish), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


class Sink(socketserver.StreamRequestHandler):
    """A page with a choice of files; what is sent to it is thrown away."""

    def handle(self):
        method = self.rfile.readline().split(b" ")[0]
        length = 0
        while (line := self.rfile.readline().strip()):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        while length > 0 and (taken := len(self.rfile.read1(min(length, lab.MIB)))):
            length -= taken
        text = b"<!doctype html><title>sink</title><input type=file>" if method == b"GET" else b""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(text), text))


def sink():
    """A listener on a free port of this machine, and its origin."""
    socketserver.ThreadingTCPServer.daemon_threads = True
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/"


def fresh(source, mib):
    """The archive keeps equal bytes once, so each run sends a file that was never there."""
    with open(source, "wb") as file:
        for _ in range(mib):
            file.write(os.urandom(lab.MIB))


def weigh(table, seen):
    """The heaviest and the slowest pages, and whether they are within the limits."""
    for one in sorted(seen, key=lambda each: -each["bytes"])[:5] + sorted(seen, key=lambda each: -each["paint"])[:5]:
        print(f"  {one['bytes'] / 1000:6.1f} kB {one['paint']:6.0f} ms  {one['path']}", flush=True)
    most, slowest = max(one["bytes"] for one in seen), max(one["paint"] for one in seen)
    middle = lab.median([one["paint"] for one in seen])
    table.line(f"heaviest first visit of {len(seen)} pages", f"{most / 1000:.1f} kB", "", "", "≤ 120 kB", most <= MOST_BYTES)
    table.line("slowest first paint of them", f"{slowest:.0f} ms", f"median {middle:.0f} ms", "", "< 300 ms", slowest < MOST_PAINT)


def main():
    options = lab.arguments(__doc__, findings=100000, mib=512, runs=3, rounds=5)
    programs = lab.Programs(options.build)
    table = lab.Report(options)
    with lab.workplace(options, "browser", (2048 + options.mib * (2 * options.runs + 2)) * lab.MIB) as folder:
        data = lab.DataDirectory.__new__(lab.DataDirectory)
        data.programs, data.folder = programs, folder / "data"
        data.run("init", "--organisation", "Bench")
        lab.output([programs.tickmark, "demo", "--data", data.folder])
        rows = (data.folder / "demo-accounts.txt").read_text().split("\n")
        passwords = {row.split()[0]: row.split()[1] for row in rows if re.match(r"[a-z]{2}-\d\d ", row)}
        print(lab.output([programs.seed, data.folder, "la-01", str(options.findings)]), flush=True)
        port = lab.free_port()
        source = folder / "large.bin"
        with lab.Process([programs.tickmark, "serve", "--data", data.folder, "--listen", f"127.0.0.1:{port}"]) as server:
            server.wait_for(port)
            person = Browser(port, "la-01", passwords["la-01"])
            wish = {"origin": f"http://127.0.0.1:{port}", "account": "la-01", "password": passwords["la-01"], "rounds": options.rounds}
            paths = sorted(path for path in person.reachable().values() if "?" not in path)
            seen = chromium({**wish, "pages": paths})["pages"] if options.rounds else []
            if seen:
                weigh(table, seen)
            finding = next(path for path in paths if re.fullmatch(r"/findings/[A-Z]+-\d[^/]*", path))
            person = Browser(port, "la-01", passwords["la-01"])  # the first connection idled out
            session = json.loads(person.get("GET", "/api/v1/session")[1])
            headers = ["-H", f"Cookie: {person.cookie}", "-H", f"X-CSRF-Token: {session['csrf_token']}"]
            url = f"http://127.0.0.1:{port}/api/v1/evidence?finding={finding.split('/')[-1]}&file_name=large.bin"
            pages, programs_took, away = [], [], []
            nowhere = sink()
            for _ in range(options.runs):
                fresh(source, options.mib)
                seen = chromium({**wish, "uploads": [{"page": finding, "file": str(source)}], "sinks": [{"origin": nowhere, "file": str(source)}]})
                pages += seen["uploads"]
                away += seen["sent"]
                fresh(source, options.mib)
                send = ["curl", "-sS", "--fail-with-body", "-X", "POST", "-T", source, "-H", "Expect:", *headers, url]
                programs_took.append(lab.timed([send])[0])
    rates = [options.mib * lab.MIB / lab.median(each) / 1e6 for each in (pages, programs_took, away)]
    table.line(f"{options.mib} MiB through the page against curl", f"{rates[0]:.0f} MB/s", f"{rates[1]:.0f} MB/s",
               f"{rates[0] / rates[1]:.2f}×", f"≥ {LEAST_RATE:.1f}×", rates[0] / rates[1] >= LEAST_RATE)
    table.line("the same against the browser sending it to nothing", f"{rates[0]:.0f} MB/s", f"{rates[2]:.0f} MB/s", f"{rates[0] / rates[2]:.2f}×", "", True)
    table.end()


if __name__ == "__main__":
    main()
