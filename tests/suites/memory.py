#!/usr/bin/env python3
"""Memory that runs out: tests/resilience/memory.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/memory.py"), run_name="__main__")
