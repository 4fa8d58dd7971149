"""
From what providers other than Meta tell us to what the journal records.

Every item becomes at most one request, whose idempotency key is a keyed hash of the item's own.
"""

import hmac
from dataclasses import dataclass
from uuid import UUID

from audit.work import Idempotency, Request
from consent.errors import ConsentError
from consent.hearing import HearReply
from consent.unreadable import KeepUnreadable
from policies.observing import ObserveCall
from policies.refusing import HearInCall
from server.channels.events import CallRefusal, CallTold, Message
from server.channels.generic import REFUSES
from server.channels.requests import people_of, senders_of, whoever_is_named
from server.channels.whatsapp_items import Item, Unreadable


@dataclass(frozen=True, slots=True)
class Told:
    """Where items came in: the tenant, its channel, whose ids they carry, and the key under which those are hashed."""

    tenant: UUID
    channel: str
    names: str  # what tells this provider's ids from another's
    key: bytes

    @property
    def actor(self) -> str:
        """How entries name the source."""
        return f"channel:{self.channel}"

    def request(self, item: Item) -> Request | None:
        """What the item asks to be recorded; None when it means nothing to us."""
        try:
            return self._read(item)
        except ConsentError as error:  # An identifier that is none: nobody can be found by it.
            return self.keep(item, type(error).__name__)

    def keep(self, item: Item, why: str) -> KeepUnreadable:
        """Keeps an item that could not be acted on."""
        raw = item.raw if isinstance(item, Unreadable) else repr(item)
        why = item.why if isinstance(item, Unreadable) else why
        return KeepUnreadable(self.tenant, self.actor, self.channel, why, raw, self._once("unreadable", item))

    def _read(self, item: Item) -> Request | None:
        match item:
            case Message():
                return self._message(item)
            case CallRefusal():
                return self._refusal(item)
            case CallTold():
                return self._call(item)
            case Unreadable(why=why):
                return self.keep(item, why)
        return None

    def _message(self, item: Message) -> HearReply | None:
        if item.meaning.kind == "none":
            return None
        return HearReply(
            tenant=self.tenant,
            actor=self.actor,
            contacts=whoever_is_named(item.person) if item.meaning.kind in REFUSES else people_of(item.person),
            meaning=item.meaning,
            text=item.text[:4096],
            message_id=item.message_id,
            at=item.at,
            method=item.method,
            idempotency=self._once("item", item),
        )

    def _refusal(self, item: CallRefusal) -> HearInCall:
        return HearInCall(
            tenant=self.tenant,
            actor=self.actor,
            contacts=whoever_is_named(item.person),
            call_ref=None if item.call_id is None else self._call_ref(item.call_id),
            at=item.at,
            method=item.method,
            doubtful=item.doubtful,
            extent=item.extent,
            language=item.language,
            pattern=item.pattern,
            evidence={**({} if item.call_id is None else {"call_id": item.call_id}), **item.evidence},
            idempotency=self._once("item", item),
        )

    def _call(self, item: CallTold) -> ObserveCall:
        return ObserveCall(
            tenant=self.tenant,
            actor=self.actor,
            contacts=people_of(item.person),
            senders=senders_of(item.sender),
            attempt=item.hold,
            call_ref=self._call_ref(item.call_id),
            at=item.at,
            outcome=item.outcome,
            duration_s=item.duration_s,
            channel=item.channel,
            idempotency=self._once("item", item),
        )

    def _call_ref(self, call_id: str) -> bytes:
        return self._hash(f"call\0{call_id}")

    def _once(self, kind: str, item: Item) -> Idempotency:
        # The first delivery decides what an item said, so that nothing but its key is compared.
        return Idempotency(f"{self.names}:{kind}:{self._hash(item.key).hex()}", b"")

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self.key, f"{self.names}\0{text}".encode(errors="surrogatepass"), "sha256")
