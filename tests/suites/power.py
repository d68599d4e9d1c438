#!/usr/bin/env python3
"""Power cuts while a server works: tests/resilience/power.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/power.py"), run_name="__main__")
