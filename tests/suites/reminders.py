#!/usr/bin/python3
"""Reminders against the real thing: the feed read by python-icalendar, the digest taken by an SMTP server (aiosmtpd).

The modules are Debian's (python3-icalendar, python3-aiosmtpd), so this runs under Debian's python3.
"""
import datetime
import email
import email.policy
import http.client
import pathlib
import re
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from aiosmtpd.controller import Controller  # noqa: E402
from aiosmtpd.smtp import AuthResult  # noqa: E402
from icalendar import Calendar  # noqa: E402
from house import TICKMARK, Suite, furnish, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

PASSWORD = "correct-horse-battery"
TITLE = ("Überprüfung der Prioritäten fehlt; \\\"Notfälle\\\", Änderungen und Störungen werden am "
         "Monatsende ohne Bestätigung geschlossen, 漢字")
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
SOON = TODAY + datetime.timedelta(days=3)


def with_due(house):
    """A finding that `owner` has to answer in three days, and an address for the digest."""
    furnish(house)
    with Server(house.data) as server:
        lead = Person(server, "lead", PASSWORD)
        log = lead.upload(("audit", "IA-1"), "log.txt", b"the log")
        title = TITLE.replace('\\"', '"')
        made = lead.post("/api/v1/findings", {
            "audit": "IA-1", "class": "minor", "title": title, "clauses": ["8.6.1"], "requirement": "It is confirmed.",
            "objective_evidence": "Three were not.", "nature": "A step is missing.", "owner": "owner",
            "response_due": SOON.isoformat(), "evidence": [log["version"]]})
        lead.move("findings", made["ref"], "issue")
        owner = Person(server, "owner", PASSWORD)
        owner.put("/api/v1/reminders", {"mail": "owner@example.org"})
        house.write("finding", made["ref"])
        assert server.stop() == 0


suite = Suite(with_due)


def finding(house):
    return house.path("finding").read_text()


class Box:
    """What arrived; refuses or breaks off when told to."""

    def __init__(self):
        self.mails = []
        self.reply = "250 taken"
        self.recipient_reply = "250 OK"
        self.hold = None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient_reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope, email.message_from_bytes(envelope.content, policy=email.policy.default)))
        if self.hold:
            self.hold.set()
            server.transport.abort()
        return self.reply


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Post:
    """An SMTP server on loopback."""

    def __init__(self, box, hostname="127.0.0.1", **options):
        self.controller = Controller(box, hostname=hostname, port=free_port(), **options)

    def __enter__(self):
        self.controller.start()
        return self.controller.port

    def __exit__(self, *_):
        self.controller.stop()


def configure(house, **settings):
    conf = house.data / "tickmark.conf"
    text = conf.read_text()
    for key, value in settings.items():
        text, found = re.subn(rf"(?m)^{key} = .*$", f"{key} = {value}", text)
        assert found == 1, f"{key} does not stand in tickmark.conf"
    conf.write_text(text)


def mail_to(house, port, **more):
    configure(house, smtp_url=more.pop("smtp_url", f"smtp://127.0.0.1:{port}"), digest_from="tickmark@example.org", **more)


def remind(house, *options, code=0):
    return house.json("remind", "--now", *options, code=code)


def fates(rows):
    return {row["account"]: row["fate"] for row in rows}


@suite.test
def the_feed_is_read_by_another_parser_without_signing_in(house):
    configure(house, public_url="https://audit.example.org/")
    with Server(house.data) as server:
        owner = Person(server, "owner", PASSWORD)
        made = owner.post("/api/v1/reminders/calendar", {})
        assert made["url"] == "https://audit.example.org" + made["path"], made
        stranger = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        stranger.request("GET", made["path"])
        answer = stranger.getresponse()
        raw = answer.read()
        assert answer.status == 200 and answer.getheader("Content-Type") == "text/calendar; charset=utf-8", answer
        assert "no-store" in answer.getheader("Cache-Control")
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), "a line is longer than 75 octets"
        assert b"\n" not in raw.replace(b"\r\n", b""), "a line ends without CR"
        calendar = Calendar.from_ical(raw)
        assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
        events = calendar.walk("VEVENT")
        assert len(events) == 1, raw
        event = events[0]
        assert event.errors == [] and calendar.errors == []
        assert event["DTSTART"].dt == SOON and event["DTSTART"].params["VALUE"] == "DATE"
        assert event["DTSTAMP"].dt.tzinfo is not None
        title = TITLE.replace('\\"', '"')
        assert str(event["SUMMARY"]) == f"{finding(house)} Respond: {title}", event["SUMMARY"]
        assert str(event["DESCRIPTION"]) == f"Respond\n{title}\nAudit IA-1"
        assert event["URL"] == f"https://audit.example.org/findings/{finding(house)}"
        stranger.request("GET", made["path"])
        again = Calendar.from_ical(stranger.getresponse().read()).walk("VEVENT")[0]
        assert again["UID"] == event["UID"]


