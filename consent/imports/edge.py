"""
A record as the request that the API would have made of it, or as what is wrong with it.

A column of a table is a field of the body: ``purpose``, ``given_at``, ``evidence_page_url``; what the bodies learn, columns
know.  What is said about a row quotes nothing of it, since it is kept, and any cell may hold anybody's number.
"""

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, NamedTuple, TypeAlias, Union, get_args, get_origin
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from pydantic import AwareDatetime, BaseModel, ValidationError

from audit.entry import Json
from consent.bodies import ConsentBody, WithdrawalBody
from consent.dialled import as_e164
from consent.errors import ConsentError
from consent.imports.errors import ColumnUnknown, FileUnreadable, OptionWrong
from consent.imports.options import CSV, Options
from consent.imports.records import Record
from consent.proof.kinds import IMPORT, PUBLIC
from consent.requests import RecordConsent, WithdrawConsent

Document: TypeAlias = dict[str, Any]  # A body before it was checked: JSON of any kind.
Asked: TypeAlias = RecordConsent | WithdrawConsent

CONSENT, WITHDRAWAL = "consent", "withdrawal"
_BODIES: Mapping[str, type[ConsentBody | WithdrawalBody]] = {CONSENT: ConsentBody, WITHDRAWAL: WithdrawalBody}
_DATES = {"given_at": CONSENT, "withdrawn_at": WITHDRAWAL}
ACT = "act"
_METHOD = "import"  # Where a row does not say how the person acted, it lifts nothing that they refused.
_UNNAMED = frozenset({"contact", "scope"})  # whose fields are columns by their own names
_OTHER_NAMES = {
    "contact_id": "contact_id",
    "purposes": "purpose",
    "channel": "channels",
    "sender": "sender_id",
    "notice": "notice_id",
}
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_FIELD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")


class Place(NamedTuple):
    """Where a column's cell goes in a body, and what it is there: a text, a list of texts, or yes and no."""

    path: tuple[str, ...]
    kind: str


class Wanted(NamedTuple):
    """A row that can be asked for."""

    row: int
    line: int
    asked: Asked


class Wrong(NamedTuple):
    """A row that cannot: in which column, and why."""

    row: int
    line: int
    column: str | None
    why: str


Read: TypeAlias = Wanted | Wrong


def files_named(rows: Sequence[Read]) -> Sequence[str]:
    """The SHA-256 of each file that any of these rows names as evidence."""
    return [file for each in rows if isinstance(each, Wanted) for file in each.asked.files]


@cache
def columns_of(act: str) -> Mapping[str, Place]:
    """The columns of a table for consents, or for withdrawals."""
    return dict(_flat(_BODIES[act], ()))


@cache
def all_columns() -> tuple[str, ...]:
    """Every column there is."""
    return tuple(dict.fromkeys((ACT, *columns_of(CONSENT), *columns_of(WITHDRAWAL))))


def _flat(body: type[BaseModel], path: tuple[str, ...]) -> list[tuple[str, Place]]:
    found: list[tuple[str, Place]] = []
    for name, field in body.model_fields.items():
        kind = _kind(field.annotation)
        here = (*path, name)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _flat(kind, here)
        elif isinstance(kind, str):
            named = "_".join(
                here[1:] if (here[0] in _UNNAMED and name != "id") or here[:2] == ("scope", "sender") else here
            )
            found.append((_OTHER_NAMES.get(named, named), Place(here, kind)))
    return found


