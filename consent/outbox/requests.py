"""
A message's way out, step by step, each durable before the next is taken.

A step that comes too late, or a second time, changes nothing: whoever sends asks before every try whether to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from audit.entry import Json
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.links.link import Link
from consent.links.requests import issue
from consent.outbox.book import OutboxBook
from consent.outbox.messages import Message, State
from consent.outbox.texts import has_page
from consent.platform_codes import Refused, is_news, restricts_sender, take_in
from consent.references import PHONE
from consent.settings import SenderReference, SettingsBook
from consent.unsealing import IdentifierBook
from consent.withdrawing import OpenHolds

_SENT = ("sent", "delivered", "read")


@dataclass(frozen=True, slots=True)
class BeginSending:
    """
    Asks whether to try a message now; ``doubt`` is for how long its fate may be unknown after that.

    ``link_lasts`` is for how long a link to the person's own page opens it; None where a message carries none.
    """

    opens_identifiers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    message: UUID
    doubt: timedelta
    link_lasts: timedelta | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``message.attempted``, or ``message.lapsed`` where it is too late, or nobody is left to send it to.

        The answer's ``to`` is None where it is not to be tried; else it has the person's number or user id, in clear: it
        MUST go nowhere but to the vendor.
        """
        message, now = work[OutboxBook].known(self.message), work.now
        if message is None or not message.is_due(now):
            return {"to": None}
        contact = work[ContactBook].of_id(message.contact)
        address = _address(work, contact)
        if why := _pointless(work, message, address):
            _end(work, message, "lapsed", {"why": why})
            return {"to": None}
        tried = message.tried(now, self.doubt)
        work[OutboxBook].change(tried)
        work.record("message.attempted", {"message": str(message.id), "attempt": tried.attempts}, contact=contact.id)
        link = self._link(work, message)
        return {"to": address, "attempt": tried.attempts, **_what(message), "link": link}

    def _link(self, work: Work, message: Message) -> Mapping[str, Json] | None:
        """The link that goes out with a confirmation: one, however often it is tried, and recorded once."""
        if message.kind != "confirmation" or self.link_lasts is None or not has_page(message.language):
            return None
        identity = uuid5(message.id, "link")
        link = Link(message.tenant, identity, message.contact, "page", message.asked_at, self.link_lasts)
        if message.attempts == 0:
            issue(work, link)
        return {"contact": str(link.contact), **link.to_json()}


@dataclass(frozen=True, slots=True)
class NoteSent:
    """The vendor took the message; ``provider_id`` is the vendor's id of it, which may hold the person's number."""

    tenant: UUID
    actor: str
    message: UUID
    provider_id: str | None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``message.sent``."""
        message = work[OutboxBook].known(self.message)
        if message is not None and not message.is_over:
            _end(work, message, "sent", {}, personal={"message_id": self.provider_id})
        return {}


@dataclass(frozen=True, slots=True)
class NoteRefused:
    """The vendor did not take it, with its code; ``again`` says whether trying again can help, ``wait`` how long to wait."""

    tenant: UUID
    actor: str
    message: UUID
    code: str
    again: bool
    wait: timedelta | None = None
    idempotency: Idempotency | None = None

    @property
    def changes_settings(self) -> bool:
        """Whether the business number may be restricted by it."""
        return self.code.isdecimal() and restricts_sender(int(self.code))

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``message.failed``, for good unless it is to be tried again; and what the code of a request closes."""
        message = work[OutboxBook].known(self.message)
        if message is None:
            return {}
        codes = [int(self.code)] if self.code.isdecimal() else []
        if message.state != "sending" or not self.again:
            if message.state == "sending" or _tells_more(work, message, codes):
                _end(work, message, "failed", {"code": self.code, "final": True})
                _close(work, message, codes)
            return {}
        work[OutboxBook].change(message.refused(work.now, self.wait))
        facts: Mapping[str, Json] = {"message": str(message.id), "code": self.code, "final": False}
        work.record("message.failed", facts, contact=message.contact)
        return {}


@dataclass(frozen=True, slots=True)
class HearStatus:
    """What the vendor says has become of a message with our id: that it went out ends every doubt."""

    tenant: UUID
    actor: str
    message: UUID
    status: str
    codes: tuple[int, ...]
    provider_id: str | None
    idempotency: Idempotency | None = None

    @property
    def changes_settings(self) -> bool:
        """Whether the business number may be restricted by it."""
        return any(map(restricts_sender, self.codes))

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``message.sent`` if nobody knew, or ``message.failed``; an id that is not ours changes nothing."""
        message = work[OutboxBook].known(self.message)
        if message is None:
            return {}
        if self.status in _SENT and not message.is_over:
            _end(work, message, "sent", {}, personal={"message_id": self.provider_id})
        elif self.status == "failed" and (
            message.state in ("sending", "sent") or _tells_more(work, message, self.codes)
        ):
            code = str(self.codes[0]) if self.codes else "unknown"
            _end(work, message, "failed", {"code": code, "final": True})
            _close(work, message, self.codes)
        return {}


def _pointless(work: Work, message: Message, address: Mapping[str, Json] | None) -> str | None:
    """Why it is not to be sent any more, if so; who refused meanwhile is not asked for permission."""
    if work.now >= message.send_by:
        return "late"
    if address is None:
        return "no number"
    return "released" if message.hold is not None and not work[OpenHolds].stands(message.hold) else None


def _end(
    work: Work,
    message: Message,
    state: State,
    facts: Mapping[str, Json],
    personal: Mapping[str, Json] | None = None,
) -> None:
    contact = work[ContactBook].of_id(message.contact)
    work[OutboxBook].change(message.over(state))
    told: dict[str, Json] = {"message": str(message.id), "kind": message.kind, **facts}
    released = [] if message.hold is None or state == "sent" else work[OpenHolds].give_back(message.hold)
    if message.hold is not None:
        told |= {"hold": str(message.hold), "released_holds": [str(each) for each in released]}
    entry = work.record(f"message.{state}", told, contact=contact.id, personal=contact.personal(personal or {}))
    work[OpenHolds].sign(released, entry)


def _close(work: Work, message: Message, codes: Sequence[int]) -> None:
    """What the platform's codes for a request that it did not take mean for the next one."""
    for each in _refused(work, message, codes):
        take_in(work, each)


def _tells_more(work: Work, message: Message, codes: Sequence[int]) -> bool:
    """Whether codes that are told of a message that has failed already close anything that they have not closed."""
    refused = _refused(work, message, codes) if message.state == "failed" else []
    return any(is_news(work, each, message.asked_at) for each in refused)


def _refused(work: Work, message: Message, codes: Sequence[int]) -> list[Refused]:
    number = SenderReference("phone_number_id", message.via.phone_number_id)
    sender = work[SettingsBook].current.sender(number)
    if message.hold is None or sender is None:
        return []
    return [Refused(message.contact, sender.id, message.hold, each) for each in codes]


def _what(message: Message) -> dict[str, Json]:
    return {
        "channel": message.via.channel,
        "phone_number_id": message.via.phone_number_id,
        "kind": message.kind,
        "language": message.language,
        "template": message.template,
    }


def _address(work: Work, contact: Contact) -> dict[str, Json] | None:
    """The person's newest number in use, else their user id."""
    used = [
        each for each in work[IdentifierBook].of(contact) if each.in_use and each.kind in (PHONE, "whatsapp_user_id")
    ]
    used.sort(key=lambda each: each.kind != PHONE)
    return {"kind": used[0].kind, "value": used[0].value} if used else None
