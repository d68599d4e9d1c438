"""A real server of a house on a free loopback port, and people who talk to it over HTTP.

A module, not a suite: it is not executable, so tools/test passes it over.
"""
import http.client
import json
import re
import signal
import subprocess

from house import TICKMARK


class Refused(Exception):
    """A problem document (RFC 9457)."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status = status
        try:
            self.problem = json.loads(body)
        except ValueError:
            self.problem = {}


class Server:
    def __init__(self, data, program=TICKMARK):
        self.process = subprocess.Popen([str(program), "--data", str(data), "serve", "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        line = self.process.stdout.readline().decode()
        found = re.search(r":(\d+)", line)
        if not found:
            self.process.kill()
            raise AssertionError(f"the server did not start: {line}{self.process.stderr.read().decode()}")
        self.port = int(found[1])

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        finally:
            self.kill()
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.kill()
        self.process.stdout.close()
        self.process.stderr.close()


class Person:
    """A signed-in browser that speaks JSON."""

    def __init__(self, server, account, password):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.port = server.port
        self.headers = {}
        session, answer = self.send("POST", "/api/v1/session", {"account": account, "password": password})
        self.headers = {"Cookie": answer.getheader("Set-Cookie").split(";")[0], "X-CSRF-Token": session["csrf_token"]}

    def raw(self, method, path, body=None, headers=None):
        self.connection.request(method, path, body=body, headers={**self.headers, **(headers or {})})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise Refused(answer.status, content.decode("utf-8", "replace"))
        return content, answer

    def send(self, method, path, document=None, rev=None):
        headers = {"Accept": "application/json"}
        body = None
        if document is not None:
            body = json.dumps(document).encode()
            headers["Content-Type"] = "application/json"
        if rev is not None:
            headers["If-Match"] = f'"{rev}"'
        content, answer = self.raw(method, path, body, headers)
        return (json.loads(content) if content else {}), answer

    def get(self, path):
        return self.send("GET", path)[0]

    def post(self, path, document, rev=None):
        return self.send("POST", path, document, rev)[0]

    def put(self, path, document, rev=None):
        return self.send("PUT", path, document, rev)[0]

    def move(self, kind, ref, event, reason=""):
        """One step of a thing's state machine, on its current revision."""
        path = f"/api/v1/{kind}/{ref}"
        body = {"event": event, **({"reason": reason} if reason else {})}
        return self.post(f"{path}/events", body, self.get(path)["rev"])

    def upload(self, target, name, content, headers=None):
        kind, ref = target
        return json.loads(self.raw("POST", f"/api/v1/evidence?{kind}={ref}&file_name={name}", content,
                                   {"Content-Type": "application/octet-stream", **(headers or {})})[0])
