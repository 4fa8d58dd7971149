"""
Purposes and notices as the log tells of them: where their rows differ, and how they are made again.

A notice's entry holds its text since texts were entered; of an older one the entry pins the hash alone, so that a
text that was changed is found, and cannot be made again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from audit.checking.people import Package, read_nobody
from audit.checking.rows import EXTRA, LOST, MISSING, OTHER, Difference, Replayed, Told, Values, shown
from audit.checking.values import as_objects, as_texts
from audit.link import AnyConnection, Connection
from consent import settings_store
from consent.proof.purposes import Demand

TELLING = ("purpose.defined", "notice.published")
PURPOSES, NOTICES = "purposes", "notices"

Key: TypeAlias = tuple[str, ...]  # the table, and the row's names


@dataclass(frozen=True, slots=True)
class WordRepair:
    """What becomes of a row: gone if ``values`` is None, else exactly this."""

    key: Key
    values: Values | None


@dataclass(frozen=True, slots=True)
class Words:
    """The rows that must be there, each with the entry that tells of it, and those that are there."""

    must: Mapping[Key, tuple[Values, Told]]
    there: Mapping[Key, Values]
    pruned: bool

    def differences(self) -> list[Difference]:
        """Where the two differ; a row whose entry may have been pruned is nobody's to judge."""
        return [difference for _, difference in self._found()]

    def repairs(self) -> list[WordRepair]:
        """How the rows become what they must be, as far as entries tell."""
        wrong = {key: each.kind == EXTRA for key, each in self._found() if each.kind != LOST}
        return [WordRepair(key, None if is_extra else self.must[key][0]) for key, is_extra in wrong.items()]

    def _found(self) -> Iterator[tuple[Key, Difference]]:
        for key, (values, told) in self.must.items():
            for difference in _compared(key, values, self.there.get(key), told):
                yield key, difference
        for key in () if self.pruned else self.there.keys() - self.must.keys():
            yield key, Difference(key[0], " ".join(key[1:]), EXTRA)


def _compared(key: Key, values: Values, there: Values | None, told: Told) -> Iterator[Difference]:
    row, has_text = " ".join(key[1:]), values.get("text", "") is not None
    if there is None:
        why = None if has_text else "its entry is older than texts in entries: publish the text as another version"
        yield Difference(key[0], row, MISSING if has_text else LOST, entry=told.place, why=why)
        return
    if not has_text and sha256(str(there["text"]).encode()).digest() != values["sha256"]:
        why = "its text is not the one whose hash its entry pins"
        yield Difference(key[0], row, LOST, "text", entry=told.place, why=why)
        return
    for column, value in values.items():
        if there[column] != value and (has_text or column != "text"):
            yield Difference(key[0], row, OTHER, column, shown(value), shown(there[column]), told.place)


async def read_words(conn: AnyConnection, tenant: UUID, *, pruned: bool) -> Words:
    """What a tenant's log and tables say of its purposes and notices.  Raises LogDamaged."""
    record = await read_nobody(conn, tenant, TELLING, Package((), _nothing))
    must: dict[Key, tuple[Values, Told]] = {}
    for told in record.told:
        key, values = _READ[told.event](told)
        must[key] = (values, told)
    there: dict[Key, Values] = {
        (PURPOSES, row.purpose, str(row.version)): {
            "category": row.category,
            "description": row.description,
            "validity": row.validity,
            "demands": list(row.demands),
        }
        for row in await settings_store.read_purposes(conn, tenant)
    }
    for row in await settings_store.read_notices(conn, tenant):
        there[(NOTICES, row.notice, str(row.version), row.locale)] = {"sha256": bytes(row.sha256), "text": row.text}
    return Words(must, there, pruned)


async def mend_words(conn: Connection, tenant: UUID, repairs: Sequence[WordRepair]) -> None:
    """Makes these rows what they must be, and has every process read the settings anew."""
    for each in repairs:
        table, *names = each.key
        columns = ("purpose", "version") if table == PURPOSES else ("notice", "version", "locale")
        row = {name: int(value) if name == "version" else value for name, value in zip(columns, names, strict=True)}
        await settings_store.replace_row(conn, tenant, table, row, each.values)
    if repairs:
        await settings_store.raise_revision(conn, tenant)


def _purpose(told: Told) -> tuple[Key, Values]:
    facts = told.facts
    demands = [
        Demand(str(each["jurisdiction"]), as_texts(each["elements"]), str(each["missing"]))
        for each in as_objects(facts.get("proof", ()))
    ]
    values = {
        "category": facts["category"],
        "description": facts.get("description"),
        "validity": facts.get("validity"),
        "demands": [each.written() for each in demands],
    }
    return (PURPOSES, str(facts["purpose"]), str(facts.get("version", 1))), values


def _notice(told: Told) -> tuple[Key, Values]:
    facts = told.facts
    key = (NOTICES, str(facts["notice"]), str(facts["version"]), str(facts["locale"]))
    return key, {"sha256": bytes.fromhex(str(facts["sha256"])), "text": facts.get("text")}


_READ: Mapping[str, Callable[[Told], tuple[Key, Values]]] = {"purpose.defined": _purpose, "notice.published": _notice}


def _nothing(told: Told, into: Replayed) -> None:
    """These rows have no ids, so that no projection holds them."""
