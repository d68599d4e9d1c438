"""What the suites share: a furnished data directory, the programs, and a runner that counts.

A module, not a suite: it is not executable, so tools/test passes it over.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

SOURCE = pathlib.Path(os.environ.get("TICKMARK_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
BIN = pathlib.Path(os.environ.get("TICKMARK_BIN_DIR", SOURCE / "build/dev/bin"))
TICKMARK = BIN / "tickmark"
VERIFY = BIN / "tickmark-verify"
DATA = SOURCE / "tests/data"


class Answer:
    """What a program left: its exit code and what it wrote."""

    def __init__(self, command, done):
        self.command = " ".join(str(part) for part in command)
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def __str__(self):
        return f"$ {self.command}\nexit code {self.code}\n{self.out}{self.err}"


def run(*command, stdin=b"", env=None):
    done = subprocess.run([str(part) for part in command], input=stdin, capture_output=True, timeout=300,
                          env={**os.environ, **(env or {})})
    return Answer(command, done)


class House:
    """A data directory of its own; `tickmark` runs the program on it and expects an exit code."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"

    def path(self, name):
        return self.folder / name

    def write(self, name, content):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def tickmark(self, *arguments, code=0, stdin=b""):
        answer = run(TICKMARK, "--data", self.data, *arguments, stdin=stdin)
        assert answer.code == code, f"expected exit code {code}\n{answer}"
        return answer

    def json(self, *arguments, code=0):
        return self.tickmark("--json", *arguments, code=code).json()

    def error(self, *arguments, code):
        """The error of a refused command, as --json tells it."""
        answer = self.tickmark("--json", *arguments, code=code)
        assert answer.out == "", f"a refused command wrote a result\n{answer}"
        return json.loads(answer.err[answer.err.index("{"):])["error"]  # what is being done may stand before it

    def entries(self):
        return int(self.tickmark("ledger", "checkpoint").out.splitlines()[1])


AUDITS = "ref,title,auditee,catalog\nIA-1,Internal audit,Service desk,iso20000-1\n"
FINDINGS = ("ref,class,title,clauses,requirement,objective_evidence,nature,owner\n"
            "F-901,minor,Priority not confirmed,8.6.1,It is confirmed.,Three were closed without.,A step is missing.,owner\n")


def furnish(house):
    """Accounts of several roles, an audit and a draft finding."""
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Test House")
    assert house.data.is_dir()
    secret = house.write("password", "correct-horse-battery\n")
    for account, role in (("lead", "LA"), ("second", "AU"), ("owner", "PO"), ("top", "TM"), ("cert", "XA")):
        house.tickmark("user", "create", account, "--role", role, "--password-file", secret)
    house.tickmark("import", "audits", house.write("audits.csv", AUDITS), "--as", "lead")
    house.tickmark("import", "findings", house.write("findings.csv", FINDINGS), "--as", "lead", "--audit", "IA-1")


class Suite:
    """Runs functions in order; each gets a fresh copy of the furnished house."""

    def __init__(self, furnishing=furnish):
        self.tests = []
        self.furnishing = furnishing

    def test(self, function):
        self.tests.append(function)
        return function

    def main(self):
        passed = failed = 0
        wanted = sys.argv[1:]
        with tempfile.TemporaryDirectory(prefix="tickmark-suite-") as folder:
            model = House(pathlib.Path(folder) / "model")
            model.folder.mkdir()
            self.furnishing(model)
            for number, function in enumerate(self.tests):
                if wanted and not any(word in function.__name__ for word in wanted):
                    continue
                house = House(pathlib.Path(folder) / f"test-{number}")
                shutil.copytree(model.folder, house.folder)
                try:
                    function(house)
                    passed += 1
                    print(f"ok {function.__name__}", flush=True)
                except Exception:  # every failure is told and counted, whatever it is
                    failed += 1
                    print(f"not ok {function.__name__}\n{traceback.format_exc()}", flush=True)
                for path in house.folder.rglob("*"):
                    if path.is_dir():
                        path.chmod(0o700)
                shutil.rmtree(house.folder)
        print(f"{passed} passed, {failed} failed")
        sys.exit(1 if failed or not passed else 0)
