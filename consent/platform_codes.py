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
from uuid import UUID, uuid5

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Work
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.lifecycle import MARKETING, PermissionEvent
from consent.permission_limits import CALLS, REQUESTS, limit, limited_until
from consent.restrictions import Restriction, in_force
from consent.senders import CALLING_DISABLED, hear_calling, restrict_senders
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

    @property
    def first(self) -> UUID:
        """The id of what is said when a hold's code is first heard, by which it is known when it is heard again."""
        return uuid5(self.hold, str(self.code))

    @property
    def later(self) -> UUID:
        """The id of what is said when a later moment is told of the same."""
        return uuid5(self.first, "" if self.retry_at is None else rfc3339(self.retry_at))


def is_news(work: Work, refused: Refused, since: datetime) -> bool:
    """
    Whether a code that is told of what has ended already, at ``since``, closes anything that it has not closed.

    Codes that close nothing never are; nor is one about a number whose time is over, or after which its settings were heard.
    """
    closes = CLOSING.get(refused.code)
    if closes is None or closes.action is not None:
        return _is_new_of_person(work, refused)
    sender = work[SettingsBook].current.senders.get(refused.sender)
    known = () if sender is None else sender.restrictions
    if refused.code == NOT_ENABLED:
        return all(each.kind != CALLING_DISABLED or (each.said_at or since) < since for each in known)
    name, later = restriction_name(refused.code), Restriction("", refused.retry_at)
    held = [each for each in in_force(known, work.now) if each.kind == name]
    if refused.retry_at is not None and refused.retry_at > work.now:
        return all(later.lasts_longer(each) for each in held)
    return not held and (closes.lasting is None or work.now < since + closes.lasting)


def _is_new_of_person(work: Work, refused: Refused) -> bool:
    closes = CLOSING.get(refused.code)
    if not work[ContactBook].is_known(refused.contact):
        return False
    history = work[HistoryBook].of(work[ContactBook].of_id(refused.contact))
    if refused.code == MARKETING_STOPPED:
        return all(each.id != refused.first for each in history.suppressions)
    said = {each.id for each in history.permissions}
    if refused.code == NO_PERMISSION or refused.first not in said:
        return refused.first not in said and (closes is not None or refused.code == NO_PERMISSION)
    if closes is None or closes.action is None or refused.retry_at is None or refused.later in said:
        return False
    until = limited_until(history.permissions, refused.sender, closes.action, work.now)
    return refused.retry_at > (until or work.now)


def take_in(work: Work, refused: Refused) -> None:
    """
    Records ``permission.revoked``, ``permission.limited``, ``sender.restricted`` or ``consent.withdrawn`` where the code means that.

    It happened when it was learnt: the platform dates no code, and a permission given since would be newer.  What is known of
    a hold, told again, is not said of the person again.
    """
    closes, is_known = CLOSING.get(refused.code), _is_new_of_person(work, refused)
    told: Mapping[str, Json] = {"hold": str(refused.hold), "error_code": refused.code}
    if refused.code == NO_PERMISSION and is_known:
        _revoke(work, refused, told)
    elif refused.code == MARKETING_STOPPED and is_known:
        person = work[ContactBook].of_id(refused.contact)
        withdraw(work, person, MARKETING, at=work.now, method="whatsapp_preference", facts=told, identity=refused.first)
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
        said = {each.id for each in work[HistoryBook].of(person).permissions}
        identity = refused.later if refused.first in said else refused.first
        limit(work, person, refused.sender, closes.action, until or work.now, at=work.now, told=told, identity=identity)


def _end(refused: Refused, closes: Closes, now: datetime) -> datetime | None:
    if refused.retry_at is not None and refused.retry_at > now:
        return refused.retry_at
    return None if closes.lasting is None else now + closes.lasting


def _revoke(work: Work, refused: Refused, told: Mapping[str, Json]) -> None:
    event = PermissionEvent(refused.first, "revoked", refused.sender, work.now, work.now, None, automatic=True)
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
