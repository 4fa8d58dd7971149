"""
Bytes as records: whatever the pieces, whatever is wrong with them.
"""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.imports.errors import FileUnreadable
from consent.imports.records import Objects, Record, Rows
from tests.consent.imports.files import cut

CELLS = st.text(st.sampled_from('ab1;,"\n\r é\t'), max_size=8)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6)
SIZES = st.lists(st.integers(0, 9), max_size=20)


def read(kind: type[Rows] | type[Objects], *pieces: bytes) -> list[Record]:
    """
    The records of these pieces.
    """
    reader = kind()
    return [record for piece in pieces for record in reader.feed(piece)] + reader.end()


@given(TABLES, SIZES, st.sampled_from([",", ";", "\t", "|"]), st.booleans())
def test_any_table_reads_as_it_was_written_however_it_is_cut(table, sizes, delimiter, marked):
    """
    What Python's own writer wrote comes back cell by cell, with the same records for any pieces.
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        [["a", "b", "c"], *table]
    )
    content = text.getvalue().encode("utf-8-sig" if marked else "utf-8")
    whole = read(Rows, content)

    assert [list(each.cells) for each in whole] == [row for row in table if any(map(str.strip, row))]
    assert all(each.wrong is None for each in whole)
    assert read(Rows, *cut(content, sizes)) == whole


@given(st.binary(max_size=300), SIZES)
def test_any_bytes_give_the_same_records_however_they_are_cut(noise, sizes):
    """
    Also where they are no table at all: each record is a row, or a sentence, and the file is never refused half-way.
    """
    content = b"phone,name\n" + noise
    whole = read(Rows, content)

    assert read(Rows, *cut(content, sizes)) == whole
    assert [each.row for each in whole] == list(range(1, len(whole) + 1))
    assert read(Objects, *cut(content, sizes)) == read(Objects, content)


@pytest.mark.parametrize(
    "row", ['"open', '"open,still', 'x,"open', '"a"b,c', "x" * 70_000 + ",y", "a\0b,c", "a,b,c", '"' * 70_001]
)
def test_a_bad_row_never_spoils_its_neighbours(row):
    """
    A quotation mark that nothing closes, a line that is too long, a cell too many: the rows before and after are read.
    """
    found = read(Rows, f"phone,name\n1,ana\n{row}\n2,ben\n3,eva".encode())
    good = [tuple(each.cells) for each in found if each.wrong is None]

    assert good == [("1", "ana"), ("2", "ben"), ("3", "eva")]
    assert [each.line for each in found if each.wrong is not None] == [3]


def test_bytes_that_are_no_utf8_spoil_their_own_row():
    """
    Latin-1 in one row is told of, and only there.
    """
    found = read(Rows, "phone,name\n1,ana\n2,José\n".encode("latin-1"), b"3,eva\n")

    assert [each.wrong is None for each in found] == [True, False, True]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(50),
        b"\x1f\x8b\x08" + bytes(50),
        "phone,name\n1,ana\n".encode("utf-16"),
        "phone,name\n1,ana\n".encode("utf-16-be"),
        b"\0\0\0\0",
        b"",
        b"\xef\xbb\xbf",
        b"phone,name\r1,ana\r2,ben\r",
        b",".join(b"c" for _ in range(1000)),
        b",".join(b"c%d" % each for each in range(10**6)),
        "phone,José\n".encode("latin-1"),
        b"a,b" + b"x" * 100_000,
    ],
)
def test_what_is_no_table_is_refused_before_there_is_a_row(content):
    """
    Archives, workbooks, other encodings, a million columns: a sentence, whatever the pieces.
    """
    for sizes in ((), (1, 1, 1), (7, 70_000)):
        with pytest.raises(FileUnreadable):
            read(Rows, *cut(content, sizes))


def test_memory_holds_no_more_than_a_record():
    """
    Of a line without an end nothing is kept but its hash.
    """
    reader = Rows()
    reader.feed(b"a,b\n")
    for _ in range(200):
        assert reader.feed(b"x" * 100_000) == []

    held = len(reader._lines._rest)
    long, row = reader.feed(b"\n1,2\n")

    assert held == 0
    assert long.wrong is not None
    assert (long.line, row.cells) == (2, ["1", "2"])
