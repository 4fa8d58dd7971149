"""
What a link opens: everything about its person that is in force, as it is now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.work import Work
from consent.errors import LinkUnusable
from consent.history import HistoryBook
from consent.lifecycle import (
    ConsentEvent,
    PermissionEvent,
    Standing,
    SuppressionEvent,
    permission_in_force,
    standings,
    suppressions_in_force,
)
from consent.links.book import LinkBook
from consent.links.link import Link
from consent.places import country_of, zones_in
from consent.settings import SettingsBook, TenantSettings
from consent.wishes.book import WishBook
from consent.wishes.wish import WishEvent, in_force


@dataclass(frozen=True, slots=True)
class Holder:
    """The person whose link was opened: where they may be, what they agreed to and refused, and the business's settings."""

    link: Link
    now: datetime
    zones: Sequence[str]
    countries: Sequence[str]
    standings: Sequence[Standing]
    said: Sequence[ConsentEvent]
    suppressions: Sequence[SuppressionEvent]
    permissions: Sequence[PermissionEvent]
    wishes: Sequence[WishEvent]
    settings: TenantSettings
    parts: Sequence[UUID]  # all contacts that are this person, the link's own first


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Opens a token."""

    tenant: UUID
    link_token: str
    contacts = ()

    def look(self, work: Work) -> Holder:
        """Whose it is, and what is in force.  Raises LinkUnusable, whatever is wrong with it."""
        link = work[LinkBook].opened(self.link_token)
        if link is None:
            raise LinkUnusable
        contact, now = work[LinkBook].holder(link), work.now
        history = work[HistoryBook].of(contact)
        senders = sorted({each.sender for each in history.permissions})
        permissions = (permission_in_force(history.permissions, each, now) for each in senders)
        countries = dict.fromkeys(country_of(each.region) for each in contact.places if each.region is not None)
        return Holder(
            link,
            now,
            zones_in(contact.places) if contact.zone is None else (contact.zone,),
            list(countries),
            standings(history.consents, now),
            tuple(history.consents),
            suppressions_in_force(history.suppressions, now),
            [each for each in permissions if each is not None],
            in_force(work[WishBook].of(contact), now),
            work[SettingsBook].current,
            tuple(each.id for each in contact.parts),
        )
