"""
What is due to be told, for whoever tells it.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from consent.reminders import store
from consent.reminders.requests import Remind

ACTOR = "reminders"


async def due_now(conn: AsyncConnection, now: datetime, most: int) -> Sequence[Remind]:
    """At most so many things that are due, as requests, the longest due first."""
    due = await store.read_due(conn, now, most)
    return [Remind(each.tenant, ACTOR, each.contact, (each.consent, each.what)) for each in due]
