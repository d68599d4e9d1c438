"""tools/run on a made-up machine: what it installs, builds and makes, the first time, again, and after an interruption."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).parents[2]

# Stands for the built program: remembers how it was called, and makes what the real one makes.
PROGRAM = """#!/usr/bin/env bash
echo "tickmark $*" >>"$CALLS"
while (($# > 0)); do [[ $1 == --data ]] && data=$2; [[ $1 =~ ^(init|demo|key|serve)$ ]] && what=$1; shift; done
[[ -n $what && $what == "${FAIL_AT:-}" ]] && { echo "the disk is full"; exit 4; }
case $what in
init) mkdir -p "$data" && touch "$data/tickmark.db" ;;
key) [[ -f $data/demo-accounts.txt ]] || exit 4 ;;
demo) echo "lead@example.org  password" >"$data/demo-accounts.txt" ;;
serve) [[ -f $data/tickmark.db ]] || exit 4 ;;
esac
"""

# Stands for a tool that is only to be noted.
NOTED = """#!/usr/bin/env bash
echo "$(basename "$0") $*" >>"$CALLS"
"""

CMAKE = NOTED + "mkdir -p build/release && touch build/release/build.ninja\n"
DPKG = """#!/usr/bin/env bash
[[ -n ${INSTALLED:-} ]] && printf 'ii %s\\n' $INSTALLED
exit 0
"""
SUDO = NOTED + """[[ $1 == -- ]] && shift
exec "$@"
"""


class Run(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        shutil.copytree(ROOT / "tools", self.root / "tools", ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        (self.root / "tools" / "packages.txt").write_text("build first-package\nbuild second-package\ntest other\n")
        self.calls = self.root / "calls"
        self.program("build/release/bin/tickmark", PROGRAM)
        for name, text in {"cmake": CMAKE, "ninja": NOTED, "apt-get": NOTED, "dpkg-query": DPKG, "sudo": SUDO}.items():
            self.program(f"bin/{name}", text)

    def program(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def run_it(self, *arguments, installed="first-package second-package", **environment):
        """(exit code, output, calls) of one run."""
        self.calls.write_text("")
        result = subprocess.run(
            [str(self.root / "tools" / "run"), *arguments], cwd=self.root, stdin=subprocess.DEVNULL, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            env={"PATH": f"{self.root}/bin:{os.environ['PATH']}", "CALLS": str(self.calls), "INSTALLED": installed,
                 "HOME": str(self.root), **environment})
        return result.returncode, result.stdout, self.calls.read_text().splitlines()

    def test_the_first_run_installs_builds_makes_the_demo_and_serves(self):
        code, output, calls = self.run_it(installed="second-package")
        data = self.root / "tickmark-data"
        self.assertEqual(code, 0, output)
        self.assertTrue(any("install -y --no-install-recommends first-package" in call for call in calls), calls)
        self.assertIn("cmake --preset release", calls)
        self.assertTrue(any(call.startswith("tickmark init --data") for call in calls), calls)
        self.assertEqual(calls[-1], f"tickmark serve --data {data} --listen 127.0.0.1:8080")
        self.assertIn("lead@example.org  password", output)
        self.assertIn("http://127.0.0.1:8080", output)
        self.assertTrue((data / "tickmark.db").exists())
        self.assertEqual(data.stat().st_mode & 0o077, 0)
        self.assertFalse((self.root / "tickmark-data.partial").exists())

    def test_the_second_run_installs_nothing_and_keeps_the_data(self):
        self.run_it()
        (self.root / "tickmark-data" / "mine").touch()
        code, output, calls = self.run_it()
        self.assertEqual(code, 0, output)
        names = [call.split()[0] for call in calls]
        self.assertEqual(names, ["ninja", "tickmark"], calls)
        self.assertTrue((self.root / "tickmark-data" / "mine").exists())
        self.assertIn("lead@example.org  password", output)

    def test_a_failure_halfway_leaves_no_data_folder_and_the_next_run_succeeds(self):
        code, output, calls = self.run_it(FAIL_AT="demo")
        self.assertEqual(code, 4)
        self.assertIn("the disk is full", output)
        self.assertFalse((self.root / "tickmark-data").exists())
        self.assertFalse(any("serve" in call for call in calls))
        code, output, calls = self.run_it()
        self.assertEqual(code, 0, output)
        self.assertIn("serve", calls[-1])

    def test_a_folder_of_somebody_else_is_left_alone(self):
        (self.root / "tickmark-data").mkdir()
        (self.root / "tickmark-data" / "letter.txt").write_text("mine")
        code, output, calls = self.run_it()
        self.assertEqual(code, 3)
        self.assertIn("is not empty", output)
        self.assertFalse(any(call.startswith("tickmark") for call in calls))

    def test_a_partial_folder_of_somebody_else_is_left_alone(self):
        (self.root / "tickmark-data.partial").mkdir()
        (self.root / "tickmark-data.partial" / "letter.txt").write_text("mine")
        code, _, _ = self.run_it()
        self.assertEqual(code, 3)
        self.assertTrue((self.root / "tickmark-data.partial" / "letter.txt").exists())

    def test_an_empty_folder_is_filled(self):
        (self.root / "tickmark-data").mkdir()
        code, output, _ = self.run_it()
        self.assertEqual(code, 0, output)
        self.assertTrue((self.root / "tickmark-data" / "tickmark.db").exists())

    def test_data_and_port_are_taken(self):
        code, output, calls = self.run_it("--data", "with space/here", "--port=8123")
        self.assertEqual(code, 0, output)
        self.assertEqual(calls[-1], f"tickmark serve --data {self.root}/with space/here --listen 127.0.0.1:8123")

    def test_wrong_usage_is_refused_before_anything_happens(self):
        for arguments in (["--port", "0"], ["--port", "65536"], ["--port", "http"], ["--port"], ["--colour"]):
            with self.subTest(arguments):
                code, output, calls = self.run_it(*arguments)
                self.assertEqual((code, calls), (2, []), output)

    def test_a_build_that_fails_shows_its_log(self):
        self.program("bin/ninja", "#!/bin/sh\necho 'error: no such header'\nexit 1\n")
        code, output, _ = self.run_it()
        self.assertEqual(code, 4)
        self.assertIn("error: no such header", output)

    def test_a_package_source_that_fails_is_said(self):
        self.program("bin/apt-get", "#!/bin/sh\necho 'Temporary failure resolving'\nexit 100\n")
        code, output, calls = self.run_it(installed="")
        self.assertEqual(code, 4)
        self.assertIn("Temporary failure resolving", output)
        self.assertFalse(any(call.startswith("cmake") for call in calls))


class Packages(unittest.TestCase):
    def missing(self, listing, installed, *groups):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "packages.txt").write_text(listing)
            (folder / "dpkg-query").write_text(DPKG)
            (folder / "dpkg-query").chmod(0o755)
            script = f'source "{ROOT}/tools/lib/packages.sh"; missing_packages "{folder}/packages.txt" {" ".join(groups)}'
            result = subprocess.run(["bash", "-c", script], stdout=subprocess.PIPE, text=True, check=True,
                                    env={"PATH": f"{folder}:{os.environ['PATH']}", "INSTALLED": installed})
            return result.stdout.split()

    def test_only_the_groups_asked_for_count(self):
        self.assertEqual(self.missing("# note\n\nbuild a\ntest b\nbench c\n", "", "build", "test"), ["a", "b"])

    def test_an_installed_package_is_not_missing(self):
        self.assertEqual(self.missing("build libb-dev\nbuild libb\n", "libb-dev", "build"), ["libb"])

    def test_a_command_in_the_path_counts_as_its_package(self):
        self.assertEqual(self.missing("test shell bash\ntest nothing no-such-command\n", "", "test"), ["nothing"])

    def test_every_line_of_the_list_is_well_formed(self):
        names = set()
        for line in (ROOT / "tools" / "packages.txt").read_text().splitlines():
            if line and not line.startswith("#"):
                words = line.split()
                self.assertIn(len(words), (2, 3), line)
                self.assertIn(words[0], ("build", "test", "bench", "coverage"), line)
                self.assertNotIn(words[1], names, line)
                names.add(words[1])


if __name__ == "__main__":
    unittest.main()
