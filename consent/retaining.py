"""
What retention would take away, as it is now: who may go, up to where the log's bodies may go, and what keeps them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import Json
from audit.instants import rfc3339_or_none
from audit.pruning import PrunedLog, first_since
from consent.keeping import store

YOUNG, PERSON, LEGAL_HOLD, UNSIGNED = "too_young", "person_known", "legal_hold", "not_signed"


@dataclass(frozen=True, slots=True)
class Blocker:
    """The first entry whose body must stay, and why: until when, by what is known now, or which legal hold keeps it."""

    why: str
    index: int
    event: str | None
    contact: UUID | None
    until: datetime | None
    hold: str | None

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        return {
            "why": self.why,
            "index": self.index,
            "event": self.event,
            "contact": None if self.contact is None else str(self.contact),
            "until": rfc3339_or_none(self.until),
            "legal_hold": self.hold,
        }


async def held_by(conn: AsyncConnection, tenant: UUID) -> Mapping[str, Json] | None:
    """The oldest hold on everything of a tenant."""
    for row in await store.open_legal_holds(conn, [tenant], ()):
        return {"id": str(row.legal_hold_id), "matter": row.matter, "review_on": row.review_on.isoformat()}
    return None


async def people_over_page(
    conn: AsyncConnection, tenant: UUID, before: datetime, *, after: UUID, limit: int
) -> Sequence[UUID]:
    """Some of the people on whom nobody relied since ``before`` and whom no hold keeps, by id from ``after`` on."""
    return await store.people_over(conn, tenant, before, after=after, limit=limit)


async def people_over_count(conn: AsyncConnection, tenant: UUID, before: datetime) -> int:
    """How many there are."""
    return await store.count_people_over(conn, tenant, before)


async def find_prefix(
    conn: AsyncConnection,
    tenant: UUID,
    log: PrunedLog,
    before: datetime,
    days: timedelta,
    unless_before: datetime | None,
) -> tuple[int, Blocker]:
    """
    The index of the first entry whose body must stay, and what keeps it.

    That is the first recorded at ``before`` or later, or about a person who is known.  With ``unless_before``, whoever
    has had nobody rely on them since then counts as gone; they are what the same run erases.
    """
    young = await first_since(conn, tenant, log, before)
    about = await store.first_about_somebody(conn, tenant, log, young, unless_before=unless_before)
    if about is not None:
        return about.entry_index, await _person(conn, tenant, about, days)
    if young >= log.signed:
        return young, Blocker(UNSIGNED, young, None, None, None, None)
    entry = await store.entry_at(conn, tenant, log, young)
    return young, Blocker(YOUNG, young, entry.event, entry.contact_id, entry.recorded_at + days, None)


async def _person(conn: AsyncConnection, tenant: UUID, about: store.AnyRow, days: timedelta) -> Blocker:
    """Whoever is known keeps all entries about them: by a hold, or until nobody has relied on them for so long."""
    contact = about.contact_id
    for row in await store.open_legal_holds(conn, [tenant], [(tenant, contact)]):
        return Blocker(LEGAL_HOLD, about.entry_index, about.event, contact, None, str(row.legal_hold_id))
    (row,) = await store.load_reliance(conn, [(tenant, contact)])
    return Blocker(PERSON, about.entry_index, about.event, contact, row.since + days, None)
