"""What cannot be entered into the ledger does not happen: a running server whose ledger cannot be written refuses every change
and every first reading of evidence, changes nothing, and goes on as soon as the ledger can be written again.

The same changes are made afterwards and must succeed, so that each refusal is known to be the ledger's doing and nobody else's.
"""
import concurrent.futures
import contextlib
import ctypes
import hashlib
import os
import pathlib
import shutil
import sqlite3
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo  # noqa: E402
from house import House, Suite  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

suite = Suite(demo.furnish)

# Written without being a deed of somebody: when a session was last seen, what the background has read and indexed meanwhile.
PASSING = {"session", "throttle", "work_run", "work_problem", "storage_sample", "object_proof", "search_position", "search_text",
           "search_index_data", "search_index_idx", "search_index_docsize", "evidence_words"}
HANDED_OVER = (b"the log", b"another log")
TEXTS = {"requirement": "r", "objective_evidence": "o", "nature": "n", "clauses": ["8.6.1"]}


class Deeds:
    """Changes of many kinds, each a name and a function that makes it; the ones before the failure prepare the ground."""

    def __init__(self, house, server):
        self.secrets = demo.passwords(house)
        self.server = server
        self.people = {account: Person(server, account, self.secrets[account]) for account in ("la-01", "po-01", "ad-01", "im-01", "xa-01")}
        lead = self.people["la-01"]
        self.draft = lead.post("/api/v1/findings", {"audit": demo.AUDIT, "title": "Kept as a draft", "evidence": ["E-0001/v1"], **TEXTS})["ref"]
        self.second = lead.post("/api/v1/findings", {"audit": demo.AUDIT, "title": "Another draft", **TEXTS})["ref"]

    def changes(self):
        lead, owner, admin, improver = (self.people[one] for one in ("la-01", "po-01", "ad-01", "im-01"))
        post = "/api/v1/"
        yield "a finding is recorded", lambda: lead.post(post + "findings", {"audit": demo.AUDIT, "title": "New", **TEXTS})
        yield "a finding is edited", lambda: lead.put(f"{post}findings/{self.second}", {"audit": demo.AUDIT, "title": "Edited", **TEXTS},
                                                      lead.get(f"{post}findings/{self.second}")["rev"])
        yield "a finding is issued", lambda: lead.move("findings", self.draft, "issue")
        yield "an audit is planned", lambda: lead.post(post + "audits", {"title": "New", "auditee": "Service desk"})
        yield "evidence is asked for", lambda: lead.post(post + "requests", {"audit": demo.AUDIT, "text": "The log, please."})
        yield "evidence is handed over", lambda: owner.upload(("request", "ER-0001"), "log.txt", HANDED_OVER[0])
        yield "evidence is handed over by its auditor", lambda: lead.upload(("audit", demo.AUDIT), "log.txt", HANDED_OVER[1])
        yield "a bundle is sealed", lambda: lead.post(post + "bundles", {"audit": demo.SMALL})
        yield "an action is planned", lambda: lead.post(post + "actions", {"finding": "IA-2022-03-04", "title": "Do it", "kind": "correction"})
        yield "a finding is acknowledged", lambda: owner.move("findings", "IA-2022-03-05", "acknowledge")
        yield "an improvement is recorded", lambda: improver.post(post + "improvements", {"title": "Better", "source": "idea"})
        yield "a lesson is recorded", lambda: improver.post(post + "lessons", {"kind": "success", "title": "It works", "advice": "Do it again."})
        yield "a KPI is defined", lambda: improver.post(post + "kpis", {"name": "Share", "unit": "%"})
        yield "feedback is recorded", lambda: improver.post(post + "feedback", {"given_by": "A customer", "received_on": "2026-01-02", "text": "Good."})
        yield "a management review is planned", lambda: improver.post(post + "reviews", {"title": "Review", "day": tomorrow()})
        yield "an account is made", lambda: admin.post(post + "accounts", {"account": "new-01", "name": "New", "role": "AU"})
        yield "a password is set", lambda: admin.post(post + "accounts/po-02/password", {})
        yield "a token is made", lambda: lead.post(post + "tokens", {"name": "mine", "scopes": ["read"], "expires": tomorrow()})
        yield "an audit is shared", lambda: lead.put(f"{post}audits/{demo.AUDIT}/shares/xa-01", {"until": tomorrow()},
                                                     lead.get(f"{post}audits/{demo.AUDIT}")["rev"])
        yield "somebody signs in", lambda: Person(self.server, "tm-01", self.secrets["tm-01"])

    def readings(self):
        """Evidence that nobody has read yet: a reading is an entry of its own."""
        for account, refs in (("la-01", ("E-0004", "E-0005", "E-0002")), ("xa-01", ("E-0001", "E-0003"))):
            for ref in refs:
                yield f"{account} reads {ref}", lambda a=account, r=ref: self.people[a].raw("GET", f"/api/v1/evidence/{r}/v/1/content")

    def all(self):
        yield from self.changes()
        yield from self.readings()


