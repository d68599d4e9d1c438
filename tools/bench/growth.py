#!/usr/bin/env python3
"""How answers grow: the same questions at 1,000, 100,000 and 1,000,000 findings (`--small`, `--middle`, `--large`), each the
median of 15 on one kept connection, then `tickmark check` as a whole. Each finding is one entry of the ledger. Lists,
filters and state changes may grow by a factor of two from the smallest to the largest beyond what a request costs that
does nothing; `check` may grow like n log n. Exit 1 when one grows faster."""
import http.client
import json
import math
import time

import lab
from create import BODY

ROUNDS = 15
FLAT = 2.0
FLOOR = 0.001  # seconds: below this a ratio says nothing
LISTS = {
    "first page": "/api/v1/findings?limit={rows}",
    "page in the middle": "/api/v1/findings?limit={rows}&after=n{middle}",
    "by state": "/api/v1/findings?limit={rows}&state=issued",
    "by class": "/api/v1/findings?limit={rows}&class=major",
    "by owner": "/api/v1/findings?limit={rows}&owner=bench-lead",
    "by clause": "/api/v1/findings?limit={rows}&clause=8.7",
    "by audit": "/api/v1/findings?limit={rows}&audit=B-07",
    "open, by close date": "/api/v1/findings?limit={rows}&open=1&order=close_due",
    "full text, a word in one": "/api/v1/findings?limit={rows}&q={middle}",
    "full text, a word in all": "/api/v1/findings?limit={rows}&q=incidents",
}
PAGES = {
    "page: list": "/findings",
    "page: home": "/",
    "page: due": "/due",
    "page: trends": "/trends",
    "page: one finding": "/findings/S-{middle}",
    "page: audit trail": "/log",
}
OTHERS = {"inclusion proof": "/api/v1/ledger/proof/{middle}", "checkpoint": "/api/v1/ledger/checkpoint"}


class Connection:
    """One kept connection of the person who is signed in; it counts the seconds of each request."""

    def __init__(self, server):
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def ask(self, method, path, body=None, more=None):
        headers = {**self.server.headers(), **(more or {})}
        if not path.startswith("/api/"):
            headers = {"Cookie": headers["Cookie"], "Accept": "text/html"}
        begin = time.perf_counter()
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - begin
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text.decode()[:500]}")
        return took, text, answer

    def median(self, path, middle=0):
        """Another number of rows each time, because an answer that was given is kept until something changes."""
        return lab.median([self.ask("GET", path.format(rows=50 - number, middle=middle))[0] for number in range(ROUNDS)])


def changes(person):
    """Seconds of recording a finding and of withdrawing an issued one, medians; each is durable and in the ledger."""
    record, withdraw = [], []
    for number in range(ROUNDS):
        record.append(person.ask("POST", "/api/v1/findings", BODY)[0])
        path = f"/api/v1/findings/S-{5 * number + 1}"
        tag = person.ask("GET", path)[2].getheader("ETag")
        withdraw.append(person.ask("POST", f"{path}/events", {"event": "withdraw", "reason": "Recorded twice."}, {"If-Match": tag})[0])
    return lab.median(record), lab.median(withdraw)


def measured(programs, folder, findings):
    """{question: seconds} at one size."""
    data = lab.DataDirectory(programs, folder, findings)
    figures = {}
    with lab.Tickmark(data) as server:
        person = Connection(server)
        nothing = person.median("/healthz")
        for name, path in {**LISTS, **PAGES, **OTHERS}.items():
            figures[name] = max(0.0, person.median(path, findings // 2) - nothing)
        figures["a finding is recorded"], figures["a finding is withdrawn"] = changes(person)
        figures["resident, MiB"] = lab.status_kib(server.pid, "VmRSS") / 1024
    begin = time.perf_counter()
    lab.output([programs.tickmark, "check", "--data", folder])
    figures["check"] = time.perf_counter() - begin
    return figures


def judged(name, first, last, sizes):
    """The limit of a question and whether it holds; pages are held by pages.py, memory by nothing."""
    if name == "check":
        most = sizes[-1] * math.log(sizes[-1]) / (sizes[0] * math.log(sizes[0]))
        return f"≤ {most:.0f}×", last / first <= most
    if name.startswith("page") and name != "page in the middle" or name == "resident, MiB":
        return "", None
    return f"≤ {FLAT:.0f}×", last <= FLAT * max(first, FLOOR)


def main():
    options = lab.arguments(__doc__, small=1000, middle=100000, large=1000000)
    programs = lab.Programs(options.build)
    table = lab.Report(options)
    sizes = [options.small, options.middle, options.large]
    with lab.workplace(options, "growth", 16384 * lab.MIB) as folder:
        curves = [measured(programs, folder / str(size), size) for size in sizes]
    print(f"| question | {' | '.join(f'{size:,}' for size in sizes)} | growth | limit | | load |")
    for name in curves[0]:
        first, middle, last = (curve[name] for curve in curves)
        unit, factor = ("MiB", 1) if name == "resident, MiB" else ("s", 1) if name == "check" else ("ms", 1e3)
        shown = [f"{factor * figure:.2f} {unit}" for figure in (first, middle, last)]
        limit, within = judged(name, first, last, sizes)
        table.line(f"growth: {name}", shown[0], f"{shown[1]}, {shown[2]}", f"{last / max(first, 1e-6):.1f}×", limit, within)
    table.end()


if __name__ == "__main__":
    main()
