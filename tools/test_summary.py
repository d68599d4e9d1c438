#!/usr/bin/env python3
"""Adds up what tools/test left in a folder and ends with one line: N passed, N failed.

Usage: test_summary.py FOLDER

The folder holds, per suite NAME:
  NAME.status           the exit code of the suite
  NAME.ctest.xml        for Boost.Test programs: what ctest says of each program (JUnit)
  NAME/PROGRAM.xml      for Boost.Test programs: the program's test cases (JUnit)
  NAME.out              for script suites: their output, which is TAP or ends with `N passed, N failed`

A suite that ran no test, a program that ended without a report, and a suite that failed although its cases
passed each count as one failed test. Exit 1 when anything failed or nothing ran.
"""
import dataclasses
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

COUNT_LINE = re.compile(r"^(\d+) passed, (\d+) failed$")
TAP_LINE = re.compile(r"^(ok|not ok)\b[^#]*(?:#\s*(SKIP|TODO)\b)?", re.I)


@dataclasses.dataclass
class Tally:
    """The cases of one suite; notes say what went wrong, in the reader's words."""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list = dataclasses.field(default_factory=list)

    def add(self, other, prefix=""):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.notes += [prefix + note for note in other.notes]

    def fail(self, note):
        self.failed += 1
        self.notes.append(note)


def tally_cases(root):
    """The test cases of one JUnit document."""
    tally = Tally()
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            tally.fail(case.get("name", "?"))
        elif case.find("skipped") is not None:
            tally.skipped += 1
        else:
            tally.passed += 1
    return tally


def parse_xml(path):
    """The document's root, or None when there is none or it is cut off."""
    try:
        return ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return None


def tally_program(name, succeeded, report):
    """One Boost.Test program: its cases, and what ctest knows better than the report."""
    root = parse_xml(report)
    tally = Tally() if root is None else tally_cases(root)
    if root is None:
        tally.fail(f"{name} ended without a report (a crash, a time limit, or it could not start)")
    elif not succeeded and tally.failed == 0:
        tally.fail(f"{name} failed although its test cases passed")
    elif tally.passed + tally.failed == 0:
        tally.fail(f"{name} ran no test")
    return tally


def tally_ctest(folder, name):
    """All programs of one preset."""
    tally = Tally()
    root = parse_xml(folder / f"{name}.ctest.xml")
    if root is None:
        tally.fail("ctest left no report")
        return tally
    for case in root.iter("testcase"):
        program = case.get("name", "?")
        succeeded = case.get("status") == "run"
        tally.add(tally_program(program, succeeded, folder / name / f"{program}.xml"), f"{program}: ")
    return tally


def tally_output(text):
    """A script suite, by its last count line, or else by its TAP lines."""
    lines = text.splitlines()
    for line in reversed(lines):
        match = COUNT_LINE.match(line.strip())
        if match:
            tally = Tally(int(match.group(1)), int(match.group(2)))
            if tally.failed:
                tally.notes.append("see its log")
            return tally
    tally = Tally()
    for line in lines:
        match = TAP_LINE.match(line)
        if not match:
            continue
        if match.group(2):
            tally.skipped += 1
        elif match.group(1).lower() == "ok":
            tally.passed += 1
        else:
            tally.fail(line.strip())
    planned = [int(n) for n in re.findall(r"^1\.\.(\d+)\s*$", text, re.M)]
    ran = tally.passed + tally.failed + tally.skipped
    if planned and planned[-1] != ran:
        tally.fail(f"planned {planned[-1]} tests and ran {ran}")
    return tally


def tally_suite(folder, name):
    status = int((folder / f"{name}.status").read_text().strip())
    output = folder / f"{name}.out"
    if output.exists():
        tally = tally_output(output.read_text(encoding="utf-8", errors="replace"))
    else:
        tally = tally_ctest(folder, name)
    if status != 0 and tally.failed == 0:
        tally.fail("ran out of time" if status in (124, 137) else f"ended with exit code {status}")
    if tally.passed + tally.failed == 0:
        tally.fail("ran no test")
    return tally


def main():
    folder = pathlib.Path(sys.argv[1])
    total = Tally()
    for path in sorted(folder.glob("*.status"), key=lambda p: p.stat().st_mtime_ns):
        tally = tally_suite(folder, path.stem)
        skipped = f", {tally.skipped} skipped" if tally.skipped else ""
        print(f"  {path.stem:<16} {tally.passed:>6} passed {tally.failed:>5} failed{skipped}")
        for note in tally.notes:
            print(f"      {note}")
        total.add(tally)
    print(f"{total.passed} passed, {total.failed} failed")
    return 0 if total.failed == 0 and total.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
