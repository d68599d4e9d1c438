#!/usr/bin/env python3
"""System-call faults in put, commit, seal, backup and restore: tests/resilience/faults.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/faults.py"), run_name="__main__")
