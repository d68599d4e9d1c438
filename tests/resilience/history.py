"""Rewritten history: attacks by somebody who may write everything in the data folder, the log's key included.

After each attack three look at it: `tickmark check --read-data`; the next bundle, sealed and verified with the bundle that was
sent out before (`tickmark-verify --previous`); and a witness that cosigned a head before. Each attack stands with those who notice
it, no more and no fewer; docs/reliability.md has the same as a table.
"""
import hashlib
import json
import pathlib
import shutil
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo  # noqa: E402
import thief  # noqa: E402
from house import TICKMARK, VERIFY, House, Suite, run  # noqa: E402
from thief import Thief  # noqa: E402

CHECK, BUNDLE, WITNESS = "check", "bundle", "witness"
NOBODY = "nobody"  # a limit: asserted too, so that the table of docs/reliability.md stays true
OBJECT = b"Another export, in which every target was met.\n"


def furnish(house):
    """An older copy of the folder; since then a bundle was sent out and a head cosigned, and work went on."""
    demo.furnish(house)
    shutil.copytree(house.data, house.path("older"))
    house.tickmark("bundle", "seal", "--audit", demo.SMALL, "--as", "la-01")
    sealed = house.json("bundle", "seal", "--audit", demo.AUDIT, "--as", "la-01")["bundle"]
    (house.path("sent")).mkdir()
    shutil.copy2(house.data / f"bundles/{sealed}.evidence.zip", house.path("sent"))
    shutil.copy2(house.data / "keys/root.pem", house.path("sent"))
    answer = demo.ask_witness(house)
    assert answer.code == 0, answer
    house.tickmark("ledger", "cosign", house.write("answer", answer.out))
    house.tickmark("user", "password", "po-02")


suite = Suite(furnish)


def seen_by_check(house):
    answer = run(TICKMARK, "--data", house.data, "--json", "check", "--read-data")
    assert answer.code in (0, 1, 3, 4), answer
    if answer.out:
        return sorted({problem["code"] for problem in answer.json()["problems"]})
    return [json.loads(answer.err[answer.err.index("{"):])["error"]["type"]]


