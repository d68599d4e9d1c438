"""What a program did to a folder, as strace saw it, and the states in which a power cut may leave that folder.

A module, not a suite. A trace is an ordered list of steps. A step changes the bytes of one file (in sectors that can be
lost one by one), its size, or names; it is durable once a sync of that file, of the folder of the name, or of the file
system began after it was done and has ended. What is not durable may be lost in any subset and is applied in any order
that keeps the last word of each sector. Two names of a rename change together or not at all.
"""
import os
import pathlib
import re
import subprocess

LINE = re.compile(r"(\d+)\s+(.*)$")
CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)(?:<((?:\\x[0-9a-f]{2})*)>)?")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
HANDLE = re.compile(r"(-?\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
# Calls that change nothing that outlives the process; any other call that names the folder must be known below.
HARMLESS = {"read", "pread64", "close", "fcntl", "newfstatat", "fstat", "statx", "access", "faccessat2", "flock", "getdents64",
            "readlink", "readlinkat", "statfs", "fstatfs", "fadvise64", "execve", "getcwd", "fchown", "fchmod", "chdir", "munmap",
            "madvise", "clone3", "dup", "dup3", "ioctl", "fchmodat", "utimensat", "getrandom", "poll", "epoll_ctl", "mprotect"}


class UnknownCall(Exception):
    """The program used a call that this module cannot replay."""


def text(hexed):
    return bytes.fromhex(hexed.replace("\\x", ""))


class Step:
    """`begun` and `ended` are places in the trace. Data: file, pieces [(offset, bytes)]. Size: file, size. Names: {path: file}."""

    def __init__(self, begun, ended, file=None, pieces=(), size=None, names=None):
        self.begun, self.ended = begun, ended
        self.file, self.pieces, self.size, self.names = file, pieces, size, names
        self.durable = None  # the place in the trace from which on it cannot be lost


class Sync:
    def __init__(self, begun, ended, kind, target, path):
        self.begun, self.ended, self.kind, self.target, self.path = begun, ended, kind, target, path


def pieces(offset, content, sector):
    at = 0
    while at < len(content):
        size = min(len(content) - at, sector - (offset + at) % sector)
        yield offset + at, content[at:at + size]
        at += size


class Trace:
    """`steps`, `syncs` and `said` ([(place, bytes)] written to standard output) of one command; `files` are the contents
    before it by number, `names` the names before it by path. Raises UnknownCall."""

    def __init__(self, root, command, log):
        self.root = os.fsencode(root)
        self.names, self.files, self.steps, self.syncs, self.said = {}, {}, [], [], []
        for path in sorted(pathlib.Path(root).rglob("*")):
            if path.is_file():
                self.names[os.fsencode(path)] = len(self.files)
                self.files[len(self.files)] = path.read_bytes()
        self.now, self.count, self.places, self.nameless = dict(self.names), len(self.files), {}, {}
        done = subprocess.run(["strace", "-f", "-qq", "-y", "-xx", "-s", "16777216", "-e", "signal=none", "-o", str(log),
                               *map(str, command)], capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        pending = {}
        with open(log) as lines:
            for number, line in enumerate(lines):
                self.line(number, line, pending)
        self.length = number + 1

    def line(self, number, line, pending):
        process, rest = LINE.match(line).groups()
        begun = number
        if rest.endswith("<unfinished ...>"):
            pending[process] = (number, rest[:-len("<unfinished ...>")])
            return
        if rest.startswith("<... "):
            begun, head = pending.pop(process)
            rest = head + rest[rest.index(" resumed>") + len(" resumed>"):]
        made = CALL.match(rest)
        if made and made.group(3) not in ("?",) and not made.group(3).startswith("-"):
            self.call(begun, number, made.group(1), made.group(2), int(made.group(3)), made.group(4) or "")

    def inside(self, path):
        return path.startswith(self.root + b"/") and not path.endswith((b"-shm", b"(deleted)"))

    def paths(self, arguments):
        """Every name of the call: a name beside its folder's handle, or a name alone."""
        return [os.path.normpath(os.path.join(text(folder) if folder else b"", text(name)))
                for _, folder, name in re.findall(r'(?:(-?\d+|AT_FDCWD)<((?:\\x\w\w)*)>, )?"((?:\\x\w\w)*)"', arguments)]

    def call(self, begun, ended, call, arguments, answer, opened):
        handle = HANDLE.match(arguments)
        path = text(handle.group(2)) if handle else b""
        if call in ("write", "pwrite64", "writev", "pwritev"):
            if call == "write" and arguments.startswith("1<") and not self.inside(path):
                self.said.append((ended, text(TEXT.search(arguments).group(1))))
            if self.inside(path):
                self.wrote(begun, ended, call, handle, path, arguments, answer)
        elif call in ("openat", "open", "creat"):
            self.opened(begun, ended, arguments, answer, opened)
        elif call in ("fsync", "fdatasync", "syncfs"):
            if path == self.root or self.inside(path):
                kind = "all" if call == "syncfs" else "folder" if path not in self.now else "file"
                self.syncs.append(Sync(begun, ended, kind, self.now.get(path), path))
        elif call in ("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"):
            self.named(begun, ended, call, arguments)
        elif call == "ftruncate" and self.inside(path):
            self.steps.append(Step(begun, ended, file=self.now[path], size=int(arguments.rsplit(", ", 1)[1])))
        elif call == "lseek" and self.inside(path):
            self.places[handle.group(1), self.now.get(path)] = answer
        elif call == "mmap":
            if "PROT_WRITE" in arguments and "MAP_SHARED" in arguments and any(self.inside(text(m[1])) for m in HANDLE.findall(arguments)):
                raise UnknownCall("a shared mapping that is written: " + arguments[-300:])
        elif call.startswith("io_uring"):
            raise UnknownCall(call)
        elif call not in HARMLESS and call not in ("mkdir", "mkdirat", "ftruncate", "lseek", "rmdir"):
            names = [text(m[1]) for m in HANDLE.findall(arguments)] + self.paths(arguments)
            if any(self.inside(name) for name in names):
                raise UnknownCall(f"{call}({arguments[:200]}")

    def wrote(self, begun, ended, call, handle, path, arguments, answer):
        content = b"".join(text(one) for one in TEXT.findall(arguments))[:answer]
        assert len(content) == answer, "strace cut a write short"
        key = (handle.group(1), self.now[path])
        if call.startswith("p"):
            offset = int(arguments.rsplit(", ", 1)[1])
        else:
            offset = self.places.get(key, 0)
            self.places[key] = offset + answer
        self.steps.append(Step(begun, ended, file=self.now[path], pieces=list(pieces(offset, content, 4096))))

    def opened(self, begun, ended, arguments, answer, opened):
        path = self.paths(arguments)[0]
        if not self.inside(path) and path != self.root or "O_DIRECTORY" in arguments:
            return
        if "O_TMPFILE" in arguments:  # a file without a name until it is linked
            path = text(opened)
            self.nameless[b"/proc/self/fd/%d" % answer] = path
            self.now[path], self.files[self.count] = self.count, b""
            self.count += 1
            self.places[str(answer), self.now[path]] = 0
            return
        if "O_CREAT" in arguments and path not in self.now:
            self.now[path] = self.count
            self.files[self.count] = b""
            self.count += 1
            self.steps.append(Step(begun, ended, names={path: self.now[path]}))
        elif "O_TRUNC" in arguments:
            self.steps.append(Step(begun, ended, file=self.now[path], size=0))
        if "O_APPEND" in arguments:
            raise UnknownCall("O_APPEND")
        self.places[str(answer), self.now.get(path)] = 0

    def named(self, begun, ended, call, arguments):
        found = [self.nameless.get(path, path) for path in self.paths(arguments)]
        if not any(self.inside(path) for path in found) or found[0] not in self.now:
            return
        if "RENAME_EXCHANGE" in arguments:
            raise UnknownCall("RENAME_EXCHANGE")
        if call.startswith("unlink"):
            change = {found[0]: None}
        elif call.startswith("link"):
            change = {found[1]: self.now[found[0]]}
        else:
            change = {found[0]: None, found[1]: self.now[found[0]]}
        for path, file in change.items():
            self.now.pop(path, None) if file is None else self.now.__setitem__(path, file)
        self.steps.append(Step(begun, ended, names=change))

    def settle(self, ignored=lambda sync, step: False):
        """When each step becomes durable; `ignored` says which sync does nothing for it, a planted fault."""
        for step in self.steps:
            wanted = os.path.dirname(list(step.names)[-1]) if step.names else None
            step.durable = min((sync.ended for sync in self.syncs if sync.begun >= step.ended and not ignored(sync, step) and (
                sync.kind == "all" or (sync.kind == "file" and step.file is not None and sync.target == step.file)
                or (sync.kind == "folder" and wanted == sync.path))), default=self.length + 1)


def same_as_the_folder(trace):
    """Whether the steps, all of them in order, make what the command left."""
    names, changed = lost(trace, trace.length + 1, None)
    there = {os.fsencode(path): path.read_bytes() for path in pathlib.Path(os.fsdecode(trace.root)).rglob("*") if path.is_file()}
    return there == {path: bytes(changed.get(file, trace.files[file])) for path, file in names.items()}


def lost(trace, cut, rng):
    """One legal state after a cut before place `cut`: ({path: file}, {file: bytes}). `rng` None loses nothing done."""
    names, changed = dict(trace.names), {}
    share = rng.choice((0.0, 0.05, 0.3, 0.5, 0.7, 0.95, 1.0)) if rng else 1.0
    named = rng.choice((0.0, 0.5, 1.0)) if rng else 1.0
    for step in trace.steps:
        if step.begun >= cut or (rng is None and step.ended >= cut):
            break
        sure = rng is None or step.durable < cut
        if step.names:
            if sure or rng.random() < named:
                for path, file in step.names.items():
                    names.pop(path, None) if file is None else names.__setitem__(path, file)
            continue
        if step.size is not None:
            if sure or rng.random() < share:
                content = bytearray(changed.get(step.file, trace.files[step.file]))
                changed[step.file] = content[:step.size] + bytes(max(0, step.size - len(content)))
            continue
        for offset, piece in step.pieces:
            if not sure and rng.random() >= share:
                continue
            if not sure and len(piece) > 512 and rng.random() < 0.1:  # torn within the page
                kept = [one for one in pieces(offset, piece, 512) if rng.random() < 0.5]
            else:
                kept = [(offset, piece)]
            content = changed.get(step.file)
            if content is None:
                content = changed[step.file] = bytearray(trace.files[step.file])
            for at, part in kept:
                if len(content) < at:
                    content.extend(bytes(at - len(content)))
                content[at:at + len(part)] = part
    return names, changed
