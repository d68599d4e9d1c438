"""What the resilience harnesses share: the demonstration house with sealed bundles and a witness, made once and copied,
and the logical content of its database.

A module, not a suite.
"""
import hashlib
import pathlib
import sqlite3
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "suites"))
from house import TICKMARK, VERIFY, House, run  # noqa: E402

AUDIT = "IA-2022-03"
SMALL = "SA-2022-240680"
WITNESS = "witness.example/audits"


def furnish(house):
    """The demonstration, two sealed bundles, and a witness that has cosigned the head."""
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Resilient House")
    house.tickmark("demo")
    made = run(VERIFY, "witness", "init", "--dir", house.path("witness"), "--name", WITNESS)
    house.tickmark("ledger", "witness", "add", WITNESS, made.out.strip())
    house.tickmark("bundle", "seal", "--audit", SMALL, "--as", "la-01")
    house.tickmark("bundle", "seal", "--audit", AUDIT, "--as", "la-01")
    answer = ask_witness(house, "--log", house.json("ledger", "show")["key"], "--first")
    assert answer.code == 0, answer
    house.tickmark("ledger", "cosign", house.write("answer", answer.out))


def ask_witness(house, *words, since=None):
    """Writes a request of the house's log as it stands and shows it to the witness; the witness's answer."""
    file = house.path("request")
    file.unlink(missing_ok=True)
    house.tickmark("ledger", "request", "--for", WITNESS, *(("--since", str(since)) if since else ()), "--out", file)
    return run(VERIFY, "witness", "add", "--dir", house.path("witness"), *words, file)


def copy(house, folder):
    """A house like this one in another folder; the blocks are shared where the file system can."""
    subprocess.run(["cp", "-a", "--reflink=auto", house.folder, folder], check=True)
    return House(folder)


def passwords(house):
    lines = [line.split("  ") for line in (house.data / "demo-accounts.txt").read_text().splitlines() if line[:1] != "#"]
    return {line[0]: line[1] for line in lines}


# ---- the logical content of a database

def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def parts(base):
    """(name, query) of everything a reader can be told: each table's rows, each index's entries, the schema."""
    yield "sqlite_master", "SELECT type, name, tbl_name, sql FROM sqlite_master"
    rows = base.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
    plain = set()
    for kind, name, _, sql in rows:
        if kind == "table" and not (sql or "").upper().startswith("CREATE VIRTUAL"):
            plain.add(name)
            yield name, f"SELECT * FROM {quoted(name)} NOT INDEXED"
    for kind, name, table, sql in rows:
        if kind != "index" or table not in plain:
            continue
        columns = ", ".join(quoted(row[2]) for row in base.execute(f"PRAGMA index_info({quoted(name)})"))
        only = " WHERE " + sql.split(" WHERE ")[1] if sql and " WHERE " in sql else ""
        rowid = "rowid, " if "WITHOUT ROWID" not in next(row[3] for row in rows if row[1] == table) else ""
        yield name, f"SELECT {rowid}{columns} FROM {quoted(table)} INDEXED BY {quoted(name)}{only}"


def plan(file):
    """The queries of a sound database, drawn up once and put to damaged ones too."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as base:
        made = dict(parts(base))
    base.close()
    return made


def contents(file, queries, classes=True):
    """{name: digest of its rows, in the order of their storage; or the error that reading them gives}.

    With `classes` a TEXT that became a BLOB of the same bytes is another value."""
    found = {}
    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    base.text_factory = (lambda raw: ("text", raw)) if classes else bytes
    for name, query in queries.items():
        digest = hashlib.sha256()
        try:
            for row in base.execute(query):
                digest.update(repr(row).encode())
            found[name] = digest.hexdigest()
        except (sqlite3.Error, ValueError, OverflowError, MemoryError) as error:
            found[name] = f"unreadable: {error}"
    base.close()
    return found


def dump(house):
    """Everything a data folder says: the database's content, and the digest of each object and bundle."""
    database = house.data / "tickmark.db"
    files = [path for folder in ("archive/sha256", "bundles") for path in (house.data / folder).rglob("*") if path.is_file()]
    return (contents(database, plan(database)),
            {str(path.relative_to(house.data)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)})


def integrity_is_ok(file):
    """What PRAGMA integrity_check alone would say."""
    try:
        base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        base.text_factory = bytes
        said = base.execute("PRAGMA integrity_check(1)").fetchall()
        base.close()
        return said == [(b"ok",)]
    except (sqlite3.Error, ValueError):
        return False
