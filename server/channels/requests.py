"""
From what WhatsApp tells us to what the journal records.

Every item becomes at most one request, whose idempotency key is a keyed hash of the item's own: a delivery repeated,
or read by two processes at once, is recorded once.
"""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from audit.work import Idempotency, Request
from consent.errors import ConsentError, NobodyNamed
from consent.hearing import HearMarketingPreference, HearPermission, HearReply
from consent.meaning import Meaning
from consent.outbox.messages import Via
from consent.outbox.requests import HearStatus
from consent.outbox.texts import means_only_calls
from consent.references import ContactReference
from consent.renumbering import HearNumberChange
from consent.replies import read, read_choice
from consent.senders import HearCalling, RestrictSender
from consent.settings import SenderReference
from consent.unreadable import KeepUnreadable
from policies.observing import ObserveCall
from server.channels.whatsapp_items import (
    AccountRestricted,
    AccountSettings,
    CallConnected,
    CallEnded,
    CallStatus,
    Choice,
    Item,
    MarketingPreference,
    MessageStatus,
    NumberChanged,
    PermissionReply,
    Person,
    Sender,
    TextMessage,
    Unreadable,
    UserIdChanged,
)

_REFERENCE = re.compile(r"[ \n]?\(ref: ?([A-Za-z0-9][A-Za-z0-9_.-]{0,63})\)$")
_UNDATED = datetime.max.replace(tzinfo=UTC)  # counts from when it came
_OUTCOMES = {"ACCEPTED": "connected", "REJECTED": "rejected", "RINGING": None}


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where items came in: the tenant, its channel, and the key under which vendors' ids are hashed."""

    tenant: UUID
    channel: str
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
            case TextMessage(text=text):
                words, source = referred(text)
                return self._reply(item, read(words), text, "whatsapp_message", source)
            case Choice(payload=payload, title=title):
                said = " / ".join(each for each in (title, payload) if each)
                return self._reply(item, read_choice(payload, title), said, "whatsapp_button", item.context_id, payload)
            case PermissionReply():
                return self._permission(item)
            case CallConnected() | CallStatus() | CallEnded():
                return self._call(item)
            case MarketingPreference(stop=stop, at=at):
                people = people_of(item.person)
                return HearMarketingPreference(self.tenant, self.actor, people, stop, at, self._once("item", item))
            case MessageStatus():
                return self._status(item)
            case NumberChanged() | UserIdChanged():
                return self._number_change(item)
            case AccountRestricted() | AccountSettings():
                return self._account(item)
            case Unreadable(why=why):
                return self.keep(item, why)
        return None

    def _reply(
        self,
        item: TextMessage | Choice,
        meaning: Meaning,
        text: str,
        method: str,
        source: str | None,
        payload: str | None = None,
    ) -> HearReply | None:
        says_nothing = meaning.kind == "none" and payload is None and not means_only_calls(text)
        if says_nothing and None in (item.person.phone, item.person.user_id):
            return None  # Nothing was said, and nothing is learnt about who is who.
        number = item.sender.phone_number_id
        return HearReply(
            tenant=self.tenant,
            actor=self.actor,
            contacts=people_of(item.person),
            meaning=meaning,
            text=text[:4096].encode(errors="replace").decode(),  # The log holds no half of a surrogate pair.
            message_id=item.message_id or "",
            at=item.at,
            method=method,
            via=None if number is None else Via(self.channel, number),
            source=None if source is None else source[:256],
            choice=None if payload is None else (self.channel, payload),
            idempotency=self._once("item", item),
        )

    def _status(self, item: MessageStatus) -> HearStatus | HearMarketingPreference | None:
        """A no to marketing, or what became of a message that may be one of ours: our own id travelled with it."""
        message, once = _hold_in(item.opaque), self._once("item", item)
        if item.marketing_stopped and item.person != Person():
            return HearMarketingPreference(self.tenant, self.actor, people_of(item.person), True, item.at, once)
        if message is None:
            return None
        return HearStatus(self.tenant, self.actor, message, item.status, item.errors, item.message_id, once)

    def _permission(self, item: PermissionReply) -> HearPermission:
        if item.granted:
            state = "permanent" if item.permanent else "temporary"
        else:
            # WhatsApp itself takes back what was granted, and so does a change that answers no request.
            state = "revoked" if item.automatic or item.context_id is None else "declined"
        return HearPermission(
            tenant=self.tenant,
            actor=self.actor,
            contacts=people_of(item.person),
            senders=senders_of(item.sender),
            state=state,
            at=item.at,
            expires_at=item.expires_at if state == "temporary" else None,
            automatic=item.automatic,
            in_reply_to=item.context_id,
            message_id=item.message_id or "",
            idempotency=self._once("item", item),
        )

    def _call(self, item: CallConnected | CallStatus | CallEnded) -> ObserveCall | None:
        if not getattr(item, "business_initiated", True):
            return None  # The person called: nobody needs to be asked for that.
        outcome, duration = None, None
        if isinstance(item, CallStatus):
            outcome = _OUTCOMES[item.status]
        elif isinstance(item, CallEnded):
            outcome = "connected" if item.answered else "failed" if item.failed else "unanswered"
            duration = item.duration_s
        return ObserveCall(
            tenant=self.tenant,
            actor=self.actor,
            contacts=people_of(item.person),
            senders=senders_of(item.sender),
            attempt=_hold_in(item.opaque),
            call_ref=self._hash(f"call\0{item.call_id}"),
            at=item.at,
            outcome=outcome,
            duration_s=duration,
            idempotency=self._once("item", item),
            codes=getattr(item, "errors", ()),
        )

    def _account(self, item: AccountRestricted | AccountSettings) -> RestrictSender | HearCalling | None:
        """What a business number may do; settings that are not dated can close, and open nothing."""
        once = self._once("item", item)
        if isinstance(item, AccountRestricted):
            phone = item.sender.display_phone_number
            said = RestrictSender(self.tenant, self.actor, phone, item.kinds, item.until, once)
            return said if item.blocks_calls else None
        if item.calling is None or (item.calling and item.at is None):
            return None
        return HearCalling(self.tenant, self.actor, senders_of(item.sender), item.calling, item.at or _UNDATED, once)

    def _number_change(self, item: NumberChanged | UserIdChanged) -> HearNumberChange:
        if isinstance(item, NumberChanged):
            old = people_of(Person(item.old_phone, item.old_user_id))
            new = people_of(Person(item.new_phone, item.new_user_id))
        else:
            old = people_of(Person(None, item.previous))
            new = people_of(Person(item.person.phone, item.current))
        return HearNumberChange(self.tenant, self.actor, old, new, item.at, self._once("item", item))

    def _once(self, kind: str, item: Item) -> Idempotency:
        # The first delivery decides what an item said, so that nothing but its key is compared; with codes it says more.
        codes = "".join(f"\0{each}" for each in sorted(getattr(item, "errors", ())))
        return Idempotency(f"whatsapp:{kind}:{self._hash(item.key + codes).hex()}", b"")

    def _hash(self, text: str) -> bytes:
        return hmac.digest(self.key, f"whatsapp\0{text}".encode(errors="surrogatepass"), "sha256")


