#!/usr/bin/python3
"""The register as a workbook, read by openpyxl: texts stay texts, numbers and days are numbers and days.

The module is Debian's (python3-openpyxl), so this runs under Debian's python3.
"""
import datetime
import io
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import openpyxl  # noqa: E402
from house import Suite, furnish  # noqa: E402
from server import Person, Refused, Server  # noqa: E402

PASSWORD = "correct-horse-battery"
FORMULA = "=HYPERLINK(\"http://example.org\",\"win\")"


def with_items(house):
    furnish(house)
    secret = house.path("password")
    house.tickmark("user", "create", "manager", "--role", "IM", "--password-file", secret)
    with Server(house.data) as server:
        manager = Person(server, "manager", PASSWORD)
        for title, process in ((FORMULA, "Incident management"), ("Überprüfen, 漢字", "Change"), ("0012", "Change")):
            manager.post("/api/v1/improvements", {
                "source": "idea", "title": title, "description": "+1 line\nand a second", "process": process,
                "service": "Desk", "value": 4, "effort": 2, "due": "2031-02-28", "baseline": "61.5", "target": "70",
                "unit": "%"})
        assert server.stop() == 0


suite = Suite(with_items)


def sheet_of(house, query=""):
    with Server(house.data) as server:
        manager = Person(server, "manager", PASSWORD)
        content, answer = manager.raw("GET", "/api/v1/improvements/export?format=xlsx" + query)
        page, page_answer = manager.raw("GET", "/improvements/export?format=xlsx" + query)
        assert openpyxl.load_workbook(io.BytesIO(page)).sheetnames == ["Improvements"]
        assert page_answer.getheader("Content-Disposition") == answer.getheader("Content-Disposition")
    assert "improvements.xlsx" in answer.getheader("Content-Disposition")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Improvements"], book.sheetnames
    return book["Improvements"]


def rows_of(sheet):
    names = [cell.value for cell in sheet[1]]
    return [dict(zip(names, row)) for row in sheet.iter_rows(min_row=2)]


@suite.test
def every_item_is_a_row_with_typed_cells(house):
    rows = rows_of(sheet_of(house))
    assert [row["ref"].value for row in rows] == ["II-0003", "II-0002", "II-0001"]
    first = rows[2]
    assert first["due"].value == datetime.datetime(2031, 2, 28), first["due"].value
    assert first["due"].is_date
    assert first["value"].value == 4 and first["score"].value == 200
    assert first["baseline"].value == 61.5
    assert rows[1]["title"].value == "Überprüfen, 漢字"


@suite.test
def no_text_becomes_a_formula_or_a_number(house):
    rows = rows_of(sheet_of(house))
    assert rows[2]["title"].value == FORMULA
    assert rows[2]["title"].data_type == "s", rows[2]["title"].data_type
    assert rows[2]["title"].hyperlink is None
    assert rows[2]["description"].value == "+1 line\nand a second"
    assert rows[2]["description"].data_type == "s"
    assert rows[0]["title"].value == "0012" and rows[0]["title"].data_type == "s"


@suite.test
def the_header_is_frozen_and_filtered(house):
    sheet = sheet_of(house)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:") and sheet.auto_filter.ref.endswith("4")
    assert sheet["A1"].font.b


@suite.test
def the_filter_of_the_list_holds_for_the_file(house):
    rows = rows_of(sheet_of(house, "&process=Change"))
    assert [row["ref"].value for row in rows] == ["II-0003", "II-0002"]


@suite.test
def an_unknown_format_is_refused_by_name(house):
    with Server(house.data) as server:
        manager = Person(server, "manager", PASSWORD)
        try:
            manager.raw("GET", "/api/v1/improvements/export?format=ods")
            raise AssertionError("it was not refused")
        except Refused as refused:
            assert refused.status == 400
            assert "csv or xlsx" in str(refused), refused


suite.main()
