"""
A stream of bytes as lines, whatever the pieces in which it comes.  Pure.

A line is at most 64 KiB; of one that is longer, no more than its hash is held.  Before the first line it is looked
whether the stream is text at all.
"""

from hashlib import sha256
from typing import Any, NamedTuple

from consent.imports.errors import FileUnreadable

LONGEST = 64 * 1024  # bytes of a line, or of a record of several

_MARK = b"\xef\xbb\xbf"
_SNIFFED = 4
_COMPRESSED = "it is compressed: send it as it is."
_OTHER_THINGS = (
    (b"PK\x03\x04", "it is a ZIP archive, such as a workbook of a spreadsheet: save the sheet as CSV in UTF-8."),
    (b"\xd0\xcf\x11\xe0", "it is a workbook of a spreadsheet: save the sheet as CSV in UTF-8."),
    (b"\x1f\x8b", _COMPRESSED),
    (b"\x28\xb5\x2f\xfd", _COMPRESSED),
    (b"\xfd7zX", _COMPRESSED),
    (b"BZh", _COMPRESSED),
    (b"%PDF", "it is a PDF."),
    (b"\xff\xfe", "it is in UTF-16: save it as UTF-8."),
    (b"\xfe\xff", "it is in UTF-16: save it as UTF-8."),
)


class Line(NamedTuple):
    """A line without its line feed, counted from 1; of one that is too long, the SHA-256."""

    number: int
    text: bytes
    is_too_long: bool = False


class Lines:
    """Lines as their bytes come in; a byte order mark at the beginning is none of them."""

    def __init__(self) -> None:
        self._rest = b""
        self._number = 0
        self._is_begun = False
        self._long: Any = None  # The hash of a line that is too long, whose type has no name of its own.

    def feed(self, chunk: bytes) -> list[Line]:
        """The lines that are whole by now; FileUnreadable where the stream begins as something else than text."""
        self._rest += chunk
        if not self._is_begun and len(self._rest) < _SNIFFED:
            return []
        self._begin()
        *whole, rest = self._rest.split(b"\n")
        self._rest = rest
        lines = [self._line(text) for text in whole]
        if self._long is not None or len(rest) > LONGEST:
            self._long = self._long or sha256()
            self._long.update(rest)
            self._rest = b""
        return lines

    def end(self) -> list[Line]:
        """The last line, where the stream does not end with a line feed."""
        self._begin()
        *whole, rest = self._rest.split(b"\n")  # Where there were not enough bytes to begin with, there may be several.
        self._rest = b""
        return [self._line(text) for text in (*whole, *([rest] if rest or self._long is not None else []))]

    def _begin(self) -> None:
        if self._is_begun:
            return
        self._is_begun = True
        for sign, what in _OTHER_THINGS:
            if self._rest.startswith(sign):
                raise FileUnreadable(what)
        if b"\0" in self._rest[:_SNIFFED]:
            raise FileUnreadable("it begins with NUL bytes, which no text has: save it as UTF-8.")
        self._rest = self._rest.removeprefix(_MARK)

    def _line(self, text: bytes) -> Line:
        self._number += 1
        if self._long is None and len(text) <= LONGEST:
            return Line(self._number, text)
        known, self._long = self._long or sha256(), None
        known.update(text)
        return Line(self._number, known.digest(), is_too_long=True)
