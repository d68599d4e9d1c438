#!/usr/bin/env python3
"""Fails when a source file is shaped wrong: too long, named as a grab-bag, without a doc comment at its head
when it is a public header, or defining a macro of its own.

Usage: check_files.py [ROOT]. Prints one line per complaint; exit 1 when there is any.
"""
import pathlib
import re
import sys

LONGEST = 400
GRAB_BAG = re.compile(r"(^|_)(util|utils|helper|helpers|common|misc|stuff|manager)s?$", re.I)
CAMEL_GRAB_BAG = re.compile(r"(Utils?|Helpers?|Common|Misc|Manager)$")
DEFINE = re.compile(r"^\s*#\s*define\s+(\w+)", re.M)
INCLUDE = re.compile(r"^\s*#\s*include\b", re.M)
MACRO_HOME = "include/tickmark/foundation/Result.h"
TODO = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def file_complaints(name, text):
    """The complaints about one C++ file; name is its path below the root."""
    path = pathlib.PurePosixPath(name)
    lines = text.count("\n")
    if lines > LONGEST:
        yield f"is {lines} lines long; over {LONGEST} it has more than one job"
    if GRAB_BAG.search(path.stem) or CAMEL_GRAB_BAG.search(path.stem):
        yield "is named as a grab-bag; name it after what it holds"
    if not re.fullmatch(r"[A-Z][A-Za-z0-9]*", path.stem) and path.parts[1] != "apps":
        yield "is not named after its type (PascalCase)"
    if name != MACRO_HOME:
        # Before an include a definition is a setting of that library.
        last_include = max((match.start() for match in INCLUDE.finditer(text)), default=-1)
        for macro in DEFINE.findall(text, max(last_include, 0)):
            yield f"defines the macro {macro}; use a constant or a function"
    if path.suffix == ".h":
        if "#pragma once" not in text:
            yield "lacks #pragma once"
        if not text.startswith("//"):
            yield "does not begin with a comment that says what it is"
    for word in TODO.findall(text):
        yield f"holds a {word}; do it, or open an issue"


def complaints(root):
    for folder in ("include", "src"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp"):
                name = path.relative_to(root).as_posix()
                for complaint in file_complaints(name, path.read_text(encoding="utf-8")):
                    yield f"{name}: {complaint}"


def main():
    found = list(complaints(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
