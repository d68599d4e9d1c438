#!/usr/bin/env python3
"""Fails when clang-tidy, with the project's settings, does not report every planted fault of tests/canary/.

Usage: check_canary.py [ROOT]

A line that ends with `// expect: CHECK` must be reported on that line, by that check, as an error. So a check
that goes off silently (a typing error in .clang-tidy, a filter, another version) fails the build.
"""
import pathlib
import re
import subprocess
import sys

EXPECT = re.compile(r"//\s*expect:\s*([\w.-]+)\s*$")
REPORT = re.compile(r"^(?P<file>\S[^:]*):(?P<line>\d+):\d+: (?P<level>warning|error): .*\[(?P<checks>[^\]]+)\]$", re.M)


def expectations(folder):
    """{(file name, line number, check)} planted in the folder."""
    planted = set()
    for path in sorted(folder.glob("*.*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = EXPECT.search(line)
            if match:
                planted.add((path.name, number, match.group(1)))
    return planted


def reports(output):
    """{(file name, line number, check)} that clang-tidy reported as errors."""
    found = set()
    for match in REPORT.finditer(output):
        if match.group("level") == "error":
            for check in match.group("checks").split(","):
                found.add((pathlib.Path(match.group("file")).name, int(match.group("line")), check))
    return found


def tidy(root, folder):
    sources = [str(path) for path in sorted(folder.glob("*.cpp"))]
    command = ["clang-tidy", "--quiet", f"--config-file={root / '.clang-tidy'}", *sources, "--",
               "-std=c++20", f"-I{folder}", "-Xclang", "-analyzer-config", "-Xclang", "max-nodes=20000"]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    folder = root / "tests" / "canary"
    planted = expectations(folder)
    result = tidy(root, folder)
    silent = sorted(planted - reports(result.stdout))
    for name, line, check in silent:
        print(f"tests/canary/{name}:{line}: {check} does not report its planted fault", file=sys.stderr)
    if not planted:
        print("tests/canary holds no planted fault", file=sys.stderr)
    if result.returncode == 0:
        print("clang-tidy found nothing wrong with the canary", file=sys.stderr)
    if silent or not planted or result.returncode == 0:
        return 1
    print(f"{len(planted)} planted faults reported")
    return 0


if __name__ == "__main__":
    sys.exit(main())
