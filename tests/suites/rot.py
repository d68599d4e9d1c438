#!/usr/bin/env python3
"""Random bit flips in the database, the archive and the bundles: tests/resilience/rot.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/rot.py"), run_name="__main__")