def _kind(annotation: object) -> "type[BaseModel] | str | None":
    """What a field takes: another body, or a word for what a cell can be; None for what has no place in a cell."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        options = [each for each in get_args(annotation) if each is not type(None)]
        return _kind(options[0]) if len(options) == 1 else None
    if get_origin(annotation) is list:
        inner = _kind(get_args(annotation)[0])
        return "list" if inner == "text" else None
    if get_origin(annotation) is dict:
        return "object"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if annotation is bool:
        return "bool"
    return "moment" if annotation in (datetime, AwareDatetime) else "text"


@dataclass(frozen=True, slots=True)
class Source:
    """Whose rows they are: as their entries say it."""

    tenant: UUID
    actor: str
    facts: Mapping[str, Json]
    trust: str = IMPORT


def trust_of(writer: str) -> str:
    """The trust of a row of a file that somebody of this trust sends: a file says what others have seen."""
    return PUBLIC if writer == PUBLIC else IMPORT


class Reading:
    """Reads the records of one file."""

    def __init__(self, options: Options, source: Source) -> None:
        """Raises OptionWrong for what names no column."""
        self._options = options
        self._source = source
        self._zone = ZoneInfo(options.zone) if options.zone else None
        self._columns: tuple[str | None, ...] = ()
        for column in options.usual:
            self._insist_on("set", column)
        for meaning in options.columns.values():
            if meaning is not None:
                self._insist_on("map", meaning)

    def _insist_on(self, option: str, column: str) -> None:
        if _OTHER_NAMES.get(column, column) not in all_columns():
            raise OptionWrong(option, f"there is no column {column!r}{_nearest_of(column)}.")

    def head(self, columns: Sequence[str]) -> None:
        """Notes what a table's columns mean.  Raises ColumnUnknown for the first that means nothing, or FileUnreadable."""
        self._columns = tuple(self._meaning(column) for column in columns)
        meant = [each for each in self._columns if each is not None]
        twice = next((each for each in meant if meant.count(each) > 1), None)
        if twice is not None:
            raise FileUnreadable(f"two of its columns are {twice}.")
        if not {"phone", "whatsapp_user_id", "contact_id"} & set(meant):
            raise FileUnreadable(
                "none of its columns is phone, whatsapp_user_id or contact_id, so that its rows are about nobody."
            )
        if not {*_DATES} & {*meant, *self._options.usual}:
            raise FileUnreadable(
                "none of its columns is given_at or withdrawn_at, so that nobody knows when anything was said."
            )

    def _meaning(self, column: str) -> str | None:
        if column in self._options.columns:
            meaning = self._options.columns[column]
            return None if meaning is None else _OTHER_NAMES.get(meaning, meaning)
        plain = column.lower().replace(" ", "_").replace("-", "_")
        plain = _OTHER_NAMES.get(plain, plain)
        if plain not in all_columns():
            raise ColumnUnknown(column[:128], next(iter(get_close_matches(plain[:128], all_columns(), 1)), None))
        return plain

    def read(self, record: Record) -> Read:
        """The row as a request, or what is wrong with it."""
        if record.wrong is not None:
            return Wrong(record.row, record.line, None, record.wrong)
        try:
            if self._options.format == CSV:
                act, body = self._of_cells(record.cells)
            else:
                act, body = self._of_object(record.text)
            self._complete(act, body)
            made = _BODIES[act].model_validate(body)
        except _Amiss as amiss:
            return Wrong(record.row, record.line, amiss.column, amiss.why)
        except ValidationError as error:
            return Wrong(record.row, record.line, *_told(error))
        facts = {**self._source.facts, "row": record.row}
        tenant, actor = self._source.tenant, self._source.actor
        if isinstance(made, ConsentBody):
            return Wanted(record.row, record.line, made.request(tenant, actor, trust=self._source.trust, source=facts))
        return Wanted(record.row, record.line, made.request(tenant, actor, source=facts))

    # Tables.

    def _of_cells(self, cells: Sequence[str]) -> tuple[str, Document]:
        given = dict(self._options.usual)
        for column, cell in zip(self._columns, cells, strict=True):
            if column is not None and (plain := cell.strip().removeprefix("'")):
                given[column] = plain
        act = _act(given)
        places = columns_of(act)
        body: Document = {}
        for column, cell in given.items():
            place = places.get(column)
            if place is None:
                if column != ACT and column not in self._options.usual:
                    raise _Amiss(column, f"A {act} has no such field.")
                continue
            self._put(body, column, place, cell)
        return act, body

    def _put(self, body: Document, column: str, place: Place, cell: str) -> None:
        value: object = cell
        if place.kind == "list":
            value = cell.replace("|", " ").replace(",", " ").replace(";", " ").split()
        elif place.kind == "bool":
            value = _yes_or_no(column, cell)
        elif place.kind == "object":
            value = _object(column, cell)
        elif place.kind == "moment":
            value = self._moment(column, cell)
        elif column == "phone":
            value = _phone(cell, self._options.country)
        *path, last = place.path
        for name in path:
            body = body.setdefault(name, {})
        body[last] = value

    # Lines of JSON.

    def _of_object(self, text: bytes) -> tuple[str, Document]:
        try:
            body = orjson.loads(text)
        except ValueError:
            raise _Amiss(None, "It is no JSON in UTF-8.") from None
        if not isinstance(body, dict):
            raise _Amiss(None, "It is no object of JSON.")
        act = _act(body | {name: body[name] for name in _DATES if body.get(name) is not None})
        body.pop(ACT, None)
        contact = body.get("contact")
        if isinstance(contact, dict) and isinstance(contact.get("phone"), str):
            contact["phone"] = _phone(contact["phone"], self._options.country)
        for name in ("given_at", "withdrawn_at", "expires_at"):
            if isinstance(body.get(name), str):
                body[name] = self._moment(name, body[name])
        places = columns_of(act)
        for column, cell in self._options.usual.items():
            if column in places and places[column].path[0] not in body:
                self._put(body, column, places[column], cell)
        return act, body

    def _moment(self, column: str, text: str) -> str:
        """With the offset of the zone that was named, where it has none."""
        if self._zone is None:
            return text
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            return text
        if found.tzinfo is not None:
            return text
        if len(text) < len("2026-11-20T10:00"):
            raise _Amiss(column, "It is a day without a time of day; nobody knows what was said first on it.")
        here, later = found.replace(tzinfo=self._zone), found.replace(tzinfo=self._zone, fold=1)
        if here.utcoffset() != later.utcoffset():
            raise _Amiss(
                column, "The clocks were changed then, so that this happened twice or never: write it with its offset."
            )
        return here.isoformat()

    def _complete(self, act: str, body: Document) -> None:
        body.setdefault("method", _METHOD)


