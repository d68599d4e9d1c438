#!/usr/bin/env python3
"""Computes the figures of the internal audit IA-2022-03 from the incident log.

Reads  schemas/demo/itsm/incident_event_log.csv
Writes schemas/demo/itsm/internal-audit.json, its "figures" only

    tools/demo/itsm_figures.py            print the figures and put them into internal-audit.json
    tools/demo/itsm_figures.py --check    exit 1 if the file's figures are not the log's, or if a finding's
                                          objective evidence names a number that the log does not give

An incident is judged by its last event. The log writes days as day-month-year and "?" for no value.
"""

import argparse
import csv
import json
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "demo" / "itsm"
LOG = FOLDER / "incident_event_log.csv"
AUDIT = FOLDER / "internal-audit.json"


def moment(text):
    return datetime.strptime(text, "%d-%m-%Y %H:%M")


def percent(part, whole):
    return round(100 * part / whole, 1)


def read_incidents():
    """The events of each incident, in the order of the log."""
    incidents = {}
    with LOG.open(encoding="utf-8", newline="") as file:
        for event in csv.DictReader(file):
            incidents.setdefault(event["number"], []).append(event)
    return incidents


def service_levels(last):
    met = [event for event in last if event["made_sla"] == "TRUE"]
    urgent = [event for event in last if event["priority"][0] in "12"]
    by_priority = Counter(event["priority"][0] for event in last)
    met_by_priority = Counter(event["priority"][0] for event in met)
    return {
        "sla_met": len(met),
        "sla_missed": len(last) - len(met),
        "sla_met_percent": percent(len(met), len(last)),
        "priority_1": by_priority["1"],
        "priority_1_sla_met": met_by_priority["1"],
        "priority_2": by_priority["2"],
        "priority_2_sla_met": met_by_priority["2"],
        "priority_1_2": len(urgent),
        "priority_1_2_sla_met": met_by_priority["1"] + met_by_priority["2"],
    }


def priorities(last):
    confirmed = [event for event in last if event["u_priority_confirmation"] == "TRUE"]
    pairs = {}
    for event in last:
        pairs.setdefault((event["impact"], event["urgency"]), set()).add(event["priority"])
    return {
        "priority_confirmed": len(confirmed),
        "priority_not_confirmed": len(last) - len(confirmed),
        "priority_not_confirmed_percent": percent(len(last) - len(confirmed), len(last)),
        "priority_1_confirmed": sum(event["priority"][0] == "1" for event in confirmed),
        "priority_2_not_confirmed": sum(
            event["priority"][0] == "2" and event["u_priority_confirmation"] != "TRUE" for event in last),
        "impact_urgency_pairs": len(pairs),
        "impact_urgency_pairs_with_one_priority": sum(len(found) == 1 for found in pairs.values()),
    }


def handling(last):
    moved = [event for event in last if int(event["reassignment_count"]) >= 3]
    steady = [event for event in last if int(event["reassignment_count"]) == 0]
    return {
        "reassigned_3_or_more": len(moved),
        "reassigned_3_or_more_sla_met": sum(event["made_sla"] == "TRUE" for event in moved),
        "reassigned_3_or_more_sla_met_percent": percent(
            sum(event["made_sla"] == "TRUE" for event in moved), len(moved)),
        "not_reassigned": len(steady),
        "not_reassigned_sla_met": sum(event["made_sla"] == "TRUE" for event in steady),
        "not_reassigned_sla_met_percent": percent(
            sum(event["made_sla"] == "TRUE" for event in steady), len(steady)),
        "most_reassignments": max(int(event["reassignment_count"]) for event in last),
        "reopened": sum(int(event["reopen_count"]) > 0 for event in last),
        "reopened_twice": sum(int(event["reopen_count"]) == 2 for event in last),
        "not_reopened_percent": percent(sum(int(event["reopen_count"]) == 0 for event in last), len(last)),
    }


def records(last, incidents):
    kinds = Counter((event["category"], event["subcategory"]) for event in last)
    (category, subcategory), frequent = kinds.most_common(1)[0]
    of_kind = [event for event in last if (event["category"], event["subcategory"]) == (category, subcategory)]
    return {
        "without_configuration_item": sum(
            all(event["cmdb_ci"] == "?" for event in events) for events in incidents.values()),
        "with_configuration_item": sum(event["cmdb_ci"] != "?" for event in last),
        "without_configuration_item_percent": percent(sum(event["cmdb_ci"] == "?" for event in last), len(last)),
        "closed": sum(event["incident_state"] == "Closed" for event in last),
        "with_category": sum(event["category"] != "?" for event in last),
        "without_category": sum(event["category"] == "?" for event in last),
        "most_frequent_kind": f"{category}, {subcategory}",
        "most_frequent_kind_incidents": frequent,
        "most_frequent_kind_linked_to_problem": sum(event["problem_id"] != "?" for event in of_kind),
        "linked_to_problem": sum(event["problem_id"] != "?" for event in last),
        "awaited_problem": sum(
            any(event["incident_state"] == "Awaiting Problem" for event in events) for events in incidents.values()),
        "awaited_problem_linked": sum(
            any(event["incident_state"] == "Awaiting Problem" for event in events) and events[-1]["problem_id"] != "?"
            for events in incidents.values()),
    }


def compute():
    incidents = read_incidents()
    last = [events[-1] for events in incidents.values()]
    opened = [moment(event["opened_at"]) for event in last]
    return {
        "events": sum(len(events) for events in incidents.values()),
        "incidents": len(incidents),
        "first_opened": min(opened).date().isoformat(),
        "last_opened": max(opened).date().isoformat(),
        "last_closed": max(moment(event["closed_at"]) for event in last).date().isoformat(),
        **service_levels(last), **priorities(last), **handling(last), **records(last, incidents),
    }


NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Numbers that are names, thresholds or dates, not counts.
NAMES = re.compile(r"\d+ times or more|priorit(?:y|ies) [\d and]+|clause [\d.]+"
                   r"|Category \d+|Subcategory \d+|\d{1,2} [A-Z][a-z]+ 20\d\d")


def complaints(audit, figures):
    """What is wrong with the file, one line each."""
    found = []
    if audit.get("figures") != figures:
        found.append("the figures are not those of the log; run tools/demo/itsm_figures.py")
    known = {f"{value:,}" if isinstance(value, int) else str(value) for value in figures.values()}
    known |= {str(value) for value in figures.values()}
    for finding in audit["findings"]:
        for number in NUMBER.findall(NAMES.sub("", finding["objective_evidence"])):
            number = number.rstrip(",")
            if number not in known:
                found.append(f"{finding['ref']}: the objective evidence says {number}, which the log does not give")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    figures = compute()
    audit = json.loads(AUDIT.read_text(encoding="utf-8"))
    if not check:
        audit["figures"] = figures
        AUDIT.write_text(json.dumps(audit, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        for name, value in figures.items():
            print(f"{name:<42}{value}")
    wrong = complaints(audit, figures)
    if wrong:
        sys.exit("\n".join(f"itsm_figures: {line}" for line in wrong))


if __name__ == "__main__":
    main()
