#!/usr/bin/env python3
"""Derives the demo's import files from the Single Audit extract.

Reads  schemas/demo/single-audit/{audits,requirements,findings,corrective_action_plans}.csv
Writes schemas/demo/single-audit/{findings_import,plans_import}.csv

The source gives a finding as one text. Tickmark keeps the requirement, the objective evidence and the nature
of a nonconformity apart, so the text is cut at the headings that auditors use ("Criteria:", "Condition -",
"9. Condition", "Cause and Effect"). Nothing is invented: where a part has no heading, a sentence says so.

    tools/demo/split_findings.py            write both files and print how often each part had a heading
    tools/demo/split_findings.py --check    write nothing; exit 1 if the files are not what would be written
"""

import argparse
import csv
import io
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "schemas" / "demo" / "single-audit"

FINDING_COLUMNS = [
    "audit_ref", "ref", "source_ref", "title", "class", "clauses", "requirement", "objective_evidence",
    "nature", "risk", "recommendation", "cause", "repeat_of", "repeat_note", "full_text",
]
PLAN_COLUMNS = ["audit_ref", "ref", "source_ref", "plan_no", "text", "due", "owner_role"]

NOT_SEPARATE = "The source text gives no separate statement."
TITLE_LIMIT = 200  # bytes of UTF-8

# Which part a heading opens. "other" ends the part before it and is not imported; "repeat" goes to the note.
# Longer headings stand before the shorter ones that begin them.
HEADINGS = [
    ("cause effect", r"Context, Cause and Effect|Cause and Effect"),
    ("condition", r"Condition/Context|Condition and Context|Statement of Condition(?: #\d{4}-\d{3})?"
                  r"|Description of Condition|Condition found\.?|Condition"),
    ("requirement", r"Context and Criteria"
                    r"|Criteria or specific requirement(?: \(including statutory, regulatory, or other citation\))?"
                    r"|Criteria|Background|Applicable Laws and Regulations"),
    ("cause", r"Cause of (?:the )?Condition|Cause"),
    ("effect", r"Effect of (?:the )?Condition and Questioned Costs|Effect of (?:the )?Condition"
               r"|Effects? or Po(?:tential|ssible) Effect|Effect"),
    ("recommendation", r"(?:Auditor['’]s )?Recommendations?"),
    ("context", r"Context/Sampling|Context|Perspective"),
    ("repeat", r"Identification (?:of|as) a Repeat(?:ed)? Finding"
               r"|Identification of Repeat Finding(?: and Finding Reference Number)?"
               r"|Repeat Findings?(?: from Prior Year(?:s|\(s\))?)?"),
    ("other", r"Identification of (?:How )?Questioned Costs(?: Were Computed)?"
              r"|(?:Known )?Questioned Costs?(?: Amount)?"
              r"|(?:Reporting )?Views? of (?:the )?Responsible Official(?:s|\(s\))?(?: of the Auditee)?"
              r"(?: and (?:Planned )?Corrective Actions?(?: Plan)?(?: \(unaudited\))?)?"
              r"|Management(?:['’]s)? Response(?: \(Unaudited\))?|District['’]s Response|Response by Auditee"
              r"|Response Indicator|Response|Auditor['’]s Remarks"
              r"|Auditor['’]s Summary of the Auditee['’]s Comments on the Findings and Recommendations"
              r"|Status|First Year|Type of Finding|Finding Type|Responsible (?:Staff|Official)"
              r"|(?:Anticipated )?Completion Date"
              r"|Auditor Non-?compliance Code|Finding Resolution Status"),
]
ANY = "|".join(pattern for _, pattern in HEADINGS)
SHORT = r"Criteria|Condition|Cause|Effect|Recommendation|Context|Repeat Finding|Questioned Costs"
CODE = r"(?:[ \t]*\n?S-\d{4}-\d{3}\b)?"  # the paragraph numbers of the HUD audit guide
HEADING = re.compile(
    # at the start of a line, perhaps numbered; ended by a colon, a dash, two spaces or the line's end
    rf"(?<!AND\n)(?<!AND \n)^[ \t]*(?:\d{{1,2}}\.[ \t]+)?(?P<line>(?i:{ANY})){CODE}"
    rf"[ \t]*(?::|[-–][ \t]|(?<= ) (?=\S)|(?=\n)|\Z)"
    # within a line after the end of a sentence, with a colon
    rf"|(?<=[.?!)”\"]) +(?P<inner>(?i:{ANY})):"
    # within a line without the end of a sentence: only the common words, capitalised
    rf"|(?<=\w) +(?P<bare>{SHORT}): "
    # all capitals with a dash
    rf"|(?:(?<=[.?!]) +| {{2,}})(?P<caps>{SHORT.upper()}|VIEWS OF RESPONSIBLE OFFICIALS[A-Z ]*) - "
    # glued to the sentence before it, alone on the rest of the line
    rf"|(?<=[a-z]\.)(?P<glued>(?:Cause|Effect) of Condition(?: and Questioned Costs)?)(?=\n)",
    re.MULTILINE)


