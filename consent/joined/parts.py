"""
Which contacts of a batch are one person.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from audit.link import Connection
from consent.joined import store
from consent.joined.merges import Merge, parts_of
from consent.person import Contact

Key: TypeAlias = tuple[UUID, UUID]  # tenant and contact


class Joined:
    """
    The merges that connect those whom a batch names.

    They are found before anybody is locked, and looked at again under the locks: a merge changes none of its people's
    rows, and holds all of them locked while it is written.
    """

    def __init__(self) -> None:
        self.remembers = False  # whether merges are wanted that were undone
        self._asked: set[Key] = set()
        self._answered: set[Key] = set()
        self._merges: dict[UUID, dict[UUID, Merge]] = {}

    def ask(self, key: Key) -> None:
        """Has the merges found that this contact has a part in."""
        if key not in self._answered:
            self._asked.add(key)

    async def find(self, conn: Connection) -> None:
        """One statement, or none where nobody was asked for."""
        if not self._asked:
            return
        asked, self._asked = self._asked, set()  # Others may ask while these are looked for.
        for tenant, *columns in await store.find_merges(conn, sorted(asked), ever=self.remembers):
            self.note(tenant, Merge(*columns))
        self._answered |= asked

    def note(self, tenant: UUID, merge: Merge) -> None:
        """Takes a merge into account."""
        self._merges.setdefault(tenant, {})[merge.id] = merge

    async def has_changed(self, conn: Connection, people: Sequence[Key]) -> bool:
        """Whether these people have merges by now that were not found, or have no longer some that were."""
        if not people:
            return False
        found = {(tenant, each.id) for tenant in self._merges for each in self._in_force(tenant)}
        return await store.find_touching(conn, people) != found

    def whole(self, people: Collection[Key]) -> set[Key]:
        """These people with all their parts."""
        if not self._merges:
            return set(people)
        return {
            (tenant, part)
            for tenant, contact in people
            for part in parts_of(contact, self._merges.get(tenant, {}).values())
        }

    def tie(self, contacts: Mapping[Key, Contact]) -> None:
        """Tells every contact of these which others are the same person now."""
        if not self._merges:
            return
        for tenant in self._merges:
            held = self._in_force(tenant)
            for each in {end for merge in self._merges[tenant].values() for end in (merge.source, merge.into)}:
                if (contact := contacts.get((tenant, each))) is not None:
                    parts = parts_of(each, held)
                    contact.person = parts[0]
                    contact.others = [
                        contacts[(tenant, part)] for part in parts if part != each and (tenant, part) in contacts
                    ]

    def parts_known_at(self, contact: Contact, moment: datetime | None) -> Sequence[UUID]:
        """Who was known to be one person with this contact at a moment, the root first; None is now."""
        found: Iterable[Merge] = self._merges.get(contact.tenant, {}).values()
        held = [each for each in found if (each.undone_at is None if moment is None else each.holds_at(moment))]
        return parts_of(contact.id, held)

    def _in_force(self, tenant: UUID) -> list[Merge]:
        return [each for each in self._merges.get(tenant, {}).values() if each.undone_at is None]
