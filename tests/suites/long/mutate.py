#!/usr/bin/env python3
"""Every mutant of the modules whose tests have come that far: tools/mutate must catch 95 % of them, or the list explain
them. docs/reliability.md has the figures of the others."""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(os.environ.get("TICKMARK_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[3]))

results = {}
for module in ("ledger",):
    results[module] = subprocess.run([str(ROOT / "tools/mutate"), module], check=False).returncode
    print(f"{'ok' if results[module] == 0 else 'not ok'} {module}", flush=True)
failed = sum(code != 0 for code in results.values())
print(f"{len(results) - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
