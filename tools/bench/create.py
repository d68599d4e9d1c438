#!/usr/bin/env python3
"""`POST /api/v1/findings` from 64 connections, durable, with its ledger event, against the same server with one
commit for each request (`group_commit = off` in tickmark.conf, a setting that exists for this comparison). Exit 1
when a limit was missed."""
import contextlib
import json
import shutil
import sqlite3

import lab

LIMIT = 5
P99_LIMIT_MS = 20

BODY = {
    "audit": "B-01",
    "class": "minor",
    "title": "Incidents without a category in the sample of March",
    "clauses": ["8.6.1"],
    "requirement": "Incidents shall be recorded, classified and prioritised with regard to impact and urgency.",
    "objective_evidence": "12 of 40 sampled tickets of March lack a category; the export is attached.",
    "nature": "Classification is not enforced by the tool and not reviewed by the process owner.",
    "close_due": "2027-03-31",
}


def script(path, server):
    lines = ['wrk.method = "POST"', f"wrk.body = [==[{json.dumps(BODY)}]==]"]
    lines += [f'wrk.headers["{name}"] = "{value}"' for name, value in server.headers().items()]
    path.write_text("\n".join(lines) + "\n")
    return path


def count(folder):
    """Findings in the database, and events that record one: nothing may be acknowledged without both."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/tickmark.db?mode=ro", uri=True)) as database:
        findings = database.execute("SELECT count(*) FROM finding WHERE state = 'draft'").fetchone()[0]
        events = database.execute("SELECT count(*) FROM event WHERE kind = 'finding.record'").fetchone()[0]
    return findings, events


def main():
    options = lab.arguments(__doc__, runs=3, seconds=5, findings=1000)
    with lab.workplace(options, "create", 8192 * lab.MIB) as folder:
        programs = lab.Programs(options.build)
        grouped = lab.DataDirectory(programs, folder / "grouped", options.findings)
        alone = lab.DataDirectory.__new__(lab.DataDirectory)
        alone.programs, alone.folder, alone.password = programs, folder / "alone", grouped.password
        shutil.copytree(grouped.folder, alone.folder)
        with open(alone.folder / "tickmark.conf", "a", encoding="utf-8") as settings:
            settings.write("group_commit = off\n")
        with lab.Tickmark(grouped) as ours, lab.Tickmark(alone) as peer:
            url = "/api/v1/findings"
            scripts = {server: script(folder / f"{number}.lua", server) for number, server in enumerate((ours, peer))}
            runs = {ours: [], peer: []}
            for number in range(options.runs + 1):
                for server, figures in runs.items():
                    one = lab.wrk(server.url(url), options.seconds, script=scripts[server])
                    if number > 0:
                        figures.append(one)
            head = "".join(f"{name}: {value}\r\n" for name, value in ours.headers().items())
            body = json.dumps(BODY)
            request = f"POST {url} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"
            fair = lab.Fairness(ours.port, request.encode()).run(5)
            resident = lab.status_kib(ours.pid, "VmHWM")
            figures, single = lab.middle(runs[ours]), lab.middle(runs[peer])
        findings, events = count(grouped.folder)
        if findings == 0 or findings + options.findings != events:
            raise SystemExit(f"{findings} findings and {events} events: the ledger does not agree")
    table = lab.Report(options)
    ratio = figures["rate"] / single["rate"]
    table.line("create, 64 connections, against a commit each", f"{figures['rate']:.0f} /s", f"{single['rate']:.0f} /s",
               f"{ratio:.1f}×", f"≥ {LIMIT}×", ratio >= LIMIT)
    table.line("create, p99", f"{figures['p99'] * 1e3:.1f} ms", f"{single['p99'] * 1e3:.1f} ms", "",
               f"< {P99_LIMIT_MS} ms", figures["p99"] * 1e3 < P99_LIMIT_MS)
    table.line("create, answers of the least and the best served of 64 connections", str(fair[0]), str(fair[1]),
               f"{fair[0] / max(1, fair[1]):.2f}×", "≥ 0.5×", fair[0] * 2 >= fair[1])
    table.line("create, peak resident", f"{resident / 1024:.1f} MiB", "", "", "≤ 64 MiB", resident <= 64 * 1024)
    table.end()


if __name__ == "__main__":
    main()
