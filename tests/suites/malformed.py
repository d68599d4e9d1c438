#!/usr/bin/env python3
"""Requests that break a rule of HTTP/1.1 (RFC 9110, RFC 9112), each with the exact answer it gets from a real server.

Behind every bad request stands a second, sound one for /smuggled-N on the same connection: whoever reads the first one
otherwise than the server does would run it. It must never be answered, and the access log must never name it.
"""
import json
import pathlib
import re
import socket
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import Suite  # noqa: E402
from server import Person, Server  # noqa: E402

suite = Suite()
MALFORMED = "malformed-request"


def head(line="GET /healthz HTTP/1.1", *fields, host="Host: 127.0.0.1"):
    """A request head; fields as bytes or text."""
    lines = [line, *([host] if host is not None else []), *fields]
    return b"\r\n".join(one if isinstance(one, bytes) else one.encode() for one in lines) + b"\r\n\r\n"


def with_body(length, body, *fields):
    return head("POST /api/v1/session HTTP/1.1", *(() if length is None else (f"Content-Length: {length}",)), *fields) + body


def request_lines():
    """(bytes of the whole request, status, problem type) for lines that are no request line."""
    bad = ["GET /healthz", "GET", "GET /healthz HTTP/1.1 ", "GET  /healthz HTTP/1.1", " GET /healthz HTTP/1.1", "GET /healthz  HTTP/1.1",
           "GET\t/healthz\tHTTP/1.1", "GET /healthz http/1.1", "GET /healthz HTTP/1", "GET /healthz HTTP/1.", "GET /healthz HTTP/.1",
           "GET /healthz HTTP/1.10", "GET /healthz HTTP/11.1", "GET /healthz HTTP/1,1", "GET /healthz HTTPS/1.1", "GET /healthz HTTP /1.1",
           "GET /healthz HTTP/1.1 extra", "GET /heal thz HTTP/1.1", "G(T /healthz HTTP/1.1", "G\"T /healthz HTTP/1.1", "GÄT /healthz HTTP/1.1",
           "GET, /healthz HTTP/1.1", f"{'M' * 31} /healthz HTTP/1.1", "GET /healthzÄ HTTP/1.1", "GET /healthz#part HTTP/1.1",
           "GET /healthz\" HTTP/1.1", "GET /<x> HTTP/1.1", "GET healthz HTTP/1.1", "GET * HTTP/1.1", "OPTIONS * HTTP/1.1",
           "CONNECT 127.0.0.1:443 HTTP/1.1", "GET http://other/healthz HTTP/1.1", "GET https://127.0.0.1/healthz HTTP/1.1",
           "GET ftp://127.0.0.1/healthz HTTP/1.1", "GET //127.0.0.1:x/..  HTTP/1.1", "GET http://u@127.0.0.1/ HTTP/1.1", "GET http:/healthz HTTP/1.1"]
    for line in bad:
        yield head(line), 400, MALFORMED
    for line in (b"GET /health\x00z HTTP/1.1", b"GET /healthz\x01 HTTP/1.1", b"GET /healthz\x7f HTTP/1.1", b"GET /health\rz HTTP/1.1",
                 b"GET /healthz\xff HTTP/1.1", b"\x00GET /healthz HTTP/1.1", b"\x16\x03\x01\x02\x00\x01", b"\x80\x2e\x01\x03\x01",
                 b"PRI * HTTP/2.0\x00"):
        yield head(line), 400, MALFORMED
    for version in ("HTTP/2.0", "HTTP/0.9", "HTTP/9.9", "HTTP/1.2", "HTTP/3.0"):
        yield head(f"GET /healthz {version}"), 505, "http-version"
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http-version"


def line_ends():
    yield b"GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\n\r\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\nHost: 127.0.0.1\r\n\r\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\r\rHost: 127.0.0.1\r\n\r\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\rX: y\r\n\r\n", 400, MALFORMED
    yield b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\r\n\r\n", 400, MALFORMED
    yield b"\n\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400, MALFORMED
    yield b"\r\rGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400, MALFORMED


def hosts():
    for value in (None, "Host:", "Host: ", "Host: a b", "Host: a/b", "Host: a@b", "Host: a,b", "Host: a?b", "Host: a#b", "Host: a%41", "Host: <a>",
                  "Host: \u00e4.example", "Host: a;b", "Host: a\\b", "Host: \"a\""):
        yield head(host=value), 400, MALFORMED
    yield head("GET /healthz HTTP/1.0", host=None), 400, MALFORMED
    yield head("GET /healthz HTTP/1.1", "Host: 127.0.0.1"), 400, MALFORMED
    yield head("GET /healthz HTTP/1.1", "host: other"), 400, MALFORMED


