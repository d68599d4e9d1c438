"""What the benches share: a fresh filesystem, data directories, servers of ours and nginx, wrk, medians.

Every bench drives the real programs of a release build, runs its peer in the same interleaved run, takes medians and
prints a ratio. `Report` collects the lines for build/bench/results.md (see `all`).
"""
import argparse
import contextlib
import http.client
import json
import mmap
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

KIB = 1 << 10
MIB = 1 << 20
ROOT = pathlib.Path(__file__).resolve().parents[2]
ACCOUNT = "bench-lead"


def arguments(description, **more):
    """The options every bench has; `more` adds integer options with their defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--build", default=str(ROOT / "build/release"), help="a release build with its benches")
    parser.add_argument("--work", default=tempfile.gettempdir(), help="folder for the bench's data")
    parser.add_argument("--plain", action="store_true", help="no loop image: use the filesystem of --work")
    parser.add_argument("--results", help="append the lines of the table to this file")
    for name, default in more.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


class Programs:
    """The programs of a build."""

    def __init__(self, build):
        folder = pathlib.Path(build).resolve() / "bin"
        self.tickmark = folder / "tickmark"
        self.seed = folder / "seed_bench"
        self.storage = folder / "storage_bench"


# ---- honesty --------------------------------------------------------------------------------------------------------

def touch_memory(count):
    """Makes the machine own that many bytes of warm memory, then gives them back to the guest's free list: freed
    memory of a virtual machine goes back to its host within seconds and is slow to come again."""
    with mmap.mmap(-1, count) as area:
        for offset in range(0, count, mmap.PAGESIZE):
            area[offset] = 1


@contextlib.contextmanager
def workplace(options, name, size):
    """A folder on a fresh ext4 in a loop image of `size` bytes (root needed), or a plain one; removed afterwards."""
    home = pathlib.Path(tempfile.mkdtemp(prefix=f"bench-{name}-", dir=options.work))
    folder = home / "fs"
    folder.mkdir()
    device = None
    try:
        if not options.plain:
            image = home / "image"
            # Allocated and read directly: otherwise the host filesystem's cache is part of what is measured.
            subprocess.run(["fallocate", "-l", str(size), image], check=True)
            device = output(["losetup", "--find", "--show", "--direct-io=on", "--sector-size", "4096", image])
            subprocess.run(["mkfs.ext4", "-q", "-F", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", device],
                           check=True)
            subprocess.run(["mount", device, folder], check=True)
        folder.chmod(0o755)
        home.chmod(0o755)
        yield folder
    finally:
        if device:
            subprocess.run(["umount", folder], check=False)
            subprocess.run(["losetup", "--detach", device], check=False)
        shutil.rmtree(home, ignore_errors=True)


def median(values):
    return statistics.median(values)


def output(command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout.strip()


def load():
    return os.getloadavg()[0]


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text()).group(1)) // MIB
    release = pathlib.Path("/etc/os-release").read_text()
    system = re.search(r'PRETTY_NAME="(.*)"', release).group(1)
    return f"{os.cpu_count()} cores ({model.group(1) if model else 'unknown'}), {memory} GiB, {system}, " \
           f"Linux {os.uname().release}"


# ---- running --------------------------------------------------------------------------------------------------------

def status_kib(pid, field):
    """A memory figure of /proc/PID/status in KiB, 0 when the process is gone."""
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(rf"{field}:\s*(\d+)", text)
    return int(found.group(1)) if found else 0


def timed(commands):
    """Runs the commands one after the other; seconds and the largest resident memory in KiB (as seen every 5 ms:
    getrusage would report the bench's own memory, which a child has before its exec)."""
    peak = 0
    begin = time.monotonic()
    for command in commands:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            watching = True

            def watch(pid=process.pid):
                nonlocal peak
                while watching:
                    peak = max(peak, status_kib(pid, "VmHWM"))
                    time.sleep(0.005)
            watcher = threading.Thread(target=watch)
            watcher.start()
            code = process.wait()
            watching = False
        if code != 0:
            watcher.join()
            raise SystemExit(f"{command[0]} ended with {code}")
    seconds = time.monotonic() - begin
    watcher.join()
    return seconds, peak


def interleave(rounds, contestants, prepare):
    """Each round runs every contestant once: {name: function -> seconds}; `prepare` before each, untimed. The first
    round only warms up. Returns {name: [seconds]}."""
    times = {name: [] for name in contestants}
    for number in range(rounds + 1):
        for name, run in contestants.items():
            prepare()
            seconds = run()
            if number > 0:
                times[name].append(seconds)
    return times


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# ---- our side -------------------------------------------------------------------------------------------------------

class DataDirectory:
    """A data directory made by `tickmark init`, with one lead auditor and seeded audits and findings."""

    def __init__(self, programs, folder, findings):
        self.programs = programs
        self.folder = folder
        self.run("init", "--organisation", "Bench")
        made = self.run("user", "create", ACCOUNT, "--role", "LA", "--name", "Lead auditor")
        self.password = json.loads(made)["password"]
        print(output([programs.seed, folder, ACCOUNT, str(findings)]), flush=True)

    def run(self, *words):
        return output([self.programs.tickmark, *words, "--data", self.folder, "--json"])


class Process:
    """A server in the foreground, ended by its id."""

    def __init__(self, command, **options):
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)

    @property
    def pid(self):
        return self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def wait_for(self, port):
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended with {self.process.returncode}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                return
            time.sleep(0.001)


