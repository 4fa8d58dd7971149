"""
The links that one batch opens, uses or issues.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from audit.link import Connection
from audit.tenants import KeyRing
from audit.work import Book, Request, Work
from consent.contacts import Contact, ContactBook
from consent.errors import LinkUnusable
from consent.links import store
from consent.links.link import Link, opened


class LinkBook(Book):
    """
    Opens the tokens that looks name (``link_token``), and knows of everyone whose link is opened or used (``link``) from
    when on their links count.  A person's lock is their links' lock.
    """

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work)
        self._ring = ring
        self._opened: dict[str, Link] = {}
        self._people: list[tuple[UUID, UUID]] = []
        self._from: dict[tuple[UUID, UUID], datetime] = {}
        self._changed: dict[tuple[UUID, UUID], dict[str, object]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Opens what is to be opened; the keys were found before."""
        used: list[Link] = []
        for each in requests:
            token, link = getattr(each, "link_token", None), getattr(each, "link", None)
            if token is not None and each.tenant in self._ring.tenants:  # Whoever makes one up may name any tenant.
                link = opened(token, self._ring[each.tenant].links)
            if isinstance(link, Link):
                used.append(link)
                self._opened.update({token: link} if token is not None else {})
        self._people = sorted({(each.tenant, each.contact) for each in used})
        for tenant, contact in self._people:
            self.work[ContactBook].want(tenant, contact)
        if self._people and conn.is_snapshot:
            await self.work[ContactBook].join_wanted(conn)
        self.is_idle = not self._people

    async def load(self, conn: Connection) -> None:
        """One statement."""
        self._from.update(await store.read_links_from(conn, self._people))

    def opened(self, token: str) -> Link | None:
        """The link that a token is; None where the tenant has sealed no such thing."""
        return self._opened.get(token)

    def holder(self, link: Link) -> Contact:
        """
        Whose link it is.

        Raises LinkUnusable where it is over, or was replaced, or the person was erased.
        """
        since = self._from.get((link.tenant, link.contact))
        is_late = self.work.now >= link.expires_at
        if is_late or not self.work[ContactBook].is_known(link.contact) or (since and link.issued_at < since):
            raise LinkUnusable
        return self.work[ContactBook].of_id(link.contact)

    def end_earlier(self, contact: Contact) -> None:
        """Has no link of the person that was issued before now open anything."""
        key = (contact.tenant, contact.id)
        self.is_idle = False
        self._from[key] = self.work.now
        self._changed[key] = {"tenant_id": key[0], "contact_id": key[1], "links_from": self.work.now}

    async def finish(self, conn: Connection) -> None:
        """One statement at most, once whom this very batch has met are written."""
        if self._changed:
            await store.save_links_from(conn, list(self._changed.values()))
