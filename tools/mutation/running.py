"""Which test cases reach a mutant's place, and whether one of them fails when the mutant acts."""
import collections
import concurrent.futures
import os
import pathlib
import re
import resource
import subprocess
import tempfile
import threading
import time

KILLED, TIMED_OUT, SURVIVED, UNCOVERED = "killed", "timed out", "survived", "not covered"
MOST_MEMORY = 8 << 30
FIRST_BATCH = 0.5   # seconds of tests in the first process of a mutant; the next ones may take four times as long
FORMER = 4          # test cases that caught the last mutants of the same file are asked first
SLACK = 5           # a process may take four times the time of its tests, and so many seconds


class BaselineFailed(Exception):
    pass


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def test_cases(program):
    """The full names of all test cases of a Boost.Test program."""
    listed = subprocess.run([str(program), "--list_content"], capture_output=True, text=True)
    names, path = [], []
    lines = [re.match(r"( *)([^*\s:]+)", line) for line in (listed.stderr + listed.stdout).splitlines()]
    lines = [(len(match[1]) // 4, match[2]) for match in lines if match]
    for index, (depth, name) in enumerate(lines):
        path = [*path[:depth], name]
        if index + 1 == len(lines) or lines[index + 1][0] <= depth:
            names.append("/".join(path))
    return names


class Runner:
    def __init__(self, program, jobs):
        self.program, self.jobs = program, jobs
        self.stopped = threading.Event()  # no further mutant is begun
        self.files = {}     # the file of each mutant by its number
        self.former = collections.defaultdict(list)  # by file
        self.cost = {}      # seconds of a test case, in a process of its own
        self.reached = {}   # the numbers of the mutants whose place it executes

    def _run(self, tests, timeout, **environment):
        """The exit code of the test program, or None when it took too long; and the test case that failed first."""
        with tempfile.TemporaryDirectory(prefix="tickmark-mutant-") as folder:
            child = subprocess.Popen([str(self.program), *(f"--run_test={test}" for test in tests)],
                                     stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                     cwd=folder, preexec_fn=limits, start_new_session=True,
                                     env={**os.environ, "TMPDIR": folder, **environment,
                                          "TICKMARK_MUTANT_CAUGHT_BY": folder + "/caught-by"})
            try:
                code = child.wait(timeout)
                caught_by = pathlib.Path(folder, "caught-by")
                return code, caught_by.read_text() if caught_by.exists() else None
            except subprocess.TimeoutExpired:
                return None, None
            finally:
                try:
                    os.killpg(child.pid, 9)  # what a test started and could not end
                except ProcessLookupError:
                    pass
                child.wait()

    def _record(self, test):
        with tempfile.NamedTemporaryFile(prefix="tickmark-reached-") as file:
            begun = time.monotonic()
            code, _ = self._run([test], 600, TICKMARK_MUTANT_RECORD=file.name)
            cost = time.monotonic() - begun
            if code != 0:
                raise BaselineFailed(f"{test} fails without any mutant (exit code {code})")
            seen = file.read()
        return test, cost, {number for number in range(len(seen)) if seen[number] == ord("1")}

    def record(self):
        """Runs each test case alone without a mutant."""
        tests = test_cases(self.program)
        if not tests:
            raise BaselineFailed("there is no test case")
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for test, cost, reached in pool.map(self._record, tests):
                self.cost[test], self.reached[test] = cost, reached

    def leave_out(self, longest):
        """Forgets the test cases that take longer than so many seconds; their names."""
        slow = [] if longest is None else [test for test, cost in self.cost.items() if cost > longest]
        for test in slow:
            del self.cost[test], self.reached[test]
        return slow

    def _batches(self, number):
        """The tests that reach a mutant: those that caught its neighbours, then the quick ones first, in processes
        that take longer and longer."""
        former = [test for test in self.former[self.files.get(number)] if number in self.reached[test]]
        if former:
            yield former
        tests = sorted((test for test in self.cost if number in self.reached[test] and test not in former),
                       key=self.cost.get)
        batch, most = [], FIRST_BATCH
        for test in tests:
            if batch and sum(map(self.cost.get, batch)) + self.cost[test] > most:
                yield batch
                batch, most = [], most * 4
            batch.append(test)
        if batch:
            yield batch

    def judge(self, number):
        """What became of a mutant: KILLED, TIMED_OUT, SURVIVED or UNCOVERED."""
        outcome = UNCOVERED
        for batch in self._batches(number):
            outcome = SURVIVED
            code, caught_by = self._run(batch, SLACK + 4 * sum(map(self.cost.get, batch)),
                                        TICKMARK_MUTANT=str(number))
            if code is None:
                return TIMED_OUT
            if code != 0:
                self._remember(number, caught_by)
                return KILLED
        return outcome

    def _remember(self, number, test):
        if test in self.cost:
            former = self.former[self.files.get(number)]
            self.former[self.files.get(number)] = [test, *(one for one in former if one != test)][:FORMER]

    def judge_all(self, numbers, told=lambda number, outcome: None, seconds=None):
        """The outcome of each; after so many seconds no further one is begun and the rest is left out."""
        end = None if seconds is None else time.monotonic() + seconds

        def judged(number):
            over = self.stopped.is_set() or (end is not None and time.monotonic() >= end)
            return None if over else self.judge(number)

        outcomes = {}
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for number, outcome in zip(numbers, pool.map(judged, numbers)):
                if outcome is not None:
                    outcomes[number] = outcome
                    told(number, outcome)
        return outcomes
