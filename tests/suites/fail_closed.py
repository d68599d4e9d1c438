#!/usr/bin/env python3
"""Nothing happens that cannot be entered into the ledger: tests/resilience/fail_closed.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/fail_closed.py"), run_name="__main__")
