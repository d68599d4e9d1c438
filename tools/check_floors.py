#!/usr/bin/env python3
"""Fails when a module includes a module that does not lie on a lower floor, or a library that another module owns.

Usage: check_floors.py [ROOT]. Prints one line per wrong include; exit 1 when there is any.
"""
import pathlib
import re
import sys

FLOORS = {
    "foundation": 0,
    "domain": 1, "codec": 1, "crypto": 1, "extract": 1,
    "ledger": 2, "archive": 2,
    "storage": 3, "bundle": 3, "view": 3, "outbound": 3,
    "app": 4,
    "http": 5, "cli": 5,
    "apps": 6,
}

# Library headers that one module keeps to itself.
OWNED = [
    (r"nlohmann/|valijson/|csv\.h$", {"codec"}),
    (r"libical/|xlsxwriter", {"codec"}),
    (r"openssl/|Poco/Crypto/|sodium|libp11|liboath/|fido\.h$|fido/|cbor\.h$", {"crypto"}),
    (r"Poco/Data/|sqlite3\.h$", {"storage"}),
    (r"zip\.h$|zipconf\.h$", {"bundle", "extract"}),
    (r"libdeflate\.h$", {"bundle", "http"}),
    (r"poppler/|libxml/|seccomp\.h$|iconv\.h$|png\.h$|linux/landlock\.h$", {"extract"}),
    (r"ctemplate/|date/|qrencode\.h$", {"view"}),
    (r"Poco/Net/", {"http", "outbound"}),
    (r"CLI/", {"cli", "apps"}),
    (r"boost/math/", {"domain"}),
    (r"Poco/Util/", {"app", "cli", "apps"}),
    (r"Poco/", {"storage", "http", "outbound", "cli", "crypto", "app", "apps"}),
    (r"prometheus/|systemd/", {"http"}),
    (r"(magic|archive|archive_entry)\.h$", {"app"}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)


def module_of(path, root):
    parts = path.relative_to(root).parts
    if parts[0] == "include":
        return parts[2] if len(parts) > 3 else None
    return parts[1] if len(parts) > 2 else None


def complaints(root):
    for folder in ("include", "src"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            module = module_of(path, root)
            where = path.relative_to(root)
            if module not in FLOORS:
                yield f"{where}: lies in no module of the house"
                continue
            for header in INCLUDE.findall(path.read_text(encoding="utf-8")):
                target = re.match(r"(?:tickmark/)?([a-z]+)/", header)
                name = target.group(1) if target else None
                if name in FLOORS and header.endswith(".h") and name != module:
                    if FLOORS[name] >= FLOORS[module]:
                        yield f"{where}: {module} (floor {FLOORS[module]}) includes {header} (floor {FLOORS[name]})"
                    if not header.startswith("tickmark/"):
                        yield f"{where}: {header} is private to {name}"
                for pattern, owners in OWNED:
                    if re.match(pattern, header):
                        if module not in owners:
                            yield f"{where}: {header} belongs to {', '.join(sorted(owners))}"
                        break


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(complaints(root))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
