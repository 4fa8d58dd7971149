"""
The list itself, person by person, in pieces that memory holds one of.
"""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import cast
from uuid import UUID

from audit.reader import Reader, Snapshots
from consent.blocklists.formats import Listed, Sheet
from consent.blocklists.requests import Narrowing, Refusing
from consent.blocklists.store import list_refusing

AT_ONCE = 500  # people


async def blocklist(
    snapshots: Snapshots, reader: Reader, tenant: UUID, sheet: Sheet, narrowing: Narrowing, as_of: datetime
) -> AsyncIterator[bytes]:
    """The file, a piece at a time; raises where a piece cannot be read, so that no half of it seems whole."""
    yield sheet.head()
    after = UUID(int=0)
    while True:
        async with snapshots.of(tenant) as conn:
            people = await list_refusing(conn, tenant, after, AT_ONCE)
        if not people:
            return
        after = people[-1]
        (listed,) = await reader.read_together((Refusing(tenant, people, narrowing, as_of),))
        if isinstance(listed, Exception):
            raise listed
        if piece := sheet.lines(cast(list[Listed], listed)):
            yield piece