def tomorrow():
    import datetime
    return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=1)).isoformat()


def said(house):
    database, files = demo.dump(house)
    with contextlib.closing(sqlite3.connect(house.data / "tickmark.db")) as base:
        tables = dict(base.execute("SELECT name, tbl_name FROM sqlite_master"))
    return {name: value for name, value in database.items() if tables.get(name) not in PASSING and name != "sqlite_master"}, files


def refusals(deeds, statuses):
    """Makes every change and expects a refusal with words; returns (name, status, type) of each."""
    told = []
    for name, deed in deeds.all():
        try:
            deed()
        except Refused as refused:
            told.append((name, refused.status, refused.problem.get("type"), refused.problem.get("detail") or refused.problem.get("title")))
            continue
        told.append((name, 200, None, None))
    done = [one for one in told if one[1] == 200]
    assert not done, f"done although the ledger could not be written: {done}"
    unclear = [one for one in told if one[1] not in statuses or not one[2] or not one[3]]
    assert not unclear, f"refused, but not clearly: {unclear}"
    return told


def same(before, after):
    """The catalog says what it said. An object is stored before its row, so the bytes of a refused file may lie in the archive,
    named by no row; nothing else is new, and nothing is gone."""
    assert before[0] == after[0], [name for name in before[0] if before[0][name] != after[0].get(name)]
    handed = {hashlib.sha256(content).hexdigest() for content in HANDED_OVER}
    new = {name: digest for name, digest in after[1].items() if name not in before[1]}
    assert all(digest in handed for digest in new.values()), new
    assert {**after[1], **before[1]} == after[1], "a file is gone or changed"


def broken_then_mended(house, failing, statuses):
    with Server(house.data) as server:
        deeds = Deeds(house, server)
        before = said(house)
        with failing:
            told = refusals(deeds, statuses)
            assert deeds.people["la-01"].get("/api/v1/findings?limit=1"), "reading pages of the catalog goes on"
        after = said(house)
        same(before, after)
        words = sorted({f"{status} {kind}" for _, status, kind, _ in told})
        print(f"# {len(told)} refused: {', '.join(words)}", flush=True)
        for name, deed in deeds.all():
            try:
                deed()
            except Refused as refused:
                raise AssertionError(f"{name} is still refused: {refused}") from refused
        assert server.stop() == 0
    found = house.tickmark("--json", "check", "--read-data").json()
    assert found["ok"], found


@contextlib.contextmanager
def trigger(house, timing):
    """Entries are refused by the database itself."""
    def execute(sql):
        with contextlib.closing(sqlite3.connect(house.data / "tickmark.db", timeout=30)) as base:
            base.execute(sql)
            base.commit()
    execute(f"CREATE TRIGGER refuses {timing} BEGIN SELECT RAISE(ABORT, 'not today'); END")
    try:
        yield
    finally:
        execute("DROP TRIGGER refuses")


