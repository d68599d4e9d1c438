#!/usr/bin/env python3
"""A thousand clients that are slow on purpose, of three kinds at once: heads that never end, bodies that trickle, answers
that nobody reads. Beside them people work on, memory stays bounded, and the slow ones are sent away.

Prints the 99th percentile of the people's requests without and with the slow clients. The ratio is judged only with
TICKMARK_LONG set, when it lasts a minute and not 12 s: a machine busy with other tests says nothing about it.
"""
import http.client
import os
import pathlib
import selectors
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import Suite  # noqa: E402
from server import Person, Server  # noqa: E402

suite = Suite()
SLOW = 1000
SECONDS = 60 if os.environ.get("TICKMARK_LONG") else 12
QUIET_SECONDS = 4
PEOPLE = 4
MEMORY_PER_CLIENT = 160 * 1024  # bytes of resident memory that one slow client may cost at most


def resident(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the server is gone")


class Crowd:
    """Slow clients on loopback addresses of their own, driven by one thread."""

    def __init__(self, port, cookie, large):
        self.port, self.cookie, self.large = port, cookie, large
        self.open, self.sent_away, self.refused = 0, 0, 0
        self.ending = False
        self.thread = threading.Thread(target=self.run)

    def request(self, number):
        kind = number % 3
        if kind == 0:  # a head that never ends
            return b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
        if kind == 1:  # a body that trickles
            return b"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{"
        return f"GET {self.large} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n\r\n".encode()  # an answer nobody reads

    def connect(self, number):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.bind((f"127.0.{1 + number // 200}.{1 + number % 200}", 0))
        one.settimeout(5)
        one.connect(("127.0.0.1", self.port))
        one.sendall(self.request(number))
        one.setblocking(False)
        return one

    def run(self):
        chooser = selectors.DefaultSelector()
        clients = {}
        for number in range(SLOW):
            try:
                one = self.connect(number)
            except OSError:
                self.refused += 1
                continue
            clients[one] = number % 3
            if number % 3 != 2:
                chooser.register(one, selectors.EVENT_READ)
        self.open = len(clients)
        while not self.ending:
            for key, _ in chooser.select(0.2):
                try:
                    gone = key.fileobj.recv(4096) == b""
                except OSError:
                    gone = True
                if gone:
                    chooser.unregister(key.fileobj)
                    clients.pop(key.fileobj)
                    key.fileobj.close()
                    self.sent_away += 1
            for one, kind in list(clients.items()):
                if kind == 2:
                    continue
                try:
                    one.send(b"a")
                except OSError:
                    pass
            time.sleep(0.8)
        for one in clients:
            one.close()


def work(server, person, seconds):
    """Seconds that each request of a few people took, all of them answered by 200."""
    times, faults = [], []
    end = time.monotonic() + seconds

    def one():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            while time.monotonic() < end:
                begun = time.perf_counter()
                connection.request("GET", "/findings", headers=person.headers)
                answer = connection.getresponse()
                answer.read()
                times.append(time.perf_counter() - begun)
                if answer.status != 200:
                    faults.append(answer.status)
        except OSError as problem:
            faults.append(problem)

    threads = [threading.Thread(target=one) for _ in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, f"people were not served: {faults[:5]}"
    return sorted(times)


@suite.test
def people_work_on_beside_a_thousand_slow_clients(house):
    with Server(house.data) as server:
        person = Person(server, "lead", "correct-horse-battery")
        stored = person.upload(("audit", "IA-1"), "large.bin", b"x" * 40_000_000)
        large = f"/api/v1/evidence/{stored['version'].split('/')[0] if isinstance(stored.get('version'), str) else stored['ref']}/v/1/content"
        quiet = work(server, person, QUIET_SECONDS)
        before = resident(server.process)
        crowd = Crowd(server.port, person.headers["Cookie"], large)
        crowd.thread.start()
        time.sleep(3)
        slow = work(server, person, SECONDS)
        most = resident(server.process)
        crowd.ending = True
        crowd.thread.join()
        assert crowd.refused == 0, f"{crowd.refused} of {SLOW} could not connect at all"
        after = work(server, person, 2)
        p99 = [one[int(len(one) * 0.99)] for one in (quiet, slow, after)]
        print(f"# p99 {p99[0] * 1000:.1f} ms quiet, {p99[1] * 1000:.1f} ms beside {crowd.open} slow clients ({p99[1] / p99[0]:.1f}x), "
              f"{p99[2] * 1000:.1f} ms after; {len(slow) / SECONDS:.0f} against {len(quiet) / QUIET_SECONDS:.0f} requests a second; "
              f"{(most - before) / SLOW / 1024:.0f} KiB a slow client; {crowd.sent_away} sent away")
        assert not os.environ.get("TICKMARK_LONG") or p99[1] <= 3 * p99[0], "the 99th percentile is more than three times the quiet one"
        assert most - before < SLOW * MEMORY_PER_CLIENT, f"{(most - before) / 1e6:.0f} MB more for {SLOW} slow clients"
        assert crowd.sent_away > SLOW / 4, f"only {crowd.sent_away} of the {SLOW} were sent away in {SECONDS} s"
        assert server.stop() == 0


if __name__ == "__main__":
    suite.main()
