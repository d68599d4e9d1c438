#!/usr/bin/env python3
"""The tests of the project's own tools: tests/ground/test_*.py."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))

tests = unittest.defaultTestLoader.discover(str(ROOT / "tests" / "ground"))
result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(tests)
failed = len(result.failures) + len(result.errors)
passed = result.testsRun - failed - len(result.skipped)
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
