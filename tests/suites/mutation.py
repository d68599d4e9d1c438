#!/usr/bin/python3
"""tools/mutate on planted functions and tests (tests/mutation/planted): what a test sees is caught, what it does not
see survives, what no test reaches is named, and a mutant that never ends is ended.

The modules themselves are mutated by the long form, tests/suites/long/mutate.py.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback

sys.dont_write_bytecode = True
ROOT = pathlib.Path(os.environ.get("TICKMARK_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(ROOT / "tools/mutation"))
import running  # noqa: E402
import sites  # noqa: E402

PLANTED = ROOT / "tests/mutation/planted"


def compiled(folder, sources, program):
    """The planted program, with the mutants of `sources` in it; what does not compile behind a switch is taken out."""
    for source in sources:
        for number, mutant in enumerate(source.mutants):
            mutant.number = number
        (folder / "Mutated.cpp").write_text(source.rewritten())
    (folder / "tickmark_mutation_switch.h").write_bytes((ROOT / "tools/mutation/switch.h").read_bytes())
    return subprocess.run(["g++", "-std=c++20", "-w", "-DBOOST_TEST_DYN_LINK", f"-I{folder}", str(folder / "Mutated.cpp"),
                           str(PLANTED / "PlantedTest.cpp"), str(ROOT / "tools/mutation/observer.cpp"),
                           "-lboost_unit_test_framework", "-o", str(program)], capture_output=True, text=True)


def built(folder):
    """The source with its mutants, and a program that holds them."""
    source = sites.Source(PLANTED / "Planted.cpp", "Planted.cpp", ["-x", "c++", "-std=c++20"])
    program = folder / "planted"
    first = compiled(folder, [source], program)
    assert first.returncode != 0, "an array of a switched length compiled"
    lines = {int(line) for line in re.findall(r"Planted\.cpp:(\d+)", first.stderr)}
    assert source.drop(lines) == 1, f"taken out: lines {lines}\n{first.stderr}"
    again = compiled(folder, [source], program)
    assert again.returncode == 0, again.stderr
    return source, program


def outcomes(source, program):
    running.SLACK = 2
    runner = running.Runner(program, 2)
    runner.record()
    judged = runner.judge_all([mutant.number for mutant in source.mutants])
    return runner, {mutant.name.removeprefix("Planted.cpp | "): judged[mutant.number] for mutant in source.mutants}


MAY_ENTER = "bool mayEnter(int age, int least) { return age >= least; }"
WITHIN = "bool isWithin(int value, int low, int high) { return value > low && value < high; }"
NOBODY = "bool nobodyAsks(int value) { return value != limit; }"


def what_a_test_sees_is_caught(source, runner, found):
    assert found[f">= to > | {MAY_ENTER} | 1"] == running.KILLED, found
    assert found[f">= to < | {MAY_ENTER} | 1"] == running.KILLED, found
    assert found[f"> to <= | {WITHIN} | 1"] == running.KILLED, found
    assert found["1 to 1 + 1 | steps += 1; | 1"] == running.KILLED, found


def what_it_does_not_see_survives(source, runner, found):
    for kind in ("> to >=", "< to <=", "&& to ||"):
        assert found[f"{kind} | {WITHIN} | 1"] == running.SURVIVED, found


def a_test_that_cannot_fail_catches_nothing(source, runner, found):
    assert found["statement removed | text.push_back('!'); | 1"] == running.SURVIVED, found


def what_no_test_reaches_is_named(source, runner, found):
    assert found[f"!= to == | {NOBODY} | 1"] == running.UNCOVERED, found


def a_mutant_that_never_ends_is_ended(source, runner, found):
    assert found["> to >= | while (count > 1) { | 1"] == running.TIMED_OUT, found


def what_the_compiler_evaluates_is_counted_and_not_tried(source, runner, found):
    assert not any("limit = 5" in name or "size = 4" in name for name in found), found
    assert sum(source.not_tried.values()) == 2, source.not_tried


def without_a_mutant_every_test_passes_and_names_what_it_reaches(source, runner, found):
    assert sorted(runner.cost) == [f"planted_tests/{name}" for name in (
        "cannot_fail", "does_not_see_its_boundary", "ends_only_with_its_loop", "sees_its_boundary")], runner.cost
    reached = {mutant.name for mutant in source.mutants if mutant.number in runner.reached["planted_tests/sees_its_boundary"]}
    assert reached and all(MAY_ENTER in name for name in reached), reached


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="tickmark-suite-") as folder:
        source, program = built(pathlib.Path(folder))
        runner, found = outcomes(source, program)
        for test in (what_a_test_sees_is_caught, what_it_does_not_see_survives, a_test_that_cannot_fail_catches_nothing,
                     what_no_test_reaches_is_named, a_mutant_that_never_ends_is_ended,
                     what_the_compiler_evaluates_is_counted_and_not_tried,
                     without_a_mutant_every_test_passes_and_names_what_it_reaches):
            try:
                test(source, runner, found)
                passed += 1
                print(f"ok {test.__name__}", flush=True)
            except Exception:  # every failure is told and counted, whatever it is
                failed += 1
                print(f"not ok {test.__name__}\n{traceback.format_exc()}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
