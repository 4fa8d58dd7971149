"""
Exports for people: CSV for spreadsheets, NDJSON for programs.

They are no evidence; every body is hashed again all the same, so that nobody reads what was not recorded.  Columns:
index, recorded_at, event, actor, contact, facts, and one for each disclosed field.
"""

import asyncio
import csv
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from io import StringIO
from typing import IO, TypeAlias

import orjson

from audit.disclosure import value_of
from audit.exporting.fields import named
from audit.exporting.reading import Disclosures, Piece, Source, Watch, check_hashes, check_whole, lines_of, payload_of
from audit.exporting.records import Stored

COLUMNS = ("index", "recorded_at", "event", "actor", "contact", "facts")
_ENTRIES_AT_ONCE = 1024
_NOT_FACTS = ("event", "actor", "contact", "sd")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # Without it a spreadsheet takes UTF-8 for something else.
_FORMULA = frozenset("=+-@＝＋－＠")
_SKIPPED = " \t\r\n\v\f\0\xa0\ufeff\"'"

Record: TypeAlias = Mapping[str, object]


async def write_csv(source: Source, file: IO[bytes], end: int, watch: Watch) -> None:
    """RFC 4180 in UTF-8 with a byte order mark; a cell that a spreadsheet would run gets a leading apostrophe."""
    columns = (*COLUMNS, *named(source.export.disclose))
    file.write(_BYTE_ORDER_MARK + csv_lines([columns]))
    async for piece in pieces(source, end, watch):
        lines = await asyncio.to_thread(_table, source, piece, columns)
        file.write(lines)


async def write_ndjson(source: Source, file: IO[bytes], end: int, watch: Watch) -> None:
    """One JSON object a line, values as they were recorded."""
    async for piece in pieces(source, end, watch):
        lines = await asyncio.to_thread(_json_lines, source, piece)
        file.write(lines)


async def pieces(source: Source, end: int, watch: Watch) -> AsyncIterator[Piece]:
    """Every entry of an export up to an index, some hundred at a time; BrokenChain where one is missing."""
    export = source.export
    first, done = min(max(export.first, await source.pruned()), end), 0
    total = end - first if export.contact is None else await source.count(first, end)
    await watch(0, total)
    while first < end:
        piece = await source.piece(first, end, limit=_ENTRIES_AT_ONCE)
        if export.contact is None:
            check_whole(piece.entries, first, min(end, first + _ENTRIES_AT_ONCE))
        if not piece.entries:
            return
        yield piece
        first, done = piece.entries[-1].index + 1, done + len(piece.entries)
        await watch(done, total)


def csv_lines(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows with every cell made harmless, lines ended by CR LF."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell, behind an apostrophe if a spreadsheet might take it for a formula, whatever blanks or quotes lead it."""
    is_formula = cell.lstrip(_SKIPPED)[:1] in _FORMULA
    return f"'{cell}" if is_formula or cell[:1] in ("\t", "\r") else cell


def _table(source: Source, piece: Piece, columns: Sequence[str]) -> bytes:
    return csv_lines([[_cell(record.get(column)) for column in columns] for record in _records(source, piece)])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _json_lines(source: Source, piece: Piece) -> bytes:
    return b"".join(orjson.dumps(record) + b"\n" for record in _records(source, piece))


def _records(source: Source, piece: Piece) -> list[Record]:
    check_hashes(piece.entries)
    disclosures = piece.disclosures(source.export.tenant)
    nothing = dict.fromkeys(named(source.export.disclose))
    return [{**_record(each), **nothing, **_values(disclosures, each)} for each in piece.entries]


def _record(entry: Stored) -> Record:
    payload = payload_of(entry)
    return {
        "index": entry.index,
        "recorded_at": lines_of(entry)[4].decode(),
        "event": payload.get("event"),
        "actor": payload.get("actor"),
        "contact": payload.get("contact"),
        "facts": {name: value for name, value in payload.items() if name not in _NOT_FACTS},
    }


def _values(disclosures: Disclosures, entry: Stored) -> Record:
    return {name: value_of(disclosure) for name, disclosure in disclosures.get(entry.event_id, ())}
