"""
A dry run: the same rows, the same requests, on the reader's books, which nobody saves.

What earlier rows of the file would have said is remembered beside, by person, in a database of this run alone: without a
name, in memory as long as there is room, and gone with the run.
"""

import asyncio
import hmac
import os
import pickle
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast
from uuid import UUID

from audit.reader import Look, Reader
from audit.work import Work
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.imports.carrying import Verdict, carry_out
from consent.imports.edge import Read, Wanted, files_named
from consent.imports.records import Record
from consent.imports.running import AT_ONCE, Taken, Watch
from consent.lifecycle import ConsentEvent, SuppressionEvent
from consent.references import ContactReference

T = TypeVar("T")
_CACHE_KIB = 32 * 1024

Person: TypeAlias = UUID | ContactReference  # as they are known, or how the first row named them


@dataclass(frozen=True, slots=True)
class Said:
    """What earlier rows would have said about a person."""

    consents: tuple[ConsentEvent, ...] = ()
    suppressions: tuple[SuppressionEvent, ...] = ()


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class WhoAreThey:
    """Whom do these names belong to?"""

    tenant: UUID
    contacts: Sequence[ContactReference]

    def look(self, work: Work) -> Mapping[ContactReference, Person]:
        """Everybody who is known by their id, and the others by how they were named."""
        found = {each: work[ContactBook].known(each) for each in self.contacts}
        return {each: each if contact is None else contact.id for each, contact in found.items()}


@dataclass(frozen=True, slots=True)
class TryRows:
    """What would become of these rows, after what earlier ones said?"""

    tenant: UUID
    rows: Sequence[Read]
    people: Mapping[ContactReference, Person]
    said: Mapping[Person, Said]

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """Everybody whom the rows are about."""
        return tuple(self.people)

    @property
    def files(self) -> Sequence[str]:
        """Every file that a row names as evidence."""
        return files_named(self.rows)

    def look(self, work: Work) -> tuple[Sequence[Verdict], Mapping[Person, Said]]:
        """
        The verdicts, and what the people have said by then.

        It changes the books, so that it MUST be asked alone, as `Reader.read_together` asks each group of looks.
        """
        people, history = work[ContactBook], work[HistoryBook]
        before: dict[Person, tuple[int, int]] = {}
        for reference, person in self.people.items():
            if person in before:
                continue
            said = self.said.get(person)
            contact = people.known(reference) if said is None else people.meet(reference)
            mine = history.own(contact) if contact is not None else None
            before[person] = (0, 0) if mine is None else (len(mine.consents), len(mine.suppressions))
            if said is not None and mine is not None:
                mine.consents.extend(said.consents)
                mine.suppressions.extend(said.suppressions)
        verdicts = [carry_out(work, each) for each in self.rows]
        after: dict[Person, Said] = {}
        for reference, person in self.people.items():
            contact = people.known(reference)
            if contact is not None:
                mine, (consents, suppressions) = history.own(contact), before[person]
                after[person] = Said(tuple(mine.consents[consents:]), tuple(mine.suppressions[suppressions:]))
        return verdicts, after


class Trial:
    """One file that is tried."""

    def __init__(self, reader: Reader, taken: Taken, watch: Watch = lambda rows, size: None) -> None:
        self._reader = reader
        self._taken = taken
        self._watch = watch
        self._memory = sqlite3.connect("", check_same_thread=False)  # A database without a name, spilled to one file.
        self._memory.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._memory.execute("CREATE TABLE said (person BLOB PRIMARY KEY, words BLOB NOT NULL) WITHOUT ROWID")
        self._key = os.urandom(32)

    async def verdicts(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[Sequence[Verdict]]:
        """What would become of the rows, some hundred at a time; raises an ImportRefused where the file is none."""
        waiting: list[Read] = []
        with closing(self._memory):
            async for records in self._records(chunks):
                for record in records:
                    self._taken.pass_over(record)
                    waiting.append(self._taken.read(record))
                    if len(waiting) >= AT_ONCE:
                        rows, waiting = waiting, []
                        yield await self._try(rows)
            if waiting:
                yield await self._try(waiting)

    async def _records(self, chunks: AsyncIterator[bytes]) -> AsyncIterator[list[Record]]:
        async for chunk in chunks:
            yield self._taken.feed(chunk)
        yield self._taken.end()

    async def _try(self, rows: Sequence[Read]) -> Sequence[Verdict]:
        tenant = self._taken.source.tenant
        named = tuple(dict.fromkeys(each.asked.contact for each in rows if isinstance(each, Wanted)))
        people: Mapping[ContactReference, Person] = await self._ask(WhoAreThey(tenant, named))
        said = await asyncio.to_thread(self._remembered, set(people.values()))
        verdicts, after = await self._ask(TryRows(tenant, rows, people, said))
        await asyncio.to_thread(self._remember, after)
        self._watch(rows[-1].row, self._taken.size)
        return verdicts

    async def _ask(self, look: Look[T]) -> T:
        (answer,) = await self._reader.read_together((look,))
        if isinstance(answer, Exception):
            raise answer
        return cast(T, answer)

    def _named(self, person: Person) -> bytes:
        text = person.hex if isinstance(person, UUID) else "\n".join(person)
        return hmac.digest(self._key, text.encode(), "sha256")[:16]

    def _remembered(self, people: set[Person]) -> dict[Person, Said]:
        found = {}
        for person in people:
            row = self._memory.execute("SELECT words FROM said WHERE person = ?", (self._named(person),)).fetchone()
            if row is not None:
                found[person] = pickle.loads(row[0])  # noqa: S301  Written by this very run.
        return found

    def _remember(self, said: Mapping[Person, Said]) -> None:
        rows = [(self._named(person), pickle.dumps(each)) for person, each in said.items() if each != NOTHING]
        self._memory.executemany("INSERT OR REPLACE INTO said (person, words) VALUES (?, ?)", rows)
