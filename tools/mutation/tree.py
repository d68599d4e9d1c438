"""A copy of the source tree in which one module is mutated, and its test program built once with all mutants."""
import concurrent.futures
import json
import pathlib
import re
import shlex
import shutil
import subprocess

import sites

HERE = pathlib.Path(__file__).resolve().parent
SETTINGS = """
# Written by tools/mutate: the mutated module is optimised a little and not warned about.
target_compile_options(tickmark_{module} PRIVATE -O1 -g0 -w -Wno-narrowing)
target_sources({module}_tests PRIVATE "${{CMAKE_SOURCE_DIR}}/tools/mutation/observer.cpp")
"""


class BuildFailed(Exception):
    pass


def written(path, content):
    """Writes only what differs, so that nothing is compiled again in vain."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


class Tree:
    def __init__(self, root, module, jobs):
        self.root, self.module, self.jobs = root, module, jobs
        self.base = root / "build/mutation" / module
        self.copy = self.base / "tree"
        self.build = self.copy / "build/dev"
        self.program = self.build / "bin" / f"{module}_tests"
        self.sources = []
        self.mutants = []

    def make(self):
        """Copies, mutates, builds; mutants that do not compile behind a switch are taken out and counted."""
        mutated = self._mutated_files()
        self._copy(mutated)
        self._run("cmake", "--preset", "dev", "-DCMAKE_BUILD_TYPE=Debug")
        arguments = self._arguments()
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:  # libclang works outside Python's lock
            self.sources = list(pool.map(lambda name: sites.Source(self.root / name, name, arguments), mutated))
        self._number()
        for _ in range(8):
            for source in self.sources:
                if source.changes:
                    written(self.copy / source.name, source.rewritten().encode())
                else:
                    written(self.copy / source.name, source.text.encode())
            done = subprocess.run(["ninja", "-k", "0", f"-j{self.jobs}", "-C", str(self.build), self.program.name],
                                  capture_output=True, text=True)
            if done.returncode == 0:
                self.mutants = [mutant for source in self.sources for mutant in source.mutants]
                return
            self._take_out(done.stdout)
        raise BuildFailed("mutants that do not compile remain after eight builds")

    def not_tried(self):
        counts = {}
        for source in self.sources:
            for reason, count in source.not_tried.items():
                counts[reason] = counts.get(reason, 0) + count
        return {reason: count for reason, count in counts.items() if count}

    def _mutated_files(self):
        folders = (self.root / "src" / self.module, self.root / "include/tickmark" / self.module)
        return sorted(path.relative_to(self.root).as_posix() for folder in folders for path in folder.rglob("*")
                      if path.suffix in (".cpp", ".h"))

    def _copy(self, mutated):
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=self.root, check=True,
                                capture_output=True).stdout.decode().split("\0")
        names = [name for name in listed if name and (self.root / name).is_file()]
        for name in names:
            if name in mutated and (self.copy / name).exists():
                continue
            content = (self.root / name).read_bytes()
            if name == "CMakeLists.txt":
                content += SETTINGS.format(module=self.module).encode()
            written(self.copy / name, content)
            shutil.copymode(self.root / name, self.copy / name)
        for path in (self.copy / "tests").rglob("*.cpp"):
            if path.relative_to(self.copy).as_posix() not in names:
                path.unlink()
        written(self.copy / "include/tickmark_mutation_switch.h", (HERE / "switch.h").read_bytes())

    def _arguments(self):
        """How the module is compiled, as far as it matters to the parser."""
        commands = json.loads((self.build / "compile_commands.json").read_text())
        command = next(one for one in commands if f"/src/{self.module}/" in one["file"])
        kept, words = ["-x", "c++"], iter(shlex.split(command["command"]))
        for word in words:
            if word == "-isystem":
                kept.extend((word, next(words)))
            elif word.startswith(("-I", "-D", "-std")):
                kept.append(word.replace(str(self.copy / "include"), str(self.root / "include"))
                            .replace(str(self.copy / "src"), str(self.root / "src")))
        return kept

    def _number(self):
        count = 0
        for source in self.sources:
            for mutant in source.mutants:
                mutant.number = count
                count += 1
        if count >= 1 << 16:
            raise BuildFailed("more mutants than switch.h has places for")

    def _take_out(self, output):
        dropped = 0
        for source in self.sources:
            lines = {int(line) for line in re.findall(re.escape(source.name) + r":(\d+)", output)}
            if lines:
                dropped += source.drop(lines)
        if dropped == 0:
            raise BuildFailed(output[-6000:])

    def _run(self, *command):
        done = subprocess.run(command, cwd=self.copy, capture_output=True, text=True)
        if done.returncode != 0:
            raise BuildFailed(done.stdout[-2000:] + done.stderr[-4000:])
