#!/usr/bin/env python3
"""The Debian package: what it holds, that its programs run from there, and what the service manager is told.

Unpacks the package into a folder of its own; with TICKMARK_LONG set and as root also installs, upgrades and purges it in a
small root of its own (debootstrap).
"""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import BIN, SOURCE, Suite, run  # noqa: E402

BUILD = BIN.parent
suite = Suite(lambda house: None)
work = tempfile.TemporaryDirectory(prefix="tickmark-package-")
made = []


def package():
    """The package, made once from the build under test."""
    if not made:
        answer = run("cmake", "--build", BUILD, "--target", "manuals")
        assert answer.code == 0, answer
        answer = run("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", work.name)
        assert answer.code == 0, answer
        made.extend(pathlib.Path(work.name).glob("*.deb"))
        assert len(made) == 1, made
        unpacked = pathlib.Path(work.name) / "root"
        assert run("dpkg-deb", "-R", made[0], unpacked).code == 0
    return made[0], pathlib.Path(work.name) / "root"


@suite.test
def the_package_names_what_it_needs_and_holds_what_it_should(house):
    file, root = package()
    control = (root / "DEBIAN/control").read_text()
    for field in (r"^Package: tickmark$", r"^Version: \d+\.\d+\.\d+$", r"^Architecture: \w+$", r"^Depends: .*libpoco", r"^Depends: .*libsystemd0",
                  r"^Recommends: weasyprint"):
        assert re.search(field, control, re.M), f"{field} is not in\n{control}"
    held = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    for name in ("usr/bin/tickmark", "usr/bin/tickmark-verify", "usr/bin/tickmark-extract", "lib/systemd/system/tickmark.service",
                 "lib/sysusers.d/tickmark.conf", "usr/share/man/man1/tickmark.1", "usr/share/man/man1/tickmark-verify.1",
                 "usr/share/bash-completion/completions/tickmark", "usr/share/doc/tickmark/copyright"):
        assert name in held or "usr/" + name in held or name + ".gz" in held, f"{name} is not in the package"
    for path in root.rglob("*"):
        assert not path.stat().st_mode & 0o022, f"{path} is open to others' writing"
    assert not any(name.endswith((".cpp", ".h", ".a", ".po")) for name in held), "sources are in the package"


@suite.test
def the_maintainer_scripts_are_sound_and_never_touch_evidence(house):
    _, root = package()
    for name in ("postinst", "prerm", "postrm"):
        script = root / "DEBIAN" / name
        assert run("sh", "-n", script).code == 0
        assert os.access(script, os.X_OK), name
        text = script.read_text()
        assert not re.search(r"\brm\b|rmdir|deluser|userdel", text), f"{name} removes something"


