"""
Lines as records: the rows of a table, or objects of JSON.  Pure.

What is wrong with a record is said in its place and spoils no neighbour: a quotation mark that nothing closes takes its
own line away and no other, and rows are those of RFC 4180 with any of four delimiters.
"""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consent.imports.errors import FileUnreadable
from consent.imports.lines import LONGEST, Line, Lines

MOST_COLUMNS = 256
DELIMITERS = (",", ";", "\t", "|")  # what spreadsheets and databases write, depending on the country they are set to

_TOO_LONG = "It is longer than 64 KiB."
_NOT_UTF8 = "It is not in UTF-8: save the file as UTF-8."
_NUL = "It holds a NUL byte, which no text has."
_UNCLOSED = (
    "A quotation mark that begins in this line is not closed, or something stands behind the one that closes it."
)
_QUOTE = b'"'


class Record(NamedTuple):
    """
    A record: its number from 1, the line on which it begins, what stands for it in a hash, and its text or its cells.

    Where ``wrong`` says why, there is neither.
    """

    row: int
    line: int
    raw: bytes
    text: bytes = b""
    cells: Sequence[str] = ()
    wrong: str | None = None


class Objects:
    """Lines of JSON; blank ones are none."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._row = 0

    def feed(self, chunk: bytes) -> list[Record]:
        """The records that are whole by now."""
        return list(self._records(self._lines.feed(chunk)))

    def end(self) -> list[Record]:
        """What is left when the stream is over."""
        return list(self._records(self._lines.end()))

    def _records(self, lines: Sequence[Line]) -> Iterator[Record]:
        for line in lines:
            if line.is_too_long:
                self._row += 1
                yield Record(self._row, line.number, line.text, wrong=_TOO_LONG)
            elif text := line.text.strip():
                self._row += 1
                yield Record(self._row, line.number, text, text)


class Rows:
    """The rows of a table below its header; rows without anything in them are none."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._row = 0
        self._delimiter = ""
        self._open: list[Line] = []  # of a record that goes on in the next line
        self._length = 0  # of these together
        self.columns: tuple[str, ...] | None = None

    def feed(self, chunk: bytes) -> list[Record]:
        """The records that are whole by now; FileUnreadable where there is no header that can be read."""
        return list(self._records(self._lines.feed(chunk)))

    def end(self) -> list[Record]:
        """What is left when the stream is over."""
        found = list(self._records(self._lines.end()))
        if self.columns is None:
            raise FileUnreadable("it is empty.")
        return [*found, *self._left_open()]

    def _records(self, lines: Sequence[Line]) -> Iterator[Record]:
        for line in lines:
            if self.columns is None:
                self._read_header(line)
                continue
            yield from self._go_on(line)

    def _read_header(self, line: Line) -> None:
        if line.is_too_long:
            raise FileUnreadable("its first line is longer than 64 KiB, or its lines end with carriage returns alone.")
        try:
            header = line.text.decode().removesuffix("\r")
        except UnicodeDecodeError:
            raise FileUnreadable("its first line is not in UTF-8: save the file as UTF-8.") from None
        if "\r" in header or "\0" in header:
            raise FileUnreadable(
                "its first line has carriage returns or NUL bytes in its middle: end lines with line feeds."
            )
        self._delimiter = max(DELIMITERS, key=header.count)
        try:
            (names,) = csv.reader([header], delimiter=self._delimiter, strict=True)
        except (csv.Error, ValueError):
            raise FileUnreadable("its first line is no row of column names.") from None
        if len(names) > MOST_COLUMNS:
            raise FileUnreadable(f"it has {len(names)} columns; {MOST_COLUMNS} are the most.")
        self.columns = tuple(name.strip() for name in names)

    def _go_on(self, line: Line) -> Iterator[Record]:
        """With one line more, the records that are whole; lines that turn out to be no part of a record begin their own."""
        waiting = deque([line])
        while waiting:
            each = waiting.popleft()
            is_open = self._is_open_after(each)
            if is_open is None or (self._open and self._length + len(each.text) > LONGEST):
                # Whatever was open is not closed by this: its first line is wrong, and the others are looked at anew.
                first, *others = (*self._open, each)
                self._open, self._length = [], 0
                yield self._wrong(first, _TOO_LONG if first.is_too_long else _UNCLOSED)
                waiting.extendleft(reversed(others))
            elif is_open:
                self._open.append(each)
                self._length += len(each.text) + 1
            else:
                whole = (*self._open, each)
                self._open, self._length = [], 0
                yield from self._record(whole)

    def _left_open(self) -> Iterator[Record]:
        while self._open:
            first, *others = self._open
            self._open, self._length = [], 0
            yield self._wrong(first, _UNCLOSED)
            for each in others:
                yield from self._go_on(each)

    def _is_open_after(self, line: Line) -> bool | None:
        """Whether a quotation mark is open at the end of the line; None where the line cannot be part of a row."""
        if line.is_too_long:
            return None
        if not self._open and _QUOTE not in line.text:
            return False
        return _open_after(line.text, self._delimiter.encode(), is_open=bool(self._open))

    def _record(self, lines: Sequence[Line]) -> Iterator[Record]:
        raw = b"\n".join([each.text for each in lines]).removesuffix(b"\r")
        if not raw.strip():
            return
        number = lines[0].number
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            yield self._numbered(number, raw, (), _NOT_UTF8)
            return
        if "\0" in text:
            yield self._numbered(number, raw, (), _NUL)
            return
        if '"' not in text:
            cells = text.split(self._delimiter)
        else:
            try:
                cells = next(csv.reader([text], delimiter=self._delimiter, strict=True))
            except csv.Error:  # A carriage return in the middle of a cell without quotation marks.
                yield self._numbered(number, raw, (), _UNCLOSED)
                return
        if any(map(str.strip, cells)):
            yield self._numbered(number, raw, cells, self._fits(cells))

    def _fits(self, cells: Sequence[str]) -> str | None:
        columns = len(self.columns or ())
        if len(cells) == columns:
            return None
        return (
            f"It has {len(cells)} cells, and the header has {columns}: a cell with a delimiter needs quotation marks."
        )

    def _wrong(self, line: Line, why: str) -> Record:
        return self._numbered(line.number, line.text, (), why)

    def _numbered(self, line: int, raw: bytes, cells: Sequence[str], wrong: str | None) -> Record:
        self._row += 1
        return Record(self._row, line, raw, cells=cells, wrong=wrong)


def _open_after(line: bytes, delimiter: bytes, *, is_open: bool) -> bool | None:
    """As a reader of RFC 4180 goes through a line: only where a cell begins does a quotation mark open anything."""
    at = 0
    while True:
        if is_open:
            at = _behind_closing(line, at)
            if at < 0:
                return True
            if line[at:] in (b"", b"\r"):
                return False
            if line[at : at + 1] != delimiter:
                return None
            at += 1
        is_open = line[at : at + 1] == _QUOTE
        if is_open:
            at += 1
            continue
        found = line.find(delimiter, at)
        if found < 0:
            return False
        at = found + 1


def _behind_closing(line: bytes, at: int) -> int:
    """The place behind the quotation mark that closes a cell; -1 where none does.  Two of them are one in the cell."""
    while (at := line.find(_QUOTE, at)) >= 0:
        if line[at + 1 : at + 2] != _QUOTE:
            return at + 1
        at += 2
    return -1