@suite.test
def nothing_happens_when_an_event_cannot_be_stored(house):
    broken_then_mended(house, trigger(house, "BEFORE INSERT ON event"), {500, 503, 507})


@suite.test
def nothing_happens_when_the_signed_head_cannot_be_stored(house):
    broken_then_mended(house, trigger(house, "BEFORE INSERT ON checkpoint"), {500, 503, 507})


@suite.test
def nothing_happens_when_the_tree_cannot_grow(house):
    broken_then_mended(house, trigger(house, "AFTER INSERT ON event"), {500, 503, 507})


MS_NODEV_NOSUID, MNT_DETACH = 6, 2
libc = ctypes.CDLL(None, use_errno=True)


@contextlib.contextmanager
def small_disk(folder, size):
    """A file system of its own, or nothing where this account may not mount."""
    folder.mkdir()
    mounted = libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", MS_NODEV_NOSUID, size.encode()) == 0
    try:
        yield mounted
    finally:
        if mounted:
            libc.umount2(os.fsencode(folder), MNT_DETACH)


def on_a_disk_of_its_own(house, failing):
    with small_disk(house.path("disk"), "size=48m,mode=700") as mounted:
        if not mounted:
            print("# not run: this account may not mount", flush=True)
            return
        inner = House(house.path("disk"))
        shutil.copytree(house.data, inner.data, symlinks=True)
        settings = inner.data / "tickmark.conf"
        settings.write_text(settings.read_text().replace("disk_reserve = 268435456", "disk_reserve = 1048576"))
        broken_then_mended(inner, failing(inner), {500, 503, 507})


@contextlib.contextmanager
def filled(house):
    filler = house.folder / "filler"
    with open(filler, "wb", buffering=0) as file:
        block = 1 << 20
        while block:
            try:
                file.write(b"\0" * block)
            except OSError:
                block >>= 1
    try:
        yield
    finally:
        filler.unlink()


@contextlib.contextmanager
def held(house):
    """Another process has begun to write and does not come to an end."""
    base = sqlite3.connect(house.data / "tickmark.db", isolation_level=None, timeout=30)
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        base.execute("ROLLBACK")
        base.close()


@suite.test
def nothing_happens_on_a_full_disk(house):
    on_a_disk_of_its_own(house, filled)


def answer_to(deed):
    try:
        deed()
    except Refused as refused:
        return refused
    return None


@suite.test
def nothing_happens_while_another_process_keeps_the_database(house):
    with Server(house.data) as server:
        deeds = Deeds(house, server)
        before = said(house)
        with held(house):
            with concurrent.futures.ThreadPoolExecutor(2) as pool:  # each waits as long as the server does
                answers = list(pool.map(answer_to, (deed for _, deed in (next(deeds.changes()), list(deeds.readings())[-1]))))
        assert all(refused and refused.status == 503 and "busy" in str(refused) for refused in answers), answers
        same(before, said(house))
        for _, deed in deeds.all():
            deed()


@suite.test
def two_servers_whose_locks_were_removed_write_one_whole_ledger(house):
    """The locks keep a second server out. When somebody removes them, both write: the order is kept by the database's own lock."""
    with Server(house.data) as first:
        for name in ("data.lock", "serve.lock"):
            (house.data / name).unlink()
        with Server(house.data) as second:
            secrets = demo.passwords(house)
            people = [Person(server, "la-01", secrets["la-01"]) for server in (first, second)]
            refs = [person.post("/api/v1/findings", {"audit": demo.AUDIT, "title": "By two", **TEXTS})["ref"] for person in people * 5]
            assert len(set(refs)) == 10, refs
            for person in people:
                assert all(person.get(f"/api/v1/findings/{ref}")["title"] == "By two" for ref in refs)
            assert second.stop() == 0
        assert first.stop() == 0
    assert house.json("check", "--read-data")["ok"]


if __name__ == "__main__":
    suite.main()
