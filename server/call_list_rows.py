"""
The rows of a list in CSV, read as they come: memory holds one of them, whatever is wrong with the file.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from typing import IO, Self, TypeAlias

PEOPLE = ("phone", "id", "whatsapp_user_id")
DETAILS = ("purpose", "channel", "technology", "action")

_LONGEST_LINE = 64 * 1024  # characters
_DELIMITERS = ",;\t"  # What spreadsheets write, depending on the country they are set to.

Cells: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the line on which it begins, the header's being 1; ``cells`` is a sentence where it cannot be read."""

    line: int
    cells: Cells | str


class Rows:
    """
    A list's rows below its header; blank lines are counted and left out.

    The file is UTF-8, with or without a byte order mark; the delimiter is the header's.  Columns nobody asked for are
    left alone, and so is an apostrophe by which a spreadsheet, or an export of ours, marks text.
    """

    def __init__(self, file: IO[bytes]) -> None:
        # Bytes that are no UTF-8 spoil their own cell and nothing else.
        self._lines = _Lines(TextIOWrapper(file, "utf-8-sig", errors="replace", newline=""))
        header = self._lines.header()
        self._delimiter = max(_DELIMITERS, key=header.count)
        names = next(csv.reader([header], delimiter=self._delimiter), [])
        self.columns = tuple(name.strip().lower() for name in names)

    def __iter__(self) -> Iterator[Row]:
        table = csv.reader(self._lines, delimiter=self._delimiter, strict=True)
        while True:
            line = self._lines.read + 1
            try:
                cells = next(table)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(line, f"The row cannot be read: {error}.")
                continue
            if any(cell.strip() for cell in cells):
                yield Row(line, self._named(cells))

    def _named(self, cells: list[str]) -> Cells:
        named = zip(self.columns, cells, strict=False)
        return {name: cell.strip().removeprefix("'") for name, cell in named if name in PEOPLE + DETAILS}


class _Lines:
    """The lines of a file, counted; one that is longer than any list needs raises `csv.Error` and is passed over."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._file = file
        self.read = 0

    def header(self) -> str:
        """The first line, or as much of it as a line may have."""
        self.read = 1
        return self._file.readline(_LONGEST_LINE)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._file.readline(_LONGEST_LINE)
        if not line:
            raise StopIteration
        self.read += 1
        if len(line) < _LONGEST_LINE or line.endswith("\n"):
            return line
        while line and not line.endswith("\n"):
            line = self._file.readline(_LONGEST_LINE)
        raise csv.Error("its line is longer than 65,536 characters")
