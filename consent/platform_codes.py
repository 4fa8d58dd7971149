"""
What WhatsApp's error codes say about calling: a code that a call or a request came back with changes what is known.

From Meta's "Error codes" for calling (2026-06-24).  Every code but that of a permission that is none only closes, and for as
long as Meta says; where Meta says nothing of how long, for as long as its rules let it last.  Codes that are only technical
change nothing and are recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Work
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.lifecycle import MARKETING, PermissionEvent
from consent.permission_limits import CALLS, REQUESTS, limit
from consent.senders import hear_calling, restrict_senders
from consent.settings import SettingsBook
from consent.withdrawing import withdraw

NO_PERMISSION = 138006  # there is no approved permission: what we hold for one is none
MARKETING_STOPPED = 131050  # the person switched marketing off in WhatsApp
PERMANENT_ALREADY = 138017  # a request was refused because the person has granted calls for good
NOT_ENABLED = 138000  # calling is switched off in the number's settings


@dataclass(frozen=True, slots=True)
class Closes:
    """What a code closes: ``action`` between the number and the person, or the number altogether; and for how long."""

    action: str | None
    lasting: timedelta | None  # None: until further notice
    name: str = ""  # of a restriction of the number


_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
CLOSING: Mapping[int, Closes] = MappingProxyType(
    {
        # The windows of the request limits are a day and a week; which of them was met, the code does not say.
        138009: Closes(REQUESTS, timedelta(days=7)),
        PERMANENT_ALREADY: Closes(
            REQUESTS, _DAY
        ),  # a permanent permission exists: there is nothing to ask for; read it
        138012: Closes(CALLS, _DAY),  # connected calls, a rolling day
        138001: Closes(CALLS, _DAY),  # not on WhatsApp, or with a client that cannot be called
        138003: Closes(CALLS, _MINUTE),  # a call with this person is running
        138013: Closes(None, None, "country"),
        138014: Closes(None, timedelta(days=7), "low_quality"),  # Meta pauses for seven days
        NOT_ENABLED: Closes(None, None),
        131044: Closes(None, timedelta(hours=1), "payment"),
        138002: Closes(None, _MINUTE, "concurrency"),
        138005: Closes(None, _MINUTE, "rate"),
    }
)


def restricts_sender(code: int | None) -> bool:
    """Whether a code changes what a business number may do."""
    return code is not None and code in CLOSING and CLOSING[code].action is None


def restriction_name(code: int) -> str:
    """What the restriction of a number by this code is called."""
    return f"error_{code}_{CLOSING[code].name}"


@dataclass(frozen=True, slots=True)
class Refused:
    """
    What came back: whose call or request of which number, on which hold, with which code.

    ``retry_at`` is when it may be done again by the platform's word, where it said.
    """

    contact: UUID
    sender: str
    hold: UUID
    code: int
    retry_at: datetime | None = None


def take_in(work: Work, refused: Refused) -> None:
    """
    Records ``permission.revoked``, ``permission.limited``, ``sender.restricted`` or ``consent.withdrawn`` where the code means that.

    It happened when it was learnt: the platform dates no code, and a permission given since would be newer.
    """
    closes, is_known = CLOSING.get(refused.code), work[ContactBook].is_known(refused.contact)
    told: Mapping[str, Json] = {"hold": str(refused.hold), "error_code": refused.code}
    if refused.code == NO_PERMISSION and is_known:
        _revoke(work, refused, told)
    elif refused.code == MARKETING_STOPPED and is_known:
        person = work[ContactBook].of_id(refused.contact)
        withdraw(work, person, MARKETING, at=work.now, method="whatsapp_preference", facts=told)
    elif closes is None:
        return
    elif refused.code == NOT_ENABLED:
        senders = work[SettingsBook].current.senders
        hear_calling(work, senders[refused.sender], enabled=False, at=work.now)
    elif closes.action is None:
        until = _end(refused, closes, work.now)
        restrict_senders(work, [refused.sender], kinds=(restriction_name(refused.code),), until=until)
    elif is_known:
        person, until = work[ContactBook].of_id(refused.contact), _end(refused, closes, work.now)
        limit(work, person, refused.sender, closes.action, until or work.now, at=work.now, told=told)


def _end(refused: Refused, closes: Closes, now: datetime) -> datetime | None:
    if refused.retry_at is not None and refused.retry_at > now:
        return refused.retry_at
    return None if closes.lasting is None else now + closes.lasting


def _revoke(work: Work, refused: Refused, told: Mapping[str, Json]) -> None:
    event = PermissionEvent(uuid4(), "revoked", refused.sender, work.now, work.now, None, automatic=True)
    facts: Mapping[str, Json] = {
        "permission": str(event.id),
        "state": event.state,
        "sender": refused.sender,
        "at": rfc3339(event.at),
        "expires_at": None,
        "automatic": True,
        **told,
    }
    entry = work.record("permission.revoked", facts, contact=refused.contact)
    work[HistoryBook].permit(work[ContactBook].of_id(refused.contact), event, entry)
