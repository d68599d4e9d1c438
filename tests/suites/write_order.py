#!/usr/bin/env python3
"""Orders in which a disk may lose writes: tests/resilience/write_order.py."""
import pathlib
import runpy

runpy.run_path(str(pathlib.Path(__file__).resolve().parents[1] / "resilience/write_order.py"), run_name="__main__")