def part_of(heading):
    for part, pattern in HEADINGS:
        if re.fullmatch(pattern, heading.strip(), re.IGNORECASE):
            return part
    return "other"


def tidy(text):
    """Without control characters and without blanks at the ends of lines; at most one empty line in a row."""
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", text).replace("\u00a0", " ")
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def one_line(text):
    return re.sub(r"\s+", " ", text).strip()


def cut(text):
    """The parts by heading, and what stands before the first heading."""
    marks = list(HEADING.finditer(text))
    preamble = text[:marks[0].start()] if marks else text
    parts = {}
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        body = tidy(text[mark.end():end])
        for part in part_of(next(group for group in mark.groups() if group)).split():
            if body:
                parts.setdefault(part, []).append(body)
    return {part: "\n\n".join(bodies) for part, bodies in parts.items()}, preamble


LABEL_LINE = re.compile(r"^\s*(?:\d+\.\s+)?[A-Z#][^:.\n]{0,90}(?::[ \t]*\S|\?\t|:[ \t]*$)")
FINDING_NUMBER = re.compile(
    r"^[ \t]*(?:HUD )?(?:Finding)?[ \t]*(?:No\.|#)?[ \t]*20\d\d[-–]\d{1,3}\b[ \t]*[:–-]?[ \t]*(?P<caption>.*)$",
    re.IGNORECASE | re.MULTILINE)
NO_CAPTION = re.compile(
    r"^(?:Significant Deficiency|Material Weakness in Internal Control;)|Cluster|Department of|Improvement Program"
    r"|^\(continued\)|^S-\d{4}|\bAL \d", re.IGNORECASE)

WRAPPED = 60  # a shorter line of a heading was not broken by the page's width


def caption_of(preamble):
    """The finding's own heading ("2021-4 Excess Residual Receipts"), joined when it was wrapped; or ""."""
    for mark in FINDING_NUMBER.finditer(preamble):
        words = mark.group("caption").strip()
        if not words or NO_CAPTION.search(words):
            continue
        last = mark.group(0)
        for line in preamble[mark.end():].split("\n")[1:3]:
            if len(last) < WRAPPED or not line.strip() or LABEL_LINE.match(line) or words.endswith(".") or (
                    words.isupper() and not line.isupper()):
                break
            words += " " + line.strip()
            last = line
        return one_line(words)
    return ""


SENTENCE_END = re.compile(r"(?<!U\.S\.)(?<!\bNo\.)(?<!\bInc\.)(?<!\bRev\.)"
                          r"(?:(?<=[.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z“\"(\d])")
FAILURE = re.compile(r"\b(?:not|lack|missing|failed|incorrect\w*|inadequate|under-?funded|overdrawn|exceptions?|unable|"
                     r"errors?|variances|vacancies)\b", re.IGNORECASE)


def telling_sentence(parts, evidence):
    """The first sentence that says what is wrong, else the first one.

    Some reports repeat the requirement under "Condition" ("must ..."); there the context says what was wrong.
    """
    candidates = SENTENCE_END.split(one_line(parts.get("condition", evidence)))
    wrong = [sentence for sentence in candidates if FAILURE.search(sentence)]
    if not wrong and " must " in candidates[0] and "context" in parts:
        candidates = SENTENCE_END.split(one_line(parts["context"]))
        wrong = [sentence for sentence in candidates if FAILURE.search(sentence)]
    return (wrong or candidates)[0]


def shorten(text):
    text = re.sub(r"^(?:\d{1,2}[.)]|[•-])\s*", "", one_line(text))
    if len(text.encode()) <= TITLE_LIMIT:
        return text
    room = text.encode()[:TITLE_LIMIT - len("…".encode())].decode(errors="ignore")
    return room.rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def title_of(caption, parts, evidence):
    if len(caption) >= 30:
        return shorten(caption)
    sentence = telling_sentence(parts, evidence)
    return shorten(f"{caption}: {sentence}" if caption else sentence)


