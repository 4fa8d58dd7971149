"""
The messages of one batch: what is owed to whom, and what becomes of it.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from audit.link import Connection
from audit.work import Book, Request, Work
from consent.contacts import Contact, ContactBook
from consent.outbox import store
from consent.outbox.messages import ANSWERED_FOR, QUIET, WITHIN, Kind, Message, Via
from consent.settings import SettingsBook


class OutboxBook(Book):
    """
    Loads the messages that requests name (``message``), and the recent ones of everyone whom somebody heard (``via``).

    A person's lock is their messages' lock.
    """

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._named: list[tuple[UUID, UUID]] = []
        self._hears = False
        self._known: dict[tuple[UUID, UUID], Message] = {}
        self._made: list[dict[str, object]] = []
        self._changed: dict[tuple[UUID, UUID], dict[str, object]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the named messages are for, so that those people are locked and loaded."""
        named = ((each.tenant, getattr(each, "message", None)) for each in requests)
        self._named = [(tenant, message) for tenant, message in named if message is not None]
        self._hears = any(getattr(each, "via", None) is not None for each in requests)
        self.is_idle = not (self._named or self._hears)
        for each in await store.read_messages(conn, self._named):
            self.work[ContactBook].want(each.tenant, each.contact)

    async def load(self, conn: Connection) -> None:
        """Looks again under the lock: somebody else may have tried one meanwhile."""
        found = await store.read_messages(conn, self._named)
        if self._hears:
            people = self.work[ContactBook].touched()
            found += await store.read_recent(conn, people, self.work.now - ANSWERED_FOR)
        for each in found:
            self._known[(each.tenant, each.id)] = each

    def known(self, message: UUID) -> Message | None:
        """One of the current tenant's; None if there is none, or the person was erased."""
        return self._known.get((self.work.tenant, message))

    def confirmed(self, contact: Contact) -> Message | None:
        """The person's newest confirmation whose question can still be answered."""
        sent = [each for each in self._of(contact) if each.kind == "confirmation" and each.state in ("sending", "sent")]
        return max(sent, key=lambda each: each.asked_at, default=None)

    def owed(self, contact: Contact, via: Via | None, kind: Kind, language: str) -> Message | None:
        """
        A message to be queued; None where none is owed.

        That is: where the channel cannot send, or where one of this kind was asked for a short while ago.
        """
        channel = None if via is None else self.work[SettingsBook].current.channels.get(via.channel)
        if via is None or channel is None or channel.sealed_access_token is None:
            return None
        now = self.work.now
        if any(each.kind == kind and each.asked_at > now - QUIET[kind] for each in self._of(contact)):
            return None
        return Message(contact.tenant, uuid4(), contact.id, via, kind, language, now, now + WITHIN, next_at=now)

    def asking(self, contact: Contact, via: Via, hold: UUID, language: str, template: str | None) -> Message:
        """A request for permission to call, to be queued with the allow that it rests on."""
        now, identity = self.work.now, uuid4()
        kind: Kind = "permission_request"
        return Message(
            contact.tenant,
            identity,
            contact.id,
            via,
            kind,
            language,
            now,
            now + WITHIN,
            next_at=now,
            hold=hold,
            template=template,
        )

    def queue(self, message: Message, entry: UUID) -> None:
        """Has it sent, because of what this entry says."""
        self.is_idle = False
        self._known[(message.tenant, message.id)] = message
        self._made.append(
            {
                "tenant_id": message.tenant,
                "message_id": message.id,
                "contact_id": message.contact,
                "channel_id": message.via.channel,
                "phone_number_id": message.via.phone_number_id,
                "kind": message.kind,
                "language": message.language,
                "asked_at": message.asked_at,
                "send_by": message.send_by,
                "state": message.state,
                "attempts": message.attempts,
                "next_at": message.next_at,
                "hold_id": message.hold,
                "template": message.template,
                "event_id": entry,
            }
        )

    def change(self, message: Message) -> None:
        """Notes what became of one."""
        key = (message.tenant, message.id)
        self._known[key] = message
        self._changed[key] = {
            "tenant_id": message.tenant,
            "message_id": message.id,
            "state": message.state,
            "attempts": message.attempts,
            "next_at": message.next_at,
        }

    def _of(self, contact: Contact) -> list[Message]:
        return [each for each in self._known.values() if (each.tenant, each.contact) == (contact.tenant, contact.id)]

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_messages(conn, self._made, list(self._changed.values()))
