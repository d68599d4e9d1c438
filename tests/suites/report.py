#!/usr/bin/python3
"""The audit report as a reader gets it: pages, digest, what a hostile text or template can fetch, same bytes, and previews."""
import http.client
import pathlib
import re
import struct
import subprocess
import sys
import threading
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import SOURCE, Suite, furnish, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

PASSWORD = "correct-horse-battery"
HOSTILE = ('<img src="file:///etc/passwd"><link rel="attachment" href="file:///etc/passwd">'
           '<style>@import "http://127.0.0.1:9/x.css"</style><script>alert(1)</script>{{#FINDINGS}}')
DEFAULT = SOURCE / "templates/report"


def with_findings(house):
    furnish(house)
    with Server(house.data) as server:
        lead = Person(server, "lead", PASSWORD)
        for number in range(12):
            text = HOSTILE if number == 0 else "A sentence that fills a line of the page. " * 12
            finding = lead.post("/api/v1/findings", {
                "audit": "IA-1", "class": "minor", "title": f"Finding number {number}" if number else HOSTILE[:60],
                "clauses": ["8.6.1"], "requirement": text, "objective_evidence": text, "nature": text,
                "owner": "owner", "response_due": "2031-01-31", "close_due": "2031-03-31"})
            lead.upload(("finding", finding["ref"]), f"file-{number}.txt", b"evidence %d" % number)
            lead.move("findings", finding["ref"], "issue")
        assert server.stop() == 0


suite = Suite(with_findings)


def machine_jails():
    """A container may forbid the namespaces that the PDF's jail is made of."""
    probe = ["/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "/usr/bin/true"]
    return subprocess.run(probe, capture_output=True).returncode == 0


if machine_jails():
    with_pdf = suite.test
else:
    print("# this machine lets nobody make namespaces: what needs a PDF is left out")

    def with_pdf(function):
        return function


def text_of(pdf):
    return run("pdftotext", "-layout", pdf, "-").out


def pages_of(pdf):
    return int(re.search(r"^Pages:\s+(\d+)", run("pdfinfo", pdf).out, re.M)[1])


def made(house, name="report.pdf", *more, code=0):
    path = house.path(name)
    answer = house.tickmark("report", "IA-1", "--format", path.suffix[1:], "--out", path, *more, code=code)
    return path, answer


def own_templates(house, **changed):
    """A firm's folder in the data directory: the program's templates with some files changed."""
    folder = house.data / "report-templates"
    folder.mkdir(exist_ok=True)
    for source in DEFAULT.iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    for name, text in changed.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


@with_pdf
def every_page_carries_reference_digest_and_number(house):
    pdf, answer = made(house)
    digest = re.search(r"[0-9a-f]{64}", answer.out)[0]
    pages = pages_of(pdf)
    assert pages >= 6, pages
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", pdf).out)
    assert (round(float(size[1])), round(float(size[2]))) == (595, 842), size
    for page in range(1, pages + 1):
        text = run("pdftotext", "-layout", "-f", page, "-l", page, pdf, "-").out
        assert "IA-1 - Audit report" in text, f"page {page}\n{text}"
        assert f"{digest[:4]} {digest[4:8]}" in text and digest[-4:] in text, f"page {page}\n{text}"
        assert f"{page} of {pages}" in text, f"page {page}\n{text}"


@with_pdf
def no_heading_of_a_finding_stands_alone_at_the_end_of_a_page(house):
    pdf, _ = made(house)
    for page in range(1, pages_of(pdf) + 1):
        lines = [line for line in run("pdftotext", "-layout", "-f", page, "-l", page, pdf, "-").out.splitlines()
                 if line.strip() and " of " not in line[-9:]]
        assert not re.match(r"\s*F-\d+ Finding number", lines[-1]), f"page {page}: {lines[-1]}"


@with_pdf
def the_head_of_a_table_is_repeated_on_the_next_page(house):
    rows = "".join(f"F-9{number:03d},minor,Row {number} of a long list,8.6.1,R.,O.,N.,owner\n" for number in range(60))
    path = house.write("many.csv", "ref,class,title,clauses,requirement,objective_evidence,nature,owner\n" + rows)
    house.tickmark("import", "findings", path, "--as", "lead", "--audit", "IA-1")
    with Server(house.data) as server:
        lead = Person(server, "lead", PASSWORD)
        for number in range(60):
            lead.upload(("finding", f"F-9{number:03d}"), "x.txt", b"x")
            lead.move("findings", f"F-9{number:03d}", "issue")
    pdf, _ = made(house)
    with_head = 0
    for page in range(1, 9):
        text = run("pdftotext", "-layout", "-f", page, "-l", page, pdf, "-").out
        if re.search(r"Row \d+ of a long list\s+Issued", text):
            assert re.search(r"Finding\s+Class\s+Clauses\s+What was found\s+State", text), f"page {page}\n{text}"
            with_head += 1
    assert with_head >= 2, with_head


@with_pdf
def the_same_data_gives_the_same_bytes(house):
    first, one = made(house, "one.pdf")
    second, two = made(house, "two.pdf")
    assert one.out.split("data: ")[1] == two.out.split("data: ")[1]
    assert first.read_bytes() == second.read_bytes()
    assert made(house, "one.html")[0].read_bytes() == made(house, "two.html")[0].read_bytes()


@with_pdf
def hostile_text_is_text_and_brings_nothing_in(house):
    pdf, _ = made(house)
    text = text_of(pdf)
    assert "file:///etc/passwd" in text and "alert(1)" in text, "the text itself is shown"
    assert "root:" not in text and "0 embedded files" in run("pdfdetach", "-list", pdf).out
    assert run("pdfimages", "-list", pdf).out.count("\n") <= 2
    html = made(house, "report.html")[0].read_text()
    assert "<script" not in html and "<img" not in html and "<link" not in html


@with_pdf
def drafts_are_not_in_the_report(house):
    text = text_of(made(house)[0])
    assert "Priority not confirmed" not in text and "Drafts and discarded findings are not in this report" in text


@suite.test
def the_check_names_file_line_and_field(house):
    folder = own_templates(house, summary_html='{{%AUTOESCAPE context="HTML"}}<p>\n{{COLOUR}}\n{{TITLE:none}}\n'
                                               '<script>x</script>\n<img src="http://example.org/logo.png">\n{{#TEAM}}')
    answer = house.tickmark("report", "check", folder, code=1)
    for line in ("summary.html:2: COLOUR:", "summary.html:3: TITLE:", "summary.html:4: <script>:",
                 "summary.html:5: src:", "summary.html:6: TEAM:", "5 mistakes."):
        assert line in answer.out, f"{line}\n{answer}"
    error = house.error("report", "IA-1", "--out", house.path("x.html"), code=3)
    assert error["type"] == "report-template" and len(error["errors"]) == 5, error
    assert house.json("report", "check", DEFAULT) == {"ok": True, "mistakes": []}


@with_pdf
def a_firms_template_takes_the_place_of_the_programs(house):
    own_templates(house, cover_facts="", report_html='{{%AUTOESCAPE context="HTML"}}<h1>Firm and Partners</h1>'
                  "{{#FINDINGS}}<p>{{REFERENCE}} {{TITLE}}</p>{{/FINDINGS}}")
    text = text_of(made(house)[0])
    assert "Firm and Partners" in text and "Finding number 11" in text and "1 of 1" in text, text


def jail_of(house):
    """The command by which the program starts the jail, as strace sees it."""
    trace = house.path("trace")
    out = house.path("traced.pdf")
    done = run("strace", "-f", "-s", "4096", "-v", "-e", "trace=execve", "-o", trace, SOURCE and str(house_binary()),
               "--data", house.data, "report", "IA-1", "--format", "pdf", "--out", out)
    assert done.code == 0, done
    line = next(line for line in trace.read_text().splitlines() if '"/usr/bin/bwrap"' in line and "execve(" in line)
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line.split("[", 1)[1].split("], [")[0])
    return words[words.index("/usr/bin/bwrap"):]