def class_of(row):
    if row["material_weakness"] == "Y" or row["modified_opinion"] == "Y":
        return "major"
    return "minor" if row["significant_deficiency"] == "Y" else "observation"


def requirements_of(row, titles):
    letters = row["compliance_requirement_codes"]
    return ", ".join(f"{letter} {titles[letter]}" for letter in letters)


def verdict_of(row, requirements):
    """What the report's own marks say about the finding, in one sentence."""
    marks = [words for column, words in (
        ("material_weakness", "a material weakness in internal control"),
        ("significant_deficiency", "a significant deficiency in internal control"),
        ("modified_opinion", "a reason for a modified opinion on compliance"),
        ("other_noncompliance", "other noncompliance that must be reported"),
    ) if row[column] == "Y"]
    said = "Reported as " + " and ".join(marks) if marks else "Reported without a class of its own"
    return said + (f"; compliance requirement: {requirements}." if requirements else ".")


def evidence_of(parts, preamble, text):
    """The objective evidence and whether it stood under a heading of its own."""
    if "condition" in parts:
        context = parts.get("context")
        return parts["condition"] + (f"\n\nContext: {context}" if context else ""), True
    body = tidy("\n".join(line for line in preamble.split("\n") if not LABEL_LINE.match(line) or
                          line.rstrip().endswith(":")))
    body = re.sub(r"^Significant Deficiency: ", "", body)
    if len(body) > 80 and "context" not in parts:
        return body, False
    if "context" in parts:
        unlabelled = f"{body}\n\n" if len(body) > 200 else ""
        return f"{unlabelled}{parts['context']}", False
    return tidy(text), False


def convert_finding(row, titles, refs, counts):
    text = row["text"]
    parts, preamble = cut(text)
    requirements = requirements_of(row, titles)
    evidence, by_heading = evidence_of(parts, preamble, text)
    counts.update({"objective_evidence": by_heading, "requirement": "requirement" in parts,
                   "risk": "effect" in parts, "recommendation": "recommendation" in parts,
                   "cause": "cause" in parts, "nature": "cause" in parts or "effect" in parts})
    if "cause" in parts:
        why = f"Cause given in the report: {parts['cause']}"
    elif "effect" in parts:
        why = f"Effect given in the report: {parts['effect']}"
    else:
        why = NOT_SEPARATE
    requirement = parts.get("requirement") or one_line(
        (f"Compliance requirement: {requirements}. " if requirements else "") + NOT_SEPARATE)
    prior = row["prior_finding_refs"]
    note = "; ".join(filter(None, [prior, one_line(parts.get("repeat", ""))])) if row["repeat_finding"] == "Y" else ""
    earlier = reference(row["audit_ref"], prior) if prior else ""
    return {
        "audit_ref": row["audit_ref"], "ref": reference(row["audit_ref"], row["finding_ref"]),
        "source_ref": row["finding_ref"], "title": title_of(caption_of(preamble), parts, evidence),
        "class": class_of(row), "clauses": " ".join(row["compliance_requirement_codes"]),
        "requirement": requirement, "objective_evidence": evidence,
        "nature": verdict_of(row, requirements) + "\n" + why,
        "risk": parts.get("effect", ""), "recommendation": parts.get("recommendation", ""),
        "cause": parts.get("cause", ""),
        "repeat_of": earlier if earlier in refs and prior != row["finding_ref"] else "",
        "repeat_note": note, "full_text": tidy(text),
    }


def reference(audit_ref, finding_ref):
    """SA-2021-204281 and 2021-001 become SA-2021-204281-001; a finding of another year keeps its year."""
    year, number = finding_ref.split("-", 1)
    return f"{audit_ref}-{number}" if audit_ref.split("-")[1] == year else f"{audit_ref}-{year}.{number}"


MONTHS = {name: number for number, name in enumerate(
    "january february march april may june july august september october november december".split(), 1)}
FULL_DATE = re.compile(
    rf"\b(?P<month>{'|'.join(MONTHS)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>20\d\d)\b"
    r"|\b(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:20)?\d\d)\b", re.IGNORECASE)
DUE_LABEL = re.compile(
    r"(?:anticipated|expected|proposed|projected|final)\s+(?:completion|implementation)\s+date"
    r"|anticipated\s+date\s+of\s+completion|expected\s+date\s+of\s+completion"
    r"|anticipated\s+date\s+to\s+complete\s+the\s+corrective\s+action|^completion\s+date"
    r"|(?:will\s+complete|will\s+be\s+completed|will\s+implement)\b[^.]{0,60}?\bby(?=\s)",
    re.IGNORECASE | re.MULTILINE)