@suite.test
def a_renewed_or_revoked_feed_is_gone_and_guessing_has_to_wait(house):
    def fetch(path):
        stranger = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        stranger.request("GET", path)
        answer = stranger.getresponse()
        answer.read()
        return answer

    with Server(house.data) as server:
        owner = Person(server, "owner", PASSWORD)
        old = owner.post("/api/v1/reminders/calendar", {})["path"]
        new = owner.post("/api/v1/reminders/calendar", {})["path"]
        assert fetch(old).status == 404 and fetch(new).status == 200
        for _ in range(19):
            assert fetch("/calendar/" + "0" * 64 + ".ics").status == 404
        stopped = fetch(new)
        assert stopped.status == 429 and int(stopped.getheader("Retry-After")) > 0
        owner.send("DELETE", "/api/v1/reminders/calendar")
        try:
            owner.send("DELETE", "/api/v1/reminders/calendar")
            raise AssertionError("a feed was revoked twice")
        except Refused as error:
            assert error.status == 404
        assert Person(server, "owner", PASSWORD), "signing in waits because of the feed"
    assert b"".join(path.read_bytes() for path in house.data.glob("tickmark.db*")).find(new[10:-4].encode()) < 0


@suite.test
def one_mail_arrives_whole_and_never_a_second_one(house):
    box = Box()
    with Post(box) as port:
        mail_to(house, port, public_url="https://audit.example.org")
        assert fates(remind(house)) == {"owner": "sent"}
        assert fates(remind(house)) == {"owner": "earlier"}
    assert len(box.mails) == 1
    envelope, mail = box.mails[0]
    assert envelope.mail_from == "tickmark@example.org" and envelope.rcpt_tos == ["owner@example.org"]
    assert mail["From"] == "tickmark@example.org" and mail["To"] == "owner@example.org"
    assert mail["Auto-Submitted"] == "auto-generated" and re.fullmatch(r"<digest-[^@ ]+@example\.org>", mail["Message-ID"])
    assert abs((mail["Date"].datetime - datetime.datetime.now(datetime.timezone.utc)).total_seconds()) < 3600
    assert mail["Subject"].startswith("Tickmark: 0 past the date, 1 due by "), mail["Subject"]
    assert all(len(line) <= 998 for line in envelope.content.split(b"\r\n"))
    text = mail.get_content()
    assert f"- {finding(house)} {TITLE}".replace('\\"', '"') in text, text
    assert f"https://audit.example.org/findings/{finding(house)}" in text
    assert f"({SOON.isoformat()}, in 3 days; audit IA-1)" in text


@suite.test
def the_server_sends_by_itself_and_the_command_beside_it_does_not_repeat_it(house):
    box = Box()
    with Post(box) as port:
        mail_to(house, port, digest_hour="0")
        with Server(house.data) as server:
            for _ in range(200):
                if box.mails:
                    break
                time.sleep(0.05)
            assert len(box.mails) == 1, "the server sent nothing"
            assert fates(remind(house)) == {"owner": "earlier"}
            assert server.stop() == 0
        with Server(house.data) as server:
            time.sleep(0.5)
            assert server.stop() == 0
    assert len(box.mails) == 1


@suite.test
def a_dry_run_shows_the_mail_and_leaves_the_day_open(house):
    rows = remind(house, "--dry-run")
    assert fates(rows) == {"owner": "shown"} and finding(house) in rows[0]["text"], rows
    assert house.error("remind", "--now", code=3)["type"] == "no-mail-server"
    box = Box()
    with Post(box) as port:
        mail_to(house, port)
        assert fates(remind(house, "--dry-run")) == {"owner": "shown"} and not box.mails
        assert fates(remind(house)) == {"owner": "sent"}


@suite.test
def an_unreachable_server_leaves_the_mail_for_later(house):
    mail_to(house, free_port())
    rows = remind(house, code=1)
    assert fates(rows) == {"owner": "waits"} and "cannot be reached" in rows[0]["error"], rows
    assert fates(remind(house)) == {"owner": "waits"}


@suite.test
def a_refused_recipient_is_told_with_the_servers_status(house):
    box = Box()
    box.recipient_reply = "550 no such mailbox"
    with Post(box) as port:
        mail_to(house, port)
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "waits"} and "550" in rows[0]["error"], rows
    assert not box.mails


@suite.test
def a_refused_text_is_told_too(house):
    box = Box()
    box.reply = "554 not this text"
    with Post(box) as port:
        mail_to(house, port)
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "waits"} and "554" in rows[0]["error"], rows