class _Amiss(Exception):
    """What is wrong with a row, and in which column."""

    def __init__(self, column: str | None, why: str) -> None:
        self.column, self.why = column, why


def _act(given: Mapping[str, object]) -> str:
    """Whether it is a consent or a withdrawal: as it says, or by its date."""
    told = given.get(ACT)
    if told is not None:
        word = str(told).strip().lower()
        if word not in _BODIES:
            raise _Amiss(ACT, "It is consent or withdrawal.")
        return word
    dated = [act for name, act in _DATES.items() if given.get(name) is not None]
    if len(dated) != 1:
        raise _Amiss(
            ACT, "It has to be dated by given_at or by withdrawn_at; with both, or neither, nobody knows what it is."
        )
    return dated[0]


def _yes_or_no(column: str, cell: str) -> bool:
    word = cell.lower()
    if word not in _YES | _NO:
        raise _Amiss(column, "It is true or false.")
    return word in _YES


def _object(column: str, cell: str) -> object:
    try:
        return orjson.loads(cell)
    except ValueError:
        raise _Amiss(column, "It is no object of JSON.") from None


def _phone(text: str, country: str | None) -> str:
    try:
        return as_e164(text, country)
    except ConsentError as error:
        raise _Amiss("phone", str(error)) from None


def _told(error: ValidationError) -> tuple[str | None, str]:
    """The first thing that is wrong, in words that quote nothing; and how many more there are."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    first = found[0]
    column = _column_at(tuple(str(part) for part in first["loc"] if isinstance(part, str)))
    if first["type"] == "extra_forbidden":
        known = column if column is not None and set(column) <= _FIELD else ""
        return None, f"It has a field that nothing is known of{_nearest_of(known)}."
    if first["type"] == "missing":
        return column, "It is missing."
    why = first["msg"].removeprefix("Value error, ")
    if first["type"] == "value_error":
        why = unquoted(why)
    why = why[0].upper() + why[1:]
    return column, why if why.endswith(".") else f"{why}."


def unquoted(sentence: str) -> str:
    """A sentence without what it quotes, which may be anything that stood in a cell."""
    return _QUOTED.sub("'…'", sentence)


def _column_at(path: tuple[str, ...]) -> str | None:
    for act in _BODIES:
        for column, place in columns_of(act).items():
            if place.path == path:
                return column
    return "_".join(path) or None


def _nearest_of(column: str) -> str:
    near = get_close_matches(column, all_columns(), 1) if column else ()
    return f"; is it {near[0]}?" if near else ""
