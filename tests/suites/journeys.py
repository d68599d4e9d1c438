#!/usr/bin/env python3
"""The four journeys through the program: a real server, a browser's session over HTTP, and a bundle checked away from it."""
import base64
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import TICKMARK, VERIFY, Suite, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Demonstration")
    house.tickmark("demo")


suite = Suite(furnish)
AUDIT = "IA-2022-03"


def people(house, server):
    lines = [line.split("  ") for line in (house.data / "demo-accounts.txt").read_text().splitlines() if line[:1] != "#"]
    return {line[0]: Person(server, line[0], line[1]) for line in lines}


def refused(status, deed, *arguments, **options):
    try:
        deed(*arguments, **options)
    except Refused as error:
        assert error.status == status, error
        return error.problem
    raise AssertionError(f"it was not refused with {status}")


def record(who):
    """A draft with its evidence, recorded by an auditor on site."""
    log = who["au-02"].upload(("audit", AUDIT), "sample.txt", b"Ten incidents were sampled.")
    return who["au-02"].post("/api/v1/findings", {
        "audit": AUDIT, "class": "minor", "title": "Resolution not confirmed by the user", "clauses": ["8.6.1"],
        "requirement": "Users confirm the resolution before an incident is closed.",
        "objective_evidence": "Three of ten sampled incidents were closed without.", "nature": "A required step is missing.",
        "owner": "po-01", "evidence": [log["version"]]})["ref"]


def answer(who, ref):
    """The process owner responds with correction, extent, cause and plan."""
    owner = who["po-01"]
    path = f"/api/v1/findings/{ref}"
    owner.put(f"{path}/response", {
        "correction": "The three users were asked.", "extent": "All incidents of the month were looked at.",
        "cause_method": "five whys", "whys": ["The tool closes by itself."],
        "root_causes": [{"code": "RC-1", "text": "The tool closes incidents by itself."}]}, owner.get(path)["rev"])
    plan = owner.post("/api/v1/actions", {
        "finding": ref, "kind": "corrective", "title": "Turn the automatic closing off", "root_cause": "RC-1",
        "owner": "ao-01", "due": "2030-06-30"})
    owner.move("findings", ref, "respond")
    return plan["ref"]


def close(who, ref, action):
    who["la-01"].move("findings", ref, "accept-plan")
    who["la-01"].move("actions", action, "approve")
    who["ao-01"].move("actions", action, "start")
    who["ao-01"].upload(("action", action), "settings.txt", b"auto_close = off")
    who["ao-01"].move("actions", action, "report-done")
    who["po-01"].move("findings", ref, "report-implemented")
    who["au-02"].move("findings", ref, "verify", "The setting was seen on site.")
    path = f"/api/v1/findings/{ref}"
    who["la-01"].put(f"{path}/effectiveness", {
        "criterion": "No incident closed without confirmation in four weeks", "verdict": "effective"},
        who["la-01"].get(path)["rev"])
    who["la-01"].move("findings", ref, "close")


@suite.test
def journey_1_a_file_is_received_with_a_receipt_and_read_back(house):
    with Server(house.data) as server:
        who = people(house, server)
        ref = record(who)
        who["la-01"].move("findings", ref, "issue")
        content = bytes(range(256)) * 4000
        digest = hashlib.sha256(content)
        field = {"Repr-Digest": "sha-256=:" + base64.b64encode(digest.digest()).decode() + ":"}
        receipt = who["po-01"].upload(("finding", ref), "export.bin", content, field)
        assert receipt["sha256"] == digest.hexdigest() and receipt["size"] == len(content)
        assert receipt["answers"] == ref and receipt["received_by"] == "po-01" and receipt["checkpoint"]
        path = f"/api/v1/evidence/{receipt['ref']}/v/{receipt['number']}/content"
        body, head = who["po-01"].raw("GET", path)
        assert body == content
        assert head.getheader("Content-Disposition").startswith("attachment")
        assert head.getheader("X-Content-Type-Options") == "nosniff" and "sandbox" in head.getheader("Content-Security-Policy")
        refused(404, who["po-02"].raw, "GET", path)
        wrong = {"Repr-Digest": "sha-256=:" + base64.b64encode(hashlib.sha256(b"other").digest()).decode() + ":"}
        problem = refused(400, who["po-01"].upload, ("finding", ref), "x.bin", b"these", wrong)
        assert problem["type"].endswith("digest-mismatch"), problem
        assert server.stop() == 0
    assert house.json("check", "--read-data")["ok"]


