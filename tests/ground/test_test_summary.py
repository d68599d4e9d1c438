"""test_summary.py counts test cases, and nothing that went wrong can pass through it."""
import contextlib
import io
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import test_summary

CASES = """<testsuite>
<testcase name="a_draft_cannot_be_closed"/>
<testcase name="a_major_blocks"><failure message="no"/></testcase>
<testcase name="later"><skipped/></testcase></testsuite>"""


class Script(unittest.TestCase):
    def test_the_last_count_line_counts(self):
        tally = test_summary.tally_output("1 passed, 0 failed\nnoise\n7 passed, 2 failed\n")
        self.assertEqual((tally.passed, tally.failed), (7, 2))

    def test_tap_lines_count(self):
        tally = test_summary.tally_output("ok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP no browser\n1..3\nokay\n")
        self.assertEqual((tally.passed, tally.failed, tally.skipped), (1, 1, 1))

    def test_a_plan_that_was_not_kept_fails(self):
        self.assertEqual(test_summary.tally_output("1..3\nok 1\nok 2\n").failed, 1)


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def suite(self, name, status, output):
        self.write(f"{name}.status", f"{status}\n")
        self.write(f"{name}.out", output)

    def summary(self):
        """(exit code, last line) over the folder."""
        out = io.StringIO()
        with mock.patch.object(sys, "argv", ["test_summary.py", str(self.root)]), contextlib.redirect_stdout(out):
            code = test_summary.main()
        return code, out.getvalue().splitlines()[-1]

    def program(self, ctest_status, report):
        self.write("dev.status", "0\n" if ctest_status == "run" else "8\n")
        self.write("dev.ctest.xml", f'<testsuite><testcase name="domain" status="{ctest_status}"/></testsuite>')
        if report is not None:
            self.write("dev/domain.xml", report)

    def test_cases_are_counted_not_programs(self):
        self.program("fail", CASES)
        self.assertEqual(self.summary(), (1, "1 passed, 1 failed"))

    def test_suites_add_up(self):
        self.program("run", "<testsuite><testcase name='a'/><testcase name='b'/></testsuite>")
        self.suite("cli", 0, "3 passed, 0 failed\n")
        self.assertEqual(self.summary(), (0, "5 passed, 0 failed"))

    def test_a_crashed_program_is_a_failure(self):
        self.program("fail", None)
        self.assertEqual(self.summary(), (1, "0 passed, 1 failed"))
        self.program("fail", "<testsuite><testcase name='a'")
        self.assertEqual(self.summary(), (1, "0 passed, 1 failed"))

    def test_a_program_that_fails_with_good_cases_is_a_failure(self):
        self.program("fail", "<testsuite><testcase name='a'/></testsuite>")
        self.assertEqual(self.summary(), (1, "1 passed, 1 failed"))

    def test_a_program_without_cases_is_a_failure(self):
        self.program("run", "<testsuite/>")
        self.assertEqual(self.summary(), (1, "0 passed, 1 failed"))

    def test_a_suite_without_tests_is_a_failure(self):
        self.suite("cli", 0, "all is well\n")
        self.assertEqual(self.summary(), (1, "0 passed, 1 failed"))
        self.suite("cli", 0, "0 passed, 0 failed\n")
        self.assertEqual(self.summary(), (1, "0 passed, 1 failed"))

    def test_an_exit_code_outweighs_a_good_count(self):
        self.suite("cli", 3, "5 passed, 0 failed\n")
        self.assertEqual(self.summary(), (1, "5 passed, 1 failed"))

    def test_nothing_at_all_is_a_failure(self):
        self.assertEqual(self.summary(), (1, "0 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
