#!/usr/bin/env python3
"""KPIs on the real incident log: each computed series against SQL in sqlite3, and computing again from the archive."""
import json
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from house import SOURCE, TICKMARK, Suite, run  # noqa: E402

LOG = SOURCE / "schemas/demo/itsm/incident_event_log.csv"
GROUPS = 18

# The last row of each incident in the order of the file, its days turned round so that text sorts as time.
INCIDENTS = """
CREATE VIEW incident AS
SELECT max(rowid) AS place, number, made_sla, CAST(reopen_count AS INTEGER) AS reopened,
  substr(opened_at, 7, 4) || '-' || substr(opened_at, 4, 2) || '-' || substr(opened_at, 1, 2) || substr(opened_at, 11) AS opened,
  CASE resolved_at WHEN '?' THEN NULL ELSE substr(resolved_at, 7, 4) || '-' || substr(resolved_at, 4, 2) || '-' ||
    substr(resolved_at, 1, 2) || substr(resolved_at, 11) END AS resolved
FROM log GROUP BY number;
"""
SHARE = f"""
SELECT part, 100.0 * sum(hit) / count(*) AS value, count(*) AS sample
FROM (SELECT ({{hit}}) AS hit, ntile({GROUPS}) OVER (ORDER BY opened, place) AS part FROM incident) GROUP BY part ORDER BY part;
"""
MEDIAN = f"""
WITH timed AS (SELECT (julianday(resolved) - julianday(opened)) * 24 AS hours,
    ntile({GROUPS}) OVER (ORDER BY opened, place) AS part FROM incident WHERE resolved IS NOT NULL),
  ranked AS (SELECT part, hours, row_number() OVER (PARTITION BY part ORDER BY hours) AS rank,
    count(*) OVER (PARTITION BY part) AS sample FROM timed)
SELECT part, avg(hours) AS value, max(sample) AS sample FROM ranked
WHERE rank IN ((sample + 1) / 2, (sample + 2) / 2) GROUP BY part ORDER BY part;
"""
SPLIT = """
SELECT opened >= '2016-03-02' AS later, sum({hit}) AS hits, count(*) AS sample FROM incident GROUP BY later ORDER BY later;
"""


def sql(query):
    script = f".mode csv\n.import {LOG} log\n{INCIDENTS}.mode json\n{query}"
    done = subprocess.run(["sqlite3", ":memory:"], input=script.encode(), capture_output=True, check=True)
    assert not done.stderr, done.stderr.decode()
    return json.loads(done.stdout)


def furnish(house):
    run(TICKMARK, "--data", house.data, "init", "--organisation", "Demonstration")
    house.tickmark("demo")


suite = Suite(furnish)


def series(house, kpi):
    """Computed anew by the demonstration's own rule, from the log it holds."""
    evidence = house.json("kpi", "recompute", kpi)["series"][0]["evidence"]
    return house.json("kpi", "compute", kpi, "--evidence", evidence, "--as", "im-01")


def same(computed, expected):
    points = computed["points"]
    assert len(points) == len(expected) == GROUPS, (len(points), len(expected))
    for number, (point, row) in enumerate(zip(points, expected), 1):
        assert point["label"] == f"Group {number} of {GROUPS}", point
        assert point["sample"] == row["sample"], (point, row)
        # julianday counts days in a double; a minute is far more than what it rounds.
        assert abs(point["value"] - row["value"]) < 1e-4, (point, row)


@suite.test
def the_share_within_the_service_level_is_what_sql_finds(house):
    computed = series(house, "K-0001")
    same(computed, sql(SHARE.format(hit="made_sla = 'TRUE'")))
    assert computed["rows_read"] == 5998 and computed["left_out"] == 0, computed
    assert sum(point["sample"] for point in computed["points"]) == 890
    assert sum(point["hits"] for point in computed["points"]) == 495


@suite.test
def the_median_time_to_resolve_is_what_sql_finds(house):
    computed = series(house, "K-0002")
    same(computed, sql(MEDIAN))
    assert computed["left_out"] == sql("SELECT count(*) AS n FROM incident WHERE resolved IS NULL;")[0]["n"] == 29


@suite.test
def the_reopen_rate_is_what_sql_finds(house):
    computed = series(house, "K-0003")
    same(computed, sql(SHARE.format(hit="reopened > 0")))
    assert sum(point["hits"] for point in computed["points"]) == 10


@suite.test
def before_and_after_are_split_where_sql_splits_them(house):
    for kpi, hit in (("K-0001", "made_sla = 'TRUE'"), ("K-0003", "reopened > 0")):
        comparison = series(house, kpi)["comparison"]
        for side, row in zip((comparison["before"], comparison["after"]), sql(SPLIT.format(hit=hit))):
            assert (side["hits"], side["sample"]) == (row["hits"], row["sample"]), (side, row)
    assert series(house, "K-0001")["comparison"]["test"]["test"] == "two_proportions"
    assert series(house, "K-0003")["comparison"]["test"]["test"] == "fisher_exact"
    assert series(house, "K-0002")["comparison"]["test"]["test"] == "mann_whitney"


@suite.test
def computing_again_agrees_and_a_changed_archive_is_named(house):
    answer = house.json("kpi", "recompute")
    assert answer["ok"] and len(answer["series"]) == 3 and all(one["same"] for one in answer["series"]), answer
    assert "3 computed series, 0 differ" in house.tickmark("kpi", "recompute").out
    content = LOG.read_bytes()
    damaged = next(path for path in (house.data / "archive/sha256").rglob("*") if path.is_file() and path.read_bytes() == content)
    damaged.chmod(0o600)
    damaged.write_bytes(content.replace(b",TRUE,Caller", b",TRUE,caller", 1))
    text = house.tickmark("kpi", "recompute", "K-0002", code=1).out
    assert "DIFFERS  K-0002" in text and "1 computed series, 1 differ" in text, text
    assert not house.json("kpi", "recompute", code=1)["ok"]


@suite.test
def a_stored_figure_that_was_changed_is_named(house):
    script = ("UPDATE kpi_series SET record = replace(record, '\"rows_read\":5998', '\"rows_read\":5997') "
              "WHERE ref = 'KS-0001';")
    subprocess.run(["sqlite3", str(house.data / "tickmark.db"), script], check=True)
    text = house.tickmark("kpi", "recompute", code=1).out
    assert "DIFFERS  K-0001" in text and "rows read" in text, text


@suite.test
def a_rule_from_a_file_is_refused_by_column_and_by_row(house):
    evidence = house.json("kpi", "recompute", "K-0001")["series"][0]["evidence"]
    base = {"rows": "every", "aggregation": "mean", "grouping": "whole"}
    arguments = ("kpi", "compute", "K-0001", "--evidence", evidence, "--as", "im-01", "--rule")
    error = house.error(*arguments, house.write("a.json", json.dumps({**base, "value": "no_such"})), code=3)
    assert error["errors"][0]["field"] == "no_such", error
    error = house.error(*arguments, house.write("b.json", json.dumps({**base, "value": "priority"})), code=3)
    assert "Line 2" in error["errors"][0]["message"], error
    dated = {**base, "aggregation": "count", "grouping": "day", "time": "opened_at", "date_format": "MM-DD-YYYY hh:mm"}
    error = house.error(*arguments, house.write("c.json", json.dumps(dated)), code=3)
    assert "29-02-2016" in error["errors"][0]["message"], error
    assert len(house.json("kpi", "recompute", "K-0001")["series"]) == 1


if __name__ == "__main__":
    suite.main()
