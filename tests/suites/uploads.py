#!/usr/bin/env python3
"""A file in pieces (tus 1.0.0) against a real server that is killed in the middle: what was acknowledged is there
afterwards, the file goes on from there, and its digest is the one of what was sent.

48 MB and a few kills; with TICKMARK_LONG set 5 GiB as well. The moments are drawn from a seed that is printed.
"""
import base64
import hashlib
import http.client
import json
import os
import pathlib
import random
import socket
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import TICKMARK, Suite, run  # noqa: E402
from server import Person, Server  # noqa: E402

SEED = int(os.environ.get("TICKMARK_SEED", time.time_ns() % 1_000_000))
AUDIT = "IA-2022-03"
MEGABYTE = 1 << 20
BLOCK = random.Random(7).randbytes(MEGABYTE)


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Upload House")
    house.tickmark("demo")


suite = Suite(furnish)


def password(house, account):
    lines = [line.split("  ") for line in (house.data / "demo-accounts.txt").read_text().splitlines() if line[:1] != "#"]
    return {line[0]: line[1] for line in lines}[account]


def content(start, end):
    """Bytes of a file that is never held as a whole: each megabyte begins with its number."""
    for number in range(start // MEGABYTE, -(-end // MEGABYTE)):
        block = number.to_bytes(8, "big") + BLOCK[8:]
        low, high = max(start, number * MEGABYTE), min(end, (number + 1) * MEGABYTE)
        yield block[low - number * MEGABYTE:high - number * MEGABYTE]


def digest(size):
    sha = hashlib.sha256()
    for block in content(0, size):
        sha.update(block)
    return sha.hexdigest()


class Sender:
    """Somebody with a file and a session that outlives the server."""

    def __init__(self, house, server, size, name):
        self.person = Person(server, "la-01", password(house, "la-01"))
        self.size = size
        facts = {"filename": name, "audit": AUDIT}
        metadata = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in facts.items())
        answer = self.ask(server, "POST", "/api/v1/uploads", {"Upload-Length": str(size), "Upload-Metadata": metadata})
        assert answer.status == 201, answer.read()
        self.where = answer.getheader("Location")

    def ask(self, server, method, path, headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
        connection.request(method, path, body=body, headers={**self.person.headers, "Tus-Resumable": "1.0.0", **(headers or {})})
        return connection.getresponse()

    def offset(self, server):
        for _ in range(100):
            answer = self.ask(server, "HEAD", self.where)
            if answer.status != 423:
                break
            time.sleep(0.1)
        assert answer.status == 200, answer.status
        return int(answer.getheader("Upload-Offset")), answer.getheader("Tickmark-Evidence")

    def offset_if_alive(self, server):
        try:
            return self.offset(server)[0]
        except (OSError, http.client.HTTPException):
            return 0  # it was killed before it could answer

    def send(self, server, offset, end):
        """One PATCH to the end of the file, of which only the bytes before `end` are sent; the answer or None."""
        lines = {**self.person.headers, "Host": "127.0.0.1", "Tus-Resumable": "1.0.0", "Upload-Offset": str(offset),
                 "Content-Type": "application/offset+octet-stream", "Content-Length": str(self.size - offset)}
        head = f"PATCH {self.where} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
        with socket.create_connection(("127.0.0.1", server.port), timeout=600) as peer:
            try:
                peer.sendall(head.encode())
                for block in content(offset, end):
                    peer.sendall(block)
                if end < self.size:
                    return None
                answer = http.client.HTTPResponse(peer, method="PATCH")
                answer.begin()
                return answer
            except (OSError, http.client.HTTPException):
                return None  # the connection went with the server


def interrupted(house, size, kills, rng):
    sender, before = None, 0
    for _ in range(kills):
        with Server(house.data) as server:
            sender = sender or Sender(house, server, size, "interrupted.bin")
            at, taken = sender.offset(server)
            assert not taken and at >= before, f"{at} of the {before} bytes acknowledged earlier are there"
            before = at
            end = rng.randrange(at + 1, size)
            killer = threading.Timer(rng.uniform(0.05, 0.4) * max(1, size / (1 << 30)), server.kill)
            killer.start()
            sender.send(server, at, end)
            # Sometimes only the connection broke: what is answered now was acknowledged and must stay.
            before = max(before, sender.offset_if_alive(server))
            killer.join()
    with Server(house.data) as server:
        at, _ = sender.offset(server)
        assert at >= before, f"{at} of the {before} bytes acknowledged earlier are there"
        answer = sender.send(server, at, size)
        assert answer is not None and answer.status == 204, answer and answer.read()
        version = answer.getheader("Tickmark-Evidence")
        assert sender.offset(server) == (size, version), "a lost answer can be asked for again"
        ref, number = version.split("/v")
        receipt = sender.person.get(f"/api/v1/evidence/{ref}/v/{number}/receipt") if sender.person.port == server.port else \
            json.loads(sender.ask(server, "GET", f"/api/v1/evidence/{ref}/v/{number}/receipt").read())
        assert receipt["size"] == size and receipt["sha256"] == digest(size), receipt
        assert server.stop() == 0
    assert list((house.data / "uploads").iterdir()) == []
    found = house.tickmark("--json", "check", "--read-data").json()
    assert found["ok"], found
    return at


@suite.test
def a_file_whose_server_is_killed_again_and_again_arrives_whole(house):
    print(f"# TICKMARK_SEED={SEED}", flush=True)
    interrupted(house, 48 * MEGABYTE + 17, 6, random.Random(SEED))


@suite.test
def a_whole_file_whose_answer_was_lost_is_taken_once(house):
    with Server(house.data) as server:
        sender = Sender(house, server, 3 * MEGABYTE, "answer-lost.bin")
        threading.Timer(0.05, server.kill).start()
        sender.send(server, 0, 3 * MEGABYTE)
        server.process.wait()
    with Server(house.data) as server:
        at, version = sender.offset(server)
        if not version:
            answer = sender.send(server, at, sender.size)
            version = answer.getheader("Tickmark-Evidence")
        assert version
    known = [row for row in house.json("evidence", "list", "--as", "la-01")["evidence"] if row["sha256"] == digest(3 * MEGABYTE)]
    assert [row["evidence"] for row in known] == [version], known


if os.environ.get("TICKMARK_LONG"):
    @suite.test
    def five_gibibytes_arrive_whole_over_three_kills(house):
        began = time.monotonic()
        interrupted(house, 5 << 30, 3, random.Random(SEED + 1))
        print(f"# 5 GiB over 3 kills in {time.monotonic() - began:.0f} s, digests and check included", flush=True)


if __name__ == "__main__":
    suite.main()