@suite.test
def a_connection_that_breaks_after_the_text_is_not_followed_by_a_second_mail(house):
    box = Box()
    box.hold = threading.Event()
    with Post(box) as port:
        mail_to(house, port)
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "unsure"} and len(box.mails) == 1, rows
        box.hold = None
        assert fates(remind(house)) == {"owner": "earlier"}
    assert len(box.mails) == 1


@suite.test
def a_program_that_is_killed_while_sending_does_not_send_again(house):
    """A server that takes the text and never answers: the program is killed while it waits."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        mail_to(house, listener.getsockname()[1])
        sending = subprocess.Popen([str(TICKMARK), "--data", str(house.data), "remind", "--now"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"220 slow\r\n")
            for line in lines:
                if line == b".\r\n":
                    break
                if line.startswith((b"EHLO", b"MAIL", b"RCPT")):
                    connection.sendall(b"250 OK\r\n")
                elif line.startswith(b"DATA"):
                    connection.sendall(b"354 go on\r\n")
            sending.kill()
            sending.wait()
    box = Box()
    with Post(box) as port:
        mail_to(house, port)
        assert fates(remind(house)) == {"owner": "earlier"} and not box.mails


def certificate(house, name):
    key, cert = house.path(f"{name}.key"), house.path(f"{name}.pem")
    done = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2",
                           "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"], capture_output=True)
    assert done.returncode == 0, done.stderr
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def only(user, password):
    def judge(server, session, envelope, mechanism, data):
        right = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=right, handled=False)
    return judge


@suite.test
def the_mail_goes_encrypted_and_signed_in_by_starttls(house):
    cert, context = certificate(house, "localhost")
    house.write("data/smtp-password", "secret word\n")
    box = Box()
    signed_in = {"auth_required": True, "authenticator": only("post", "secret word")}
    with Post(box, tls_context=context, require_starttls=True, **signed_in) as port:
        mail_to(house, port, smtp_url=f"smtp://localhost:{port}", smtp_user="post", smtp_password_file="smtp-password",
                smtp_ca=cert)
        assert fates(remind(house)) == {"owner": "sent"}
    assert len(box.mails) == 1


@suite.test
def a_certificate_of_another_root_gets_no_mail_and_the_right_one_does(house):
    cert, context = certificate(house, "localhost")
    other, _ = certificate(house, "elsewhere.example")
    box = Box()
    with Post(box, ssl_context=context) as port:
        url = f"smtps://localhost:{port}"
        mail_to(house, port, smtp_url=url, smtp_ca=other)
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "waits"} and "certificate" in rows[0]["error"], rows
        assert not box.mails
        with sqlite3.connect(house.data / "tickmark.db") as catalog:
            catalog.execute("DELETE FROM digest")
        mail_to(house, port, smtp_url=url, smtp_ca=cert)
        assert fates(remind(house)) == {"owner": "sent"}
    assert len(box.mails) == 1


def own_name():
    """A name of this machine that is not localhost but stays on the loopback, as Debian's /etc/hosts has it."""
    for name in (socket.gethostname(), "ip6-loopback"):
        try:
            address = socket.getaddrinfo(name, None)[0][4][0]
        except OSError:
            continue
        if address.startswith("127.") or address == "::1":
            return name, address
    return None, None


@suite.test
def a_server_of_another_name_that_does_not_encrypt_gets_no_mail(house):
    name, address = own_name()
    if name is None:
        print("  (no name of this machine but localhost is known: nothing to look at)")
        return
    box = Box()
    with Post(box, hostname=address) as port:
        mail_to(house, port, smtp_url=f"smtp://{name}:{port}")
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "waits"} and "does not encrypt" in rows[0]["error"], rows
    assert not box.mails


@suite.test
def a_wrong_password_is_told_and_nothing_is_sent(house):
    house.write("data/smtp-password", "wrong\n")
    cert, context = certificate(house, "localhost")
    box = Box()
    with Post(box, tls_context=context, require_starttls=True, auth_required=True,
              authenticator=only("post", "secret word")) as port:
        mail_to(house, port, smtp_url=f"smtp://localhost:{port}", smtp_user="post", smtp_password_file="smtp-password",
                smtp_ca=cert)
        rows = remind(house, code=1)
        assert fates(rows) == {"owner": "waits"} and "sign-in" in rows[0]["error"], rows
    assert not box.mails


@suite.test
def bad_settings_are_refused_by_name(house):
    for key, value in (("smtp_url", "http://mail.example"), ("smtp_url", "smtp://user:word@mail.example"),
                       ("digest_from", "nobody"), ("digest_hour", "24"), ("public_url", "audit.example.org")):
        before = (house.data / "tickmark.conf").read_text()
        configure(house, **{key: value})
        refused = run(TICKMARK, "--data", house.data, "remind", "--dry-run")
        assert refused.code != 0 and key in refused.err, (key, value, refused)
        (house.data / "tickmark.conf").write_text(before)


if __name__ == "__main__":
    suite.main()