def seen_by_witness(house):
    """What the witness says of the log, whatever bridge the owner offers from the head that it saw."""
    size = json.loads(run(VERIFY, "witness", "show", "--dir", house.path("witness"), "--json").out)["logs"][0]["size"]
    file = house.path("to-witness")
    asked = run(TICKMARK, "--data", house.data, "--json", "ledger", "request", "--for", demo.WITNESS, "--since", size, "--out", file)
    if asked.code:  # no bridge from that head: the bare head is brought
        bare = run(TICKMARK, "--data", house.data, "ledger", "checkpoint")
        if bare.code:
            return ["no request: " + json.loads(asked.err[asked.err.index("{"):])["error"]["type"]]
        file.write_text("old 0\n\n" + bare.out)
    answer = run(VERIFY, "witness", "add", "--dir", house.path("witness"), file)
    assert answer.code in (0, 1, 5), answer
    if answer.code == 5:
        return ["no request: " + json.loads(asked.err[asked.err.index("{"):])["error"]["type"]] if asked.code else []
    if answer.code == 0:
        return []
    newest = max((house.path("witness") / "refused").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return [json.loads(newest.read_text())["reason"]]


def seen_by_bundle(house):
    """The next bundle, checked by whoever has the one before it and the anchor."""
    sealed = run(TICKMARK, "--data", house.data, "--json", "bundle", "seal", "--audit", demo.AUDIT, "--as", "la-01")
    if sealed.code:
        return ["not sealed: " + json.loads(sealed.err[sealed.err.index("{"):])["error"]["type"]]
    before, = house.path("sent").glob("*.zip")
    answer = run(VERIFY, house.data / "bundles" / f"{sealed.json()['bundle']}.evidence.zip", "--anchor", house.path("sent/root.pem"),
                 "--previous", before, "--json")
    assert answer.code in (0, 1, 5), answer
    if answer.code == 0:
        return []
    return sorted({problem.get("code", "") for problem in answer.json().get("problems", [])}) or [f"exit code {answer.code}"]


def noticed(house):
    found = {CHECK: seen_by_check(house), WITNESS: seen_by_witness(house), BUNDLE: seen_by_bundle(house)}
    return {who: what for who, what in found.items() if what}


ATTACKS = []


def attack(words, *by):
    """Registers what a thief does; `by` is who must notice."""
    def registered(deed):
        def test(house):
            deed(house)
            found = noticed(house)
            print(f"# {words} | " + "; ".join(f"{who}: {', '.join(what)}" for who, what in found.items()), flush=True)
            assert set(found or {NOBODY}) == set(by), f"noticed by {found}, expected {by}"
        test.__name__ = deed.__name__
        ATTACKS.append(test)
        return suite.test(test)
    return registered


@suite.test
def a_house_that_nobody_touched_is_not_accused(house):
    assert noticed(house) == {}


@attack("an event's text is edited", CHECK, BUNDLE)
def event_text(house):
    with Thief(house) as me:
        position = me.position("finding.close")
        me.do("UPDATE event SET leaf = replace(leaf, '\"actor\":\"', '\"actor\":\"x') WHERE position = ?", position)


@attack("an event is edited with its columns and leaf hash, not the tree", CHECK, BUNDLE)
def event_with_hash(house):
    with Thief(house) as me:
        me.edit_event(me.position("finding.close"), actor="au-02")


@attack("who did it is changed, and the whole log signed anew with the stolen key", WITNESS, BUNDLE)
def who_did_it(house):
    with Thief(house) as me:
        me.edit_event(me.position("finding.close"), actor="au-02")
        me.cover()


@attack("the same, but the witness's cosignature is left in place", CHECK, WITNESS, BUNDLE)
def who_did_it_beside_the_cosignature(house):
    with Thief(house) as me:
        me.edit_event(me.position("finding.close"), actor="au-02")
        me.cover(forget_witness=False)


@attack("the same, and the cosignature removed, but not the entry that tells of it", CHECK, WITNESS, BUNDLE)
def who_did_it_beside_the_entry(house):
    with Thief(house) as me:
        me.edit_event(me.position("finding.close"), actor="au-02")
        me.do("DELETE FROM cosigned")
        me.cover(forget_witness=False)


@attack("an event is backdated, and the whole log signed anew", WITNESS, BUNDLE)
def backdated(house):
    with Thief(house) as me:
        position = me.position("finding.close")
        me.edit_event(position, at="2022-01-01T00:00:00.000000Z")
        me.do("UPDATE event SET at = 1640995200000000 WHERE position = ?", position)
        me.cover()


@attack("an event is deleted", CHECK, BUNDLE)
def event_deleted(house):
    with Thief(house) as me:
        me.do("DELETE FROM event WHERE position = ?", me.position("finding.close"))


@attack("an event is deleted, the later ones move up, and the whole log is signed anew", CHECK, WITNESS, BUNDLE)
def event_deleted_and_closed_up(house):
    with Thief(house) as me:
        position = me.position("finding.close")
        me.forget(position)
        me.cover()


@attack("a password's change is deleted from the log, and the whole log signed anew", WITNESS, BUNDLE)
def password_change_deleted(house):
    with Thief(house) as me:
        position = me.position("party.set-password")
        me.forget(position)
        # The one place where a row says at which position it was entered.
        for ref, at in me.base.execute("SELECT ref, ledger_position FROM evidence_version WHERE ledger_position > ?", (position,)).fetchall():
            me.edit_record("evidence_version", ref, {"ledger_position": at - 1}, ledger_position=at - 1)
        me.cover()


@attack("two events change places", CHECK, BUNDLE)
def reordered(house):
    with Thief(house) as me:
        first = me.position("finding.close")
        swap(me, first, first + 1)


def swap(me, first, second):
    me.do("UPDATE event SET position = -1 WHERE position = ?", first)
    me.do("UPDATE event SET position = ? WHERE position = ?", first, second)
    me.do("UPDATE event SET position = ? WHERE position = -1", second)


@attack("two events change places, and the whole log is signed anew", WITNESS, BUNDLE)
def reordered_and_signed(house):
    with Thief(house) as me:
        first = me.position("party.set-password")
        swap(me, first, first + 1)
        me.cover()


@attack("the log is cut off after an earlier signed head", CHECK, WITNESS, BUNDLE)
def truncated(house):
    with Thief(house) as me:
        size = me.one("SELECT min(size) FROM checkpoint")[0]
        me.do("DELETE FROM event WHERE position >= ?", size)


@attack("entries that nobody outside has seen yet are cut off, and the shorter log signed", NOBODY)
def newest_event_cut_off(house):
    with Thief(house) as me:
        last = me.one("SELECT max(position) FROM event")[0]
        me.do("DELETE FROM event WHERE position = ?", last)
        me.cover(forget_witness=False)


@attack("the whole folder is rolled back to an older copy", WITNESS, BUNDLE)
def folder_rolled_back(house):
    thief.roll_back(house, house.path("older"))


@attack("only the database is rolled back", WITNESS, BUNDLE)
def database_rolled_back(house):
    thief.roll_back(house, house.path("older"), "tickmark.db")


@attack("the folder is rolled back and other work entered until it is longer than before (a fork)", WITNESS, BUNDLE)
def forked(house):
    size = house.entries()
    thief.roll_back(house, house.path("older"))
    while house.entries() <= size + 1:
        house.tickmark("user", "password", "po-02")


@attack("a finding's record is edited, and nothing else", CHECK)
def record_edited(house):
    with Thief(house) as me:
        me.do("UPDATE finding SET record = replace(record, '\"class\":\"major\"', '\"class\":\"minor\"') WHERE ref = 'IA-2022-03-01'")


@attack("a finding's record and its event are edited alike, and the whole log signed anew", WITNESS, BUNDLE)
def record_and_event(house):
    with Thief(house) as me:
        me.edit_record("finding", "IA-2022-03-01", extent="A single incident.")
        me.cover()


@attack("the same with its title and the columns, but not the full text", CHECK, WITNESS, BUNDLE)
def title_and_event(house):
    with Thief(house) as me:
        me.edit_record("finding", "IA-2022-03-01", {"title": "A small thing"}, title="A small thing")
        me.cover()


@attack("a finding's state is changed in the columns that lists use", CHECK)
def state_in_the_projection(house):
    with Thief(house) as me:
        me.do("UPDATE finding SET state = 'closed', open = 0 WHERE ref = 'IA-2022-03-01'")


@attack("a finding's state is changed in column and record", CHECK)
def state_in_the_record(house):
    with Thief(house) as me:
        me.do("UPDATE finding SET state = 'closed', record = replace(record, '\"state\":\"plan_accepted\"', '\"state\":\"closed\"') "
              "WHERE ref = 'IA-2022-03-01'")


@attack("a row of a side table is deleted", CHECK)
def side_row_deleted(house):
    with Thief(house) as me:
        me.do("DELETE FROM finding_evidence WHERE rowid = (SELECT min(rowid) FROM finding_evidence)")


@attack("a finding is deleted with its side rows", CHECK)
def finding_deleted(house):
    with Thief(house) as me:
        row, = me.one("SELECT id FROM finding WHERE ref = 'IA-2022-03-02'")
        for table in ("finding_clause", "finding_evidence", "finding_facet"):
            me.base.execute(f"DELETE FROM {table} WHERE finding = ?", (row,))
        me.do("DELETE FROM finding WHERE id = ?", row)


@attack("a finding is added without an event", CHECK)
def finding_added(house):
    with Thief(house) as me:
        columns = ", ".join(row[1] for row in me.base.execute("PRAGMA table_info(finding)") if row[1] not in ("id", "ref"))
        me.do(f"INSERT INTO finding (id, ref, {columns}) SELECT 9999, 'IA-2022-03-99', {columns} FROM finding WHERE ref = 'IA-2022-03-01'")


def version(me, ref="E-0001/v1"):
    return me.one("SELECT digest FROM evidence_version WHERE ref = ?", ref)[0]


@attack("an object of the archive is overwritten", CHECK, BUNDLE)
def object_overwritten(house):
    with Thief(house) as me:
        path = thief.object_path(house, version(me))
    thief.put(path, OBJECT.ljust(path.stat().st_size, b"\n"))


@attack("an object and its digest are replaced alike, and the whole log signed anew", WITNESS, BUNDLE)
def object_and_digest(house):
    with Thief(house) as me:
        old, new = version(me, "E-0004/v1"), hashlib.sha256(OBJECT).hexdigest()
        thief.put(thief.object_path(house, new), OBJECT)
        thief.object_path(house, old).unlink()
        me.do("UPDATE evidence_version SET digest = ?, size = ? WHERE ref = 'E-0004/v1'", new, len(OBJECT))
        for position, leaf in me.base.execute("SELECT position, leaf FROM event WHERE instr(leaf, ?)", (old,)).fetchall():
            event = json.loads(leaf.replace(old, new))
            if "size" in event.get("facts", {}):
                event["facts"]["size"] = len(OBJECT)
            me.store_event(position, event)
        me.edit_record("evidence_version", "E-0004/v1", sha256=new, size=len(OBJECT))
        me.cover()


@attack("two objects change places", CHECK, BUNDLE)
def objects_swapped(house):
    with Thief(house) as me:
        first, second = (thief.object_path(house, version(me, ref)) for ref in ("E-0004/v1", "E-0005/v1"))
    one, other = first.read_bytes(), second.read_bytes()
    thief.put(first, other)
    thief.put(second, one)


@attack("an object is removed", CHECK, BUNDLE)
def object_removed(house):
    with Thief(house) as me:
        path = thief.object_path(house, version(me))
    path.unlink()


@attack("a file that is no object is added to the archive", CHECK)
def foreign_file(house):
    thief.put(house.data / "archive/sha256/00" / ("0" * 63), OBJECT)


@attack("an object under another digest than its own is added to the archive", CHECK)
def false_object_added(house):
    thief.put(thief.object_path(house, "0" * 64), OBJECT)


@attack("a signed head's root is edited", CHECK)
def checkpoint_edited(house):
    with Thief(house) as me:
        me.do("UPDATE checkpoint SET root = ? WHERE size = (SELECT min(size) FROM checkpoint)", hashlib.sha256(OBJECT).digest())


@attack("the newest signed head is deleted", CHECK, BUNDLE)
def newest_head_deleted(house):
    with Thief(house) as me:
        me.do("DELETE FROM checkpoint WHERE size = (SELECT max(size) FROM checkpoint)")


@attack("every signed head but the newest is deleted", CHECK, BUNDLE)
def kept_heads_deleted(house):
    with Thief(house) as me:
        me.do("DELETE FROM checkpoint WHERE size < (SELECT max(size) FROM checkpoint)")


@attack("a bundle's file is replaced by another bundle of the same seal", CHECK)
def bundle_replaced(house):
    first, second = sorted((house.data / "bundles").iterdir())[-2:]
    first.write_bytes(second.read_bytes())


@attack("a bundle's file is removed", CHECK)
def bundle_removed(house):
    sorted((house.data / "bundles").iterdir())[-1].unlink()


def foreign_keys(house, *names):
    """Keys of another log and authority that bear the same names."""
    other = House(house.path("other"))
    run(TICKMARK, "--data", other.data, "init", "--organisation", "Resilient House")
    for name in names:
        shutil.copy2(other.data / "keys" / name, house.data / "keys" / name)


@attack("the seal's certificate and key are replaced by those of an authority of the same name", BUNDLE)
def seal_replaced(house):
    foreign_keys(house, "seal.key.pem", "seal.pem")


@attack("seal, authority and revocation list are replaced alike", BUNDLE)
def authority_replaced(house):
    foreign_keys(house, "seal.key.pem", "seal.pem", "root.pem", "root.key.pem", "root.crl")


@attack("the log's key is replaced by another log's of the same name", CHECK, BUNDLE)
def log_key_replaced(house):
    foreign_keys(house, "ledger.key.pem", "ledger.vkey")


@attack("the witness's cosignatures are removed", CHECK)
def cosignatures_removed(house):
    with Thief(house) as me:
        me.do("DELETE FROM cosigned")


@attack("the newest cosignature is removed", CHECK)
def newest_cosignature_removed(house):
    with Thief(house) as me:
        me.do("DELETE FROM cosigned WHERE size = (SELECT max(size) FROM cosigned)")


@attack("a cosignature is given another time", CHECK)
def cosignature_redated(house):
    with Thief(house) as me:
        me.do("UPDATE cosigned SET at = at + 1000000")


@attack("the witness is removed with everything it cosigned", CHECK, WITNESS)
def witness_removed(house):
    with Thief(house) as me:
        me.base.execute("DELETE FROM cosigned")
        me.do("DELETE FROM witness")


@attack("an auditor's role is raised in the projection", CHECK)
def role_raised(house):
    with Thief(house) as me:
        me.do("UPDATE party SET role = 'AD' WHERE ref = 'po-01'")


@attack("an account's password hash is replaced by another account's", NOBODY)
def password_replaced(house):
    with Thief(house) as me:
        me.do("UPDATE password SET encoded = (SELECT encoded FROM password WHERE party = (SELECT id FROM party WHERE ref = 'po-01')) "
              "WHERE party = (SELECT id FROM party WHERE ref = 'la-01')")


@attack("the triggers that keep events are dropped", CHECK)
def triggers_dropped(house):
    with Thief(house) as me:
        me.triggers = []


@attack("a trigger is added that hides findings when they are saved", CHECK)
def trigger_added(house):
    with Thief(house) as me:
        me.do("CREATE TRIGGER hides AFTER INSERT ON finding BEGIN UPDATE finding SET open = 0 WHERE id = NEW.id; END")


@suite.test
def there_are_at_least_twenty_attacks(house):
    assert len(ATTACKS) >= 20, len(ATTACKS)


if __name__ == "__main__":
    suite.main()