def referred(text: str) -> tuple[str, str | None]:
    """The words without the reference that a wa.me link or QR code writes behind them, ``(ref: poster-7)``, and it."""
    found = _REFERENCE.search(text)
    return (text, None) if found is None else (text[: found.start()], found[1])


def people_of(person: Person) -> tuple[ContactReference, ...]:
    """The person's identifiers; ConsentError when one is malformed or there is none."""
    found = []
    if person.user_id is not None:
        found.append(ContactReference.user_id(person.user_id))
    if person.phone is not None:
        found.append(ContactReference.phone(person.phone))
    if not found:
        raise NobodyNamed
    return tuple(found)


def whoever_is_named(person: Person) -> tuple[ContactReference, ...]:
    """
    The person's identifiers for a no, which is not lost by a name that is none beside one that is.

    Empty where nobody is named at all; ConsentError where somebody is, and by nothing that can be read.
    """
    names = [Person(person.phone, None), Person(None, person.user_id)]
    found, faults = list[ContactReference](), list[ConsentError]()
    for each in names:
        if each == Person():
            continue
        try:
            found += people_of(each)
        except ConsentError as fault:
            faults.append(fault)
    if faults and not found:
        raise faults[0]
    return tuple(found)


def senders_of(sender: Sender) -> tuple[SenderReference, ...]:
    """Every name that the delivery has for the business number, the surest first."""
    named = (("phone_number_id", sender.phone_number_id), ("phone", sender.display_phone_number))
    return tuple(SenderReference(kind, value) for kind, value in named if value is not None)


def _hold_in(opaque: str | None) -> UUID | None:
    """The hold that the caller named in the call's opaque data: the id itself, or after an equals sign."""
    for word in (opaque or "").replace("=", " ").replace(";", " ").split():
        try:
            return UUID(word)
        except ValueError:
            continue
    return None
