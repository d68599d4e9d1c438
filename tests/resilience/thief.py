"""Somebody with full write access to a data folder, the log's key and openssl: what he changes and how he covers it up.

A module, not a suite.
"""
import hashlib
import json
import pathlib
import shutil
import sqlite3
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "suites"))
from house import run  # noqa: E402
from witness import leaf_hash, log_key, node_hash, root_of, signed_note  # noqa: E402


def canonical(document):
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


class Thief:
    """The database without its triggers; they are put back at the end, so that nothing shows but the deed."""

    def __init__(self, house):
        self.house = house
        self.base = sqlite3.connect(house.data / "tickmark.db", isolation_level=None)
        self.triggers = self.base.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        self.key = log_key(house)

    def __enter__(self):
        self.base.execute("PRAGMA foreign_keys = OFF")
        for name, _ in self.triggers:
            self.base.execute(f"DROP TRIGGER {name}")
        return self

    def __exit__(self, *_):
        for _, sql in self.triggers:
            self.base.execute(sql)
        self.base.close()

    def do(self, sql, *values):
        done = self.base.execute(sql, values)
        assert done.rowcount != 0, f"nothing was changed: {sql}"
        return done

    def one(self, sql, *values):
        return self.base.execute(sql, values).fetchone()

    def position(self, kind):
        """An event of that kind that the witness and the last bundle have seen."""
        return self.one("SELECT min(position) FROM event WHERE kind = ?", kind)[0]

    def edit_event(self, position, **changes):
        """Another text, with columns and leaf hash that follow from it."""
        event = {**json.loads(self.one("SELECT leaf FROM event WHERE position = ?", position)[0]), **changes}
        self.store_event(position, event)

    def store_event(self, position, event):
        leaf = canonical(event)
        self.do("UPDATE event SET leaf = ?, leaf_hash = ?, kind = ?, subject = ?, ref = ?, rev = ?, actor = ? WHERE position = ?",
                leaf, leaf_hash(leaf.encode()), event["kind"], event["subject"], event["ref"], event.get("rev", 0), event["actor"],
                position)

    def edit_record(self, table, ref, columns=None, **changes):
        """Another record, columns that follow from it, and the last event that stored it made to agree."""
        record = {**json.loads(self.one(f"SELECT record FROM {table} WHERE ref = ?", ref)[0]), **changes}
        text = canonical(record)
        self.do(f"UPDATE {table} SET record = ? WHERE ref = ?", text, ref)
        for column, value in (columns or {}).items():
            self.do(f"UPDATE {table} SET {column} = ? WHERE ref = ?", value, ref)
        subject = {"evidence_version": "evidence-version"}.get(table, table)
        position, leaf = self.one("SELECT position, leaf FROM event WHERE ref = ? AND subject = ? AND rev > 0 "
                                  "ORDER BY position DESC LIMIT 1", ref, subject)
        self.store_event(position, {**json.loads(leaf), "record": hashlib.sha256(text.encode()).hexdigest()})

    def leaves(self):
        return [row[0] for row in self.base.execute("SELECT leaf_hash FROM event ORDER BY position")]

    def grow_tree(self):
        """All inner hashes anew from the leaves."""
        hashes, level = self.leaves(), 0
        self.base.execute("DELETE FROM tree_node")
        while len(hashes) > 1:
            level += 1
            hashes = [node_hash(hashes[2 * i], hashes[2 * i + 1]) for i in range(len(hashes) // 2)]
            self.base.executemany("INSERT INTO tree_node (level, idx, hash) VALUES (?, ?, ?)",
                                  [(level, i, value) for i, value in enumerate(hashes)])

    def sign(self, size, at=0):
        """A head of that size, signed with the log's key that lies in the data folder."""
        root = root_of(self.leaves()[:size])
        note = signed_note(self.house.data / "keys/ledger.key.pem", self.key.split("+")[0], self.key, size, root)
        self.base.execute("INSERT INTO checkpoint (size, root, note, at, kept) VALUES (?, ?, ?, ?, 0) "
                          "ON CONFLICT (size) DO UPDATE SET root = excluded.root, note = excluded.note", (size, root, note, at))

    def forget(self, position):
        """An entry taken out, the later ones moved up."""
        self.do("DELETE FROM event WHERE position = ?", position)
        self.base.execute("UPDATE event SET position = -position WHERE position > ?", (position,))
        self.base.execute("UPDATE event SET position = -position - 1 WHERE position < 0")

    def cover(self, forget_witness=True):
        """The whole log rewritten: tree, every signed head, and the witness's word thrown away with the entries that tell of it."""
        if forget_witness:
            self.base.execute("DELETE FROM cosigned")
            for position, in self.base.execute("SELECT position FROM event WHERE kind = 'witness.cosign' ORDER BY position DESC").fetchall():
                self.forget(position)
        size = len(self.leaves())
        self.grow_tree()
        self.base.execute("DELETE FROM checkpoint WHERE size > ?", (size,))
        for kept, in self.base.execute("SELECT size FROM checkpoint").fetchall():
            self.sign(kept)
        self.sign(size)


def put(path, content):
    """Over a file that is read only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.chmod(0o600)
    path.write_bytes(content)
    path.chmod(0o400)


def object_path(house, digest):
    return house.data / "archive/sha256" / digest[:2] / digest


def roll_back(house, older, *only):
    """The folder, or only some of its files, as they were."""
    if not only:
        shutil.rmtree(house.data)
        shutil.copytree(older, house.data)
    for name in only:
        shutil.copy2(older / name, house.data / name)