def to_date(mark):
    if mark.group("month"):
        return date(int(mark.group("year")), MONTHS[mark.group("month").lower()], int(mark.group("day")))
    year = int(mark.group("y"))
    return date(year if year > 99 else 2000 + year, int(mark.group("m")), int(mark.group("d")))


UNDECIDED = re.compile(r"to be determined|no proposed completion date", re.IGNORECASE)


def due_of(text):
    """The one full date that follows a label of completion; "" when there is none, or more than one."""
    if UNDECIDED.search(text):
        return ""
    found = set()
    for label in DUE_LABEL.finditer(text):
        paragraph = re.split(r"\n[ \t]*\n", text[label.end():label.end() + 200].lstrip(":–- \t\n"))[0]
        found.update(to_date(mark) for mark in FULL_DATE.finditer(paragraph))
    return found.pop().isoformat() if len(found) == 1 else ""


ROLE = r"(?P<role>[A-Z][A-Za-z./&–' -]*[A-Za-z])"
ROLE_PATTERNS = [re.compile(pattern, re.MULTILINE) for pattern in (
    rf"\[name removed\](?:,| -|\n)\s*(?!CPA\b){ROLE}(?= at |[.\n]|$)",
    rf"\[contact removed\]\n(?P<role>(?:VP|Vice President|Director|Controller) [^\n]+)",
    r"Responsible Staff: (?P<role>[^\n]+)",
    r"\b(?:[Tt]he|Current) (?P<role>(?:[A-Z]\w+ )(?:(?:[A-Z]\w+|of|and) )*?)(?:is|will be) responsible\b",
    r"\bThe (?P<role>CEO|business manager) will\b",
)]


def role_of(text):
    for pattern in ROLE_PATTERNS:
        mark = pattern.search(text)
        if mark:
            role = one_line(mark.group("role"))
            role = role.title() if role.isupper() and len(role) > 4 else role
            return role[0].upper() + role[1:]
    return "Auditee management"


def convert_plans(rows, refs):
    numbers = Counter()
    for row in rows:
        numbers[row["audit_ref"]] += 1
        ref = reference(row["audit_ref"], row["finding_ref"])
        yield {
            "audit_ref": row["audit_ref"], "ref": ref if ref in refs else "", "source_ref": row["finding_ref"],
            "plan_no": str(numbers[row["audit_ref"]]), "text": tidy(row["text"]),
            "due": due_of(row["text"]), "owner_role": role_of(row["text"]),
        }


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def render(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--check", action="store_true", help="compare with the files instead of writing them")
    check = parser.parse_args().check

    titles = {row["code"]: row["title"] for row in read("requirements.csv")}
    rows = read("findings.csv")
    refs = {reference(row["audit_ref"], row["finding_ref"]) for row in rows}
    if len(refs) != len(rows):
        sys.exit("split_findings: two findings would get the same reference")
    counts = Counter()
    findings = [convert_finding(row, titles, refs, counts) for row in rows]
    plans = list(convert_plans(read("corrective_action_plans.csv"), refs))

    outputs = {"findings_import.csv": render(FINDING_COLUMNS, findings),
               "plans_import.csv": render(PLAN_COLUMNS, plans)}
    for name, text in outputs.items():
        path = FOLDER / name
        if not check:
            path.write_bytes(text.encode("utf-8"))
        elif not path.exists() or path.read_bytes() != text.encode("utf-8"):
            sys.exit(f"split_findings: {name} is not up to date; run tools/demo/split_findings.py")

    print(f"{len(findings)} findings: {dict(sorted(Counter(f['class'] for f in findings).items()))}")
    for part in ("requirement", "objective_evidence", "nature", "risk", "recommendation", "cause"):
        print(f"  {part:<20}{counts[part]:>3} under a heading")
    print(f"  repeat findings     {sum(bool(f['repeat_note']) for f in findings):>3}, "
          f"resolved {sum(bool(f['repeat_of']) for f in findings)}")
    print(f"{len(plans)} plans: {sum(bool(p['due']) for p in plans)} with a due date, "
          f"{sum(p['owner_role'] != 'Auditee management' for p in plans)} with a role, "
          f"{sum(not p['ref'] for p in plans)} without a finding")


if __name__ == "__main__":
    main()
