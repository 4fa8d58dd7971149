"""
Everything that the page tells, read for one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from audit.extracts import latest_about
from audit.names import TenantNames
from audit.reader import Snapshots
from consent.links.looking import Holder
from consent.notices import read_notices
from policies.called import Called, Calls
from policies.errors import EntryUnreadable
from policies.recorded import payload_of

MOST_CALLS, MOST_DENIED, _MOST_CONSENTS = 30, 10, 200


@dataclass(frozen=True, slots=True)
class Shown:
    """The words that a person was shown: text is None where they are kept no more; ``same`` is whether they are those words."""

    notice: str
    version: int
    locale: str
    text: str | None
    same: bool


@dataclass(frozen=True, slots=True)
class Told:
    """All that the page tells."""

    holder: Holder
    business: str
    shown: Mapping[UUID, Shown]  # by the id of the consent
    called: Called


@dataclass(frozen=True, slots=True)
class Library:
    """Reads it; names and rule sets, which never change, are remembered."""

    snapshots: Snapshots
    names: TenantNames
    calls: Calls = field(default_factory=Calls)

    async def read(self, holder: Holder) -> Told:
        """From one snapshot, a little later than what the link opened."""
        tenant, parts = holder.link.tenant, holder.parts
        business = await self.names.of(tenant) or ""
        if holder.link.scope != "page":
            return Told(holder, business, {}, Called((), (), more=False))
        async with self.snapshots.of(tenant) as conn:
            notices = await read_notices(conn, tenant)
            entries = await latest_about(conn, tenant, parts, ("consent.recorded",), _MOST_CONSENTS)
            called = await self.calls.about(conn, tenant, parts, calls=MOST_CALLS, denied=MOST_DENIED)
        shown: dict[UUID, Shown] = {}
        for each in entries:
            try:
                shown |= _shown(payload_of(each.entry, each.body), notices) if each.sound else {}
            except (EntryUnreadable, KeyError, TypeError, ValueError):
                continue  # What cannot be read is told to be unknown.
        return Told(holder, business, shown, called)


def _shown(
    payload: Mapping[str, Any],  # Any: JSON, as it was recorded.
    notices: Mapping[tuple[str, int, str], str],
) -> dict[UUID, Shown]:
    notice = payload.get("notice")
    if notice is None:
        return {}
    text = notices.get((notice["id"], notice["version"], notice["locale"]))
    same = text is not None and sha256(text.encode()).hexdigest() == notice["sha256"]
    shown = Shown(notice["id"], notice["version"], notice["locale"], text, same)
    return {UUID(each["id"]): shown for each in payload["consents"]}
