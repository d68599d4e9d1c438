"""check_canary.py reads its plan and clang-tidy's output rightly, and notices a check that went silent."""
import contextlib
import io
import pathlib
import shutil
import sys
import tempfile
import unittest
from unittest import mock

import check_canary

ROOT = pathlib.Path(__file__).parents[2]


class Reading(unittest.TestCase):
    def test_a_planted_line_is_found(self):
        with tempfile.TemporaryDirectory() as name:
            (pathlib.Path(name) / "A.cpp").write_text("int x;\nint _Y;  // expect: bugprone-reserved-identifier\n")
            self.assertEqual(check_canary.expectations(pathlib.Path(name)), {("A.cpp", 2, "bugprone-reserved-identifier")})

    def test_only_errors_count_as_reported(self):
        output = ("/a/A.cpp:2:5: error: bad [one-check,second-name,-warnings-as-errors]\n"
                  "/a/A.cpp:3:5: warning: meh [third-check]\n")
        found = check_canary.reports(output)
        self.assertIn(("A.cpp", 2, "one-check"), found)
        self.assertIn(("A.cpp", 2, "second-name"), found)
        self.assertNotIn(("A.cpp", 3, "third-check"), found)

    def test_every_family_of_the_settings_has_a_planted_fault(self):
        planted = {check for _, _, check in check_canary.expectations(ROOT / "tests" / "canary")}
        for family in ("bugprone", "cert", "clang-analyzer", "cppcoreguidelines", "misc", "modernize", "performance",
                       "readability"):
            self.assertTrue(any(check.startswith(family) for check in planted), family)


@unittest.skipUnless(shutil.which("clang-tidy"), "clang-tidy is not installed")
class Silence(unittest.TestCase):
    def verdict(self, settings):
        """check_canary's exit code and messages on a small tree with these settings."""
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            (root / "tests" / "canary").mkdir(parents=True)
            (root / "tests" / "canary" / "Canary.cpp").write_text(
                "const char* f() { return 0; }  // expect: modernize-use-nullptr\n"
                "int* g() { int* p = nullptr; return p; }\n"
                "const char* h() { return NULL_; }\n".replace("NULL_", "0"))
            (root / ".clang-tidy").write_text(settings)
            messages = io.StringIO()
            with mock.patch.object(sys, "argv", ["check_canary.py", name]), \
                    contextlib.redirect_stderr(messages), contextlib.redirect_stdout(io.StringIO()):
                return check_canary.main(), messages.getvalue()

    def test_a_check_that_is_on_passes(self):
        code, messages = self.verdict("Checks: '-*,modernize-use-nullptr'\nWarningsAsErrors: '*'\n")
        self.assertEqual((code, messages), (0, ""))

    def test_a_check_that_went_off_is_named(self):
        code, messages = self.verdict("Checks: '-*,modernize-use-override'\nWarningsAsErrors: '*'\n")
        self.assertEqual(code, 1)
        self.assertIn("Canary.cpp:1: modernize-use-nullptr does not report", messages)

    def test_a_check_that_only_warns_is_named(self):
        code, _ = self.verdict("Checks: '-*,modernize-use-nullptr'\n")
        self.assertEqual(code, 1)


if __name__ == "__main__":
    unittest.main()
