#!/usr/bin/env python3
"""`GET /api/v1/findings?limit=50` with a session on 100,000 findings, 64 connections, against nginx serving the same
bytes as a static file; then with another cursor in each request, which the cache of answers does not hold; then the
time of one request while 200 idle connections are open; then whether every connection gets its share. Exit 1 when a
limit was missed."""
import json
import socket
import time

import lab

LIMIT = 0.15
PATH = "/api/v1/findings?limit=50"

SCRIPT = """
local paths = {{ {paths} }}
local at = 0
local step = 0
function setup(thread) offset = (offset or 0) + 1 thread:set("begin", offset) end
function init() at = begin * 977 end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def cursors(server, pages):
    """The addresses of the first pages of the list."""
    paths = []
    path = PATH
    while len(paths) < pages:
        _, document = server.ask("GET", path)
        if "next" not in document:
            break
        path = f"{PATH}&after={document['next']}"
        paths.append(path)
    return paths


def one_request(port, request):
    """Seconds of a request on a new connection."""
    begin = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request)
        data = b""
        while not lab.answer_is_whole(data):
            data += connection.recv(262144)
    return time.perf_counter() - begin


def beside_idle(port, request, idle):
    """Median and worst of 200 requests alone, then beside `idle` open connections, in milliseconds."""
    alone = [one_request(port, request) for _ in range(200)]
    waiting = [socket.create_connection(("127.0.0.1", port)) for _ in range(idle)]
    for each in waiting:
        each.sendall(request)
    for each in waiting:
        data = b""
        while not lab.answer_is_whole(data):
            data += each.recv(262144)
    beside = [one_request(port, request) for _ in range(200)]
    for each in waiting:
        each.close()
    return [1e3 * figure for figure in (lab.median(alone), max(alone), lab.median(beside), max(beside))]


def main():
    options = lab.arguments(__doc__, runs=3, seconds=5, findings=100000)
    with lab.workplace(options, "list", 4096 * lab.MIB) as folder:
        data = lab.DataDirectory(lab.Programs(options.build), folder / "data", options.findings)
        with lab.Tickmark(data) as ours, lab.Nginx(folder / "nginx") as peer:
            headers = {"Cookie": ours.cookie}
            _, document = ours.ask("GET", PATH)
            body = json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()
            (peer.www / "list.json").write_bytes(body)
            paths = cursors(ours, 2000)
            script = folder / "cursors.lua"
            script.write_text(SCRIPT.format(paths=",".join(f'"{path}"' for path in paths)))
            runs = {"same": [], "peer": [], "varied": []}
            for number in range(options.runs + 1):
                one = {"peer": lab.wrk(peer.url("/list.json"), options.seconds),
                       "same": lab.wrk(ours.url(PATH), options.seconds, headers=headers),
                       "varied": lab.wrk(ours.url(PATH), options.seconds, headers=headers, script=script)}
                for name, figures in one.items():
                    if number > 0:
                        runs[name].append(figures)
            request = f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {ours.cookie}\r\n\r\n".encode()
            idle = beside_idle(ours.port, request, 200)
            least, most = lab.Fairness(ours.port, request).run(5)
            resident = lab.status_kib(ours.pid, "VmRSS")
    report(options, {name: lab.middle(each) for name, each in runs.items()}, len(body), len(paths), idle,
           (least, most), resident)


def report(options, figures, size, pages, idle, fair, resident):
    table = lab.Report(options)
    peer = figures["peer"]
    for name, words, limit in (("same", "the same page", LIMIT), ("varied", f"{pages} pages in turn", None)):
        ours = figures[name]
        ratio = ours["rate"] / peer["rate"]
        table.line(f"list of 50 of {options.findings}, {words} ({size} bytes), against nginx static",
                   f"{ours['rate']:.0f} /s", f"{peer['rate']:.0f} /s", f"{ratio:.2f}×",
                   "" if limit is None else f"≥ {limit:.2f}×", None if limit is None else ratio >= limit)
        spread = ours["p99"] / ours["p50"]
        table.line(f"list, {words}: p99 against p50", f"{ours['p99'] * 1e3:.2f} ms", f"{ours['p50'] * 1e3:.2f} ms",
                   f"{spread:.1f}×", "< 10×", spread < 10)
    table.line("new connection and list beside 200 idle ones, median", f"{idle[2]:.2f} ms", f"{idle[0]:.2f} ms alone",
               f"+{idle[2] - idle[0]:.2f} ms", "≤ +10 ms", idle[2] - idle[0] <= 10)
    table.line("the same, worst of 200", f"{idle[3]:.2f} ms", f"{idle[1]:.2f} ms alone", "", "", None)
    table.line("answers of the least and the best served of 64 connections", str(fair[0]), str(fair[1]),
               f"{fair[0] / max(1, fair[1]):.2f}×", "≥ 0.5×", fair[0] * 2 >= fair[1])
    table.line("resident after these lists", f"{resident / 1024:.1f} MiB", "", "", "≤ 64 MiB", resident <= 64 * 1024)
    table.end()


if __name__ == "__main__":
    main()
