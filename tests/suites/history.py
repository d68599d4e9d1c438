#!/usr/bin/env python3
"""Attacks on the past by somebody who may write the data folder, and who notices: tests/resilience/history.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/history.py"), run_name="__main__")