def house_binary():
    from house import TICKMARK
    return TICKMARK


@with_pdf
def even_a_document_that_asks_for_files_and_hosts_gets_none(house):
    """Past the check and the escaping: the document itself is hostile, the jail is the one of the program."""
    asked = []

    class Listener(threading.Thread):
        def __init__(self):
            super().__init__(daemon=True)
            import socket
            self.socket = socket.create_server(("127.0.0.1", 0))
            self.port = self.socket.getsockname()[1]

        def run(self):
            while True:
                self.socket.accept()
                asked.append(1)

    listener = Listener()
    listener.start()
    secret = house.data / "tickmark.conf"
    hostile = f"""<html><head><link rel="attachment" href="file:///etc/passwd"><link rel="attachment" href="file://{secret}">
      <style>@import "http://127.0.0.1:{listener.port}/a.css"; body {{ background: url(http://127.0.0.1:{listener.port}/b.png) }}
      @font-face {{ font-family: x; src: url(file:///etc/shadow) }}</style></head><body><p>words</p>
      <img src="file:///etc/passwd"><img src="http://127.0.0.1:{listener.port}/c.png"><object data="file://{secret}"></object>
      <a rel="attachment" href="file:///etc/hostname">x</a></body></html>"""
    pdf = house.path("hostile.pdf")
    done = subprocess.run(jail_of(house), input=hostile.encode(), capture_output=True, timeout=120)
    assert done.returncode == 0 and done.stdout.startswith(b"%PDF-"), done.stderr
    pdf.write_bytes(done.stdout)
    text = text_of(pdf)
    assert "words" in text and "root:" not in text and "organisation" not in text, text
    assert "0 embedded files" in run("pdfdetach", "-list", pdf).out
    assert b"root:" not in done.stdout and b"EmbeddedFile" not in done.stdout
    assert asked == [], "somebody was called"