def fields():
    for line in (" folded: a", "\tfolded: a", "X-A: b\r\n folded", "X-A: b\r\n\tfolded", "no colon", ": nameless", "X-A : a", "X A: a", "X-A\t: a",
                 "X(A): a", "X/A: a", "X[A]: a", "X@A: a", "X\"A: a", "X{A}: a", "X\u00c4: a", "X-A: =?utf-8?q?a=0D=0ASet-Cookie:x=y?=", "Cookie: a==?b?=",
                 "Authorization: a\r\nAuthorization: b", "Content-Type: a/b\r\nContent-Type: a/c", "Range: bytes=0-\r\nRange: bytes=1-",
                 "Upload-Offset: 0\r\nUpload-Offset: 1", "Origin: a\r\nOrigin: b", "X-CSRF-Token: a\r\nX-CSRF-Token: b"):
        yield head("GET /healthz HTTP/1.1", line), 400, MALFORMED
    for raw in (b"X-A: a\x00b", b"X-A: a\x01b", b"X-A: a\x08b", b"X-A: a\x0bb", b"X-A: a\x1bb", b"X-A: a\x7fb", b"X-A: a\rb", b"X-A: \xff\xfe",
                b"X-A: \xc3\x28", b"X-A: \xed\xa0\x80", b"X-A: \xf8\x88\x80\x80\x80", b"X\x00A: b", b"X\x7fA: b", b"X-A\xa0: b"):
        yield head("GET /healthz HTTP/1.1", raw), 400, MALFORMED
    yield head("GET /healthz HTTP/1.1", "X-A: " + "a" * 8001), 431, "header-too-large"
    yield head("GET /healthz HTTP/1.1", "X" * 201 + ": a"), 431, "header-too-large"
    yield head("GET /healthz HTTP/1.1", *(f"X-{n}: a" for n in range(101))), 431, "too-many-headers"
    yield head("GET /healthz HTTP/1.1", *(f"X-{n}: {'a' * 4000}" for n in range(10))), 431, "head-too-large"
    yield head("GET /" + "a" * 9000 + " HTTP/1.1"), 414, "target-too-long"
    yield head("GET /healthz HTTP/1.1", "Expect: tea"), 417, "expectation"
    yield head("GET /healthz HTTP/1.1", "Expect: 100-continue, tea"), 417, "expectation"
    yield head("GET /healthz HTTP/1.1", "Expect: 100-continue\r\nExpect: 100-continue"), 400, MALFORMED


def lengths():
    for value in ("", "+5", "-1", "5 5", "5,5", "5, 6", "0x5", "5.0", "5;", "\"5\"", "five", "1e3", "99999999999999999999", "\u0665", "5\t5", "5\u00a0"):
        yield with_body(value, b"hello"), 400, MALFORMED
    yield with_body(5, b"hello", "Content-Length: 5"), 400, MALFORMED
    yield with_body(5, b"hello", "content-length: 6"), 400, MALFORMED
    for coding in ("chunked", "Chunked", "xchunked", "identity", "gzip", "gzip, chunked", "chunked, identity", "chunked\r\nTransfer-Encoding: chunked",
                   "\"chunked\"", ",chunked", "chunked;q=1"):
        yield with_body(None, b"5\r\nhello\r\n0\r\n\r\n", f"Transfer-Encoding: {coding}"), 411, "length-required"
        yield with_body(5, b"0\r\n\r\n", f"Transfer-Encoding: {coding}"), 400, MALFORMED
    for name in ("Transfer-Encoding ", "Transfer Encoding", "Transfer-Encoding\t"):
        yield with_body(5, b"0\r\n\r\n", f"{name}: chunked"), 400, MALFORMED


def targets():
    for path in ("/%", "/%4", "/%zz", "/%00", "/a%0Ab", "/a%0Db", "/a%7Fb", "/%2e%2e/x", "/%2E/x", "/../x", "/a/..", "/a/.", "/./a", "/a%2Fb", "/a%2fb",
                 "/a%5Cb", "/a\\b", "/%C0%AF", "/%E0%80%AF", "/%ED%A0%80", "/%FF", "/%F5%80%80%80", "/a%252", "/%%41"):
        if path == "/a%252":
            continue  # a literal %2 after decoding once: nothing here decodes twice
        yield head(f"GET {path} HTTP/1.1"), 400, None
    for query in ("a=%", "a=%zz", "a=%00", "a=%FF", "%zz=1", "a=%C0%AF", "&".join(f"a{n}=1" for n in range(201))):
        yield head(f"GET /healthz?{query} HTTP/1.1"), 400, None


GROUPS = {"request line": request_lines, "line end": line_ends, "host": hosts, "field": fields, "length": lengths, "target": targets}