@suite.test
def journey_2_a_finding_goes_through_every_hand_and_refuses_what_is_out_of_turn(house):
    with Server(house.data) as server:
        who = people(house, server)
        ref = record(who)
        refused(404, who["po-01"].get, f"/api/v1/findings/{ref}")
        refused(403, who["au-02"].move, "findings", ref, "issue")
        stale = who["la-01"].get(f"/api/v1/findings/{ref}")["rev"]
        who["la-01"].move("findings", ref, "issue")
        problem = refused(409, who["la-01"].post, f"/api/v1/findings/{ref}/events", {"event": "withdraw", "reason": "x"}, stale)
        assert problem["type"].endswith("stale-revision"), problem
        problem = refused(422, who["po-01"].move, "findings", ref, "respond")
        assert "correction" in problem["detail"], problem
        action = answer(who, ref)
        who["au-02"].move("findings", ref, "return", "The extent leaves out the night shift.")
        path = f"/api/v1/findings/{ref}"
        who["po-01"].put(f"{path}/response", {
            "correction": "The three users were asked.", "extent": "The night shift was looked at as well.",
            "root_causes": [{"code": "RC-1", "text": "The tool closes incidents by itself."}]}, who["po-01"].get(path)["rev"])
        who["po-01"].move("findings", ref, "respond")
        close(who, ref, action)
        shown = who["po-01"].get(path)
        assert shown["state"] == "closed", shown
        refused(404, who["po-02"].get, path)
        assert server.stop() == 0
    assert house.json("check")["ok"]


@suite.test
def journey_3_and_4_a_bundle_is_sealed_downloaded_and_verified_away_from_the_server(house):
    with Server(house.data) as server:
        who = people(house, server)
        ref = record(who)
        who["la-01"].move("findings", ref, "issue")
        close(who, ref, answer(who, ref))
        preview = who["la-01"].post("/api/v1/bundles/preview", {"audit": AUDIT})
        assert preview["missing"] == [], preview
        refused(403, who["au-02"].post, "/api/v1/bundles", {"audit": AUDIT})
        sealed = who["la-01"].post("/api/v1/bundles", {"audit": AUDIT, "title": "Certification 2026"})["ref"]
        shown = who["la-01"].get(f"/api/v1/bundles/{sealed}")
        content, _ = who["xa-01"].raw("GET", f"/api/v1/bundles/{sealed}/content")
        anchor, _ = who["xa-01"].raw("GET", "/api/v1/keys/anchor.pem")
        assert server.stop() == 0
    assert hashlib.sha256(content).hexdigest() == shown["sha256"]
    shutil.rmtree(house.data)  # from here on there is no house
    bundle = house.write("B.evidence.zip", content)
    root = house.write("ANCHOR.pem", anchor)
    report = run(VERIFY, bundle, "--anchor", root, "--json")
    assert report.code == 0 and report.json()["verdict"].upper() == "PASS", report
    assert run(TICKMARK, "verify", bundle, "--anchor", root).code == 0
    by_hand(house)
    for at in range(0, len(content), max(1, len(content) // 60)):
        changed = bytearray(content)
        changed[at] ^= 0x10
        assert run(VERIFY, house.write("changed.zip", bytes(changed)), "--anchor", root, "--quiet").code != 0, at


def by_hand(house):
    """The commands of the bundle's own README-VERIFY.txt, as they stand there."""
    text = run("unzip", "-p", house.path("B.evidence.zip"), "README-VERIFY.txt").out
    steps = text[text.index("1. Unpack"):text.index("What these commands do not show")]
    commands = [line.strip() for line in steps.splitlines() if line.startswith("    ")]
    assert len(commands) == 8, text
    script = "set -e\n" + "\n".join(commands) + "\n"
    done = subprocess.run(["bash", "-c", script], cwd=house.folder, capture_output=True)
    assert done.returncode == 0, script + done.stderr.decode()
    evidence = next(path for path in (house.folder / "B/data/evidence").rglob("*") if path.is_file())
    evidence.chmod(0o600)
    evidence.write_bytes(b"forged")
    check = "cd B && sha256sum -c --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt"
    assert subprocess.run(["bash", "-c", check], cwd=house.folder, capture_output=True).returncode != 0


@suite.test
def a_second_server_on_the_same_data_directory_is_refused_and_commands_work_beside_the_first(house):
    with Server(house.data) as server:
        second = run(TICKMARK, "--data", house.data, "serve", "--listen", "127.0.0.1:0")
        assert second.code == 3 and "Another server" in second.err, second
        taken = run(TICKMARK, "--data", house.data, "--json", "serve", "--listen", f"127.0.0.1:{server.port}")
        assert taken.code in (3, 4), taken
        file = house.write("beside.txt", "handed over beside the server")
        receipt = house.json("evidence", "add", file, "--audit", AUDIT, "--as", "au-02")[0]
        who = people(house, server)
        assert who["la-01"].get(f"/api/v1/evidence/{receipt['evidence'].split('/')[0]}")
        house.tickmark("backup", house.path("b.tar"))
        assert server.stop() == 0
    house.data = house.path("restored")
    assert house.json("restore", house.path("b.tar"))["ok"]


if __name__ == "__main__":
    suite.main()
