#!/usr/bin/env python3
"""Every page that a person can reach, with the demonstration and 100,000 findings in the database: the time until the
last byte on one kept connection (the median of 15), beside `/healthz` on the same connection as what a request costs
that does nothing. Exit 1 when a page is over its limit. Usage: as tools/bench/list_findings.py."""
import html
import http.client
import json
import re
import time
import urllib.parse

import lab

LIMIT = 0.020  # seconds, docs/performance.md
ROUNDS = 15
PEOPLE = ["la-01", "po-01", "im-01", "tm-01", "xa-01", "ad-01"]
MOST_PAGES = 120


def shape(path):
    """One page of each kind is enough: references are replaced by a star, filters keep their names."""
    address = urllib.parse.urlsplit(path)
    plain = re.sub(r"/[A-Za-z]{1,3}-[^/]+|/\d[^/]*|/IA-[^/]+|/SA-[^/]+|/[^/]*\d[^/]*", "/*", address.path)
    names = sorted(name for name, _ in urllib.parse.parse_qsl(address.query))
    return plain + ("?" + "&".join(names) if names else "")


class Browser:
    """One person on one kept connection."""

    def __init__(self, port, account, password):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookie = ""
        answer = self.get("POST", "/api/v1/session", json.dumps({"account": account, "password": password}))
        self.cookie = answer[2]

    def get(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} if body else {"Accept": "text/html"}
        if self.cookie:
            headers["Cookie"] = self.cookie
        begin = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - begin
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        kind = answer.getheader("Content-Type") or ""
        return answer.status, text, cookie, took, kind

    def reachable(self):
        """{shape: path} of the pages that links lead to."""
        found, waiting = {}, ["/"]
        while waiting and len(found) < MOST_PAGES:
            path = waiting.pop(0)
            if shape(path) in found:
                continue
            status, text, _, _, kind = self.get("GET", path)
            if status != 200 or "text/html" not in kind:
                continue
            found[shape(path)] = path
            links = [html.unescape(one) for one in re.findall(r'<a [^>]*?href="(/[^"#]*)"', text.decode())]
            waiting += [one for one in links if shape(one) not in found and "/content" not in one and "/assets/" not in one]
        return found


def median_of(person, path):
    return lab.median([person.get("GET", path)[3] for _ in range(ROUNDS)])


def main():
    options = lab.arguments(__doc__, findings=100000)
    programs = lab.Programs(options.build)
    slow = 0
    with lab.workplace(options, "pages", 2048 * lab.MIB) as folder:
        data = lab.DataDirectory.__new__(lab.DataDirectory)
        data.programs, data.folder = programs, folder / "data"
        data.run("init", "--organisation", "Bench")
        print("demonstration", flush=True)
        lab.output([programs.tickmark, "demo", "--data", data.folder])
        rows = (data.folder / "demo-accounts.txt").read_text().split("\n")
        passwords = {row.split()[0]: row.split()[1] for row in rows if re.match(r"[a-z]{2}-\d\d ", row)}
        print(lab.output([programs.seed, data.folder, "la-01", str(options.findings)]), flush=True)
        port = lab.free_port()
        command = [programs.tickmark, "serve", "--data", data.folder, "--listen", f"127.0.0.1:{port}"]
        with lab.Process(command) as server:
            server.wait_for(port)
            for account in PEOPLE:
                person = Browser(port, account, passwords[account])
                nothing = median_of(person, "/healthz")
                pages = person.reachable()
                times = sorted(((median_of(person, path), path) for path in pages.values()), reverse=True)
                over = [one for one in times if one[0] > LIMIT]
                slow += len(over)
                print(f"{account}: {len(times)} pages, median {lab.median([t for t, _ in times]) * 1000:.1f} ms, "
                      f"/healthz {nothing * 1000:.2f} ms, over {LIMIT * 1000:.0f} ms: {len(over)}", flush=True)
                for took, path in times[: max(len(over), 3)]:
                    print(f"  {took * 1000:8.1f} ms  {path}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