class Manager:
    """A service manager as far as the server sees one: a socket that takes its messages."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(30)

    def next(self):
        return self.socket.recv(1000).decode()


def start(house, root, manager, watchdog=2):
    programs = root / "usr/bin"
    environment = {**os.environ, "NOTIFY_SOCKET": manager.path, "WATCHDOG_USEC": str(watchdog * 1_000_000), "PATH": f"{programs}:{os.environ['PATH']}"}
    environment.pop("WATCHDOG_PID", None)
    return subprocess.Popen([programs / "tickmark", "--data", house.data, "serve", "--listen", "127.0.0.1:0"], env=environment,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@suite.test
def the_service_manager_is_told_of_readiness_life_and_the_end(house):
    _, root = package()
    assert run(root / "usr/bin/tickmark", "--data", house.data, "init", "--organisation", "Packaged House").code == 0
    assert run(root / "usr/bin/tickmark", "--data", house.data, "serve", "--check-config").code == 0
    manager = Manager(house.folder)
    server = start(house, root, manager)
    try:
        assert manager.next() == "READY=1"
        for _ in range(3):
            assert manager.next() == "WATCHDOG=1"
        server.send_signal(signal.SIGTERM)
        told = manager.next()
        while told == "WATCHDOG=1":
            told = manager.next()
        assert told == "STOPPING=1", told
        assert server.wait(timeout=30) == 0
    finally:
        server.kill()
        server.stderr.close()


@suite.test
def a_bad_setting_is_named_before_anything_starts(house):
    _, root = package()
    tickmark = root / "usr/bin/tickmark"
    assert run(tickmark, "--data", house.data, "init", "--organisation", "Packaged House").code == 0
    settings = house.data / "tickmark.conf"
    sound = settings.read_text()
    for line, words in (("listen = everywhere\n", "listen"), ("nonsense = 1\n", "nonsense"), ("session_hours = many\n", "session_hours"),
                        ("listen = 0.0.0.0:8080\n", "tls_certificate")):
        key = line.split(" ")[0]
        settings.write_text("".join(old for old in sound.splitlines(True) if not old.startswith(key + " ")) + line)
        answer = run(tickmark, "--data", house.data, "serve", "--check-config")
        assert answer.code != 0 and words in answer.err, answer
    settings.write_text(sound)
    assert run(tickmark, "--data", house.data, "serve", "--check-config").code == 0
    missing = run(tickmark, "--data", house.folder / "nowhere", "serve", "--check-config")
    assert missing.code != 0 and "init" in missing.err, missing


@suite.test
def the_unit_is_understood_and_shut_in(house):
    _, root = package()
    unit = next(root.rglob("tickmark.service"))
    if not shutil.which("systemd-analyze"):
        print("# systemd-analyze is not here: the unit is only read")
        assert "Type=notify" in unit.read_text()
        return
    told = run("systemd-analyze", "verify", "--man=no", unit)
    odd = [line for line in (told.out + told.err).splitlines() if "tickmark.service" in line and "is not executable" not in line]
    assert not odd, odd
    judged = run("systemd-analyze", "security", "--offline=true", unit)
    level = float(re.search(r"exposure level for tickmark.service: (\d+\.\d)", judged.out)[1])
    assert level < 4, judged.out


@suite.test
def the_shell_completes_commands_and_options(house):
    _, root = package()
    script = root / "usr/share/bash-completion/completions/tickmark"

    def complete(*words):
        line = " ".join(f"'{word}'" for word in words)
        asked = (f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _tickmark; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        return run("bash", "-c", asked, env={"PATH": f"{root}/usr/bin:{os.environ['PATH']}"}).out.split()

    assert "serve" in complete("tickmark", "se")
    assert "--check-config" in complete("tickmark", "serve", "--ch")
    assert {"seal", "sign"} <= set(complete("tickmark", "bundle", "s"))
    assert "--anchor" in complete("tickmark-verify", "--an")


@suite.test
def the_list_of_parts_is_spdx_and_names_every_library(house):
    answer = run(SOURCE / "tools/sbom", "--build", BUILD)
    assert answer.code == 0, answer
    listed = answer.json()
    assert listed["spdxVersion"] == "SPDX-2.3" and listed["dataLicense"] == "CC0-1.0" and listed["documentNamespace"].startswith("https://")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", listed["creationInfo"]["created"])
    names = [part["name"] for part in listed["packages"]]
    assert len(names) == len(set(names))
    loaded = {line.split(".so")[0].strip() for line in run("ldd", BIN / "tickmark").out.splitlines() if "=>" in line}
    assert len(loaded) > 20, "ldd told nothing"
    for name in ("libpocofoundation80", "libsqlite3-0", "libssl3", "nlohmann-json3-dev", "htmx.org", "tus-js-client"):
        assert name in names, f"{name} is not listed"
    identifiers = {part["SPDXID"] for part in listed["packages"]}
    for identifier in identifiers:
        assert re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", identifier), identifier
    related = {relation["relatedSpdxElement"] for relation in listed["relationships"]}
    assert related == identifiers, "a part is related to nothing"
    for part in listed["packages"]:
        assert part["licenseDeclared"] and part["versionInfo"] and "downloadLocation" in part, part


def installed(root, *command):
    return run("chroot", root, *command, env={"DEBIAN_FRONTEND": "noninteractive"})


def install_upgrade_purge(house):
    """Installs in a fresh Debian, makes data, installs a newer package over it, purges: the data is still there."""
    file, _ = package()
    root = house.folder / "debian"
    assert run("debootstrap", "--variant=minbase", "bookworm", root).code == 0
    shutil.copy(file, root / "tmp/tickmark.deb")
    assert installed(root, "apt-get", "update").code == 0
    answer = installed(root, "apt-get", "install", "-y", "--no-install-recommends", "/tmp/tickmark.deb")
    assert answer.code == 0 and "has no data yet" in answer.out, answer
    assert installed(root, "install", "-d", "-o", "tickmark", "-g", "tickmark", "-m", "0700", "/var/lib/tickmark").code == 0
    answer = installed(root, "runuser", "-u", "tickmark", "--", "tickmark", "--data", "/var/lib/tickmark", "init", "--organisation", "Your organisation")
    assert answer.code == 0, answer
    newer = house.folder / "newer"
    assert run("dpkg-deb", "-R", file, newer).code == 0
    control = newer / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: .*$", "Version: 99.0.0", control.read_text(), flags=re.M))
    assert run("dpkg-deb", "--root-owner-group", "-b", newer, root / "tmp/newer.deb").code == 0
    assert installed(root, "dpkg", "-i", "/tmp/newer.deb").code == 0
    assert installed(root, "runuser", "-u", "tickmark", "--", "tickmark", "--data", "/var/lib/tickmark", "check").code == 0
    answer = installed(root, "dpkg", "--purge", "tickmark")
    assert answer.code == 0 and "stays" in answer.out, answer
    assert (root / "var/lib/tickmark/tickmark.db").exists(), "the data is gone"
    assert not (root / "usr/bin/tickmark").exists()


if os.environ.get("TICKMARK_LONG") and os.geteuid() == 0 and shutil.which("debootstrap"):
    suite.test(install_upgrade_purge)

if __name__ == "__main__":
    try:
        suite.main()
    finally:
        work.cleanup()
