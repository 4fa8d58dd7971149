"""
What one WhatsApp delivery may tell us, each thing as a value of its own.

Every item has ``key``, which is the same however often Meta delivers it again (it may hold personal data: keep it as a
keyed hash); ``at``, the moment it happened by Meta's clock, in UTC; ``sender``, the business number; and ``person``, the
customer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

# Failed messages carry it when the person switched marketing off in WhatsApp.
MARKETING_STOPPED = 131050


@dataclass(frozen=True, slots=True)
class Sender:
    """The business number; ``display_phone_number`` is E.164 however Meta wrote it."""

    phone_number_id: str | None = None
    display_phone_number: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """The customer: ``phone`` is E.164, ``user_id`` business-scoped; who has a username may show no phone."""

    phone: str | None = None
    user_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What all items have; ``at`` is None only where Meta gives no time."""

    key: str
    at: datetime | None
    sender: Sender
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated(Item):
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Message(_Dated):
    message_id: str | None  # wamid..., or wacid... for a voicemail
    context_id: str | None  # what it answers, where Meta says so


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMessage(_Message):
    """Words the person wrote, be it as a text or under a picture."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(_Message):
    """A pressed button or list row: what it is called inside, and what it says."""

    payload: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionReply(_Message):
    """
    The person, or WhatsApp for them (``automatic``), granted or refused calls from this number.

    ``expires_at`` is set on every temporary grant and never later than 168 hours after ``at``.
    """

    granted: bool
    permanent: bool
    expires_at: datetime | None
    automatic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMessage(_Message):
    """A message without words, of a kind we know: a picture, a voicemail, a place."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChanged(_Dated):
    """The person moved; ``person`` is who they were.  Opt-outs follow them, grants do not."""

    old_phone: str | None
    new_phone: str | None
    old_user_id: str | None
    new_user_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserIdChanged(_Dated):
    """Meta gave the person a new business-scoped id, which happens when their number changes."""

    previous: str | None
    current: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketingPreference(_Dated):
    """The person's own switch in WhatsApp; whatever is not clearly "resume marketing" is a ``stop``."""

    stop: bool
    value: str | None
    category: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call(_Dated):
    call_id: str
    opaque: str | None  # biz_opaque_callback_data, as the business gave it


@dataclass(frozen=True, slots=True, kw_only=True)
class CallConnected(_Call):
    """A call was set up.  For the business's own calls this comes before anybody answers and proves no pick-up."""

    business_initiated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(_Call):
    """
    A call is over.

    ``answered`` comes from the start time and the duration alone: an unanswered call is COMPLETED too.  ``status`` is
    casefolded; ``duration_s`` is in seconds; ``errors`` are Meta's codes.
    """

    business_initiated: bool
    status: str | None
    answered: bool
    failed: bool
    duration_s: int | None
    errors: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStatus(_Call):
    """How the business's own call goes on at the person's end."""

    status: Literal["RINGING", "ACCEPTED", "REJECTED"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStatus(_Dated):
    """A message of the business that failed, and Meta's codes for why; or one with ``opaque`` data that went out."""

    message_id: str | None
    status: str
    errors: tuple[int, ...]
    opaque: str | None

    @property
    def marketing_stopped(self) -> bool:
        """Whether it failed because the person wants no marketing."""
        return MARKETING_STOPPED in self.errors


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRestricted(Item):
    """
    Meta took something away from a number, or from the whole account when ``sender`` names none.

    ``until`` is None when no end is known.  ``blocks_calls`` is about calls of the business: what concerns only calls of
    customers, or messages, does not block them; a kind that nobody knows does.
    """

    kinds: tuple[str, ...]
    until: datetime | None
    blocks_calls: bool
    account_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountViolation(Item):
    """A warning, before a restriction."""

    kind: str | None
    account_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSettings(Item):
    """Calling settings as they are now; None is what the delivery did not say."""

    calling: bool | None
    callback_permission: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored(Item):
    """Understood, and of no meaning for consent."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable(Item):
    """
    Not understood: to be kept and counted.

    ``why`` names no person.  ``raw`` is as received, with what PostgreSQL's jsonb may refuse (U+0000, lone surrogates).
    """

    why: str
    raw: object
