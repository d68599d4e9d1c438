"""A clock that is wrong, set right, or in another time zone: deadlines, the order of the ledger, sessions and tokens.

faketime (libfaketime) gives the programs a moment of their own, as an offset from now, so that no time zone has a say in it. A
running server reads its offset from a file, which is written anew to make its clock jump. Python's datetime reckons what is due.
"""
import datetime
import glob
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import demo  # noqa: E402
import server as serving  # noqa: E402
from house import TICKMARK, Suite, run  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

LIBRARY = next(iter(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")), None)
UTC = datetime.timezone.utc
suite = Suite(demo.furnish)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def offset(moment):
    return f"{int(moment.timestamp() - time.time()):+d}s"


def environment(moment, zone="UTC"):
    return {"LD_PRELOAD": LIBRARY, "FAKETIME": offset(moment), "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": zone}


def at_moment(house, moment, *arguments, zone="UTC"):
    return run(TICKMARK, "--data", house.data, *arguments, env=environment(moment, zone))


class Wrong:
    """A server whose clock stands where its file says."""

    def __init__(self, house, moment, zone="UTC"):
        self.file = house.path("clock")
        self.set(moment)
        self.given = {**environment(moment, zone), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1"}
        del self.given["FAKETIME"]
        self.house = house

    def set(self, moment):
        fresh = self.file.with_suffix(".new")
        fresh.write_text(offset(moment) + "\n")
        fresh.replace(self.file)

    def __enter__(self):
        before = {name: os.environ.get(name) for name in self.given}
        os.environ.update(self.given)
        try:
            self.server = Server(self.house.data)
        finally:
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
        return self

    def __exit__(self, *_):
        self.server.__exit__()

    def person(self, account):
        return Person(self.server, account, demo.passwords(self.house)[account])


NOW = datetime.datetime.now(UTC).replace(microsecond=0)
JUMPS = [NOW, NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=3653), at("2028-02-28T12:00:00"), at("2028-02-29T12:00:00"),
         at("2028-03-01T12:00:00"), at("2038-01-19T03:13:30"), at("2038-01-19T03:14:30"), at("2100-02-28T12:00:00"), at("2100-03-01T12:00:00"),
         NOW]
ZONES = ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "Europe/Berlin"]


def events(house):
    with sqlite3.connect(f"file:{house.data / 'tickmark.db'}?mode=ro", uri=True) as base:
        return [(position, json.loads(leaf), micros) for position, leaf, micros in
                base.execute("SELECT position, leaf, at FROM event ORDER BY position")]


def whole(house):
    found = house.tickmark("--json", "check", "--read-data").json()
    assert found["ok"], found["problems"][:5]


@suite.test
def commands_at_any_moment_and_in_any_zone_keep_the_ledger_in_order(house):
    size = house.entries()
    for number, moment in enumerate(JUMPS):
        answer = at_moment(house, moment, "user", "password", "po-02", zone=ZONES[number % len(ZONES)])
        assert answer.code == 0, answer
    found = events(house)
    assert [position for position, _, _ in found] == list(range(size + len(JUMPS)))
    for (_, event, micros), moment in zip(found[size:], JUMPS):
        told = datetime.datetime.fromisoformat(event["at"].replace("Z", "+00:00"))
        assert told.date() == moment.date() or told - moment < datetime.timedelta(hours=1), (event["at"], moment)
        assert told >= moment - datetime.timedelta(seconds=2), (event["at"], moment)
        assert micros == round((told - datetime.datetime(1970, 1, 1, tzinfo=UTC)) / datetime.timedelta(microseconds=1))
    whole(house)


@suite.test
def a_running_server_whose_clock_jumps_keeps_the_ledger_in_order(house):
    with Wrong(house, NOW) as wrong:
        for moment in JUMPS:
            wrong.set(moment)
            person = wrong.person("la-01")  # twelve hours at most: nobody stays signed in over such jumps
            person.post("/api/v1/lessons", {"kind": "failure", "title": f"At {moment}", "advice": "Look at the clock."})
        assert wrong.server.stop() == 0
    whole(house)
    made = [event["at"] for _, event, _ in events(house) if event["kind"] == "lesson.record"][-len(JUMPS):]
    assert [text[:10] for text in made] == [moment.date().isoformat() for moment in JUMPS], made


def due_at(house, moment, zone):
    with Wrong(house, moment, zone) as wrong:
        told = {}
        for account in ("la-01", "po-01", "im-01"):
            person = wrong.person(account)
            told[account] = person.get("/api/v1/due")
            page = person.raw("GET", "/due")[0].decode()
            late = re.findall(r"(\d[\d,]*) days? late", re.sub(r"<[^>]+>", "", page))
            told[account]["late"] = sorted(int(days.replace(",", "")) for days in late)
        return told


@suite.test
def what_is_due_is_reckoned_by_the_day_in_utc_whatever_the_zone(house):
    seen = 0
    for text in ("2022-09-30T23:59:00", "2022-10-01T00:01:00", "2028-02-29T12:00:00", "2028-03-01T00:01:00", "2038-01-19T03:14:30"):
        moment = at(text)
        told = {zone: due_at(house, moment, zone) for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12")}
        assert told["UTC"] == told["Pacific/Kiritimati"] == told["Etc/GMT+12"], text
        for account, due in told["UTC"].items():
            today = moment.date()
            assert due["today"] == today.isoformat(), due["today"]
            days = {item["ref"] + item["kind"]: (today - datetime.date.fromisoformat(item["due"])).days for item in due["items"]}
            wrong = [item for item in due["items"] if item["overdue"] != (days[item["ref"] + item["kind"]] > 0)]
            assert not wrong, (account, text, wrong[:3])
            assert due["overdue"] == sum(item["overdue"] for item in due["items"])
            assert due["within_seven_days"] == sum(-7 <= (today - datetime.date.fromisoformat(item["due"])).days <= 0 for item in due["items"])
            late = sorted(value for value in days.values() if value > 0)
            assert set(due["late"]) <= set(late), (account, text, set(due["late"]) - set(late))
            seen += len(due["late"])
    assert seen, "no page said how late anything is"


@suite.test
def a_leap_day_is_a_deadline_in_a_leap_year_only(house):
    audit = {"audit": demo.AUDIT, "text": "Due on the leap day."}
    with Wrong(house, at("2028-02-01T12:00:00")) as wrong:
        lead = wrong.person("la-01")
        asked = lead.post("/api/v1/requests", {**audit, "assignee": "po-01", "due": "2028-02-29"})["ref"]
        lead.move("requests", asked, "open")
        for impossible in ("2027-02-29", "2100-02-29", "2028-02-30"):
            try:
                lead.post("/api/v1/requests", {**audit, "due": impossible})
            except Refused as refused:
                assert refused.status == 400, refused
                continue
            raise AssertionError(f"{impossible} was taken")
    for text, overdue in (("2028-02-28T23:59:00", False), ("2028-02-29T23:59:00", False), ("2028-03-01T00:01:00", True)):
        with Wrong(house, at(text)) as wrong:
            item, = [item for item in wrong.person("po-01").get("/api/v1/due")["items"] if item["ref"] == asked]
            assert item["overdue"] == overdue, (text, item)


def refused_with(deed):
    try:
        deed()
    except Refused as refused:
        return refused.status
    return 200


@suite.test
def a_session_ends_when_the_clock_jumps_ahead_and_none_outlives_its_hours(house):
    with Wrong(house, NOW) as wrong:
        person = wrong.person("la-01")
        deed = lambda: person.get("/api/v1/session")
        assert refused_with(deed) == 200
        wrong.set(NOW + datetime.timedelta(hours=13))
        assert refused_with(deed) == 401, "twelve hours at most"
        wrong.set(NOW + datetime.timedelta(days=3653))
        person = wrong.person("la-01")
        assert refused_with(lambda: person.get("/api/v1/session")) == 200
        wrong.set(NOW)
        assert refused_with(lambda: person.get("/api/v1/session")) == 401, "a session of ten years ahead lives on when the clock is right again"
        person = wrong.person("la-01")
        wrong.set(NOW - datetime.timedelta(minutes=30))
        assert refused_with(lambda: person.get("/api/v1/session")) == 200, "a small correction of the clock ends no session"


@suite.test
def a_token_ends_on_its_day_and_works_again_only_before_it(house):
    last = (NOW + datetime.timedelta(days=30)).date()
    made = house.json("token", "create", "reader", "--account", "la-01", "--scope", "read", "--expires", last.isoformat())
    token = made["token"]
    with Wrong(house, NOW) as wrong:
        def status(moment):
            wrong.set(moment)
            caller = Person.__new__(Person)
            caller.connection = serving.http.client.HTTPConnection("127.0.0.1", wrong.server.port, timeout=60)
            caller.headers = {"Authorization": f"Bearer {token}"}
            return refused_with(lambda: caller.get("/api/v1/findings?limit=1"))
        day = datetime.datetime.combine(last, datetime.time(), UTC)
        assert status(NOW) == 200
        assert status(day + datetime.timedelta(hours=23, minutes=55)) == 200, "valid on its last day"
        assert status(day + datetime.timedelta(days=1, minutes=5)) == 401
        assert status(NOW + datetime.timedelta(days=3653)) == 401
        assert status(NOW - datetime.timedelta(days=1)) == 200


@suite.test
def nobody_is_kept_out_by_failures_that_lie_in_the_future(house):
    with Wrong(house, NOW + datetime.timedelta(days=3653)) as wrong:
        for _ in range(6):
            assert refused_with(lambda: Person(wrong.server, "po-02", "not the password")) in (401, 429)
        assert refused_with(lambda: wrong.person("po-02")) == 429, "six failures make one wait"
        wrong.set(NOW)
        assert refused_with(lambda: wrong.person("po-02")) == 200, "kept out by a clock that was wrong"
        for _ in range(6):
            assert refused_with(lambda: Person(wrong.server, "po-02", "not the password")) in (401, 429)
        assert refused_with(lambda: wrong.person("po-02")) == 429, "failures of now count"


@suite.test
def sealing_is_refused_when_the_clock_lies_outside_the_certificate(house):
    size = house.entries()
    for moment in (NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=3653)):
        answer = at_moment(house, moment, "bundle", "seal", "--audit", demo.SMALL, "--as", "la-01")
        assert answer.code == 3 and "Check the clock" in answer.err, answer
    assert not [event for _, event, _ in events(house)[size:] if event["kind"] == "bundle.sealed"]
    whole(house)
    house.tickmark("bundle", "seal", "--audit", demo.SMALL, "--as", "la-01")


if __name__ == "__main__":
    if LIBRARY is None:
        sys.exit("libfaketime is missing: install the Debian package faketime")
    suite.main()
