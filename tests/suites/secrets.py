#!/usr/bin/env python3
"""No secret and no content of evidence in what the server writes down: logs, its own output, the database, the ledger's
events, metrics and answers. Each secret is used as it is in real work, right and wrong, then looked for in every byte.
"""
import http.client
import json
import pathlib
import re
import sys

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