@with_pdf
def the_jail_holds_neither_the_data_nor_the_network(house):
    words = jail_of(house)
    assert "--unshare-all" in words and "--clearenv" in words and "--die-with-parent" in words, words
    bound = [words[at + 1] for at, word in enumerate(words) if word.endswith("bind") or word.endswith("bind-try")]
    assert "--bind" not in words and "/" not in bound and "/etc" not in bound, bound
    assert not any(str(house.data).startswith(place + "/") for place in bound), bound


@with_pdf
def the_server_gives_the_report_to_its_readers(house):
    with Server(house.data) as server:
        lead, owner, top = (Person(server, name, PASSWORD) for name in ("lead", "owner", "top"))
        page, answer = lead.raw("GET", "/audits/IA-1/report", headers={"Accept": "text/html"})
        policy = answer.getheader("Content-Security-Policy")
        assert "default-src 'none'; style-src 'sha256-" in policy and "script" not in policy, policy
        assert b"Download as PDF" in page
        pdf, answer = top.raw("GET", "/audits/IA-1/report.pdf")
        assert answer.getheader("Content-Type") == "application/pdf" and pdf.startswith(b"%PDF-")
        assert "attachment" in answer.getheader("Content-Disposition")
        again, _ = lead.raw("GET", "/api/v1/audits/IA-1/report", headers={"Accept": "application/pdf"})
        assert made(house)[0].read_bytes() == again == pdf
        data = lead.get("/api/v1/audits/IA-1/report")
        assert len(data["findings"]) == 12 and data["digest"].encode() in page and data["excerpt"] is False
        assert owner.get("/api/v1/audits/IA-1/report")["excerpt"] is True
        html, answer = lead.raw("GET", "/api/v1/audits/IA-1/report", headers={"Accept": "text/html"})
        assert answer.getheader("Content-Type").startswith("text/html") and b"Download as PDF" not in html
        for person, path in ((Person(server, "cert", PASSWORD), "/api/v1/audits/IA-1/report"),
                             (lead, "/api/v1/audits/IA-2/report")):
            try:
                person.raw("GET", path)
                raise AssertionError("it was let in")
            except Refused as refused:
                assert refused.status == 404, refused


@with_pdf
def a_preview_is_shut_in_and_kept_in_custody(house):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    def png(width, height, rows):
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

    with Server(house.data) as server:
        lead = Person(server, "lead", PASSWORD)

        def given(name, content):
            return lead.upload(("audit", "IA-1"), name, content)["version"].split("/")[0]

        def look(ref, query=""):
            return lead.raw("GET", f"/evidence/{ref}/v/1/preview{query}")

        svg = given("x.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
        body, answer = look(svg)
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
        assert answer.getheader("Content-Security-Policy").startswith("sandbox; default-src 'none'")
        assert b"<svg" not in body and b"&lt;svg" in body
        table = given("t.csv", b"number,note\r\nINC1,=1+1\r\nINC2,<script>alert(1)</script>\r\n")
        body, _ = look(table)
        assert b"<td>=1+1</td>" in body and b"<script" not in body and b"&lt;script&gt;" in body
        picture = png(4, 4, b"\0\0\0\0\0" * 4)
        body, answer = look(given("p.png", picture))
        assert body == picture and answer.getheader("Content-Type") == "image/png"
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        bomb = given("bomb.png", png(60000, 60000, b"\0" * 1000000))
        try:
            look(bomb)
            raise AssertionError("the bomb was shown")
        except Refused as refused:
            assert refused.status == 422, refused
        document = given("report.pdf", made(house)[0].read_bytes())
        before = house.entries()
        for page in (1, 2, 3):
            body, answer = look(document, f"?page={page}")
            assert body.startswith(b"\x89PNG") and answer.getheader("Content-Type") == "image/png"
        assert house.entries() == before + 1, "looks at one version within a quarter of an hour are one reading"
        page, answer = lead.raw("GET", f"/evidence/{table}?preview=1", headers={"Accept": "text/html"})
        assert b'sandbox=""' in page and "frame-src 'self'" in answer.getheader("Content-Security-Policy")
        try:
            Person(server, "top", PASSWORD).raw("GET", f"/evidence/{table}/v/1/preview")
            Person(server, "cert", PASSWORD).raw("GET", f"/evidence/{table}/v/1/preview")
            raise AssertionError("it was let in")
        except Refused as refused:
            assert refused.status == 404, refused


suite.main()
