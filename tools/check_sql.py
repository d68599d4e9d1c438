#!/usr/bin/env python3
"""Fails when SQL text would not mean the same on SQLite and PostgreSQL, or binds its parameters wrong.

Usage: check_sql.py [ROOT]. Reads the string constants of src/storage/**/*.cpp and .h, and schemas/sql/*.sql.
Prints one line per complaint; exit 1 when there is any. The rules:

  * Parameters are written $1, $2, … and each first appears in that order without a gap: SQLite binds by the
    order of appearance, PostgreSQL by the number, and only then both agree. `?` is a parameter only in pieces that the Query builder joins and numbers.
  * Text takes single quotes. In double quotes it is a name, which SQLite silently takes as text when there is no
    such name.
  * What only SQLite knows is marked where it stands: `-- sqlite: reason` in the statement, on the line before it
    or behind its end (SQL), `// sqlite: reason` on the line before, on the first or behind the last (C++).
    `-- sqlite file: reason` at the head of a .sql file marks the whole file.
  * One statement per string constant, unless it is marked: PostgreSQL prepares one at a time.
"""
import pathlib
import re
import sys

STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|REPLACE|PRAGMA|BEGIN|COMMIT|ROLLBACK|SAVEPOINT|"
    r"RELEASE|VACUUM|ATTACH|DETACH|ANALYZE|REINDEX)(\s|;|$)")
FRAGMENT = re.compile(
    r"\s*(FROM|WHERE|AND|OR|JOIN|LEFT JOIN|SET|VALUES|ORDER BY|GROUP BY|HAVING|LIMIT|ON CONFLICT|RETURNING|UNION)\s")
BUILDER = '#include "storage/Query.h"'
PARAMETER = re.compile(r"\$(\d+)")

SQLITE_ONLY = [
    (re.compile(rf"\b{word}\s*\(", re.I), f"{word}()") for word in (
        "datetime", "strftime", "julianday", "unixepoch", "ifnull", "iif", "group_concat", "printf", "instr", "glob",
        "hex", "unhex", "randomblob", "zeroblob", "last_insert_rowid", "changes", "total_changes", "typeof",
        "json_each", "json_extract", "json_tree", "json_group_array", "json_group_object", "bm25", "snippet",
        "highlight", "likely", "unlikely")
] + [
    (re.compile(pattern, re.I), name) for pattern, name in (
        (r"\bPRAGMA\b", "PRAGMA"), (r"\bAUTOINCREMENT\b", "AUTOINCREMENT"), (r"\bWITHOUT\s+ROWID\b", "WITHOUT ROWID"),
        (r"\)\s*STRICT\b", "STRICT"), (r"\bVIRTUAL\s+TABLE\b", "VIRTUAL TABLE"), (r"\bMATCH\b", "MATCH"),
        (r"\bGLOB\b", "GLOB"), (r"(?<!WITHOUT )\browid\b", "rowid"), (r"\bINSERT\s+OR\b", "INSERT OR"), (r"\bREPLACE\s+INTO\b", "REPLACE INTO"),
        (r"\bBEGIN\s+(IMMEDIATE|EXCLUSIVE|DEFERRED)\b", "BEGIN IMMEDIATE"), (r"\bINDEXED\s+BY\b", "INDEXED BY"),
        (r"\bCOLLATE\s+NOCASE\b", "COLLATE NOCASE"), (r"\bVACUUM\s+INTO\b", "VACUUM INTO"), (r"\b(ATTACH|DETACH)\b", "ATTACH"),
        (r"\bsqlite_\w+", "a table of SQLite itself"))
]

# One token of C++ that matters here: comments, character literals, raw and plain strings.
CPP_TOKEN = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)'
    r"|(?P<char>'(?:\\.|[^'\\\n])+')"
    r'|R"(?P<fence>[^(\s]{0,16})\((?P<raw>.*?)\)(?P=fence)"'
    r'|"(?P<plain>(?:\\.|[^"\\\n])*)"', re.S)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", '"': '"', "'": "'", "\\": "\\"}

# One token of SQL: what may hide a parameter or a quote.
SQL_TOKEN = re.compile(r"(?P<comment>--[^\n]*|/\*.*?\*/)|(?P<text>'(?:''|[^'])*')|(?P<name>\"[^\"]*\")", re.S)


def unescape(text):
    return re.sub(r"\\(.)", lambda match: ESCAPES.get(match.group(1), match.group(1)), text, flags=re.S)