class Tickmark(Process):
    """`tickmark serve` on a free port, with somebody signed in."""

    def __init__(self, data):
        self.port = free_port()
        super().__init__([data.programs.tickmark, "serve", "--data", data.folder, "--listen", f"127.0.0.1:{self.port}"])
        self.wait_for(self.port)
        self.cookie = ""
        self.csrf = ""
        self.sign_in(data.password)

    def sign_in(self, password):
        answer, document = self.ask("POST", "/api/v1/session", json.dumps({"account": ACCOUNT, "password": password}))
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.csrf = document["csrf_token"]

    def headers(self):
        return {"Cookie": self.cookie, "X-CSRF-Token": self.csrf, "Content-Type": "application/json"}

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, self.headers() if self.cookie else {"Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {text.decode()}")
        return answer, json.loads(text) if text else None

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


# ---- the peer -------------------------------------------------------------------------------------------------------

NGINX = """
worker_processes auto; daemon off; pid {work}/nginx.pid; error_log {work}/error.log; user root;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ application/json json; }}
  open_file_cache max=10; client_max_body_size 0; client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
  fastcgi_temp_path {work}/fastcgi; uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
  server {{ listen 127.0.0.1:{port}; root {work}/www; {dav} }} }}
"""


class Nginx(Process):
    """nginx with its own configuration below `folder`; files lie in folder/www."""

    def __init__(self, folder, dav=False):
        self.port = free_port()
        self.www = folder / "www"
        self.www.mkdir(parents=True)
        configuration = folder / "nginx.conf"
        configuration.write_text(NGINX.format(work=folder, port=self.port, dav="dav_methods PUT;" if dav else ""))
        command = ["nginx", "-c", configuration, "-p", folder]
        if os.geteuid() != 0:
            configuration.write_text(configuration.read_text().replace("user root;", ""))
        super().__init__(command, stderr=subprocess.DEVNULL)
        self.wait_for(self.port)

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"


# ---- load -----------------------------------------------------------------------------------------------------------

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


def wrk(url, seconds, connections=64, headers=None, script=None, threads=2):
    """Requests per second, p50 and p99 in seconds."""
    command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    text = output([*command, url])
    if re.search(r"Non-2xx|Socket errors", text):
        raise SystemExit(f"{url}: not every request went well\n{text}")
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", text).group(1))

    def percentile(which):
        number, unit = re.search(rf"^\s+{which}%\s+([\d.]+)(us|ms|s|m)\s*$", text, re.MULTILINE).groups()
        return float(number) * UNITS[unit]
    return {"rate": rate, "p50": percentile(50), "p99": percentile(99)}


def middle(runs):
    """The medians of several wrk runs."""
    return {key: median([run[key] for run in runs]) for key in runs[0]}


class Fairness:
    """A closed loop of N connections on one thread that counts answers of each: a server that serves some and starves
    the others looks good in wrk."""

    def __init__(self, port, request, connections=64):
        self.sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
        self.request = request

    def run(self, seconds):
        import selectors
        chooser = selectors.DefaultSelector()
        counts = {}
        waiting = {}
        for each in self.sockets:
            counts[each] = 0
            waiting[each] = b""
            chooser.register(each, selectors.EVENT_READ)
            each.sendall(self.request)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for key, _ in chooser.select(0.1):
                each = key.fileobj
                waiting[each] += each.recv(262144)
                if answer_is_whole(waiting[each]):
                    counts[each] += 1
                    waiting[each] = b""
                    each.sendall(self.request)
        for each in self.sockets:
            each.close()
        return min(counts.values()), max(counts.values())


def answer_is_whole(data):
    head, found, body = data.partition(b"\r\n\r\n")
    if not found:
        return False
    length = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE).group(1))
    return len(body) >= length


# ---- results --------------------------------------------------------------------------------------------------------

class Report:
    """Lines of the table; exit code 1 when a limit was missed."""

    def __init__(self, options):
        self.path = options.results
        self.missed = False

    def line(self, job, ours, peer, figure, limit, within):
        """`within` None: reported without a limit."""
        verdict = {True: "ok", False: "MISSED", None: ""}[within]
        self.missed = self.missed or within is False
        row = f"| {job} | {ours} | {peer} | {figure} | {limit} | {verdict} | {load():.1f} |"
        print(row, flush=True)
        if self.path:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(row + "\n")

    def end(self):
        sys.exit(1 if self.missed else 0)
