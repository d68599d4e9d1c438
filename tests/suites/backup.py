#!/usr/bin/env python3
"""Backups under load, cut off and damaged: tests/resilience/backup.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/backup.py"), run_name="__main__")