def cpp_strings(source):
    """(line number, text, marked) of each string constant, neighbours joined; marked by a // sqlite: comment."""
    current, end, marked_line = None, 0, -10
    for token in CPP_TOKEN.finditer(source):
        line = source.count("\n", 0, token.start()) + 1
        if token.group("comment"):
            if re.match(r"//\s*sqlite:", token.group("comment")):
                marked_line = line + token.group("comment").count("\n")
                if current and line in (current[0], source.count("\n", 0, end) + 1):
                    current[2] = True
            continue
        if token.group("char"):
            continue
        raw = token.group("raw")
        text = raw if raw is not None else unescape(token.group("plain"))
        between = CPP_TOKEN.sub("", source[end:token.start()])
        if current and not between.strip():
            current[1] += text
        else:
            if current:
                yield tuple(current)
            start = source.rfind("\n", 0, token.start()) + 1
            # A constant's name may stand on the line above its text.
            above = line - 1 if source[start:token.start()].strip() else line - 2
            current = [line, text, marked_line in (line, line - 1, above)]
        end = token.end()
    if current:
        yield tuple(current)


def blank(text):
    """Comments become spaces and texts '', so that nothing in them counts."""
    return SQL_TOKEN.sub(lambda m: m.group(0) if m.group("name") else ("''" if m.group("text") else " "), text)


def order_complaints(statement, whole):
    firsts = list(dict.fromkeys(int(number) for number in PARAMETER.findall(statement)))
    if firsts != sorted(firsts):
        yield "parameters first appear as " + ", ".join(f"${n}" for n in firsts) + "; write them in ascending order"
    elif whole and firsts != list(range(1, len(firsts) + 1)):
        yield "parameters are " + ", ".join(f"${n}" for n in firsts) + "; number them from $1 without a gap"


def statement_complaints(text, marked=False, whole=True, numbered_later=False):
    """The complaints about one statement, or about a piece of one when whole is false."""
    plain = blank(text)
    marked = marked or re.search(r"--\s*sqlite:", text) is not None
    yield from order_complaints(plain, whole)
    if not numbered_later and "?" in re.sub(r'"[^"]*"', "", plain):
        yield "uses ?; write parameters as $1, $2"
    for name in re.findall(r'"[^"]*"', plain):
        yield f"holds {name}: text takes single quotes, and names need none"
    if not marked:
        for pattern, word in SQLITE_ONLY:
            if pattern.search(plain):
                yield f"uses {word}, which only SQLite knows; write it portably or mark it `sqlite: reason`"


def split_statements(text):
    """(line number, statement with the comments before it) of a .sql file; triggers keep their BEGIN … END."""
    start, depth_begin = 0, False
    for token in re.finditer(SQL_TOKEN.pattern + r"|(?P<word>\b(?:TRIGGER|BEGIN|END)\b)|(?P<stop>;)", text, re.S | re.I):
        word = (token.group("word") or "").upper()
        if word == "TRIGGER":
            depth_begin = True
        elif word == "END":
            depth_begin = False
        elif token.group("stop") and not depth_begin:
            remark = re.compile(r"[ \t]*--[^\n]*").match(text, token.end())
            end = remark.end() if remark else token.end()
            yield text.count("\n", 0, start) + 1, text[start:token.start()] + text[token.end():end]
            start = end
    if text[start:].strip():
        yield text.count("\n", 0, start) + 1, text[start:]


def sql_complaints(text):
    """(line, complaint) of one .sql file."""
    whole_file = re.match(r"(?:\s*--[^\n]*\n)*?\s*--\s*sqlite file:", text) is not None
    for line, statement in split_statements(text):
        line += statement[:len(statement) - len(statement.lstrip())].count("\n")
        if PARAMETER.search(blank(statement)):
            yield line, "a schema file takes no parameters"
        for complaint in statement_complaints(statement, whole_file, whole=False):
            yield line, complaint


def cpp_complaints(source, numbered_later=False):
    """(line, complaint) of one C++ file; numbered_later when its pieces go through the Query builder."""
    for line, text, marked in cpp_strings(source):
        whole = STATEMENT.match(text) is not None
        if not whole and not FRAGMENT.match(text) and not PARAMETER.search(text):
            continue
        for complaint in statement_complaints(text, marked, whole, numbered_later):
            yield line, complaint
        if whole and not marked and not re.match(r"\s*CREATE\s+TRIGGER", text) and ";" in blank(text).strip().rstrip(";"):
            yield line, "holds more than one statement"


def uses_builder(path, source):
    """Whether the file, or the header of its own name, includes the Query builder, which numbers each ? it joins."""
    header = path.with_suffix(".h")
    own = header.read_text(encoding="utf-8") if header.exists() else ""
    return BUILDER in source or BUILDER in own


def complaints(root):
    sources = sorted((root / "src" / "storage").rglob("*.cpp")) + sorted((root / "src" / "storage").rglob("*.h"))
    for path in sources:
        source = path.read_text(encoding="utf-8")
        for line, complaint in cpp_complaints(source, uses_builder(path, source)):
            yield f"{path.relative_to(root)}:{line}: {complaint}"
    for path in sorted((root / "schemas" / "sql").glob("*.sql")):
        for line, complaint in sql_complaints(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(root)}:{line}: {complaint}"


def main():
    found = list(complaints(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
