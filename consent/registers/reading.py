"""
The lines of a register's file as they come, and the number that each of them has.

One number a line, or CSV with a column; LF or CRLF; a byte order mark, blank lines and comments are passed over.  A line of which no
number can be made is counted, and its place is told, never what stands in it.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from consent.registers.errors import RegisterColumnUnknown, RegisterNotText
from consent.registers.numbering import Numbering

LONGEST_LINE = 64 * 1024
TOLD = 20  # places of unreadable lines that are told
_BOM = b"\xef\xbb\xbf"
_FIRST = 4  # bytes by which a file shows what it is
_KINDS = (
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zX", "compressed (xz)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"7z\xbc\xaf", "compressed (7z)"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of an old kind"),
    (b"\xff\xfe", "in two-byte letters (UTF-16)"),
    (b"\xfe\xff", "in two-byte letters (UTF-16)"),
)
_DELIMITERS = (";", "\t", "|", ",")


@dataclass(frozen=True, slots=True)
class Format:
    """
    How a file is written.

    ``columns`` by name or by place from 1 are joined to one number; none are the first.  ``delimiter`` None is the one that
    the first line has.  ``header`` None: a first line without any digit is one.
    """

    country: str | None = None
    columns: tuple[str, ...] = ()
    delimiter: str | None = None
    header: bool | None = None
    comment: str = "#"

    def to_json(self) -> dict[str, object]:
        """As it is handed to whoever reads."""
        return asdict(self)

    @property
    def is_named(self) -> bool:
        """Whether a column goes by its name, so that there is a first line that names it."""
        return any(not _is_place(each) for each in self.columns)


@dataclass(slots=True)
class FileReader:
    """Reads one file, chunk by chunk; raises RegisterNotText and RegisterColumnUnknown."""

    format: Format
    lines: int = 0  # that are neither blank, nor a comment, nor the header
    unreadable: int = 0
    at: list[int] = field(default_factory=list)  # the first of those that could not be read
    _place: int = 0  # of the line, in the whole file
    _rest: bytes = b""
    _too_long: bool = False
    _begun: bool = False
    _met_first: bool = False
    _delimiter: str | None = None
    _columns: tuple[int, ...] = ()

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The numbers of the lines that end in this chunk."""
        data = self._rest + chunk
        if not self._begun:
            if len(data) < _FIRST:
                self._rest = data
                return
            data = self._begin(data)
        *whole, self._rest = data.split(b"\n")
        yield from self._numbers(whole)
        if len(self._rest) > LONGEST_LINE:
            self._rest, self._too_long = b"", True

    def finish(self) -> Iterator[str]:
        """The number of a last line that nothing ends."""
        if not self._begun:
            self._rest = self._begin(self._rest)
        rest, self._rest = self._rest, b""
        if rest or self._too_long:
            yield from self._numbers([rest])

    def _begin(self, data: bytes) -> bytes:
        self._begun = True
        for magic, kind in _KINDS:
            if data.startswith(magic):
                raise RegisterNotText(kind)
        return data.removeprefix(_BOM)

    def _numbers(self, whole: Sequence[bytes]) -> Iterator[str]:
        numbering = Numbering(self.format.country)
        for raw in whole:
            self._place += 1
            if self._too_long or len(raw) > LONGEST_LINE:
                self._too_long = False
                self._skip()
                continue
            line = raw.decode(
                "latin-1"
            ).strip()  # Every byte is a letter; those that matter are the same in all encodings.
            if not line or (self.format.comment and line.startswith(self.format.comment)):
                continue
            if not self._met_first and self._is_header(line):
                continue
            number = numbering.e164(self._field(line))
            if number is None:
                self._skip()
            else:
                self.lines += 1
                yield number

    def _skip(self) -> None:
        self.lines += 1
        self.unreadable += 1
        if len(self.at) < TOLD:
            self.at.append(self._place)

    def _is_header(self, line: str) -> bool:
        """Learns from the first line how the others are written; whether it is itself no number but says what they are."""
        self._met_first = True
        self._delimiter = self.format.delimiter or next((each for each in _DELIMITERS if each in line), None)
        fields = [each.strip().casefold() for each in self._fields(line)]
        self._columns = tuple(_place(each, fields) for each in self.format.columns) or (0,)
        if self.format.is_named or self.format.header is not None:
            return self.format.is_named or bool(self.format.header)
        return not any(each.isdigit() for each in line)

    def _field(self, line: str) -> str:
        if self._delimiter is None or (self._delimiter not in line and self._columns == (0,)):
            return line.strip('"')
        fields = self._fields(line)
        return "".join([fields[each].strip() for each in self._columns if each < len(fields)])

    def _fields(self, line: str) -> list[str]:
        if self._delimiter is None:
            return [line]
        if '"' not in line:
            return line.split(self._delimiter)
        try:
            return next(csv.reader([line.replace("\r", "")], delimiter=self._delimiter), [])
        except csv.Error:
            return []


def _is_place(column: str) -> bool:
    return column.isascii() and column.isdecimal()


def _place(column: str, named: Sequence[str]) -> int:
    if _is_place(column) and int(column) > 0:
        return int(column) - 1
    try:
        return named.index(column.strip().casefold())
    except ValueError:
        raise RegisterColumnUnknown from None
