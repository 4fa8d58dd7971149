"""
Tables for people: every cell harmless, every value as it was recorded.
"""

import csv
import json
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.exporting.people import csv_lines, harmless
from tests.audit.exporting.bureau import Bureau
from tests.factories import phone, reply

EVIL = '=HYPERLINK("https://evil.example";"click")'
COLUMNS = ["index", "recorded_at", "event", "actor", "contact", "facts"]


@pytest.mark.parametrize(
    "cell",
    [
        EVIL,
        "+34600111222",
        "-1+1|cmd",
        "@SUM(A1)",
        "\tx",
        "\rx",
        " =1+1",
        "\n=1+1",
        '"=1+1',
        "'=1+1",
        " \t\"'=1",
        "\xa0=1",
        "\ufeff=1",
        "＝1+1",
        "＠x",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(cell):
    """
    A leading apostrophe, whatever blanks and quotes stand before the sign.
    """
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "BAJA", "a=b", "1-2", "203.0.113.7", '{"a":"=1"}', "ñandú", '"quoted"'])
def test_what_is_harmless_stays(cell):
    """
    Nothing is added to a cell that no spreadsheet would run.
    """
    assert harmless(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), min_size=1))
@example([['a"b', "c,d", "e\r\nf", "\n", ""]])
def test_what_is_written_is_read_again(rows):
    """
    Any cell comes back from RFC 4180's quoting as it was made harmless.
    """
    text = csv_lines(rows).decode()
    read = list(csv.reader(StringIO(text, newline="")))

    assert text.endswith("\r\n")
    assert read == [[harmless(cell) for cell in row] for row in rows] or any(row == [""] for row in rows)


@given(st.text())
def test_no_cell_begins_with_a_sign(cell):
    """
    Not even behind what spreadsheets skip.
    """
    assert harmless(cell).lstrip(' \t\r\n"')[:1] not in set("=+-@")


def test_a_table_has_what_was_recorded(bureau: Bureau):
    """
    UTF-8 with a byte order mark, a line for each entry of the range, facts as JSON, and no personal field unasked.
    """
    contact = bureau.agree(phone(), ip="203.0.113.7")
    export = bureau.made("csv", first=3)
    content = bureau.file(export).read_bytes()
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))
    consent = next(row for row in read if row[4] == str(contact) and row[2] == "consent.recorded")

    assert content.startswith(b"\xef\xbb\xbf")
    assert read[0] == COLUMNS
    assert [int(row[0]) for row in read[1:]] == list(range(3, export.entry_index + 1))
    assert json.loads(consent[5])["purpose"] == "order_updates"
    assert b"203.0.113.7" not in content
    assert b'"sd"' not in content
    assert export.total == export.entry_index + 1 - 3


def test_fields_are_disclosed_by_name(bureau: Bureau):
    """
    A column for each; what a person wrote cannot run in the reader's spreadsheet, and NDJSON has it unaltered.
    """
    number = phone()
    contact = bureau.agree(number)
    bureau.live.write(reply(bureau.live.tenant, number, text=f"{EVIL} BAJA", at=bureau.now))
    table = bureau.file(bureau.made("csv", contact=contact, disclose=("text", "phone"))).read_text("utf-8-sig")
    read = list(csv.DictReader(StringIO(table, newline="")))
    lines = bureau.file(bureau.made("ndjson", contact=contact, disclose=("text", "phone"))).read_text().splitlines()
    objects = [json.loads(line) for line in lines]

    assert read[0].keys() == {*COLUMNS, "phone", "text"}
    assert {row["phone"] for row in read} == {"", f"'{number}"}
    assert {row["text"] for row in read} == {"", f"'{EVIL} BAJA"}
    assert list(objects[0]) == [*COLUMNS, "phone", "text"]
    assert {each["phone"] for each in objects} == {None, number}
    assert {each["text"] for each in objects} == {None, f"{EVIL} BAJA"}
    assert {each["contact"] for each in objects} == {str(contact)}


def test_a_table_needs_no_checkpoint(bureau: Bureau):
    """
    It is no evidence, and says nothing of one.
    """
    bureau.sign()
    export = bureau.export(bureau.ask("ndjson"))
    bureau.again(export)
    bureau.work()

    assert bureau.export(export.id).state == "ready"
