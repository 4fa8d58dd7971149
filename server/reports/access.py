"""
What is held about a person, for themselves: every row and every entry about them, and apart what they gave.

Articles 15 and 20 of the General Data Protection Regulation ask for these two.  Rows are those that fsck makes again from
the log, so that what is held in a table of people is in the copy by being one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary

from audit.checking.people import Package, read_people
from audit.checking.rows import Projection
from audit.entry import Json
from audit.exporting.fields import PERSONAL_FIELDS
from audit.exporting.people import csv_lines
from audit.exporting.records import Export
from audit.exporting.report import Gathered, Reported
from audit.exporting.requests import handed_out
from audit.instants import rfc3339
from audit.reader import Snapshots
from consent.notices import read_notices
from consent.replay import LEGAL_HOLDS
from server.reports.words import Words, words_of

ACCESS, PORTABILITY = "venia-access/v1", "venia-portability/v1"
# A hold tells of a dispute in which the person may be the other side (Article 15(4)); they are told that it is left out.
_WITHHELD = "legal_hold."
_GIVEN = ("contact.identified", "consent.", "permission.", "reply.", "wish.", "preference.", "notice.")
_HANDED = ("export.requested", "timeline.disclosed", "evidence.read")
_NOT_GIVEN = ("permission.requested", "consent.reminded", "consent.renewal_due")


@dataclass(frozen=True, slots=True)
class AccessCopyist:
    """Tells people of one deployment what is held about them, from the tables that these packages answer for."""

    deployment: str
    packages: Sequence[Package]

    async def __call__(self, gathered: Gathered, snapshots: Snapshots) -> tuple[Gathered, Mapping[str, bytes]]:
        """The report without what is withheld; access.json, given.json and given.csv.  Raises LogDamaged."""
        export, told = gathered.export, [each for each in gathered.entries if not each.event.startswith(_WITHHELD)]
        async with snapshots.of(export.tenant) as conn:
            records = await read_people(conn, export.tenant, list(export.people or ()), self.packages)
            wide, notices = await handed_out(conn, export.tenant), await read_notices(conn, export.tenant)
        rows: dict[str, list[Json]] = {}
        for package in self.packages:
            for projection in package.projections:
                if projection is not LEGAL_HOLDS:
                    rows[projection.name] = [
                        _row(projection, identity, values)
                        for record in records
                        for identity, values in record.rows[projection.name].items()
                    ]
        words = words_of(export.language or "en")
        events = [_event(each, words) for each in told]
        given = [each for each in told if each.event.startswith(_GIVEN) and each.event not in _NOT_GIVEN]
        head = self._head(export)
        access: dict[str, Json] = {
            "schema": ACCESS,
            **head,
            "identifiers": _identifiers(told),
            "records": rows,
            "events": events,
            "words_shown": _shown(told, notices),
            "recipients": [*_recipients(told), *_wide(wide, told)],
            "withheld": ["legal_holds"],
        }
        portable: dict[str, Json] = {
            "schema": PORTABILITY,
            **head,
            "identifiers": _identifiers(told),
            "given": [_event(each, words) for each in given],
        }
        return replace(gathered, entries=told), {
            "access.json": _document(access),
            "given.json": _document(portable),
            "given.csv": _table(given, words),
        }

    def _head(self, export: Export) -> dict[str, Json]:
        return {
            "export": str(export.id),
            "made_for": rfc3339(export.requested_at),
            "by": self.deployment,
            "log": export.origin,
            "language": export.language,
            "contact": str(export.contact),
            "parts": [str(each) for each in export.people or ()],
        }


def _row(projection: Projection, identity: UUID, values: Mapping[str, object]) -> Json:
    """A row in plain values; keys, hashes, and what is under keys tell a person nothing."""
    binary = {column.name for column in projection.table.c if isinstance(column.type, LargeBinary)}
    hidden = projection.sealed | binary
    return {projection.id: str(identity), **{name: _plain(each) for name, each in values.items() if name not in hidden}}


def _plain(value: object) -> Json:
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return str(value)


def _event(entry: Reported, words: Words) -> dict[str, Json]:
    return {
        "index": entry.index,
        "at": rfc3339(entry.recorded_at),
        "event": entry.event,
        "what": words.event(entry.event),
        "by": entry.actor,
        "contact": entry.contact,
        "details": dict(entry.facts),
        "personal": {name: _plain(value) for name, value in entry.fields.items()},
        "leaf_hash": entry.leaf_hash.hex(),
    }


def _identifiers(entries: Sequence[Reported]) -> list[Json]:
    """Every number and user id, from when until when."""
    ended = {
        str(identifier): rfc3339(each.recorded_at)
        for each in entries
        if each.event == "contact.left"
        for identifier in each.facts["identifiers"]
    }
    return [
        {
            "kind": each.facts["kind"],
            "value": _plain(each.fields.get(str(each.facts["kind"]))),
            "since": each.facts.get("since") or rfc3339(each.recorded_at),
            "until": ended.get(str(each.facts["identifier"])),
        }
        for each in entries
        if each.event == "contact.identified"
    ]


def _shown(entries: Sequence[Reported], notices: Mapping[tuple[str, int, str], str]) -> list[Json]:
    """The notices that the person was shown, with their words."""
    named = (each.facts["notice"] for each in entries if isinstance(each.facts.get("notice"), Mapping))
    keys = sorted({(str(each["id"]), int(each["version"]), str(each["locale"])) for each in named})
    return [{"id": key[0], "version": key[1], "locale": key[2], "text": notices.get(key)} for key in keys]


def _recipients(entries: Sequence[Reported]) -> list[Json]:
    """Who was handed entries about this person."""
    return [
        {
            "at": rfc3339(each.recorded_at),
            "by": each.actor,
            "format": str(each.facts.get("format", each.event)),
            "disclosed": [str(name) for name in each.facts.get("disclose", each.facts.get("fields", ()))],
            "of": "this person",
        }
        for each in entries
        if each.event in _HANDED
    ]


def _wide(exports: Sequence[Export], entries: Sequence[Reported]) -> list[Json]:
    """Who was handed entries about everybody, this person's among them, with personal fields."""
    indexes = [each.index for each in entries]
    return [
        {
            "at": rfc3339(each.requested_at),
            "by": each.actor,
            "format": each.format,
            "disclosed": list(each.disclose),
            "of": "everybody",
        }
        for each in exports
        if any(each.first <= index < (each.entry_index if each.end is None else each.end) for index in indexes)
    ]


def _document(content: Mapping[str, Json]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"


def _table(entries: Sequence[Reported], words: Words) -> bytes:
    head = ["at", "event", "what", "details", *PERSONAL_FIELDS]
    rows = [
        [
            rfc3339(each.recorded_at),
            each.event,
            words.event(each.event),
            json.dumps(each.facts, ensure_ascii=False, separators=(",", ":")),
            *(str(_plain(each.fields[name])) if name in each.fields else "" for name in PERSONAL_FIELDS),
        ]
        for each in entries
    ]
    return b"\xef\xbb\xbf" + csv_lines([head, *rows])
