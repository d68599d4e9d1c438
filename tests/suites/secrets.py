#!/usr/bin/env python3
"""No secret and no content of evidence in what the server writes down: logs, its own output, the database, the ledger's
events, metrics and answers. Each secret is used as it is in real work, right and wrong, then looked for in every byte.
"""
import base64
import hashlib
import hmac
import http.client
import json
import pathlib
import re
import sys
import time
import urllib.parse

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import Suite, run, TICKMARK  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

suite = Suite()
PASSWORD = "correct-horse-battery"
WRONG = "wrong-zebra-stapler-7731"
TYPED = "typed-in-the-account-field-4410"
CONTENT = "evidence-content-marker-9920"


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body=body, headers=headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


@suite.test
def no_secret_and_no_evidence_stands_in_what_the_server_writes(house):
    with Server(house.data) as server:
        lead = Person(server, "lead", PASSWORD)
        cookie = lead.headers["Cookie"].split("=", 1)[1]
        csrf = lead.headers["X-CSRF-Token"]
        try:
            Person(server, "lead", WRONG)
            raise AssertionError("a wrong password was taken")
        except Refused as refusal:
            assert refusal.status == 401
        try:
            Person(server, TYPED, PASSWORD)  # the password's owner, in the wrong field
        except Refused as refusal:
            assert refusal.status == 401
        made = lead.post("/api/v1/tokens", {"name": "robot", "scopes": ["read"], "expires": "2027-06-01"})
        token = made["token"]
        assert ask(server.port, "GET", "/api/v1/findings", headers={"Authorization": f"Bearer {token}"})[0] == 200
        assert ask(server.port, "GET", f"/api/v1/findings?token={token}&password={WRONG}", headers={"Authorization": f"Bearer {token}x"})[0] == 401
        # A password in the query, as a mistaken script would send it; the log has no queries.
        ask(server.port, "GET", f"/login?account=lead&password={WRONG}")
        ask(server.port, "POST", "/login", f"account=lead&password={WRONG}", {"Content-Type": "application/x-www-form-urlencoded"})
        lead.upload(("audit", "IA-1"), "marker.txt", CONTENT.encode())
        metrics = ask(server.port, "GET", "/metrics")[1]
        assert server.stop() == 0
        said = server.process.stdout.read() + server.process.stderr.read()
    secrets = {"password": PASSWORD, "wrong password": WRONG, "session": cookie, "form secret": csrf, "token": token, "evidence": CONTENT, "password in the field of the account": TYPED}
    written = {str(path.relative_to(house.data)): path.read_bytes() for path in (house.data / "log").rglob("*") if path.is_file()}
    written["what the server says"] = said
    written["the metrics"] = metrics
    assert any(len(content) > 100 for name, content in written.items() if name.startswith("log/")), "the log is empty, so it proves nothing"
    for place, content in written.items():
        for name, secret in secrets.items():
            assert secret.encode() not in content, f"the {name} stands in {place}"
    stored = b"".join(path.read_bytes() for path in house.data.glob("tickmark.db*"))
    for name in ("password", "wrong password", "session", "token", "password in the field of the account"):
        assert secrets[name].encode() not in stored, f"the {name} stands in the database"
    events = house.tickmark("ledger", "export").out if "export" in run(TICKMARK, "ledger", "--help").out else ""
    for name, secret in secrets.items():
        assert secret not in events, f"the {name} stands in the ledger"


def code_of(secret, step):
    """The code of a step of 30 s (RFC 6238)."""
    mac = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = mac[19] & 15
    return f"{(int.from_bytes(mac[at:at + 4], 'big') & 0x7FFFFFFF) % 1000000:06}"


@suite.test
def a_second_factor_leaves_no_secret_outside_its_row(house):
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    with Server(house.data) as server:
        owner = Person(server, "owner", PASSWORD)

        def post(path, **fields):
            body = urllib.parse.urlencode({"csrf": owner.headers["X-CSRF-Token"], **fields})
            return owner.raw("POST", path, body, form)[0].decode()

        page = post("/me/second-factor/begin", password=PASSWORD)
        secret = re.search(r'class="secret"><code>([A-Z2-7 ]{39})<', page)[1].replace(" ", "")
        step = int(time.time()) // 30
        codes = re.findall(r"<li><code>([a-z0-9-]{29})<", post("/me/second-factor/confirm", code=code_of(secret, step)))
        assert len(codes) == 10, codes
        sign_in = {"account": "owner", "password": PASSWORD}
        for wrong in ({}, {"code": "wrong-code-5521"}, {"code": code_of(secret, step)}):
            status, _ = ask(server.port, "POST", "/api/v1/session", json.dumps({**sign_in, **wrong}), {"Content-Type": "application/json"})
            assert status == 401, (wrong, status)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("POST", "/login", urllib.parse.urlencode(sign_in), form)
        answer = connection.getresponse()
        answer.read()
        pending = answer.getheader("Set-Cookie").split(";")[0]
        assert answer.status == 303 and pending.startswith("tickmark-code=")
        connection.request("POST", "/login/code", urllib.parse.urlencode({"code": codes[0]}), {**form, "Cookie": pending})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 303 and "tickmark=" in answer.getheader("Set-Cookie"), answer.status
        assert server.stop() == 0
        said = server.process.stdout.read() + server.process.stderr.read()
    secrets = {"secret": secret, "recovery code": codes[0], "another": codes[9], "pending sign-in": pending.split("=", 1)[1], "wrong code": "wrong-code-5521"}
    events = house.tickmark("ledger", "export").out if "export" in run(TICKMARK, "ledger", "--help").out else ""
    for path in (house.data / "log").rglob("*"):
        said += path.read_bytes() if path.is_file() else b""
    stored = b"".join(path.read_bytes() for path in house.data.glob("tickmark.db*"))
    for name, value in secrets.items():
        assert value.encode() not in said, f"the {name} stands in a log"
        assert value not in events, f"the {name} stands in the ledger"
        assert name == "secret" or value.encode() not in stored, f"the {name} stands in the database"
    house.tickmark("user", "second-factor-reset", "owner", "--reason", "phone lost")
    with Server(house.data) as server:
        Person(server, "owner", PASSWORD)


@suite.test
def private_keys_are_never_written_open_and_only_their_owner_reads_them(house):
    public = {".pem", ".vkey", ".crl"}
    for path in [house.data, *house.data.rglob("*")]:
        mode = path.stat().st_mode & 0o777
        shown = path.suffix in public and not path.name.endswith(".key.pem")
        assert shown or mode & 0o077 == 0, f"{path.relative_to(house.data)} is open to others ({mode:o})"
    keys = {path.name: path.read_bytes() for path in (house.data / "keys").glob("*.key.pem")}
    assert set(keys) == {"ledger.key.pem", "root.key.pem", "seal.key.pem"}, keys.keys()
    # The server signs without a person, so its own two keys are open to it; the authority's never is.
    assert b"ENCRYPTED" in keys["root.key.pem"] or not re.search(rb"BEGIN (?:RSA |EC )?PRIVATE KEY", keys["root.key.pem"]), "the authority's key is open"


if __name__ == "__main__":
    suite.main()