def everything(port, data):
    """All bytes that the server sends until it ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        received = b""
        try:
            connection.sendall(data)
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass  # it ended while we still sent; what it answered was read before, or nothing was
        return received


def checked(port, group):
    faults = []
    count = 0
    for request, status, kind in GROUPS[group]():
        count += 1
        smuggled = f"GET /smuggled-{group.replace(' ', '-')}-{count} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
        answer = everything(port, request + smuggled)
        statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
        problem = {}
        if b"\r\n\r\n{" in answer:
            problem = json.loads(answer.split(b"\r\n\r\n", 1)[1])
        told = problem.get("type", "").rsplit("/", 1)[-1]
        if statuses != [str(status).encode()] or (kind and told != kind):
            faults.append(f"{request[:120]!r}: wanted {status} {kind}, got {statuses} {told}")
        elif b"connection: close" not in answer.lower():
            faults.append(f"{request[:120]!r}: the answer does not end the connection")
        elif not problem.get("detail") or "nosniff" not in answer.decode("latin-1"):
            faults.append(f"{request[:120]!r}: the answer lacks its words or its headers: {answer[:300]!r}")
    return count, faults


@suite.test
def every_malformed_request_has_its_exact_answer_and_hides_no_other(house):
    with Server(house.data) as server:
        total = 0
        for group in GROUPS:
            count, faults = checked(server.port, group)
            assert not faults, f"{len(faults)} of {count} of the {group}:\n" + "\n".join(faults)
            total += count
        assert total >= 150, f"{total} requests are too few"
        everything(server.port, head("GET /seen HTTP/1.1", "Connection: close"))
        server.stop()
    logged = "".join(path.read_text(errors="replace") for path in (house.data / "log").glob("*"))
    assert "/seen" in logged, "the log shows no path, so it proves nothing"
    assert "smuggled" not in logged, "a hidden request was run"
    refused = logged.count("refused with")
    assert refused == total, f"{refused} of {total} refusals stand in the log"
    print(f"# {total} requests")


@suite.test
def an_upload_that_is_cut_at_any_byte_is_never_stored(house):
    body = b"number,state\n1,closed\n2,open\n"
    with Server(house.data) as server:
        lead = Person(server, "lead", "correct-horse-battery")
        path = "/api/v1/evidence?audit=IA-1&file_name=cut.csv"
        fields = [f"{name}: {value}" for name, value in lead.headers.items()]
        request = head(f"POST {path} HTTP/1.1", *fields, "Content-Type: application/octet-stream", f"Content-Length: {len(body)}") + body
        for cut in range(len(request)):
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                connection.sendall(request[:cut])
                connection.shutdown(socket.SHUT_WR)
                answer = b""
                while piece := connection.recv(65536):
                    answer += piece
            assert not re.match(rb"HTTP/1\.1 2", answer), f"cut at byte {cut} of {len(request)} was answered by {answer[:100]!r}"
        assert lead.get("/api/v1/evidence?audit=IA-1")["items"] == [], "something of a cut upload was stored"
        whole = lead.upload(("audit", "IA-1"), "cut.csv", body)
        assert whole, "the whole upload is stored"
        server.stop()
    staged = [path for path in (house.data / "archive").rglob("*") if path.is_file() and path.stat().st_size == len(body)]
    assert len(staged) == 1, f"{staged}"


@suite.test
def a_body_that_nobody_reads_is_never_run(house):
    hidden = b"GET /smuggled-unread HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    with Server(house.data) as server:
        for line, status in (("POST /api/v1/findings HTTP/1.1", 401), ("POST /nowhere HTTP/1.1", 404), ("PUT /healthz HTTP/1.1", 405),
                             ("DELETE /api/v1/session HTTP/1.1", 401), ("POST /login HTTP/1.1", 400), ("GET /healthz HTTP/1.1", 200)):
            answer = everything(server.port, head(line, f"Content-Length: {len(hidden)}", "Connection: close") + hidden)
            statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
            assert statuses == [str(status).encode()], f"{line}: {statuses} {answer[:400]!r}"
            # The same on a connection that may go on: the next request that is read is the next one that was sent.
            after = head("GET /healthz HTTP/1.1", "Connection: close")
            answer = everything(server.port, head(line, f"Content-Length: {len(hidden)}") + hidden + after)
            statuses = re.findall(rb"HTTP/1\.1 (\d{3})", answer)
            assert statuses in ([str(status).encode()], [str(status).encode(), b"200"]), f"{line}: {statuses}"
        server.stop()
    logged = "".join(path.read_text(errors="replace") for path in (house.data / "log").glob("*"))
    assert "smuggled" not in logged, "an unread body was run"


@suite.test
def no_header_of_a_request_comes_back_in_one_of_an_answer(house):
    with Server(house.data) as server:
        marks = ["X-Forwarded-Host: evil-mark", "Origin: http://evil-mark", "Referer: http://evil-mark/", "User-Agent: evil-mark", "Accept-Language: evil-mark",
                 "Cookie: tickmark=evil-mark", "If-None-Match: \"evil-mark\"", "Range: evil-mark", "X-Request-Id: evil-mark"]
        for path in ("/login?next=//evil-mark", "/login?next=/%5Cevil-mark", "/login?next=/a%0d%0aSet-Cookie:%20evil-mark", "/healthz", "/verify", "/nowhere"):
            answer = everything(server.port, head(f"GET {path} HTTP/1.1", *marks, "Connection: close"))
            top = answer.split(b"\r\n\r\n", 1)[0]
            assert b"evil-mark" not in top, f"{path}: {top!r}"
            assert answer.count(b"HTTP/1.1 ") == 1
        server.stop()


if __name__ == "__main__":
    suite.main()
