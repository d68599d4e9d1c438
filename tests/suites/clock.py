#!/usr/bin/env python3
"""A clock that is wrong, set right, or in another time zone: tests/resilience/clock.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/clock.py"), run_name="__main__")
