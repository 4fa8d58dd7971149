"""
Files of registers, friendly and hostile, line by line.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.registers.errors import RegisterColumnUnknown, RegisterNotText
from consent.registers.reading import LONGEST_LINE, FileReader, Format

ES = Format("ES")


def read(content: bytes, form: Format = ES, size: int = 1 << 16) -> tuple[list[str], FileReader]:
    """
    The numbers of a file that comes in chunks of this size.
    """
    reader = FileReader(form)
    numbers = [each for at in range(0, len(content), size) for each in reader.feed(content[at : at + size])]
    return [*numbers, *reader.finish()], reader


@pytest.mark.parametrize(
    "content",
    [
        b"600111222\n600333444\n",
        b"600111222\r\n600333444\r\n",
        b"\xef\xbb\xbf600111222\n600333444",
        b"# Lista\n\n600111222\n   \n 600 333 444 \n",
        b"telefono\n600111222\n600333444\n",
        b'telefono;alta\n600111222;2024-01-01\n"600 333 444";x\n',
        b"600111222\t1\n600333444\t2\n",
        b"+34600111222,+34999999999\n0034600333444,1\n",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1 << 16])
def test_however_lines_end_and_whatever_stands_beside_the_numbers(content: bytes, size: int):
    """
    Byte order mark, header, comments, blank lines, further columns: the numbers are the same.
    """
    numbers, reader = read(content, size=size)

    assert numbers == ["+34600111222", "+34600333444"]
    assert (reader.lines, reader.unreadable) == (2, 0)


def test_a_column_is_named_or_counted_and_several_are_joined():
    """
    By the name in the first line, by its place, and as the American register writes area code and number.
    """
    named = b"id,Phone\n7,600111222\n"

    assert read(named, Format("ES", ("phone",)))[0] == ["+34600111222"]
    assert read(named, Format("ES", ("2",)))[0] == ["+34600111222"]
    assert read(b"202,5550123\n", Format("US", ("1", "2")))[0] == ["+12025550123"]
    assert read(b"1|202|5550123\n", Format("US", ("2", "3"), "|", header=False))[0] == ["+12025550123"]


@pytest.mark.parametrize("column", ["mobile", "0", "²", "٢", "2²"])
def test_a_column_that_there_is_not_is_refused(column: str):
    """
    Rather than to find no number in any line.
    """
    with pytest.raises(RegisterColumnUnknown):
        read(b"id,phone\n7,600111222\n", Format("ES", (column,)))


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8b\x08\x00", b"PK\x03\x04....", b"\xff\xfe6\x000\x00", b"%PDF-1.7\n", b"BZh91AY", b"\xfd7zXZ\x00"],
)
@pytest.mark.parametrize("size", [1, 4096])
def test_what_is_no_text_is_refused_by_its_first_bytes(content: bytes, size: int):
    """
    Compressed, a spreadsheet, a PDF, or two-byte letters: it would be a file without a number.
    """
    with pytest.raises(RegisterNotText):
        read(content, size=size)


def test_lines_that_are_no_numbers_are_counted_and_their_places_told():
    """
    Zeros, words, lines without an end: none of them hides its neighbours, and none is kept.
    """
    long = b"6" * (LONGEST_LINE + 1)
    content = b"\n".join([b"600111222", b"hello 1", b"6001\x0011222", long, b"", b"600333444", b'"600555666', b"12"])
    for size in (1 << 10, 1 << 20):
        numbers, reader = read(content, size=size)

        assert numbers == ["+34600111222", "+34600333444", "+34600555666"]
        assert (reader.lines, reader.unreadable, reader.at) == (7, 4, [2, 3, 4, 8])


def test_a_line_that_never_ends_takes_no_memory():
    """
    Ten mebibytes of one line are one unreadable line.
    """
    reader = FileReader(ES)
    for _ in range(160):
        assert list(reader.feed(b"6" * (64 * 1024))) == []
        assert len(reader._rest) <= LONGEST_LINE

    assert list(reader.finish()) == []
    assert (reader.lines, reader.unreadable) == (1, 1)


def test_only_the_first_places_are_told():
    """
    A file of nothing but rubbish has a short answer.
    """
    _, reader = read(b"x1\n" * 1000)

    assert (reader.unreadable, len(reader.at)) == (1000, 20)


@given(st.binary(max_size=400), st.integers(1, 50))
def test_no_bytes_do_harm(content: bytes, size: int):
    """
    Whatever comes, there are numbers, or it is refused, and chunks make no difference.
    """
    try:
        found = read(content, size=size)[0]
    except RegisterNotText:
        found = []
    try:
        at_once = read(content)[0]
    except RegisterNotText:
        at_once = []

    assert found == at_once
